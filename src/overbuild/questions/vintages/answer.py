"""What are a spender's AI chips worth against its books, and when does the write-down come?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.company.vintages.drafted_case import DRAFTED
from overbuild.company.vintages.spender_run import SpenderRun, read_spender
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.vintages import story
from overbuild.questions.vintages.pictures import pictures
from overbuild.questions.vintages.tables import tables

NEVER_FAILS = "at this fall of rents the impairment test never fails"
"""Why there is no year of a write-down."""

LIMITS = (
    "No company prints its chips by age, or their share of capex: the shares are assumed.",
    "A vintage counts as one generation, at today's price. Its rent is carried back along the same fall, and what a company "
    "uses itself is valued at the rent that outsiders pay.",
    "The impairment test is made of each vintage by itself. Auditors test groups of assets that earn together: of one group the "
    "test passes for longer, and the gap stays hidden.",
    "One glut and one shortage of rents have been seen. Low and high are the ends of the assumed fall apart from launches, not odds.",
    "Write-downs count from the year of the newest purchase on: what earlier tests would have found is past. "
    "Chips bought after the newest filing, leased chips, buildings and networks outside the servers are not in it.",
)


def vintages(
    company: Path | str,
    *,
    life: float | None = None,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """A spender's AI chips by year of purchase: books, worth, write-down, earnings at other lives, the fall that breaks them.

    `company` is a ticker, or the file of a case. `life` is an accounting life in years in the place of the one in force.
    Money in USD. Raises FactError `no_fact`, `unknown_name`; CaseError for every fault of the case.
    Source: ASC 360-10-35-17, ASC 360-10-35-4; the model's specification C.2, C.4; figures from the facts room.
    """
    text = str(company)
    file = Path(text) if text.startswith(DRAFTED) or Path(text).suffix else Path(f"{DRAFTED}{text}")
    run = read_spender(file, sets, life=life, as_of=as_of, workspace=workspace)
    values, status = _values(run)
    facts = used(cited_fields({key for one in run.case.inputs.values() for key in one.facts}, workspace).values())
    return Answer(
        question="vintages",
        headline=Headline("write_down.high", values["write_down.high"], "USD", story.headline(run)),
        values=values,
        status=status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        as_of=as_of,
        notes=story.notes(run),
        charts=pictures(run, facts),
        screen=story.screen(run),
        units={"write_down_year": "year", "overstatement_peak_year": "year"},
    )


def _values(run: SpenderRun) -> tuple[dict[str, Cell], dict[str, str]]:
    """Write-downs by end and year, books against worth, depreciation and net income by life, the falls that break it."""
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    for end, years in run.ends.items():
        values[f"write_down.{end}"] = years.write_down
        values[f"write_down_year.{end}"] = years.write_down_year
    values["write_down_year"] = run.central.write_down_year
    values["overstatement_peak"], values["overstatement_peak_year"] = run.central.peak
    reported = run.central.values()
    values |= {name: value for name, value in reported.values.items() if name not in ("write_down", *values)}
    status |= reported.status
    for name, year in values.items():
        if name.startswith("write_down_year") and year is None:
            status[name] = NEVER_FAILS
    values |= _by_year(run)
    values["believed_fall_per_year"], values["write_down_from_fall_per_year"] = run.right_up_to, run.fails_from
    if run.right_up_to is None:
        status["believed_fall_per_year"] = (
            "no fall of rents from -45% to 90% a year is where books begin to exceed worth"
        )
    if run.fails_from is None:
        status["write_down_from_fall_per_year"] = (
            "no fall of rents from -45% to 90% a year is where a write-down begins"
        )
    return values, status


def _by_year(run: SpenderRun) -> dict[str, Cell]:
    names = ["books", "worth", "depreciation.in_force"]
    names += [f"{line}.{life.name}" for line in ("depreciation", "net_income_change") for life in run.plan.lives]
    return {f"{name}@{year}": run.central.at(name, year) for name in names for year in run.central.years}
