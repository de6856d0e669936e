"""The case of a spender's chips: what it bought by year, the units that stand for it, the life they are booked over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.company.vintages.fleet_year import BoughtTerms, SpenderTerms
from overbuild.company.vintages.model import spender_model
from overbuild.equations.model import Model
from overbuild.errors import CaseError, did_you_mean
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.case import FleetPlan, LifePlan, RentMarketPlan, ResalePlan, UnitPlan, fleet_faults, terms_of
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded
from overbuild.world.quantities import CalendarYear, PerYear, Share, UsdStock, WholeYears, Years

IN_FORCE = "in_force"
"""The accounting life that the spender books over."""


class GenerationPlan(NamedTuple):
    """One unit of a generation of chips, as in the case of a fleet but for its accounting lives."""

    name: str
    bought: CalendarYear
    cost: UsdStock
    unit: UnitPlan
    market: RentMarketPlan
    resale: ResalePlan
    discount_rate_per_year: PerYear
    greatest_age: WholeYears

    @property
    def fleet(self) -> FleetPlan:
        """The generation as the case of a fleet, booked over no life."""
        return FleetPlan(*self, lives=())


class BoughtPlan(NamedTuple):
    """What was bought in one calendar year: all capex, the share of its servers that is for AI, of which generation."""

    name: str
    year: CalendarYear
    capex: UsdStock
    ai_share: Share
    generation: str


class SpenderPlan(NamedTuple):
    """A spender's chips by vintage; `life_years` is the accounting life in force, `lives` those compared with it."""

    name: str
    life_years: Years
    server_share: Share
    tax_rate: Share
    vintages: tuple[BoughtPlan, ...]
    generations: tuple[GenerationPlan, ...]
    lives: tuple[LifePlan, ...]


def spender_terms(plan: SpenderPlan) -> SpenderTerms:
    """The numbers of a case as the model takes them."""
    in_force = AccountingLife(IN_FORCE, plan.life_years)
    generations = {one.name: one for one in plan.generations}
    vintages: list[BoughtTerms] = []
    for one in plan.vintages:
        generation = generations[one.generation]
        unit = terms_of(generation.fleet)._replace(market_year=float(one.year - generation.bought), lives=(in_force,))
        vintages.append(BoughtTerms(one.name, float(one.year), one.capex, one.ai_share, unit))
    return SpenderTerms(
        vintages=tuple(vintages),
        server_share=plan.server_share,
        in_force=in_force,
        lives=tuple(AccountingLife(one.name, one.years) for one in plan.lives),
        tax_rate=plan.tax_rate,
    )


def model_of_spender(plan: SpenderPlan) -> Model:
    """The model of a spender's record."""
    greatest = {one.name: one.greatest_age for one in plan.generations}
    return spender_model(spender_terms(plan), tuple(greatest[one.generation] for one in plan.vintages))


def spender_faults(plan: SpenderPlan) -> Iterator[CaseError]:
    """What is wrong with a case, by path."""
    yield from bounded("life_years", plan.life_years, 1.0, 30.0, "an accounting life", "life_lt_1")
    for path in ("server_share", "tax_rate"):
        least = 0.01 if path == "server_share" else 0.0
        yield from bounded(path, getattr(plan, path), least, 1.0, "a share", "share_out_of_range")
    for life in plan.lives:
        yield from bounded(f"lives.{life.name}.years", life.years, 1.0, 30.0, "an accounting life", "life_lt_1")
    if not plan.vintages:
        yield CaseError("missing", "vintages", None, "at least one year of purchases is needed")
    known = {one.name for one in plan.generations}
    for one in plan.vintages:
        where = f"vintages.{one.name}"
        yield from bounded(f"{where}.year", one.year, 2010, 2060, "a year of purchase", "bad_period")
        yield from bounded(f"{where}.capex", one.capex, 0.0, 1e13, "capex of a year in USD", "bad_value")
        yield from bounded(f"{where}.ai_share", one.ai_share, 0.0, 1.0, "a share", "share_out_of_range")
        if one.generation not in known:
            hint = f"no such generation.{did_you_mean(one.generation, known)} There are {', '.join(sorted(known))}"
            yield CaseError("unknown_name", f"{where}.generation", one.generation, hint)
    for generation in plan.generations:
        for fault in fleet_faults(generation.fleet._replace(lives=(LifePlan("any", 6.0),))):
            yield CaseError(fault.code, f"generations.{generation.name}.{fault.path}", fault.value, fault.hint)


SPENDERS = CaseKind("vintages", presets.SPENDERS, SpenderPlan, spender_faults)
"""Cases of a spender's chips: `company:TICKER` stands for one drafted from its filings."""
