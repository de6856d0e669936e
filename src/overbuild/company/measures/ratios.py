"""Ratios of a company's figures: what its capex takes of its cash, what it owes beside, what its investment brings."""

from __future__ import annotations

from overbuild.equations import quotient
from overbuild.units import PerYear, Ratio, Share, Usd, UsdStock


def free_cash_flow(operating_cash_flow: Usd, capex: Usd) -> Usd:
    """Operating cash flow less cash capex.

        free_cash_flow = operating_cash_flow - capex

    Source: standard; companies that net proceeds from sales off their capex print more.

    >>> free_cash_flow(35.5, 35.1)
    0.3999999999999986
    """
    return operating_cash_flow - capex


def free_cash_flow_after_leases(operating_cash_flow: Usd, capex: Usd, finance_lease_principal: Usd) -> Usd:
    """Free cash flow less the principal paid on finance leases, which buy assets as capex does.

        free_cash_flow_after_leases = operating_cash_flow - capex - finance_lease_principal

    Source: standard: companies that lease much print one by this definition.

    >>> free_cash_flow_after_leases(100.0, 80.0, 5.0)
    15.0
    """
    return operating_cash_flow - capex - finance_lease_principal


def capex_with_finance_leases(capex: Usd, finance_leases_acquired: Usd) -> Usd:
    """Cash capex and the assets acquired under finance leases, for which no cash was paid yet.

        capex_with_finance_leases = capex + finance_leases_acquired

    Source: ours, a definition: that of companies that count both; cash capex and the leases are of one period.

    >>> capex_with_finance_leases(30.0, 8.0)
    38.0
    """
    return capex + finance_leases_acquired


def ratio_of(amount: Usd, by: Usd) -> Ratio:
    """One figure over another.

        ratio = amount / by

    Valid: `by` above 0; 0 where it is 0. Source: standard.

    >>> ratio_of(70.0, 100.0)
    0.7
    """
    return quotient(amount, by, none=0.0)


def free_cash_flow_margin(operating_cash_flow: Usd, capex: Usd, revenue: Usd) -> Ratio:
    """Free cash flow as a share of revenue.

        free_cash_flow_margin = (operating_cash_flow - capex) / revenue

    Source: standard.

    >>> free_cash_flow_margin(40.0, 30.0, 100.0)
    0.1
    """
    return quotient(operating_cash_flow - capex, revenue, none=0.0)


def growth(before: Usd, now: Usd) -> PerYear:
    """Growth of a figure over four quarters, against the four before them.

        growth = now / before - 1

    Valid: `before` above 0. Source: standard.

    >>> round(growth(100.0, 118.0), 6)
    0.18
    """
    return quotient(now, before, none=1.0) - 1


def lease_adjusted_debt(
    total_debt: UsdStock, finance_lease_liabilities: UsdStock, operating_lease_liabilities: UsdStock
) -> UsdStock:
    """Debt with the liabilities of finance and of operating leases.

        lease_adjusted_debt = total_debt + finance_lease_liabilities + operating_lease_liabilities

    Leases that have not started are on no balance sheet and not in it. Source: standard among rating agencies.

    >>> lease_adjusted_debt(100.0, 20.0, 30.0)
    150.0
    """
    return total_debt + finance_lease_liabilities + operating_lease_liabilities


def lease_adjusted_leverage(
    lease_adjusted_debt: UsdStock, operating_income: Usd, depreciation: Usd, operating_lease_cost: Usd
) -> Ratio:
    """Lease-adjusted debt over earnings before interest, tax, depreciation and rent (EBITDAR).

        lease_adjusted_leverage = lease_adjusted_debt / (operating_income + depreciation + operating_lease_cost)

    Valid: EBITDAR above 0. Source: standard among rating agencies.

    >>> lease_adjusted_leverage(150.0, 40.0, 25.0, 10.0)
    2.0
    """
    return quotient(lease_adjusted_debt, operating_income + depreciation + operating_lease_cost, none=0.0)


def net_debt(total_debt: UsdStock, cash: UsdStock, investments: UsdStock) -> UsdStock:
    """Debt less what lies in cash and marketable securities; negative is net cash.

        net_debt = total_debt - cash - short_term_investments

    Source: standard.

    >>> net_debt(60.0, 30.0, 70.0)
    -40.0
    """
    return total_debt - cash - investments


def invested_capital(total_debt: UsdStock, equity: UsdStock, cash: UsdStock, investments: UsdStock) -> UsdStock:
    """What lenders and owners have in the business, net of what lies in cash.

        invested_capital = total_debt + equity - cash - short_term_investments

    Source: standard.

    >>> invested_capital(60.0, 300.0, 30.0, 70.0)
    260.0
    """
    return total_debt + equity - cash - investments


def net_investment(capex: Usd, depreciation: Usd) -> Usd:
    """What capex adds to the assets beyond what is written off.

        net_investment = capex - depreciation

    Source: standard.

    >>> net_investment(80.0, 40.0)
    40.0
    """
    return capex - depreciation


def marginal_return_lagged(
    operating_income_before: Usd, operating_income: Usd, net_investment: Usd, tax_rate: Share
) -> Ratio:
    """Profit added in a year over the net investment of the four quarters that it lags behind.

        return = (operating_income - operating_income_before) * (1 - tax_rate) / net_investment

    Net investment is of the earlier quarters: what was bought then earns now. Over capex it is the return before what is
    written off, which every company prints alike. Valid: net investment above 0.
    Source: ours, a simplification: invested capital moves by capex less depreciation, and all added profit is its.

    >>> round(marginal_return_lagged(100.0, 120.0, 40.0, 0.2), 6)
    0.4
    """
    return quotient((operating_income - operating_income_before) * (1 - tax_rate), net_investment, none=0.0)
