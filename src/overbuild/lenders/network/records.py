"""What a list of entities and a list of contracts hold: the columns of a CSV file, or the names of a YAML block."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, TypeAlias

UsdBn: TypeAlias = Annotated[float, "USD bn"]
UsdBnPerYear: TypeAlias = Annotated[float, "USD bn per year"]
Megawatts: TypeAlias = Annotated[float, "MW"]
ShareOwned: TypeAlias = Annotated[float, "share"]

EntityType: TypeAlias = Literal[
    "hyperscaler", "neocloud", "lab", "chip_vendor", "server_maker", "landlord", "spv", "private_credit", "bond_fund",
    "insurer", "bank", "vc_sovereign", "utility", "enterprise", "household", "government",
]  # fmt: skip
ContractType: TypeAlias = Literal[
    "compute_offtake", "purchase", "power", "lease", "revenue_share", "loan", "bond", "vendor_finance", "equity_stake",
    "guarantee", "residual_guarantee", "prepayment",
]  # fmt: skip
Rank: TypeAlias = Literal[
    "", "senior_secured", "senior_unsecured", "lease", "trade", "structural_sub", "equity", "contingent"
]
VersionState: TypeAlias = Literal["", "current", "superseded", "cancelled", "terminated", "proposed"]
YesNo: TypeAlias = Literal["yes", "no"]

FLOWS = ("compute_offtake", "purchase", "power", "lease", "revenue_share")
"""Contracts paid for year by year: who fails stops paying, and what is paid later is gone."""

DEBTS = ("loan", "bond", "vendor_finance")
"""Contracts under which an amount is owed now."""

GUARANTEES = ("guarantee", "residual_guarantee")

HOLDERS = ("bank", "private_credit", "bond_fund", "insurer")
"""Types of entities that hold paper for others or themselves. They lose; they are not taken to fail."""

SECTORS = ("enterprise", "household", "government", "utility")
"""Types of entities that stand for whole sectors, or are paid through regulated bills. They lose; they do not fail."""


class EntityRow(NamedTuple):
    """A company, vehicle or sector with its balance sheet. Blank is unknown, never zero. A `sector` never fails.

    `assumed` names the columns that are assumptions though the row is not; `known_at` is the day the row could be known.
    """

    id: str
    type: EntityType
    name: str | None = None
    as_of: str = ""
    cash_usd_bn: UsdBn | None = None
    ppe_usd_bn: UsdBn | None = None
    total_debt_usd_bn: UsdBn | None = None
    lease_obligations_usd_bn: UsdBn | None = None
    leases_not_commenced_usd_bn: UsdBn | None = None
    equity_book_usd_bn: UsdBn | None = None
    market_value_usd_bn: UsdBn | None = None
    revenue_usd_bn: UsdBn | None = None
    operating_income_usd_bn: UsdBn | None = None
    capex_usd_bn: UsdBn | None = None
    backlog_usd_bn: UsdBn | None = None
    assumed: str = ""
    status: str = "seen"
    source_class: str = ""
    source: str = ""
    known_at: str = ""
    known_at_precision: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


class ContractRow(NamedTuple):
    """One version of one contract: the payer owes the payee. Of an equity stake the payer is the investor.

    `total_usd_bn` is over the whole term, for debt what is owed; `annual_usd_bn` a year's payment; `share` is what an equity stake
    owns. Dates may be partial: a year or a month is its end.
    """

    id: str
    payer: str
    payee: str
    type: ContractType
    announced: str = ""
    start: str = ""
    end: str = ""
    total_usd_bn: UsdBn | None = None
    annual_usd_bn: UsdBnPerYear | None = None
    mw: Megawatts | None = None
    rate: str = ""
    rank: Rank = ""
    take_or_pay: str = "unknown"
    guarantor: str = ""
    share: ShareOwned | None = None
    supersedes: str = ""
    version_state: VersionState = "current"
    counted: YesNo = "yes"
    overlaps: str = ""
    status: str = "seen"
    source_class: str = ""
    source: str = ""
    known_at: str = ""
    known_at_precision: str = ""
    note: str = ""

    @property
    def assumed(self) -> bool:
        """Whether no page shows the row: it is recalled, or an assumption."""
        return self.status in ("recalled", "assumption")


class NetworkFile(NamedTuple):
    """A YAML file of a network: both lists, or the names of the CSV files that hold them."""

    name: str = ""
    entities: tuple[EntityRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    entities_csv: str = ""
    contracts_csv: str = ""
