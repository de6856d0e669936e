"""Income tax: the limit on interest deductions, loss carryforwards, the tax itself."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import TaxTerms
from overbuild.units import Usd, UsdStock


class Taxed(NamedTuple):
    """Tax of the period, and what it leaves for later ones."""

    tax: Usd
    interest_carry: UsdStock
    nol: UsdStock


def interest_allowed(interest: Usd, carry: UsdStock, earnings: Usd, terms: TaxTerms, limit: str) -> Usd:
    """Interest deducted: that of the period and what was carried forward, up to a share of adjusted taxable income.

        interest_allowed = min(interest + carry, interest_share * max(0, ebitda + tax_gain))

    Without a limit all of it is deducted. Disallowed interest is carried forward without limit of time.
    Sources: IRC 163(j), EBITDA basis from 2025 on.

    >>> from overbuild.old_site.examples import TERMS
    >>> interest_allowed(95.0, 0.0, 150.0, TERMS.tax, "ebitda_share")
    45.0
    """
    deductible = interest + carry
    if limit == "none":
        return line("interest_allowed", deductible)
    return line("interest_allowed", minimum(deductible, terms.interest_share * maximum(0.0, earnings)))


def taxed(ebitda: Usd, charges: tuple[Usd, Usd, Usd], state: State, terms: TaxTerms, shape: Shape) -> Taxed:
    """Tax of the period, accrued and paid in it. `charges` are tax gain, tax depreciation and interest.

        taxable_income = ebitda + tax_gain - tax_depreciation - interest_allowed
        nol_used       = min(nol, nol_share * max(0, taxable_income))
        tax            = tax_rate * (max(0, taxable_income) - nol_used)
        nol            = nol before - nol_used + max(0, -taxable_income)

    Mode `immediate`: a loss is relieved at once (tax = tax_rate * taxable_income, below 0), nothing is carried forward.
    Sources: IRC 172(a)(2), 163(j); mode `immediate` is the convention of NREL SAM.

    >>> from overbuild.old_site.examples import OPENING, SHAPE, TERMS
    >>> taxed(500.0, (0.0, 100.0, 100.0), OPENING, TERMS.tax, SHAPE).tax
    75.0
    """
    gain, depreciation, interest = charges
    allowed = interest_allowed(interest, state.interest_carry, ebitda + gain, terms, shape.interest_limit)
    carry = line("interest_carry", state.interest_carry + interest - allowed)
    taxable = line("taxable_income", ebitda + gain - depreciation - allowed)
    if shape.loss_use == "immediate":
        return Taxed(line("tax", terms.rate * taxable), carry, state.nol)
    profit = maximum(0.0, taxable)
    used = line("nol_used", minimum(state.nol, terms.nol_share * profit))
    nol = line("nol", state.nol - used + maximum(0.0, -taxable))
    return Taxed(line("tax", terms.rate * (profit - used)), carry, nol)
