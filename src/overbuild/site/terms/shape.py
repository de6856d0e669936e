"""What is static of a site: names, counts and modes. Two cases of one shape leave the same graph."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from overbuild.site.case.choices import LossRelief, PaidIn, TestAction, TestOf

PathMode: TypeAlias = Literal["flat", "growing", "listed"]
"""A path as a formula meets it: a number, a number that grows, or an entry of a list."""


class PhaseShape(NamedTuple):
    """A phase: its name and how its fixed costs move."""

    name: str
    fixed: PathMode


class ComponentShape(NamedTuple):
    """A component: where it stands, whether it is built (the GPUs of a later fleet are bought), whether a loan holds it."""

    name: str
    phase: str
    built: bool
    pledged: bool


class FleetShape(NamedTuple):
    """A fleet: `replaces` names the fleets that may stand in its phase when it is bought; none for a first fleet."""

    name: str
    phase: str
    component: str
    later: bool
    replaces: tuple[str, ...]
    leaves: bool
    owners: Literal["none", "some", "all"]


class ContractShape(NamedTuple):
    """A contract: whom it follows (empty for none), what it is paid in, whether the prepayment is its."""

    name: str
    phase: str
    unit: PaidIn
    follows: str
    price: PathMode
    utilisation: PathMode
    prepaid: bool
    capped: bool


class LoanShape(NamedTuple):
    """A loan: its rank, its liens, how its rate moves, and how its balloon is refinanced.

    `refinancing` is `full` in the base case. `better` names the loans of better rank that share its collateral.
    """

    name: str
    rank: int
    collateral: tuple[str, ...]
    better: tuple[str, ...]
    rate: PathMode
    floating: bool
    construction_rate: bool
    after_equity: bool
    refinancing: Literal["none", "tested", "full"]
    new_rate: PathMode
    new_ltv: bool

    @property
    def new(self) -> str:
        """Name of the loan that refinances it."""
        return f"{self.name}.new"


class CovenantShape(NamedTuple):
    """A row of the tests."""

    name: str
    test: TestOf
    action: TestAction


class PotShape(NamedTuple):
    """Components held by one set of lenders; `holders` are names of loans, `.new` ones included."""

    name: str
    components: tuple[str, ...]
    holders: tuple[str, ...]


class Shape(NamedTuple):
    """Names, counts and modes of a site.

    `pots` stand in the order in which they pay: fewest holders first. Caps that are absent are modes, no infinities.
    """

    periods_per_year: int
    phases: tuple[PhaseShape, ...]
    components: tuple[ComponentShape, ...]
    fleets: tuple[FleetShape, ...]
    contracts: tuple[ContractShape, ...]
    loans: tuple[LoanShape, ...]
    tests: tuple[CovenantShape, ...]
    pots: tuple[PotShape, ...]
    market_price: PathMode = "flat"
    market_utilisation: PathMode = "flat"
    energy_price: PathMode = "flat"
    demand_charge: PathMode = "flat"
    staff: PathMode = "flat"
    inflation: PathMode = "flat"
    mezzanine: bool = False
    prepayment: bool = False
    lease: bool = False
    interest_limit: bool = False
    loss_use: LossRelief = "carry"
    walk_away: bool = True
    support_capped: bool = False
    guarantor_is_offtaker: bool = False

    @property
    def ranks(self) -> tuple[RankOf, ...]:
        """The rank of every senior loan, of the new ones too, in their order."""
        old = tuple(RankOf(loan.name, loan.rank) for loan in self.loans)
        return (*old, *(RankOf(loan.new, loan.rank) for loan in self.refinanced))

    @property
    def refinanced(self) -> tuple[LoanShape, ...]:
        """The loans whose balloons another loan may pay."""
        return tuple(loan for loan in self.loans if loan.refinancing != "none")


class RankOf(NamedTuple):
    """The rank of a loan: lower ranks are paid first, one rank pro rata."""

    name: str
    rank: int
