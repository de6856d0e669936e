"""The debt of a plan, as a case file states it, and what stands beside it.

Loans and mezzanine, prepayment and lease, debt of the holding company; reserves, the waterfall, and enforcement.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.old_site.case.choices import CovenantMode, HoldcoRepayment, Repayment, SizedOn
from overbuild.world.quantities import Count, Period, Periods, PerYear, Rank, Ratio, Share, UsdPerYear, UsdStock, Years


class Margin(NamedTuple):
    """What a customer contract behind a floating loan adds to its rate: the weaker the customer, the more.

    A loan has one `margin_per_year`, or the margins that name it, weighted by the share of its contracts.
    """

    name: str
    loan: str
    contract_share: Share
    margin_per_year: PerYear


class Loan(NamedTuple):
    """A senior loan that funds construction too.

    It is repaid over `tenor` periods of operation by the pattern `repayment`; a custom one has `repayment_shares`. A
    sculpted loan (one at most) is sized by cover, `target_dscr` by period, at most `max_debt_share` of uses; what it
    covers is the debt service of all senior loans, and `sized_on` says of which cash. The others are sized by
    `debt_share` of uses, by `amount`, or by `advance_rate`, a share of the cost of the components in `advances_on`,
    drawn as they are paid for. With `target_dscr_merchant` the cash that the market brings is covered by that, and
    `target_dscr` is for what the contract brings; cash is split as the revenue of the period is.

    `rank`: lower ranks are paid first, loans of one rank pro rata. `collateral` names the components that the loan
    has a claim on before loans that do not name them; without any it shares, by rank, in what is left.

    `draws` states what is drawn at close and in each construction period, and so the loan; `amount` then is the
    commitment that fees are paid on, `availability_end` the last construction period with a draw, and an advance rate
    a limit on the draws so far.

    A floating loan has no `rate_per_year` but `base_rate_per_year`, one number or one for each operating period, at
    least `floor_per_year`, and over it `margin_per_year` or the mean of the margins that name it. `swap_share` of
    the balance pays `swap_fixed_per_year` in place of the base rate. Interest of a period is rate / periods_per_year,
    not ACT/360. While the site is built every loan pays `construction_rate_per_year`.
    """

    name: str
    rate_per_year: PerYear | None = None
    tenor: Periods = 0
    repayment: Repayment = "sculpted"
    target_dscr: tuple[Ratio, ...] = ()
    repayment_shares: tuple[Share, ...] = ()
    max_debt_share: Share | None = None
    debt_share: Share | None = None
    amount: UsdStock | None = None
    construction_rate_per_year: PerYear = 0.0
    upfront_fee_share: Share = 0.0
    commitment_fee_per_year: PerYear = 0.0
    allow_negative_amortisation: bool = False
    sized_on: SizedOn = "after_tax"
    rank: Rank = 1
    collateral: tuple[str, ...] = ()
    advance_rate: Share | None = None
    advances_on: tuple[str, ...] = ()
    draws: tuple[UsdStock, ...] = ()
    availability_end: Period | None = None
    base_rate_per_year: tuple[PerYear, ...] = ()
    floor_per_year: PerYear = 0.0
    margin_per_year: PerYear | None = None
    swap_share: Share = 0.0
    swap_fixed_per_year: PerYear = 0.0
    target_dscr_merchant: tuple[Ratio, ...] = ()


class Mezzanine(NamedTuple):
    """Debt between the senior loans and the owners: sized by `amount` or by `debt_share` of uses.

    It draws pro rata what the senior loans leave. While the site is built its interest is added to what it is owed;
    then it takes `cash_rate_per_year` from what the waterfall leaves after the sweep, before lock-up and owners. What
    of that is not paid is owed at the cash rate plus `pik_premium_per_year`; `pik_rate_per_year` is always added. It
    is repaid as a whole at the end of period `tenor`, then from whatever is left; what it misses is no default of the
    senior loans. For tax, interest is deducted as it accrues at cash and PIK rate.
    """

    cash_rate_per_year: PerYear
    tenor: Periods
    pik_rate_per_year: PerYear = 0.0
    pik_premium_per_year: PerYear = 0.0
    amount: UsdStock | None = None
    debt_share: Share | None = None


class Prepayment(NamedTuple):
    """What the offtaker pays before it is served: `received` in shares of the construction periods, 1 in sum.

    It pays for construction before loans and owners, and is credited against the bills of `credited_periods`, the
    first of them operating period `credited_from`, in equal parts. What is not credited when the site defaults is a
    claim beside unsecured senior debt.
    """

    amount: UsdStock
    received: tuple[Share, ...]
    credited_periods: Periods
    credited_from: Period = 1


class Lease(NamedTuple):
    """A leased shell: rent from opening through operation, an operating cost; `rate_per_year` values what is owed.

    The rent of a period is due at its end and rises once a year. The rest says only what class of lease it is:
    `fair_value` and `economic_life_years` of what is leased, and the tests that are plain facts of the contract.
    """

    payment_per_year: UsdPerYear
    rate_per_year: PerYear
    escalator_per_year: PerYear = 0.0
    fair_value: UsdStock | None = None
    economic_life_years: Years | None = None
    ownership_transfers: bool = False
    bargain_option: bool = False
    specialised_asset: bool = False


class Holdco(NamedTuple):
    """Debt of the holding company, paid from what the site distributes, over `tenor` operating periods.

    It stands outside the site: it funds none of its uses and none of its covenants look at it.
    """

    amount: UsdStock
    rate_per_year: PerYear
    tenor: Periods
    repayment: HoldcoRepayment = "annuity"


class Reserves(NamedTuple):
    """The debt service reserve looks this many periods ahead; 0 for none."""

    dsra_periods: Periods = 0


class Waterfall(NamedTuple):
    """What lenders may do with cash: cures (in all, and in any four periods), sweep, lock-up, covenant.

    `covenant` is what they do where cover is below `default_dscr`. A sweep share without a trigger always sweeps.
    """

    cures: Count = 0
    sweep_trigger: Ratio | None = None
    sweep_share: Share | None = None
    lockup_dscr: Ratio | None = None
    default_dscr: Ratio | None = None
    covenant: CovenantMode = "flag"
    cures_in_four: Count | None = None


class Enforcement(NamedTuple):
    """Selling the collateral: what it costs, how long it takes, how fast chips and halls lose value."""

    cost_share: Share = 0.0
    lag_years: Years = 0.0
    decay_per_year: PerYear = 0.0
