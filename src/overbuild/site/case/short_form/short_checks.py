"""What a file in the short form says that has no counterpart, or that does not fit, in its own periods."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.site.case.file_form.everyday_words import LANDLORD
from overbuild.site.case.short_form.short_debt import ShortLoan
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.world.fields import word_faults


def short_faults(short: ShortPlan) -> Iterator[CaseError]:
    """The faults of a short form that its general form would not show in its words."""
    site = short.site
    if site.construction_periods < 1:
        hint = "building takes 1 period or more; what is spent at close is spent in period 1"
        yield CaseError("bad_period", "site.construction_periods", site.construction_periods, hint)
    yield from word_faults(short)
    yield from _hall_faults(short)
    yield from _offtake_faults(short)
    yield from _refresh_faults(short)
    for loan in short.loans:
        yield from _loan_faults(short, loan)
    if short.mezzanine is not None and not 1 <= short.mezzanine.tenor <= site.operating_periods:
        hint = f"the mezzanine matures within operation: 1 to {site.operating_periods} periods"
        yield CaseError("bad_tenor", "mezzanine.tenor", short.mezzanine.tenor, hint)
    yield from _waterfall_faults(short)


def _hall_faults(short: ShortPlan) -> Iterator[CaseError]:
    relet, periods = short.relet, short.site.operating_periods
    if relet is not None and relet.period < 1:
        yield CaseError("bad_period", "relet.period", relet.period, f"a hall let from opening is written as {LANDLORD}")
        return
    chips = short.refresh.replaces if short.refresh else "it"
    names = [component.name for component in short.components]
    if short.refresh is None and chips not in names:
        hint = f"call the component of the GPUs `it`; a hall without GPUs is written as {LANDLORD}"
        yield CaseError("missing", "components", None, hint)
    if short.market is None:
        yield CaseError("missing", "market", None, "market is required: what capacity brings without a contract")
    if relet is None:
        return
    first = short.refresh.period + 1 if short.refresh else 1
    if not first <= relet.period < periods:
        hint = f"GPUs leave after they came and before the end: {first} to {periods - 1}"
        yield CaseError("bad_period", "relet.period", relet.period, hint)
    elif short.offtake is not None and short.offtake.tenor > relet.period:
        hint = f"the contract for GPUs runs for {short.offtake.tenor} periods; let the hall after it"
        yield CaseError("bad_period", "relet.period", relet.period, hint)


def _offtake_faults(short: ShortPlan) -> Iterator[CaseError]:
    offtake, failure, periods = short.offtake, short.offtaker_default, short.site.operating_periods
    if short.market is not None:
        yield from _series_faults("market.utilisation", short.market.utilisation, periods)
    if failure is not None and offtake is None:
        yield CaseError("missing", "offtake", None, "an offtaker that fails needs a contract")
    if failure is not None and not 1 <= failure.period <= periods:
        hint = f"an operating period: 1 to {periods}"
        yield CaseError("bad_period", "offtaker_default.period", failure.period, hint)
    if short.prepayment is not None and offtake is None:
        yield CaseError("missing", "offtake", None, "a prepayment is credited against a contract")
    if offtake is None:
        return
    if not 1 <= offtake.tenor <= periods:
        hint = f"the contract cannot outlive the {periods} operating periods"
        yield CaseError("bad_tenor", "offtake.tenor", offtake.tenor, hint)
    yield from _series_faults("offtake.utilisation", offtake.utilisation, periods)
    if short.prepayment is not None:
        yield from _prepayment_faults(short, offtake.tenor)


def _prepayment_faults(short: ShortPlan, tenor: int) -> Iterator[CaseError]:
    paid = short.prepayment
    if paid is None:
        return
    if not 1 <= paid.credited_periods <= tenor:
        hint = f"it is credited while the contract runs: 1 to {tenor} periods"
        yield CaseError("bad_tenor", "prepayment.credited_periods", paid.credited_periods, hint)
    elif not 1 <= paid.credited_from <= tenor + 1 - paid.credited_periods:
        hint = f"it is credited while the contract runs: from 1 to {tenor + 1 - paid.credited_periods}"
        yield CaseError("bad_period", "prepayment.credited_from", paid.credited_from, hint)


def _refresh_faults(short: ShortPlan) -> Iterator[CaseError]:
    refresh, periods = short.refresh, short.site.operating_periods
    if refresh is None:
        return
    if not 0 < refresh.period < periods:
        hint = f"new GPUs need a period to work in: 1 to {periods - 1}"
        yield CaseError("bad_period", "refresh.period", refresh.period, hint)
    elif refresh.period <= short.site.delay_periods:
        hint = "dates stand still while the hall is late: new GPUs come after it is completed"
        yield CaseError("bad_period", "refresh.period", refresh.period, hint)
    names = [component.name for component in short.components]
    if refresh.replaces not in names:
        yield CaseError("unknown_name", "refresh.replaces", refresh.replaces, f"one of {', '.join(names)}")


def _loan_faults(short: ShortPlan, loan: ShortLoan) -> Iterator[CaseError]:
    path, periods = f"loans.{loan.name}", short.site.operating_periods
    if not 1 <= loan.tenor <= periods:
        hint = f"a loan is repaid within operation: 1 to {periods} periods"
        yield CaseError("bad_tenor", f"{path}.tenor", loan.tenor, hint)
    yield from _series_faults(f"{path}.base_rate_per_year", loan.base_rate_per_year or (0.0,), periods)
    if loan.draws:
        hint = "draws follow what is spent and the rule of funding; give the commitment as amount, or an advance rate"
        yield CaseError("contradiction", f"{path}.draws", None, hint)
    if loan.availability_end is not None:
        hint = "one availability end holds for all loans: funding: {availability_end: 6}"
        yield CaseError("contradiction", f"{path}.availability_end", loan.availability_end, hint)


def _waterfall_faults(short: ShortPlan) -> Iterator[CaseError]:
    water, count = short.waterfall, short.site.periods_per_year
    if water.covenant != "flag" and water.default_dscr is None:
        yield CaseError("missing", "waterfall.default_dscr", None, "a covenant that acts needs the level it acts at")
    if water.sweep_trigger is not None and water.sweep_share is None:
        hint = "a sweep takes a share of free cash: 1 for all of it"
        yield CaseError("missing", "waterfall.sweep_share", None, hint)
    if water.cures_in_four is not None and count != 4:
        hint = "cures are counted in twelve months, which are four periods of a quarter only; leave it out"
        yield CaseError("contradiction", "waterfall.cures_in_four", water.cures_in_four, hint)


def _series_faults(path: str, series: tuple[float, ...], periods: int) -> Iterator[CaseError]:
    if len(series) not in (1, periods):
        hint = f"one number, or one an operating period: {periods}"
        yield CaseError("length_mismatch", path, len(series), hint)
