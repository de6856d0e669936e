"""Mezzanine: debt between the senior loans and the owners, paid from what is left, in cash as far as there is any."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from overbuild.equations import maximum, minimum, present, quotient
from overbuild.errors import InputError, raise_all
from overbuild.money.irr import Irr, irr
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import Count, Flag01, PerYear, Usd, UsdStock, simple_rate


class MezzanineTerms(NamedTuple):
    """Rates of a mezzanine loan: paid in cash, always added to the balance, and the price of not paying cash."""

    cash_rate_per_year: PerYear
    pik_rate_per_year: PerYear
    pik_premium_per_year: PerYear
    periods_per_year: Count


class MezzaninePeriod(NamedTuple):
    """A period of the loan: cash interest, interest added to the balance (PIK), repayment, what is left for whom.

    `shortfall` is the part of the closing balance that was due and is not paid: 0 before maturity.
    """

    cash_interest: Usd
    pik_interest: Usd
    repaid: Usd
    closing: UsdStock
    shortfall: Usd
    to_equity: Usd


def mezzanine_period(opening: UsdStock, residual_cash: Usd, matures: Flag01, terms: MezzanineTerms) -> MezzaninePeriod:
    """A period of a mezzanine loan with a PIK toggle and a bullet: it takes cash only after the senior loans.

        asked         = opening * cash_rate / periods_per_year
        cash_interest = min(asked, max(0, residual_cash))
        unpaid_share  = (asked - cash_interest) / asked
        pik_interest  = opening * (pik_rate + unpaid_share * (cash_rate + pik_premium)) / periods_per_year
        owed          = opening + pik_interest
        repaid        = matures * min(owed, cash left after cash_interest)
        closing       = owed - repaid
        shortfall     = matures * closing
        to_equity     = max(0, residual_cash) - cash_interest - repaid

    `residual_cash` is what the period leaves after senior debt service, reserves and sweep; below 0 it counts as none.
    `matures` is 1 in the last period, else 0. USD a period, rates as decimals a year. With a cash rate of 0 nothing
    is asked and nothing unpaid. A remainder under 1e-9 of what is owed is dropped. Valid: rates of 0 or more.
    Source: ours, a simplification of a PIK toggle: the borrower does not choose, it pays in cash what it can.

    >>> terms = MezzanineTerms(0.08, 0.04, 0.015, 1.0)
    >>> [round(amount, 9) for amount in mezzanine_period(208.0, 10.0, 0.0, terms)]
    [10.0, 16.205, 0.0, 224.205, 0.0, 0.0]
    """
    cash = maximum(0.0, residual_cash)
    asked = opening * simple_rate(terms.cash_rate_per_year, terms.periods_per_year)
    paid = minimum(asked, cash)
    unpaid_share = quotient(asked - paid, asked, none=0.0)
    added_per_year = terms.pik_rate_per_year + unpaid_share * (terms.cash_rate_per_year + terms.pik_premium_per_year)
    pik = opening * simple_rate(added_per_year, terms.periods_per_year)
    owed = opening + pik
    repaid = matures * minimum(owed, cash - paid)
    left = owed - repaid
    closing = left * present(left, owed)
    return MezzaninePeriod(paid, pik, repaid, closing, matures * closing, cash - paid - repaid)


def mezzanine_schedule(
    name: str, amount: UsdStock, tenor: int, terms: MezzanineTerms, residual_cash: Sequence[Usd]
) -> tuple[MezzaninePeriod, ...]:
    """Every period of a mezzanine loan, from close to its bullet at the end of period `tenor`.

        each period is `mezzanine_period` on the closing balance of the one before

    USD a period. Cash of later periods is not touched: a shortfall at maturity is a default, settled by enforcement.
    Source: as `mezzanine_period`.
    Raises InputError: `bad_tenor` for a tenor below 1 or past the periods whose cash is known, `negative` for an
    amount or a rate below 0, `bad_period` for a year of other than 1, 2, 4 or 12 periods, `not_finite` for cash that
    is no number. Several faults are reported together.

    >>> terms = MezzanineTerms(0.08, 0.04, 0.015, 1.0)
    >>> rows = mezzanine_schedule("mezz", 200.0, 2, terms, (20.0, 100.0))
    >>> [round(row.closing, 6) for row in rows], round(rows[-1].shortfall, 6)
    ([208.0, 132.96], 132.96)
    """
    raise_all(list(_faults(f"loans.{name}", amount, tenor, terms, residual_cash)))
    balance = amount
    rows: list[MezzaninePeriod] = []
    for place, cash in enumerate(residual_cash[:tenor], 1):
        rows.append(mezzanine_period(balance, cash, 1.0 if place == tenor else 0.0, terms))
        balance = rows[-1].closing
    return tuple(rows)


def mezzanine_return(amount: UsdStock, periods: Sequence[MezzaninePeriod], periods_per_year: int) -> Irr:
    """What the mezzanine lender earns, effective a year: the amount lent against cash interest and repayment.

        amount = sum of (cash_interest + repaid) * (1 + mezzanine_return)^-years over the periods

    A decimal a year. A shortfall counts as lost; what enforcement brings in later is not in it. Source: standard.

    >>> terms = MezzanineTerms(0.08, 0.04, 0.0, 1.0)
    >>> rows = mezzanine_schedule("mezz", 100.0, 2, terms, (8.0, 1000.0))
    >>> round(mezzanine_return(100.0, rows, 1).per_year, 9)
    0.12
    """
    return irr([-amount, *(row.cash_interest + row.repaid for row in periods)], periods_per_year)


def _faults(
    path: str, amount: UsdStock, tenor: int, terms: MezzanineTerms, residual_cash: Sequence[Usd]
) -> Iterator[InputError]:
    if not 1 <= tenor <= len(residual_cash):
        hint = f"the loan matures in a period whose cash is known: 1 to {len(residual_cash)}"
        yield InputError("bad_tenor", f"{path}.tenor", tenor, hint)
    if terms.periods_per_year not in PERIODS_PER_YEAR:
        yield InputError("bad_period", f"{path}.periods_per_year", terms.periods_per_year, "a year has 1, 2, 4 or 12")
    for word, number in {"amount": amount, **terms._asdict()}.items():
        if not number >= 0.0:
            yield InputError("negative", f"{path}.{word}", number, "amounts and rates of this loan are 0 or more")
    for place, cash in enumerate(residual_cash, 1):
        if not math.isfinite(cash):
            yield InputError("not_finite", f"{path}.residual_cash.{place}", cash, "cash of a period is a finite number")
