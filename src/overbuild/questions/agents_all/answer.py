"""Which workflows are worth a budget, and what share of all work must agents take for the spend on AI to be earned?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.demand.programmes.programmes_run import DEFAULT_PROGRAMMES
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.agents_all import story
from overbuild.questions.agents_all.asked import ProgrammesAsked, asked_of_rooms
from overbuild.questions.agents_all.pictures import pictures
from overbuild.questions.agents_all.tables import tables
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.world.presets import PREFIX

LIMITS = (
    "The share is of wages in the United States; that half of the spend is earned there is assumed.",
    "What an agent is worth a USD of work is that of the workflows that ship, which nobody chose at random.",
    "What users pay on of that worth is assumed; where sellers compete, prices fall to cost and less is paid.",
    "A requirement of one year's purchases, with a return: see `overbuild need` for its own doors and assumptions.",
    "Published shares are of what AI can do or may take over within years, not of what is paid for today.",
)


def agents_all(
    case: Path | str | None = None,
    *,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """The share of all work that agents must take for the spend of the year to be earned, and the programmes worth a budget.

    `case` is a portfolio, or `preset:NAME`; without one that of 2026. `sets` (`path=value`) edit it. Money in USD.
    Raises CaseError for every fault of the portfolio and its workflows, located; FactError as `need`.
    Source: the model's specification G.2 and A.3; figures from the facts room.
    """
    asked = asked_of_rooms(Path(case or f"{PREFIX}{DEFAULT_PROGRAMMES}"), sets, as_of, workspace)
    values, status = _of_work(asked)
    values.update(_of_programmes(asked))
    for one in asked.run.workflows:
        values[f"npv.{one.plan.name}"] = None if one.run.is_withheld else one.worth
        values[f"saving_per_task.{one.plan.name}"] = one.run.saving
        if one.run.is_withheld:
            status[f"npv.{one.plan.name}"] = "its case withholds a verdict: the evidence disagrees in sign"
    cases = [asked.run.case, *(one.run.case for one in asked.run.workflows)]
    keys = {key for one in cases for name in one.inputs.values() for key in name.facts}
    facts = tuple(sorted({*used(cited_fields(keys, workspace).values()), *used(asked.need.facts)}))
    central = values["share_of_tasks_needed.central"]
    return Answer(
        question="agents_all",
        headline=Headline("share_of_tasks_needed.central", central, "decimal", story.headline(asked)),
        values=values,
        status=status,
        tables=tables(asked),
        facts=facts,
        as_of=as_of,
        assumptions=assumptions_of_case(asked.run.case.inputs),
        limits=LIMITS,
        notes=story.notes(asked),
        charts=pictures(asked, facts),
        screen=story.screen(asked),
    )


def _of_work(asked: ProgrammesAsked) -> tuple[dict[str, Cell], dict[str, str]]:
    run, status = asked.run, dict[str, str]()
    values: dict[str, Cell] = {}
    ends = asked.range
    values["share_of_tasks_needed.low"] = None if ends is None else ends.low
    values["share_of_tasks_needed.central"] = run.lines["share_of_tasks_needed"]
    values["share_of_tasks_needed.high"] = None if ends is None else ends.high
    values["chance_beyond_addressable"] = None if ends is None else ends.beyond_addressable
    if ends is None:
        for name in ("share_of_tasks_needed.low", "share_of_tasks_needed.high", "chance_beyond_addressable"):
            status[name] = "the case says of no number that it is uncertain"
    for name in ("addressable_wage_bill", "share_of_addressable_needed", "asked_of_agents", "most_paid_for_agents"):
        values[name] = run.lines[name]
    for door in asked.doors:
        values[f"share_of_tasks_needed@{door.id}"] = door.share
        values[f"required@{door.id}"] = door.required
    for claim in run.plan.claims:
        values[f"claim.{claim.name}"] = claim.share
    return values, status


def _of_programmes(asked: ProgrammesAsked) -> dict[str, Cell]:
    """What the budget buys, and over many worlds."""
    chosen = asked.run.chosen
    values: dict[str, Cell] = {
        "portfolio_npv": chosen.worth,
        "portfolio_cost": chosen.cost,
        "portfolio_chosen": ", ".join(chosen.names),
    }
    for name, of in zip(("common", "independent"), asked.worth, strict=False):
        values[f"portfolio_loss_chance.{name}"] = of.loss
        values[f"portfolio_npv_p5.{name}"] = of.low
        values[f"portfolio_npv_p95.{name}"] = of.high
    return values
