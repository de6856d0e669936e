"""Whose published sum closes?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, FactUsed, Headline, Row, Table
from overbuild.ecosystem.claims.case import (
    CheckedClaim,
    add_claims,
    count_by_verdict,
    known_claim,
    known_claims,
    on_our_model,
)
from overbuild.ecosystem.gap.preset import GapPreset, gap_preset
from overbuild.ecosystem.need.required_revenue import RequiredRevenue
from overbuild.errors import FactError
from overbuild.facts.sources import Source, shipped_sources
from overbuild.facts.store import sources_of
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.prose import pct

LIMITS = (
    "That a sum closes says that its result follows from its printed inputs, not that the inputs are right.",
    "The inputs are those found on the pages read, many of which retell the analysis; its author may have used others.",
    "A tolerance is half a unit of the last printed digit, narrower where its author asks for less, and wider only where "
    "the table says why.",
    "What a sum mixes is told only where the table says what its inputs measure: silence is no proof that nothing is mixed.",
)

_CLAIMS = (
    column("id", "id", fill=lambda one: one.claim.id),
    column("claimed", "claimed", fill=lambda one: one.verdict.claimed),
    column("recomputed", "recomputed", fill=lambda one: one.verdict.recomputed),
    column("difference", "difference", fill=lambda one: one.verdict.difference),
    column("tolerance", "tolerance", "decimal", lambda one: one.verdict.tolerance),
    column("unit", "unit", fill=lambda one: one.claim.unit),
    column("verdict", "verdict", fill=lambda one: one.verdict.verdict),
    column("why", "why", fill=lambda one: one.verdict.why),
    unprinted("mixes", lambda one: "; ".join(one.verdict.mixes) or None),
    unprinted("author", lambda one: one.claim.author),
    unprinted("known_at", lambda one: one.claim.known_at),
    unprinted("source", lambda one: one.claim.source),
)
_INPUTS = (
    column("input", "input"),
    column("value", "value"),
    column("origin", "origin"),
    column("measures", "measures"),
)
_STEPS = (column("step", "step"), column("arithmetic", "arithmetic"), column("value", "value"))
_OURS = (
    column("item", "item", fill=lambda one: f"{one.name} charge"),
    column("cost", "capex", "USD"),
    column("required", "required, year 1", "USD", lambda one: one.charge),
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
    text = (
        f"Of {len(checked)} published sums {counts['closes']} close on their own inputs, "
        f"{counts['closes_by_construction']} close only because an input was solved from the result, "
        f"{counts['does_not_close']} do not close, and {counts['cannot_be_closed']} cannot be closed because their "
        "inputs were not published."
    )
    return Answer(
        question="claims",
        headline=Headline("does_not_close", counts["does_not_close"], "count", text),
        values={"claims": len(checked), **counts},
        status={},
        tables=(table("claims", "Published sums, recomputed", _CLAIMS, checked),),
        facts=_cited(checked),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
        notes=_mixtures(checked),
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
    text = f"{claim.id}: {verdict.verdict}. {verdict.why}."
    return Answer(
        question="claims",
        headline=Headline("recomputed", verdict.recomputed, claim.unit, text),
        values=values,
        status={} if verdict.recomputed is not None else {"recomputed": verdict.why, "difference": verdict.why},
        tables=(
            table("claims", claim.claim, _CLAIMS, (one,)),
            _inputs(one),
            *_steps(one),
            *((_ours(ours, preset),) if ours else ()),
        ),
        facts=_cited([one]),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
        notes=_notes(one, ours, workspace),
    )


def add(file: Path, workspace: Path) -> Answer:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault.

    Raises every fault of form and arithmetic at once, with file and line.
    """
    added = add_claims(file, workspace)
    text = f"{len(added)} claims entered into {workspace}. `overbuild claims --workspace {workspace}` shows them."
    return Answer(
        question="claims add",
        headline=Headline("added", len(added), "count", text),
        values={"added": len(added)},
        status={},
        tables=(table("claims", "Added", _CLAIMS, added),),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        notes=_mixtures(added),
    )


def _inputs(one: CheckedClaim) -> Table:
    solved = [name.strip() for name in one.claim.back_solved.split(";")]
    origin = {True: "solved from the result", False: "printed"}
    words = {name: measure.replace("_", " ") for name, measure in one.claim.measures.items()}
    inputs = ((name, value, origin[name in solved], words.get(name)) for name, value in one.claim.inputs.items())
    return itemised("inputs", "Inputs", _INPUTS, inputs)


def _steps(one: CheckedClaim) -> tuple[Table, ...]:
    steps = [(place, step.text, step.value) for place, step in enumerate(one.verdict.steps, start=1)]
    return (itemised("steps", f"{one.claim.expression} ({one.claim.formula})", _STEPS, steps),) if steps else ()


def _ours(ours: RequiredRevenue, preset: GapPreset) -> Table:
    doors: tuple[Row, ...] = (
        {"item": "Total at the owner's door", "cost": ours.capex, "required": ours.owner},
        {"item": "At the end user's, with the claim's margins", "required": ours.end_user},
    )
    hurdle = pct(preset.hurdle_per_year.value)
    note = f"a return of {hurdle} after tax on the claim's capex; shares and lives of the gap's preset; no running cost"
    return table("model", "Our model on the same inputs", _OURS, ours.charges, total=doors, note=note)


def _notes(one: CheckedClaim, ours: RequiredRevenue | None, workspace: Path | None) -> tuple[str, ...]:
    claim = one.claim
    source = _sources(workspace).get(claim.source)
    read_in = source.citation() if source else claim.source
    said = [f"Source: {claim.author}, {claim.published}; read in {read_in}."]
    said += [claim.note] if claim.note else []
    said += [f"Tolerance: {claim.tolerance_reason}"] if claim.tolerance_reason else []
    said += [f"Beside the verdict: the sum {mixture}." for mixture in one.verdict.mixes]
    if ours is None:
        said.append("Our model has nothing to set beside it: the claim names no capex that a return could be asked on.")
    return tuple(said)


def _mixtures(checked: Sequence[CheckedClaim]) -> tuple[str, ...]:
    return tuple(f"{one.claim.id} {mixture}." for one in checked for mixture in one.verdict.mixes)


def _sources(workspace: Path | None) -> dict[str, Source]:
    return sources_of(workspace) if workspace else shipped_sources()


def _cited(checked: Sequence[CheckedClaim]) -> tuple[FactUsed, ...]:
    return tuple(
        FactUsed(f"claim.{claim.id}", claim.source, claim.known_at, claim.known_at_precision) for claim, _ in checked
    )
