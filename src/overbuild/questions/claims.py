"""Whose published sum closes?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.claim_arithmetic import evaluate, parse
from overbuild.ecosystem.claims import VERDICTS, Claim, Verdict, claim_from_row, verify
from overbuild.ecosystem.required_revenue import RequiredRevenue, required_revenue
from overbuild.errors import ClaimError, FactError, OverbuildError, did_you_mean, raise_all
from overbuild.facts.claim_tables import read_claims, shipped_claims, workspace_claims, write_claims
from overbuild.facts.period import is_day
from overbuild.facts.sources import Source
from overbuild.facts.store import sources_of
from overbuild.facts.typed_tables import TypedRow
from overbuild.questions.answer import Answer, Cell, Column, FactUsed, Headline, Row, Table
from overbuild.questions.gap.figures import charges_of
from overbuild.world.gap_preset import GapPreset, gap_preset
from overbuild.world.need_preset import claimed_capex

LIMITS = (
    "That a sum closes says that its result follows from its printed inputs, not that the inputs are right.",
    "The inputs are those found on the pages read, many of which retell the analysis; its author may have used others.",
    "A tolerance is half a unit of the last printed digit, and wider only where the table says why.",
)

_COLUMNS = (
    Column("id", "id"),
    Column("claimed", "claimed"),
    Column("recomputed", "recomputed"),
    Column("difference", "difference"),
    Column("tolerance", "tolerance", "decimal"),
    Column("unit", "unit"),
    Column("verdict", "verdict"),
    Column("why", "why"),
)


class Checked(NamedTuple):
    """A claim and what became of it."""

    claim: Claim
    verdict: Verdict


def claims(*, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """Every published analysis known on a day, recomputed from its own inputs by its own expression.

    Verdicts are computed: the table's own column of verdicts is never read. Numbers are in each claim's own unit.
    Raises ClaimError for every fault of the lists at once; FactError for a bad day or a workspace that is not there.
    """
    checked = _checked(as_of, workspace)
    counts = {verdict: sum(one.verdict.verdict == verdict for one in checked) for verdict in VERDICTS}
    text = (
        f"Of {len(checked)} published sums {counts['closes']} close on their own inputs, "
        f"{counts['closes_by_construction']} close only because an input was solved from the result, "
        f"{counts['does_not_close']} do not close, and {counts['cannot_be_closed']} cannot be closed because their "
        "inputs were not published."
    )
    if not checked:
        raise FactError("no_fact", "as_of", as_of, "no published analysis was known on this day")
    values: dict[str, Cell] = {"claims": len(checked), **counts}
    return Answer(
        question="claims",
        headline=Headline("does_not_close", counts["does_not_close"], "count", text),
        values=values,
        status={},
        tables=(Table("claims", "Published sums, recomputed", _COLUMNS, tuple(_row(one) for one in checked)),),
        facts=_cited(checked),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
    )


def explain(claim_id: str, *, as_of: str | None = None, workspace: Path | None = None) -> Answer:
    """One published analysis: its inputs and source, its arithmetic step by step, and our model on the same inputs.

    Raises ClaimError `unknown_name` with close ids.
    """
    checked = {one.claim.id: one for one in _checked(as_of, workspace)}
    if claim_id not in checked:
        hint = f"no such published analysis.{did_you_mean(claim_id, checked)} `overbuild claims` lists all"
        raise ClaimError("unknown_name", "claim", claim_id, hint)
    one = checked[claim_id]
    claim, verdict = one
    source = _sources(workspace).get(claim.source)
    where = source.citation() if source else claim.source
    back_solved = [name.strip() for name in claim.back_solved.split(";")]
    inputs = tuple(
        {"input": name, "value": value, "origin": "solved from the result" if name in back_solved else "printed"}
        for name, value in claim.inputs.items()
    )
    steps = tuple({"step": n, "arithmetic": step.text, "value": step.value} for n, step in enumerate(verdict.steps, 1))
    tables = [
        Table("claims", claim.claim, _COLUMNS, (_row(one),)),
        Table(
            "inputs", "Inputs", (Column("input", "input"), Column("value", "value"), Column("origin", "origin")), inputs
        ),
    ]
    if steps:
        columns = (Column("step", "step"), Column("arithmetic", "arithmetic"), Column("value", "value"))
        tables.append(Table("steps", f"{claim.expression} ({claim.formula})", columns, steps))
    preset = gap_preset()
    ours = on_our_model(claim, preset)
    values: dict[str, Cell] = {
        "claimed": claim.output,
        "recomputed": verdict.recomputed,
        "difference": verdict.difference,
    }
    status = {} if verdict.recomputed is not None else {"recomputed": verdict.why, "difference": verdict.why}
    notes = [f"Source: {claim.author}, {claim.published}; read in {where}.", *([claim.note] if claim.note else [])]
    if claim.tolerance_reason:
        notes.append(f"Tolerance: {claim.tolerance_reason}")
    if ours is None:
        notes.append(
            "Our model has nothing to set beside it: the claim names no capex that a return could be asked on."
        )
    else:
        tables.append(_ours(ours, preset))
        values |= {"model.owner": ours.owner, "model.end_user": ours.end_user}
    return Answer(
        question="claims",
        headline=Headline(
            "recomputed", verdict.recomputed, claim.unit, f"{claim.id}: {verdict.verdict}. {verdict.why}."
        ),
        values=values,
        status=status,
        tables=tuple(tables),
        facts=_cited([one]),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
        notes=tuple(notes),
    )


def add(file: Path, workspace: Path) -> Answer:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault.

    Raises every fault of form and arithmetic at once, with file and line.
    """
    rows, faults = read_claims(file)
    _, wrong = _read(rows)
    raise_all([*faults, *wrong])
    before = workspace_claims(workspace) if workspace.is_dir() else ()
    taken = {row.cells["id"] for row in before}
    again = [row for row in rows if row.cells["id"] in taken]
    raise_all(
        [
            ClaimError("duplicate", "id", r.cells["id"], "the workspace has this id", file=r.file, line=r.line)
            for r in again
        ]
    )
    write_claims(workspace, [*before, *rows])
    found, _ = _read(rows)
    checked = [Checked(claim, verify(claim)) for claim in found]
    table = Table("claims", "Added", _COLUMNS, tuple(_row(one) for one in checked))
    text = f"{len(rows)} claims entered into {workspace}. `overbuild claims --workspace {workspace}` shows them."
    return Answer(
        question="claims add",
        headline=Headline("added", len(rows), "count", text),
        values={"added": len(rows)},
        status={},
        tables=(table,),
        facts=(),
        assumptions=(),
        limits=LIMITS,
    )


