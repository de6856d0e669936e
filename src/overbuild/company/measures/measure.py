"""What is measured of a company: each measure with its formula, what it needs, and which way is better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from overbuild.company.measures.ratios import (
    capex_with_finance_leases,
    free_cash_flow,
    free_cash_flow_after_leases,
    free_cash_flow_margin,
    growth,
    lease_adjusted_debt,
    lease_adjusted_leverage,
    marginal_return_lagged,
    net_debt,
    net_investment,
    ratio_of,
)

BOTH = ("filed", "trailing")
TRAILING = ("trailing",)
TAX = "terms.tax_rate"


class CompanyMeasure(NamedTuple):
    """A measure: its formula over what it needs, on the period itself and on four quarters, or on these alone.

    A need that begins with `*` is of the basis itself (`*_capex` is `filed_capex` or `trailing_capex`). `above_zero` is
    what must be above 0 for the measure to exist. `better` is 1 where more is better, -1 where less is, 0 where neither.
    """

    name: str
    label: str
    unit: str
    formula: Callable[..., Any]
    needs: tuple[str, ...]
    bases: tuple[str, ...] = BOTH
    above_zero: str = ""
    better: int = 0


def _as_printed(amount: Any) -> Any:
    return amount


MEASURES = (
    CompanyMeasure("capex_with_finance_leases", "Capex with finance leases", "USD", _as_printed, ("*_capex_incl_finance_leases",)),
    CompanyMeasure("capex_with_finance_leases", "Capex with finance leases", "USD", capex_with_finance_leases,
            ("*_capex", "*_finance_leases_acquired")),
    CompanyMeasure("free_cash_flow", "Free cash flow", "USD", free_cash_flow, ("*_operating_cash_flow", "*_capex")),
    CompanyMeasure("free_cash_flow_after_leases", "Free cash flow after finance leases", "USD", free_cash_flow_after_leases,
            ("*_operating_cash_flow", "*_capex", "*_finance_lease_principal")),
    CompanyMeasure("capex_to_operating_cash_flow", "Capex over operating cash flow", "decimal", ratio_of,
            ("*_capex", "*_operating_cash_flow"), above_zero="*_operating_cash_flow", better=-1),
    CompanyMeasure("capex_to_revenue", "Capex over revenue", "decimal", ratio_of, ("*_capex", "*_revenue"),
            above_zero="*_revenue"),
    CompanyMeasure("free_cash_flow_margin", "Free cash flow over revenue", "decimal", free_cash_flow_margin,
            ("*_operating_cash_flow", "*_capex", "*_revenue"), above_zero="*_revenue", better=1),
    CompanyMeasure("operating_margin", "Operating margin", "decimal", ratio_of, ("*_operating_income", "*_revenue"),
            above_zero="*_revenue", better=1),
    CompanyMeasure("interest_cover", "Operating income over interest", "ratio", ratio_of,
            ("*_operating_income", "*_interest_expense"), above_zero="*_interest_expense", better=1),
    CompanyMeasure("revenue_growth", "Growth of revenue", "decimal_per_year", growth,
            ("year_before_revenue", "trailing_revenue"), TRAILING, "year_before_revenue", 1),
    CompanyMeasure("rpo_to_capex", "Remaining performance obligations over capex", "ratio", ratio_of,
            ("filed_rpo", "trailing_capex"), TRAILING, "trailing_capex", 1),
    CompanyMeasure("leases_to_operating_cash_flow", "Leases not started over cash flow", "ratio", ratio_of,
            ("filed_lease_commitments_not_commenced", "trailing_operating_cash_flow"), TRAILING,
            "trailing_operating_cash_flow", -1),
    CompanyMeasure("not_in_service_to_capex", "Assets not yet in service over capex", "ratio", ratio_of,
            ("filed_construction_in_progress", "trailing_capex"), TRAILING, "trailing_capex"),
    CompanyMeasure("lease_adjusted_debt", "Debt with leases", "USD", lease_adjusted_debt,
            ("filed_total_debt", "filed_finance_lease_liabilities", "filed_operating_lease_liabilities"), ("filed",)),
    CompanyMeasure("lease_adjusted_leverage", "Lease-adjusted leverage", "ratio", lease_adjusted_leverage,
            ("filed_lease_adjusted_debt", "trailing_operating_income", "trailing_depreciation",
             "trailing_operating_lease_cost"), TRAILING, better=-1),
    CompanyMeasure("net_investment", "Net investment", "USD", net_investment, ("*_capex", "*_depreciation"), ("trailing", "lagged")),
    CompanyMeasure("net_debt", "Net debt", "USD", net_debt,
                   ("filed_total_debt", "filed_cash", "filed_short_term_investments"), ("filed",)),
    CompanyMeasure("marginal_return", "Return on the investment of the year before", "decimal", marginal_return_lagged,
            ("year_before_operating_income", "trailing_operating_income", "lagged_net_investment", TAX),
            TRAILING, "lagged_net_investment", 1),
    CompanyMeasure("profit_added_to_capex", "Profit added over the capex of the year before", "decimal", marginal_return_lagged,
            ("year_before_operating_income", "trailing_operating_income", "lagged_capex", TAX),
            TRAILING, "lagged_capex", 1),
)  # fmt: skip
