"""Working capital: receivables and payables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import DAYS_PER_YEAR, Usd, UsdStock


class WorkingCapital(NamedTuple):
    """Receivables and payables at the end of the period, and the cash that their change took."""

    receivable: UsdStock
    contract_receivable: UsdStock
    payable: UsdStock
    change: Usd


def working_capital(
    sales: tuple[Usd, Usd], opex: Usd, bad_debt: Usd, state: State, case: tuple[Inputs, Terms]
) -> WorkingCapital:
    """Receivables and payables at the end of the period; the last period settles both.

        receivable             = revenue * periods_per_year * receivable_days / 365
        payable                = opex * periods_per_year * payable_days / 365
        working_capital_change = (receivable - (receivable before - bad_debt)) - (payable - payable before)

    `sales` are contract and merchant revenue. A bad debt is no cash: it only means that less is collected.
    Source: ours, the standard definition of working capital days, on a year of 365 days.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> working_capital((300.0, 65.0), 0.0, 0.0, OPENING, (INPUTS, TERMS)).change
    45.0
    """
    inputs, terms = case
    contract, merchant = sales
    goes_on = 1.0 - inputs.last
    billed = goes_on * terms.site.periods_per_year * terms.costs.receivable_days / DAYS_PER_YEAR
    owing = goes_on * terms.site.periods_per_year * terms.costs.payable_days / DAYS_PER_YEAR
    receivable = line("receivable", (contract + merchant) * billed)
    payable = line("payable", opex * owing)
    collected_less = receivable - (state.receivable - bad_debt)
    change = line("working_capital_change", collected_less - (payable - state.payable))
    return WorkingCapital(receivable, contract * billed, payable, change)
