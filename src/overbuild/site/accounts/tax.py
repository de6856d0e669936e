"""Income tax by tax year: the sums of the year to date, and the instalment of the period."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, maximum, minimum
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import TaxYearState
from overbuild.site.terms.terms import IncomeTaxTerms
from overbuild.units import Flag01, Share, Usd


class TaxOfPeriod(NamedTuple):
    """Instalment of a period, and the tax year to date."""

    tax: Usd
    year: TaxYearState


def tax_rate(federal_rate: Share, state_rate: Share) -> Share:
    """State and federal tax in one rate: state tax is deducted from federal income.

        tax_rate = state_rate + federal_rate * (1 - state_rate)

    Source: IRC 164(a)(3).

    >>> round(tax_rate(0.2, 0.05), 9)
    0.24
    """
    return state_rate + federal_rate * (1.0 - state_rate)


def tax_of_period(
    shape: Shape,
    year: TaxYearState,
    terms: IncomeTaxTerms,
    new_year: Flag01,
    income: Usd,
    depreciation: Usd,
    interest: Usd,
) -> TaxOfPeriod:
    """The instalment of a period: tax of the year to date less what was paid of it before.

        allowed   = min(interest + carry at the start, interest_share * max(0, income)), all without a limit
        taxable   = income - depreciation - allowed
        nol_used  = min(nol at the start, nol_share * max(0, taxable))
        due       = tax_rate * (max(0, taxable) - nol_used)
        tax       = due - due before
        carry     = interest + carry at the start - allowed
        nol       = nol at the start - nol_used + max(0, -taxable)

    All sums are of the tax year to date; `income` is EBITDA and gains. An instalment may be below 0 within a year.
    With `immediate` relief a loss is worth its tax at once. Sources: IRC 172(a)(2) and 163(j), by taxable year.

    >>> from overbuild.site.examples import OPENING, SHAPE, TERMS
    >>> terms = TERMS.tax._replace(federal_rate=0.25)
    >>> tax_of_period(SHAPE, OPENING.tax, terms, 1.0, 500.0, 100.0, 100.0).tax
    75.0
    """
    kept = 1.0 - new_year
    nol, carry = blend(new_year, year.nol, year.nol_at_start), blend(new_year, year.interest_carry, year.carry_at_start)
    earned, written = kept * year.income + income, kept * year.depreciation + depreciation
    paid, before = kept * year.interest + interest, kept * year.paid
    deductible = paid + carry
    allowed = deductible
    if terms.interest_share is not None:
        allowed = minimum(deductible, terms.interest_share * maximum(0.0, earned))
    taxable, rate = earned - written - allowed, tax_rate(terms.federal_rate, terms.state_rate)
    if shape.loss_use == "immediate":
        due = rate * taxable
        after = TaxYearState(year.nol, deductible - allowed, nol, carry, earned, written, paid, due)
        return TaxOfPeriod(due - before, after)
    profit = maximum(0.0, taxable)
    used = minimum(nol, terms.nol_share * profit)
    due = rate * (profit - used)
    left = nol - used + maximum(0.0, -taxable)
    after = TaxYearState(left, deductible - allowed, nol, carry, earned, written, paid, due)
    return TaxOfPeriod(due - before, after)


def blended_tax(flag: Flag01, yes: TaxOfPeriod, no: TaxOfPeriod) -> TaxOfPeriod:
    """The one tax where the flag holds, else the other.

        each number = flag * yes + (1 - flag) * no

    Source: ours, a definition.

    >>> from overbuild.site.examples import OPENING
    >>> blended_tax(1.0, TaxOfPeriod(5.0, OPENING.tax), TaxOfPeriod(3.0, OPENING.tax)).tax
    5.0
    """
    year = (blend(flag, one, other) for one, other in zip(yes.year, no.year, strict=True))
    return TaxOfPeriod(blend(flag, yes.tax, no.tax), TaxYearState(*year))
