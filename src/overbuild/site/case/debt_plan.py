"""The money of a site, as a case file states it: funding, loans and what stands beside them, tests, enforcement."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.choices import (
    DrawRule,
    HoldcoRepayment,
    LoanDraw,
    RepaymentWord,
    SizedOnCash,
    TestAction,
    TestOf,
)
from overbuild.site.case.paths import RatePath
from overbuild.world.quantities import Count, Period, Periods, PerYear, Rank, Ratio, Share, UsdPerYear, UsdStock, Years


class Funding(NamedTuple):
    """How construction is paid.

    rule: pro_rata, equity_first or debt_first [pro_rata]
    availability_end: last period in which loans are drawn; what is undrawn lapses [None: the last planned completion]
    contingency: part of the budget that overruns take first, USD [0]
    standby: equity committed beyond the budget, for overruns and delay, USD [0]
    """

    rule: DrawRule = "pro_rata"
    availability_end: Period | None = None
    contingency: UsdStock = 0.0
    standby: UsdStock = 0.0


class Refinancing(NamedTuple):
    """The new loan that pays a balloon: as much as cash and value at maturity carry, repaid in level payments.

    rate: path, per year; that of the maturity holds for the life of the new loan
    tenor: periods of the new loan
    dscr: cover that its lender asks of the cash ahead
    ltv: share of the value of the collateral that it lends at most [None: no limit]
    fee: share of the new loan [0]
    available: share of what it would lend that can be had, 0..1 [1]
    """

    rate: RatePath
    tenor: Periods
    dscr: Ratio
    ltv: Share | None = None
    fee: Share = 0.0
    available: Share = 1.0


class Loan(NamedTuple):
    """A senior loan: drawn while building, repaid from `first` to `maturity`, which delays do not move.

    Its amount is one of: `amount`; `debt_share` of uses; `advance_rate` of the cost of the components in `advances_on`;
    or none of them and `repayment: sculpted`, one loan at most, sized to cover.

    name: its name
    maturity: last period of repayment
    first: first period of repayment [None: the period after the availability end]
    rate: all-in rate, path, per year [None: base_rate + margin]
    base_rate: floating base, path, per year [None]; at least `floor_per_year` [0]
    margin_per_year: over the base [None: the mean of `margins` that name the loan]
    swap_share, swap_fixed_per_year: share of the balance that pays a fixed rate in place of the base [0, 0]
    construction_rate_per_year: all-in rate up to the availability end [None: as above]
    amount: USD
    debt_share: share of uses
    advance_rate, advances_on: borrowing base
    max_debt_share: cap of a sculpted loan, a share of uses [None: no cap]
    repayment: sculpted, annuity, straight_line, bullet, custom
    dscr: cover asked of a sculpted loan, one a period from `first` to `maturity`; a single one holds for all
    dscr_merchant: cover asked of the cash that the market brings; `dscr` then is for what contracts bring [()]
    sized_on: cash after or before tax, of a sculpted loan [after_tax]
    shares: of a custom repayment, one a period, 1 in sum
    allow_negative_amortisation: whether debt service of a sculpted loan may be below its interest [false]
    balloon_share: share of the amount that is due as a whole at maturity [0]
    refinancing: the loan that pays the balloon [None: cash pays it]
    rank: lower ranks are paid first, one rank pro rata [1]
    collateral: names of the components it has liens on [None: all; (): none, it still has the accounts]
    draw: with_equity, or after_equity for a cost-overrun facility [with_equity]
    upfront_fee_share: of the amount, at close [0]
    commitment_fee_per_year: of what is undrawn, up to the availability end [0]
    """

    name: str
    maturity: Period
    first: Period | None = None
    rate: RatePath | None = None
    base_rate: RatePath | None = None
    floor_per_year: PerYear = 0.0
    margin_per_year: PerYear | None = None
    swap_share: Share = 0.0
    swap_fixed_per_year: PerYear = 0.0
    construction_rate_per_year: PerYear | None = None
    amount: UsdStock | None = None
    debt_share: Share | None = None
    advance_rate: Share | None = None
    advances_on: tuple[str, ...] = ()
    max_debt_share: Share | None = None
    repayment: RepaymentWord = "sculpted"
    dscr: tuple[Ratio, ...] = ()
    dscr_merchant: tuple[Ratio, ...] = ()
    sized_on: SizedOnCash = "after_tax"
    shares: tuple[Share, ...] = ()
    allow_negative_amortisation: bool = False
    balloon_share: Share = 0.0
    refinancing: Refinancing | None = None
    rank: Rank = 1
    collateral: tuple[str, ...] | None = None
    draw: LoanDraw = "with_equity"
    upfront_fee_share: Share = 0.0
    commitment_fee_per_year: PerYear = 0.0


class GradeMargin(NamedTuple):
    """Margin of a floating loan for contracts of one grade: a loan's margin is their mean, weighted by share."""

    name: str
    loan: str
    contract_share: Share
    margin_per_year: PerYear


