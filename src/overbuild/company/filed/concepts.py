"""The figures of a company that are used here, and the metrics of the tables that hold them."""

from __future__ import annotations

from typing import NamedTuple

FLOW, STOCK, SHARE, COUNT = "flow", "stock", "share", "count"


class CompanyConcept(NamedTuple):
    """A figure by its name. `metrics` are the names under which tables hold it, the preferred first.

    `kind` is `flow` (money over a period), `stock` (money on a day), `share` (a decimal on a day or over a year) or
    `count`. One metric serves the whole series of a company: definitions are never mixed.
    """

    name: str
    label: str
    kind: str
    metrics: tuple[str, ...]
    definition: str


def _of(name: str, label: str, kind: str, definition: str, *others: str) -> CompanyConcept:
    return CompanyConcept(name, label, kind, (name, *others), definition)


CONCEPTS = (
    _of("revenue", "Revenue", FLOW, "total revenue"),
    _of("cloud_revenue", "Cloud revenue", FLOW, "revenue of the cloud segment, as each company cuts it"),
    _of("operating_income", "Operating income", FLOW, "operating income"),
    _of("depreciation", "Depreciation", FLOW, "depreciation; Amazon's and Microsoft's lines hold more than property",
        "depreciation_and_amortisation"),
    _of("operating_cash_flow", "Operating cash flow", FLOW, "net cash from operating activities"),
    _of("capex", "Cash capex", FLOW, "cash paid for property and equipment, before proceeds and incentives"),
    _of("capex_incl_finance_leases", "Capex with finance leases, printed", FLOW,
        "capital expenditure with assets acquired under finance leases, as the company prints it"),
    _of("finance_leases_acquired", "Finance leases acquired", FLOW, "assets acquired under new finance leases; no cash"),
    _of("finance_lease_principal", "Finance lease principal", FLOW, "principal paid on finance leases"),
    _of("operating_lease_cost", "Operating lease cost", FLOW, "cost of operating leases"),
    _of("interest_expense", "Interest expense", FLOW, "interest charged to profit"),
    _of("net_income", "Net income", FLOW, "net income"),
    _of("total_debt", "Debt", STOCK, "long-term debt with the part due within a year", "debt_principal"),
    _of("finance_lease_liabilities", "Finance lease liabilities", STOCK, "liabilities of finance leases"),
    _of("operating_lease_liabilities", "Operating lease liabilities", STOCK, "liabilities of operating leases"),
    _of("cash", "Cash", STOCK, "cash and cash equivalents"),
    _of("short_term_investments", "Short-term investments", STOCK, "marketable securities held as current assets"),
    _of("equity", "Equity", STOCK, "equity of the parent's owners"),
    _of("ppe_net", "Property and equipment, net", STOCK, "property and equipment after depreciation"),
    _of("rpo", "Remaining performance obligations", STOCK, "contracted revenue not yet earned", "rpo_total"),
    _of("lease_commitments_not_commenced", "Leases signed, not started", STOCK,
        "payments under leases that are signed and have not begun; on no balance sheet"),
    _of("construction_in_progress", "Assets not yet in service", STOCK, "construction in progress",
        "assets_not_yet_in_service"),
    _of("largest_customer_share", "Share of the largest customer", SHARE,
        "share of revenue, or of the backlog, that is one customer's", "rpo_share_openai"),
    _of("shares_outstanding", "Shares outstanding", COUNT, "shares outstanding", "diluted_shares"),
)  # fmt: skip

BY_NAME = {one.name: one for one in CONCEPTS}
FLOWS = tuple(one.name for one in CONCEPTS if one.kind == FLOW)
STOCKS = tuple(one.name for one in CONCEPTS if one.kind != FLOW)

LIFE = "server_useful_life_years"
"""The metric of a useful life; its period begins on the day from which it counts."""

LIFE_EFFECT = ("useful_life_change_depreciation_effect", "useful_life_extension_net_income_benefit")
"""What companies disclosed of a change: on depreciation (a fall is negative), or on net income (a gain is positive)."""

GUIDED = ("capex_guidance_low", "capex_guidance_high")
