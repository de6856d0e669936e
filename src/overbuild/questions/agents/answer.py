"""Does an agent pay on this workflow, at which values does it stop to pay, and what is the programme worth?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.demand.agents.agents_run import AgentsRun, run_agents
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.agents import story
from overbuild.questions.agents.pictures import pictures
from overbuild.questions.agents.tables import tables
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used

LIMITS = (
    "Nobody publishes how many wrong answers pass and what one costs: they are assumed, and they decide most workflows.",
    "Attempts at a task are taken to be alike and independent; a task that failed once is in truth more likely to be hard.",
    "What freed people do, quality beyond right or wrong, and demand that grows as tasks get cheaper are not counted.",
    "Where a figure is a seller's its reason says so; sellers count silence as a resolved task.",
)


def agents(
    case: Path | str, *, as_ask: bool = False, sets: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """A workflow with an agent against one without: cost of a task done right, break-evens, worth of the programme.

    `case` is a file, or `preset:NAME`; `sets` (`path=value`) edit it; `as_ask` tells it as the ask of a
    board: the money, when it is back, when to stop. Money in the currency of the case.
    Raises CaseError for every fault of the case, located.
    Source: the model's specification G.2; figures from the facts room.
    """
    run = run_agents(Path(case), sets, workspace=workspace)
    if as_ask:
        from overbuild.questions.agents.board_ask import board_ask

        return board_ask(run, workspace)
    return answered(run, workspace)


def answered(run: AgentsRun, workspace: Path | str | None = None) -> Answer:
    """The answer on a workflow that has been run."""
    found = run.values()
    values: dict[str, Cell] = {
        **found.values,
        "npv": run.net_present_value,
        "least_success_of_programme": run.least_success,
    }
    status = dict(found.status)
    if run.least_success is None:
        status["least_success_of_programme"] = "the programme is not worth its cost at any success"
    if run.is_withheld:
        for name in ("verdict", "npv", "programme_npv", "roi", "least_success_of_programme"):
            values[name], status[name] = None, story.WITHHELD
    else:
        values["verdict"] = "pays" if run.pays else "does not pay"
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    return Answer(
        question="agents",
        headline=Headline("saving_per_task", run.saving, f"{run.plan.currency} per task", story.headline(run)),
        values=values,
        status=status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run),
        charts=pictures(run, facts),
        screen=story.screen(run),
        units={name: f"{run.plan.currency}" for name in ("npv",)},
    )
