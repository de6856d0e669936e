"""Words that people write for those of a plan: each with the word that is meant, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from overbuild.site.case.plan import (
    Component,
    GpuFleet,
    Horizon,
    JuniorDebt,
    Loan,
    OfftakeContract,
    OperatingCosts,
    Path,
    Phase,
    PowerSupply,
    SpotMarket,
)


class Meant(NamedTuple):
    """The field that a word stands for, which may be in another block, and what to write."""

    field: str
    hint: str


_PATH = "{value: 2.5, growth: -0.05, from: close}"
_COD = Meant("cod", "say `cod`, the period at whose end the phase is completed; it is in service from the next one")
_MW = Meant("it_mw", "say `it_mw`, MW of IT load")
_OFFTAKER = Meant("offtaker", "say `offtaker`")
_MOVES = Meant("price", f"how a price moves stands in its path: price: {_PATH}")

_WORDS: Mapping[Any, Mapping[str, Meant]] = {
    Horizon: {
        "it_mw": Meant("", "MW stand in each of the `phases`: phases: [{name: hall, it_mw: 100, cod: 6}]"),
        "kw_per_gpu": Meant("", "say it in the `fleets`: fleets: [{name: first, component: it, kw_per_gpu: 2.6}]"),
        "construction_periods": Meant(
            "", "say the completion of each phase: phases: [{name: hall, it_mw: 100, cod: 6}]"
        ),
        "operating_periods": Meant(
            "periods", "say `periods`, all from close to the end, those of construction included"
        ),
        "delay_periods": Meant("", "say `delay` in each of the `phases`"),
    },
    Phase: {
        "opens": _COD,
        "opening": _COD,
        "open": _COD,
        "completion": _COD,
        "construction_periods": _COD,
        "mw": _MW,
        "power_mw": _MW,
        "capacity_mw": _MW,
        "delay_periods": Meant("delay", "say `delay`, in periods"),
        "delay_cost": Meant("delay_cost_per_period", "say `delay_cost_per_period`"),
        "contractor_ld": Meant("contractor_ld_per_period", "say `contractor_ld_per_period`"),
        "kw_per_gpu": Meant("", "say it in the `fleets`: fleets: [{name: first, component: it, kw_per_gpu: 2.6}]"),
    },
    Component: {"depreciation_years": Meant("book_life_years", "say `book_life_years`")},
    GpuFleet: {
        "period": Meant("at", "say `at`, the period at whose end it is bought"),
        "cost": Meant("", "what it costs is the `cost` of its component"),
        "performance_gain": Meant("performance", "say `performance`"),
        "old_it_proceeds": Meant("proceeds", "say `proceeds`"),
        "it_proceeds": Meant("sale", "say `sale`, with the period it leaves in under `until`"),
        "paid_by": Meant("owners_pay", "say `owners_pay: all`, or the USD that the owners promise"),
    },
    OfftakeContract: {
        "customer": _OFFTAKER,
        "tenant": _OFFTAKER,
        "contract_share": Meant("share", "say `share`, of its phase"),
        "let_share": Meant("share", "say `share`, of its phase"),
        "price_per_gpu_hour": Meant("price", f"say `price`, a number or {_PATH}"),
        "rent_per_kw_month": Meant("price", "say `price`, with `unit: kw_month`"),
        "rent": Meant("price", "say `price`, with `unit: kw_month`"),
        "escalator_per_year": Meant(
            "", "how a price moves stands in its path: price: {value: 2.5, growth: 0.03, from: start}"
        ),
        "take_or_pay_share": Meant("take_or_pay", "say `take_or_pay`"),
        "long_stop_periods": Meant("long_stop", "say `long_stop`, the last period in which it may begin"),
        "ld": Meant("ld_per_period", "say `ld_per_period`"),
        "fails": Meant("fails_in", "say `fails_in`, the period of failure"),
    },
    SpotMarket: {
        "price_per_gpu_hour": Meant("price", f"say `price`, a number or {_PATH}"),
        "decline_per_year": _MOVES._replace(field=""),
    },
    PowerSupply: {
        "price_per_mwh": Meant("price", "say `price`, a number or {value: 75, growth: 0.025}"),
        "escalator_per_year": _MOVES._replace(field=""),
    },
    OperatingCosts: {
        "staff_per_year": Meant("staff", "say `staff`, a number or {value: 18e6, growth: 0.025}"),
        "inflation_per_year": Meant(
            "inflation", "say `inflation: {value: 1, growth: 0.025}`, and the growth of `staff`"
        ),
        "maintained": Meant("", "say `maintained: true` in each component that is"),
    },
    Loan: {
        "tenor": Meant(
            "maturity", "say `maturity`, the period of the last instalment, and `first`, that of the first one"
        ),
        "tenor_periods": Meant("maturity", "say `maturity`, the period of the last instalment"),
        "rate_per_year": Meant("rate", "say `rate`, a number or a path"),
        "base_rate_per_year": Meant("base_rate", "say `base_rate`, a number or {by_year: [...]}"),
        "target_dscr": Meant("dscr", "say `dscr`"),
        "target_dscr_merchant": Meant("dscr_merchant", "say `dscr_merchant`"),
        "repayment_shares": Meant("shares", "say `shares`"),
        "availability_end": Meant("", "one availability end holds for all loans: funding: {availability_end: 6}"),
        "draws": Meant("", "draws follow what is spent; give the amount"),
    },
    JuniorDebt: {"tenor": Meant("maturity", "say `maturity`, the period from which on all of it is due")},
    Path: {
        "growth_per_year": Meant("growth", "say `growth`, a year"),
        "escalator_per_year": Meant("growth", "say `growth`, a year"),
        "decline_per_year": Meant("growth", "say `growth`; it is negative where the path falls"),
        "since": Meant("from", "say `from`: close, start (of the contract) or a period"),
    },
}

WORDS: Mapping[Any, Mapping[str, Meant]] = MappingProxyType(_WORDS)
"""By record, the words that are no fields of it, and what they mean."""

CONTRACTS = "contracts: [{name: a, share: 0.5, tenor: 20, price: 2.9, take_or_pay: 1}, {name: b, share: 0.5, tenor: 12, price: 3.1}]"
PHASES = "phases: [{name: hall, it_mw: 100, cod: 6}]"
LANDLORD = (
    f"horizon: {{periods: 16}}, {PHASES} without a fleet, and a contract in kw_month from opening, "
    "contracts: [{name: tenant, unit: kw_month, share: 1, tenor: 15, price: {value: 90, growth: 0.03, from: start}}]"
)
"""The accepted form of a hall that is let as a hall."""

OF_THE_SHORT_FORM: Mapping[str, str] = MappingProxyType(
    {
        "site": f"`site` is the short form of one hall; beside phases say horizon: {{periods: 46, periods_per_year: 4}}, {PHASES}",
        "offtake": f"with phases, contracts are a list: {CONTRACTS}",
        "offtaker_default": "an offtaker fails in its contract: fails_in, recovery_share, claim_periods",
        "refresh": "new GPUs are a later fleet: fleets: [{name: second, component: it2, kw_per_gpu: 2.6, at: 26}]",
        "relet": "a hall is let when its GPUs leave: `until` and `sale` of the fleet, and a contract with `unit: kw_month`",
        "reserves": "say `reserve`",
        "waterfall": "covenants are rows: tests: [{test: dscr_12m, level: 1.15, action: lockup}], cures: {number: 1}",
    }
)
"""Blocks of the short form, and what stands in their place in a file with phases."""

OF_THE_GENERAL_FORM: Mapping[str, str] = MappingProxyType(
    {
        "horizon": "`site` says the horizon",
        "phases": f"phases stand in place of `site`: horizon: {{periods: 46, periods_per_year: 4}}, {PHASES}",
        "fleets": "`site` says the first GPUs and `refresh` those that replace them; several fleets stand beside `phases`",
        "contracts": "`site` has one `offtake`; several contracts stand beside `phases`",
        "reserve": "beside `site` say `reserves`",
        "cures": "beside `site` say waterfall: {cures: 1}",
        "sweep_always": "beside `site` say waterfall: {sweep_share: 0.5}",
    }
)
"""Blocks of the general form, and what stands in their place in a file with `site`."""

LISTS_OF_BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "phases": PHASES,
        "contracts": CONTRACTS,
        "components": "components: [{name: shell, cost: 400e6, spend: [0.5, 0.5], book_life_years: 25, tax_class: SL39}]",
        "fleets": "fleets: [{name: first, component: it, kw_per_gpu: 2.6}]",
        "loans": "loans: [{name: senior, maturity: 26, rate: 0.08, debt_share: 0.7, repayment: annuity}]",
        "tests": "tests: [{test: dscr_12m, level: 1.15, action: lockup}]",
        "published": "published: [{name: loan, measure: debt, value: {fact: deals.iren_gpu_facility}, share: 0.5}]",
        "margins": "margins: [{name: graded, loan: senior, contract_share: 1, margin_per_year: 0.0225}]",
    }
)
"""Lists of a plan, and how each is written."""
