"""Where a path of the general plan stands in a file of the short form."""

from __future__ import annotations

from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.short_form.short_paths import GPUS, OFFTAKE, POWERED_SHELL, SITE
from overbuild.site.case.short_form.short_plan import ShortPlan

_NUMBERS = ("value", "by_period")
_COUNT_FROM_OPENING = (
    "market.price",
    "power.price",
    "costs.staff",
    "costs.inflation",
    f"contracts.{OFFTAKE}.price",
    f"contracts.{POWERED_SHELL}.price",
)

_WRITTEN = {
    "horizon": "site",
    "horizon.periods": "site.operating_periods",
    f"phases.{SITE}": "site",
    f"phases.{SITE}.cod": "site.construction_periods",
    f"phases.{SITE}.delay": "site.delay_periods",
    f"phases.{SITE}.fixed": "relet.cost_per_mw_year",
    f"fleets.{GPUS}": "site",
    f"fleets.{GPUS}.until": "relet.period",
    f"fleets.{GPUS}.sale": "relet.it_proceeds",
    f"contracts.{OFFTAKE}": "offtake",
    f"contracts.{OFFTAKE}.share": "offtake.contract_share",
    f"contracts.{OFFTAKE}.price.value": "offtake.price_per_gpu_hour",
    f"contracts.{OFFTAKE}.price.growth_per_year": "offtake.escalator_per_year",
    f"contracts.{OFFTAKE}.take_or_pay": "offtake.take_or_pay_share",
    f"contracts.{OFFTAKE}.long_stop": "offtake.long_stop_periods",
    f"contracts.{OFFTAKE}.fails_in": "offtaker_default.period",
    f"contracts.{OFFTAKE}.recovery_share": "offtaker_default.recovery_share",
    f"contracts.{OFFTAKE}.claim_periods": "offtaker_default.claim_periods",
    f"contracts.{POWERED_SHELL}": "relet",
    f"contracts.{POWERED_SHELL}.share": "relet.let_share",
    f"contracts.{POWERED_SHELL}.start": "relet.period",
    f"contracts.{POWERED_SHELL}.tenor": "relet.period",
    f"contracts.{POWERED_SHELL}.price.value": "relet.rent_per_kw_month",
    f"contracts.{POWERED_SHELL}.price.growth_per_year": "relet.rent_escalator_per_year",
    "market.price.value": "market.price_per_gpu_hour",
    "market.price.growth_per_year": "market.decline_per_year",
    "power.price.value": "power.price_per_mwh",
    "power.price.growth_per_year": "power.escalator_per_year",
    "costs.staff": "costs.staff_per_year",
    "costs.staff.value": "costs.staff_per_year",
    "costs.staff.by_period": "costs.staff_per_year",
    "costs.staff.growth_per_year": "costs.inflation_per_year",
    "costs.inflation": "costs.inflation_per_year",
    "costs.inflation.value": "costs.inflation_per_year",
    "costs.inflation.by_period": "costs.inflation_per_year",
    "costs.inflation.growth_per_year": "costs.inflation_per_year",
    "mezzanine.maturity": "mezzanine.tenor",
    "prepayment.contract": "offtake",
    "reserve": "reserves",
    "tests": "waterfall",
    "cures.number": "waterfall.cures",
    "cures.in_year": "waterfall.cures_in_four",
    "cures": "waterfall",
    "sweep_always": "waterfall.sweep_share",
    **{f"{one}.since": "site.construction_periods" for one in _COUNT_FROM_OPENING},
    **{f"market.utilisation.{one}": "market.utilisation" for one in _NUMBERS},
    **{f"contracts.{OFFTAKE}.utilisation.{one}": "offtake.utilisation" for one in _NUMBERS},
    **{f"phases.{SITE}.fixed.{one}": "relet.cost_per_mw_year" for one in _NUMBERS},
}

_OF_A_LOAN = {
    "maturity": "tenor",
    "rate": "rate_per_year",
    "base_rate": "base_rate_per_year",
    "dscr": "target_dscr",
    "dscr_merchant": "target_dscr_merchant",
    "shares": "repayment_shares",
    "rate.value": "rate_per_year",
    "base_rate.value": "base_rate_per_year",
    "base_rate.by_period": "base_rate_per_year",
}

_OF_NEW_GPUS = {
    "at": "period",
    "proceeds": "old_it_proceeds",
    "performance": "performance_gain",
    "owners_pay_all": "paid_by",
}


def short_written(short: ShortPlan) -> WrittenPaths:
    """What a file in the short form calls the paths of its plan."""
    written = WrittenPaths(_WRITTEN)
    for loan in short.loans:
        for field, word in _OF_A_LOAN.items():
            written[f"loans.{loan.name}.{field}"] = f"loans.{loan.name}.{word}"
        written[f"loans.{loan.name}.first"] = "site.construction_periods"
    for component in short.components:
        written[f"components.{component.name}.maintained"] = "costs.maintained"
    if short.refresh is not None:
        new = f"refreshed_{short.refresh.replaces}"
        written[f"components.{new}"] = f"components.{short.refresh.replaces}"
        written[f"components.{new}.cost"] = "refresh.cost"
        written[f"fleets.{new}"] = "refresh"
        written[f"fleets.{new}.kw_per_gpu"] = "site.kw_per_gpu"
        for field, word in _OF_NEW_GPUS.items():
            written[f"fleets.{new}.{field}"] = f"refresh.{word}"
    water = short.waterfall
    levels = {
        "lockup_dscr": water.lockup_dscr,
        "sweep_trigger": None if water.sweep_share is None else water.sweep_trigger,
        "default_dscr": water.default_dscr,
    }
    for place, name in enumerate([name for name, level in levels.items() if level is not None], start=1):
        written[f"tests.{place}.level"] = f"waterfall.{name}"
        written[f"tests.{place}.share"] = "waterfall.sweep_share"
        written[f"tests.{place}.action"] = "waterfall.covenant"
    return written
