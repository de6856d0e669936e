"""What are these chips worth as they age, how long does it pay to run them, and what do the books say meanwhile?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.facts.cited_fields import cited_fields
from overbuild.facts.store import known_on
from overbuild.fleet.fleet_run import FleetRun, run_fleet
from overbuild.fleet.rental_price.drawn import QUARTERS
from overbuild.fleet.rental_price.findings import rent_findings
from overbuild.fleet.rental_price.history import token_checks
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.fleet import story
from overbuild.questions.fleet.pictures import pictures
from overbuild.questions.fleet.rents import rent_pictures, rent_tables
from overbuild.questions.fleet.tables import tables

LIMITS = (
    "One price cycle has been seen: one glut and one shortage. How rents fall with and without launches is assumed, and "
    "it decides the answer.",
    "A unit alone: its rent carries energy, hall and upkeep, not the owner's overheads, tax or debt (see `overbuild site`).",
    "The impairment test is made of each age as if no write-down came before it; auditors test groups of assets, not units.",
    "Rents are held against their own later half in one shortage of nineteen weeks: a turn of the market, a launch or another "
    "kind of seller cannot be foreseen from it. No rent of TPUs is in the facts, and no preset of one.",
    "Resale prices are of single units sold in good order; a fleet sold at once brings less.",
)


def fleet(
    case: Path | str,
    *,
    life: float | None = None,
    cadence: float | None = None,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """A unit of a fleet through its ages: worth, economic life, books, write-down, the rent that pays for it.

    `life` is one accounting life in years in the place of those of the case, `cadence` the years between generations,
    `sets` (`path=value`) edit the case. Money in USD a unit.
    Raises CaseError for every fault of the case, located; InputError for a life that cannot be.
    Source: the model's specification C.1, C.2, C.4; figures from the facts room.
    """
    run = run_fleet(Path(case), sets, life=life, cadence=cadence, workspace=workspace)
    values, status = _values(run)
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    keys |= {cited.key for one in token_checks() for cited in one.cited}
    facts = used(cited_fields(keys, workspace).values())
    return Answer(
        question="fleet",
        headline=Headline("economic_life_years", values["economic_life_years"], "years", story.headline(run)),
        values=values,
        status=status,
        tables=(*tables(run), *rent_tables()),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run),
        charts=(*pictures(run, facts), *rent_pictures(run, known_on(None, workspace), facts)),
        screen=story.screen(run),
        units={"economic_life_years": "years", "breakeven_p0": "USD per GPU-hour", "price.half_life_years": "years"},
    )


def _values(run: FleetRun) -> tuple[dict[str, Cell], dict[str, str]]:
    """Results, then value and books by age; books are those of the headline's accounting life."""
    found = run.run.values()
    values: dict[str, Cell] = {**found.values, "breakeven_p0": run.breakeven}
    status = dict(found.status)
    if run.breakeven is None:
        status["breakeven_p0"] = "no rent makes the unit worth exactly its cost"
    lines, named = run.run.lines, story.longest_life(run)
    values["overstatement_peak"] = run.overstatement(named).amount
    for age in range(run.run.economic_life + 1):
        values[f"value@{age}"] = lines["economic_value"][age]
        values[f"book@{age}"] = lines[f"{named}.net_book_value"][age]
    for age in range(run.run.economic_life + 1):
        at = round(age * QUARTERS)
        values[f"price.low@{age}"], values[f"price.high@{age}"] = run.rents.low[at], run.rents.high[at]
        values[f"price.middle@{age}"] = run.rents.middle[at]
    values["price.later_slice_coverage"] = rent_findings().later_held.value
    first = values[f"{named}.write_down_age"]
    for age in range(run.run.economic_life + 1):
        fails = isinstance(first, float) and round(first) == age
        values[f"impairment.{run.plan.bought + age}"] = values[f"{named}.write_down"] if fails else 0.0
    for life in run.plan.lives:
        age = values[f"{life.name}.write_down_age"]
        if isinstance(age, float):
            values[f"impairment.{life.name}.{run.plan.bought + round(age)}"] = values[f"{life.name}.write_down"]
    return values, status