class JuniorDebt(NamedTuple):
    """The mezzanine between senior loans and owners: PIK while building, behind the lock-up afterwards.

    cash_rate_per_year, pik_rate_per_year: interest paid, interest added [pik: 0]
    maturity: period from which on all it is owed is due
    pik_premium_per_year: added to the rate of what is not paid in cash [0]
    amount or debt_share: USD, or a share of uses
    """

    cash_rate_per_year: PerYear
    maturity: Period
    pik_rate_per_year: PerYear = 0.0
    pik_premium_per_year: PerYear = 0.0
    amount: UsdStock | None = None
    debt_share: Share | None = None


class OfftakerPrepayment(NamedTuple):
    """What an offtaker pays before it is served, credited against its bills in equal parts.

    contract: name of its contract
    amount: USD
    received: shares by period, the first entry is period 1; 1 in sum, within the availability end
    credited_from: first period of the credit (a calendar period)
    credited_periods: number of periods
    """

    contract: str
    amount: UsdStock
    received: tuple[Share, ...]
    credited_from: Period
    credited_periods: Periods


class DebtReserve(NamedTuple):
    """The debt service reserve.

    dsra_periods: periods of debt service ahead that it holds [0: none]
    lc_share: share of its target that a letter of credit stands for [0]
    lc_fee_per_year: fee on that letter [0]
    """

    dsra_periods: Periods = 0
    lc_share: Share = 0.0
    lc_fee_per_year: PerYear = 0.0


class CovenantTest(NamedTuple):
    """A row of the covenants: what is tested, its level, what a breach does.

    test: dscr_12m, dscr_ahead, llcr, contracted_share (breached below the level), ltv (breached above it)
    level: a ratio or a share
    action: report, lockup, sweep, default
    share: of free cash that a sweep takes [1]
    """

    test: TestOf
    level: Ratio
    action: TestAction
    share: Share = 1.0


class Cures(NamedTuple):
    """What owners may cure: `number` in all [0], `in_year` in any twelve months [1], at most `cap` USD in all.

    cap: [None: the base case's debt service of the 12 months after the availability end]
    """

    number: Count = 0
    in_year: Count = 1
    cap: UsdStock | None = None


class EnforcementCosts(NamedTuple):
    """Selling the collateral: `cost_share` of proceeds, `lag_years` until they come, loss of value, half-built assets.

    decay_per_year: of components that do not say their own [0]
    incomplete_share: share of its value in haste that a phase brings which is not finished [1]
    """

    cost_share: Share = 0.0
    lag_years: Years = 0.0
    decay_per_year: PerYear = 0.0
    incomplete_share: Share = 1.0


class ShellLease(NamedTuple):
    """A leased shell: rent from the first period in service on, an operating cost; the rest says its class (ASC 842)."""

    payment_per_year: UsdPerYear
    rate_per_year: PerYear
    escalator_per_year: PerYear = 0.0
    fair_value: UsdStock | None = None
    economic_life_years: Years | None = None
    ownership_transfers: bool = False
    bargain_option: bool = False
    specialised_asset: bool = False


class HoldcoDebt(NamedTuple):
    """Debt of the holding company, paid from what the site distributes over `tenor` periods from its first in service."""

    amount: UsdStock
    rate_per_year: PerYear
    tenor: Periods
    repayment: HoldcoRepayment = "annuity"
