"""The debt of the short form read into the general one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from overbuild.site.case.choices import RepaymentWord, TestAction
from overbuild.site.case.plan import (
    CovenantTest,
    Cures,
    JuniorDebt,
    Loan,
    OfftakerPrepayment,
    Path,
)
from overbuild.site.case.short_form.short_debt import ShortLoan, ShortWaterfall
from overbuild.site.case.short_form.short_paths import OFFTAKE, listed
from overbuild.site.case.short_form.short_plan import ShortPlan

_ACTIONS: Mapping[str, TestAction] = MappingProxyType({"flag": "report", "sweep_all": "sweep"})
"""What a covenant does; the others call a default, which owners may cure."""


def general_loan(short: ShortPlan, loan: ShortLoan) -> Loan:
    """A loan with dates from close: repaid from opening over its tenor."""
    built = short.site.construction_periods
    repayment: RepaymentWord = "straight_line" if loan.repayment == "level_parts" else loan.repayment
    return Loan(
        name=loan.name,
        maturity=built + loan.tenor,
        first=built + 1,
        rate=None if loan.rate_per_year is None else Path(value=loan.rate_per_year),
        base_rate=listed(loan.base_rate_per_year, built) if loan.base_rate_per_year else None,
        floor_per_year=loan.floor_per_year,
        margin_per_year=loan.margin_per_year,
        swap_share=loan.swap_share,
        swap_fixed_per_year=loan.swap_fixed_per_year,
        construction_rate_per_year=loan.construction_rate_per_year,
        amount=loan.amount,
        debt_share=loan.debt_share,
        advance_rate=loan.advance_rate,
        advances_on=loan.advances_on,
        max_debt_share=loan.max_debt_share,
        repayment=repayment,
        dscr=loan.target_dscr,
        dscr_merchant=loan.target_dscr_merchant,
        sized_on=loan.sized_on,
        shares=loan.repayment_shares,
        allow_negative_amortisation=loan.allow_negative_amortisation,
        rank=loan.rank,
        collateral=_collateral(short, loan),
        upfront_fee_share=loan.upfront_fee_share,
        commitment_fee_per_year=loan.commitment_fee_per_year,
    )


def _collateral(short: ShortPlan, loan: ShortLoan) -> tuple[str, ...] | None:
    """What a loan holds: all, where no loan names its collateral; a lien on GPUs goes over to those that replace them.

    Beside loans that name theirs, one that names none shares by rank in what they leave: it holds nothing.
    """
    if not any(one.collateral for one in short.loans):
        return None
    refresh = short.refresh
    replaced = refresh is not None and refresh.replaces in loan.collateral
    return (*loan.collateral, f"refreshed_{refresh.replaces}") if refresh and replaced else loan.collateral


def junior_debt(short: ShortPlan) -> JuniorDebt | None:
    """The mezzanine, due at the end of its tenor."""
    junior = short.mezzanine
    return junior and JuniorDebt(
        cash_rate_per_year=junior.cash_rate_per_year,
        maturity=short.site.construction_periods + junior.tenor,
        pik_rate_per_year=junior.pik_rate_per_year,
        pik_premium_per_year=junior.pik_premium_per_year,
        amount=junior.amount,
        debt_share=junior.debt_share,
    )


def prepayment_of(short: ShortPlan) -> OfftakerPrepayment | None:
    """What the offtaker of the one contract prepays."""
    paid = short.prepayment
    return paid and OfftakerPrepayment(
        contract=OFFTAKE,
        amount=paid.amount,
        received=paid.received,
        credited_from=short.site.construction_periods + paid.credited_from,
        credited_periods=paid.credited_periods,
    )


def covenant_tests(water: ShortWaterfall) -> tuple[CovenantTest, ...]:
    """Lock-up, sweep and covenant as rows of tests on cover of the last twelve months.

    >>> [(row.action, row.level) for row in covenant_tests(ShortWaterfall(lockup_dscr=1.15, default_dscr=1.05))]
    [('lockup', 1.15), ('report', 1.05)]
    """
    rows: list[CovenantTest] = []
    if water.lockup_dscr is not None:
        rows.append(CovenantTest("dscr_12m", water.lockup_dscr, "lockup"))
    if water.sweep_trigger is not None and water.sweep_share is not None:
        rows.append(CovenantTest("dscr_12m", water.sweep_trigger, "sweep", water.sweep_share))
    if water.default_dscr is not None:
        rows.append(CovenantTest("dscr_12m", water.default_dscr, _ACTIONS.get(water.covenant, "default")))
    return tuple(rows)


def cures_of(water: ShortWaterfall) -> Cures:
    """Cures in all and in twelve months; a covenant that accelerates has none.

    >>> cures_of(ShortWaterfall(cures=3)), cures_of(ShortWaterfall(cures=3, covenant="accelerate")).number
    (Cures(number=3, in_year=3, cap=None), 0)
    """
    number = 0 if water.covenant == "accelerate" else water.cures
    return Cures(number, max(1, number) if water.cures_in_four is None else water.cures_in_four)
