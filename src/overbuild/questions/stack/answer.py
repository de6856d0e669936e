"""Who keeps the margin when a layer of the stack is shocked, and does owning layers pay?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.demand.stack.stack_run import DEFAULT_STACK, run_stack
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.stack import story
from overbuild.questions.stack.pictures import pictures
from overbuild.questions.stack.tables import tables
from overbuild.world.presets import PREFIX

LIMITS = (
    "Margins are gross: they hold no research, training or selling. A chain takes one kind of margin; gross and operating "
    "are never mixed.",
    "A chain of one supplier a layer: no scarcity, no two prices of one thing, and what is passed on is one number a layer.",
    "A buyer that leaves a supplier that raised its price pays what rivals ask and its switching cost; that the supplier "
    "then loses the sale is not counted against it.",
    "Who wins is by the change of the margin of the two firms compared; whether owning pays is another question, and "
    "`integration_npv` answers it, with what the assets must earn charged.",
)


def stack(
    case: Path | str | None = None,
    *,
    shocks: Sequence[str] = (),
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """Margins of every layer and firm before and after shocks, who wins by them, and whether owning the layers pays.

    `case` is a file, or `preset:NAME`; without one the stack of 2026. `shocks` are such as `cloud_price=+30%` or
    `energy_cost=+50%` and take the place of those of the case; `sets` (`path=value`) edit the case.
    Raises CaseError for every fault of the case and of the shocks, located.
    Source: the model's specification G.1 and A.3; figures from the facts room.
    """
    run = run_stack(Path(case or f"{PREFIX}{DEFAULT_STACK}"), sets, shocks, workspace)
    found = run.values()
    values: dict[str, Cell] = {**found.values, "winner": run.winner}
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    return Answer(
        question="stack",
        headline=Headline("winner", run.winner, "", story.headline(run)),
        values=values,
        status=found.status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run),
        charts=pictures(run, facts),
        screen=story.screen(run),
    )
