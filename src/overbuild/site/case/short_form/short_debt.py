"""The debt of the short form. Tenors and periods count from opening."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import SizedOnCash
from overbuild.site.case.short_form.short_words import CovenantWord, ShortRepayment
from overbuild.world.quantities import Count, Periods, PerYear, Rank, Ratio, Share, UsdStock


class ShortLoan(NamedTuple):
    """A senior loan: repaid over the first `tenor` operating periods; a floating one has a base rate for each."""

    name: str
    tenor: Periods
    rate_per_year: PerYear | None = None
    repayment: ShortRepayment = "sculpted"
    target_dscr: tuple[Ratio, ...] = ()
    repayment_shares: tuple[Share, ...] = ()
    max_debt_share: Share | None = None
    debt_share: Share | None = None
    amount: UsdStock | None = None
    construction_rate_per_year: PerYear = 0.0
    upfront_fee_share: Share = 0.0
    commitment_fee_per_year: PerYear = 0.0
    allow_negative_amortisation: bool = False
    sized_on: SizedOnCash = "after_tax"
    rank: Rank = 1
    collateral: tuple[str, ...] = ()
    advance_rate: Share | None = None
    advances_on: tuple[str, ...] = ()
    draws: tuple[UsdStock, ...] = ()
    availability_end: Periods | None = None
    base_rate_per_year: tuple[PerYear, ...] = ()
    floor_per_year: PerYear = 0.0
    margin_per_year: PerYear | None = None
    swap_share: Share = 0.0
    swap_fixed_per_year: PerYear = 0.0
    target_dscr_merchant: tuple[Ratio, ...] = ()


class ShortMezzanine(NamedTuple):
    """The mezzanine: due at the end of operating period `tenor`."""

    cash_rate_per_year: PerYear
    tenor: Periods
    pik_rate_per_year: PerYear = 0.0
    pik_premium_per_year: PerYear = 0.0
    amount: UsdStock | None = None
    debt_share: Share | None = None


class ShortPrepayment(NamedTuple):
    """What the offtaker pays before it is served; `credited_from` is an operating period."""

    amount: UsdStock
    received: tuple[Share, ...]
    credited_periods: Periods
    credited_from: Periods = 1


class ShortWaterfall(NamedTuple):
    """What lenders may do with cash: cures, sweep, lock-up, covenant."""

    cures: Count = 0
    sweep_trigger: Ratio | None = None
    sweep_share: Share | None = None
    lockup_dscr: Ratio | None = None
    default_dscr: Ratio | None = None
    covenant: CovenantWord = "flag"
    cures_in_four: Count | None = None
