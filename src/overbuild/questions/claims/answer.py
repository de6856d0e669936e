"""Whose published sum closes?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, FactUsed, Headline
from overbuild.ecosystem.claims.case import (
    CheckedClaim,
    add_claims,
    count_by_verdict,
    known_claim,
    known_claims,
    on_our_model,
)
from overbuild.ecosystem.claims.inputs_moved import moved_inputs
from overbuild.ecosystem.gap.preset import gap_preset
from overbuild.errors import FactError
from overbuild.facts.store import known_on
from overbuild.foreign.how_written import HowWritten
from overbuild.questions.claims import pictures, story
from overbuild.questions.claims.tables import claims_table, failing_table, inputs, ours_table, steps
from overbuild.questions.facts_used import after_the_newest
from overbuild.questions.prose import times

LIMITS = (
    "A sum that closes follows from its printed inputs; they may be wrong. The verdict is on arithmetic alone.",
    "Inputs are as found on the pages read, many of them retold. An author may have used others.",
    "A tolerance is half a unit of the last printed digit, narrower where its author asks for less, and wider only where "
    "the table says why.",
    "What a sum mixes is told only where the table says what its inputs measure: silence is no proof that nothing is mixed.",
)


def claims(*, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Every published analysis known on a day, recomputed from its own inputs by its own expression.

    Verdicts are computed: the table's own column of verdicts is never read. Numbers are in each claim's own unit.
    Raises ClaimError for every fault of the lists at once; FactError for a bad day or a workspace that is not there.
    """
    checked = known_claims(as_of, workspace)
    if not checked:
        raise FactError("no_fact", "as_of", as_of, "no published analysis was known on this day")
    counts = count_by_verdict(checked)
    facts, text = _cited(checked), story.counted(checked, counts)
    return Answer(
        question="claims",
        headline=Headline("does_not_close", counts["does_not_close"], "count", text),
        values={"claims": len(checked), **counts},
        status={},
        tables=(claims_table(checked),),
        facts=facts,
        assumptions=(),
        limits=(*_of_day(as_of, workspace), *LIMITS),
        as_of=as_of,
        notes=story.mixtures(checked),
        charts=pictures.of_all(checked, counts, facts, as_of),
        screen=story.screen(checked, failing_table(checked), counts),
    )


def explain(claim_id: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """One published analysis: its inputs and source, its arithmetic step by step, and our model on the same inputs.

    Raises ClaimError `unknown_name` with close ids.
    """
    one, preset = known_claim(claim_id, as_of, workspace), gap_preset()
    claim, verdict = one
    ours = on_our_model(claim, preset)
    values: dict[str, Cell] = {
        "claimed": claim.output,
        "recomputed": verdict.recomputed,
        "difference": verdict.difference,
    }
    if ours is not None:
        values |= {"model.owner": ours.owner, "model.end_user": ours.end_user}
    facts, text = _cited([one]), story.verdict(one)
    return Answer(
        question="claims",
        headline=Headline("recomputed", verdict.recomputed, claim.unit, text),
        values=values,
        status={} if verdict.recomputed is not None else {"recomputed": verdict.why, "difference": verdict.why},
        tables=(
            claims_table((one,), claim.claim),
            inputs(one),
            *steps(one),
            *((ours_table(ours, preset),) if ours else ()),
        ),
        facts=facts,
        assumptions=(),
        limits=(*_of_day(as_of, workspace), *LIMITS),
        as_of=as_of,
        notes=story.notes(one, ours, workspace),
        charts=pictures.of_one(one, ours, facts),
        screen=story.screen_of_one(one, moved_inputs(claim), ours, workspace),
    )


def add(file: Path, workspace: Path, written: HowWritten | None = None) -> Answer:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault.

    Raises every fault of form and arithmetic at once, with file and line.
    """
    added, converted = add_claims(file, workspace, written)
    text = (
        f"{times(len(added), 'claim')} entered into {workspace}. `overbuild claims --workspace {workspace}` shows them."
    )
    return Answer(
        question="claims add",
        headline=Headline("added", len(added), "count", text),
        values={"added": len(added)},
        status={},
        tables=(claims_table(added, "Added"),),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        notes=(*story.mixtures(added), *converted),
    )


def _of_day(as_of: str | None, workspace: Path | None) -> tuple[str, ...]:
    return after_the_newest(known_on(as_of, workspace)) if as_of else ()


def _cited(checked: Sequence[CheckedClaim]) -> tuple[FactUsed, ...]:
    return tuple(
        FactUsed(f"claim.{claim.id}", claim.source, claim.known_at, claim.known_at_precision) for claim, _ in checked
    )