def on_our_model(claim: Claim, preset: GapPreset) -> RequiredRevenue | None:
    """What must be earned on the capex a claim names, by our capital charge; None where it names none. USD."""
    says = claimed_capex().get(claim.id)
    if says is None:
        return None
    billions, _ = evaluate(parse(says.capex), claim.inputs)
    if says.life_years:
        life = claim.inputs[says.life_years]
        plans = tuple(p._replace(life_years=p.life_years._replace(value=life)) for p in preset.asset_classes)
        preset = preset._replace(asset_classes=plans)
    margins = tuple(claim.inputs[name] for name in says.margins)
    return required_revenue(charges_of(preset, billions * 1e9), 0.0, margins)


def _ours(ours: RequiredRevenue, preset: GapPreset) -> Table:
    rows: list[Row] = [{"item": f"{one.name} charge", "cost": one.cost, "required": one.charge} for one in ours.charges]
    capex = sum(one.cost for one in ours.charges)
    rows.append({"item": "Total at the owner's door", "cost": capex, "required": ours.owner})
    rows.append({"item": "At the end user's, with the claim's margins", "required": ours.end_user})
    columns = (Column("item", "item"), Column("cost", "capex", "USD"), Column("required", "required, year 1", "USD"))
    hurdle = f"{preset.hurdle_per_year.value:.0%}"
    note = f"a return of {hurdle} after tax on the claim's capex; shares and lives of the gap's preset; no running cost"
    return Table("model", "Our model on the same inputs", columns, tuple(rows), note)


def _read(rows: Sequence[TypedRow]) -> tuple[list[Claim], list[OverbuildError]]:
    found: list[Claim] = []
    faults: list[OverbuildError] = []
    for row in rows:
        cells = dict(row.cells)
        cells.setdefault("source", cells.get("source_url", ""))
        claim, wrong = claim_from_row(cells, row.file, row.line)
        faults += wrong
        if claim is not None:
            try:
                verify(claim)
                found.append(claim)
            except ClaimError as error:
                error.file, error.line, error.path = row.file, row.line, f"{claim.id}: expression"
                faults.append(error)
    return found, faults


def _checked(as_of: str | None, workspace: Path | None) -> list[Checked]:
    if as_of is not None and not is_day(as_of):
        raise FactError("bad_period", "as_of", as_of, "a date is a day of the calendar written YYYY-MM-DD")
    rows = [*shipped_claims(), *(workspace_claims(workspace) if workspace else ())]
    found, faults = _read(rows)
    raise_all(faults)
    return [Checked(claim, verify(claim)) for claim in found if as_of is None or claim.known_at <= as_of]


def _sources(workspace: Path | None) -> dict[str, Source]:
    from overbuild.facts.sources import shipped_sources

    return sources_of(workspace) if workspace else shipped_sources()


def _row(one: Checked) -> Row:
    claim, verdict = one
    return {
        "id": claim.id,
        "claimed": verdict.claimed,
        "recomputed": verdict.recomputed,
        "difference": verdict.difference,
        "tolerance": verdict.tolerance,
        "unit": claim.unit,
        "verdict": verdict.verdict,
        "why": verdict.why,
        "author": claim.author,
        "known_at": claim.known_at,
        "source": claim.source,
    }


def _cited(checked: Sequence[Checked]) -> tuple[FactUsed, ...]:
    return tuple(
        FactUsed(f"claim.{one.claim.id}", one.claim.source, one.claim.known_at, one.claim.known_at_precision)
        for one in checked
    )
