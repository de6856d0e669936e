"""Is this case file sound, and where do its numbers come from?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from overbuild.answer import Answer, Cell, Column, Headline, Row, Table
from overbuild.audit.cited_facts import facts_of
from overbuild.errors import InputErrors, OverbuildError
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.columns import column, table
from overbuild.site.case.peers.outside import Outside, outside_sources
from overbuild.site.case.read import SiteCase, read_site_case
from overbuild.site.sizing.sizing import size
from overbuild.world.provenance.documents import HOW

CHECK_LIMITS = (
    "A file without a fault can still be a poor case: a value inside the range of its sources is not thereby right.",
    "Sources are those of the package and the workspace; for a quantity that none speaks of, nothing is said.",
)


def check(file: Path | str, *, workspace: Path | str | None = None) -> Answer:
    """Check a site case: every fault at once with its place; without one, every input with where it comes from.

    A value outside every source known for its quantity is no fault: it is named with its place and the sources, and
    with the case's reason where it gives one (`outside_sources` counts those that give none). A number that differs from
    the fact it cites, or from its own derivation, is a fault.
    """
    case = read_site_case(Path(file), workspace=workspace)
    try:
        size(case.plan)
    except OverbuildError as error:
        raise case.locate(error) from None
    facts = facts_of(case, workspace)
    outside = outside_sources(case, workspace)
    unexplained = sum(not one.kept for one in outside)
    counts = {
        origin: sum(one.origin == origin for one in case.inputs.values()) for origin in ("fact", "assumption", "case")
    }
    verdicts = {word: sum(one.verdict == word for one in case.agreements) for word in ("agrees", "derived")}
    text = (
        f"{case.name}: no fault. {len(case.inputs)} inputs: {counts['fact']} from facts or sources, "
        f"{counts['assumption']} named assumptions, {counts['case']} with neither. Held against what they cite: "
        f"{verdicts['agrees']} agree, {verdicts['derived']} are derived. "
        f"{_outside_words(len(outside), unexplained)}"
    )
    values: dict[str, Cell] = {
        "faults": 0,
        "outside_sources": unexplained,
        "outside_sources.kept": len(outside) - unexplained,
        "inputs": len(case.inputs),
        **{f"inputs.{k}": n for k, n in (counts | verdicts).items()},
    }
    return Answer(
        question="check",
        headline=Headline("faults", 0, "count", text),
        values=values,
        status={},
        tables=(
            inputs_table(case),
            table("agreements", "What each sourced input is held against", _HELD, case.agreements),
            outside_table(outside),
        ),
        facts=facts,
        assumptions=assumptions_of_case(case.inputs),
        limits=CHECK_LIMITS,
        notes=(*(one.text for one in outside), *_said_of_sources(case)),
    )


def _outside_words(count: int, unexplained: int) -> str:
    if not count:
        return "No value lies outside every source known for it."
    values = "1 value" if count == 1 else f"{count} values"
    return f"Outside every source known: {values}, {count - unexplained} kept for a reason."


def all_faults(error: OverbuildError) -> tuple[OverbuildError, ...]:
    """An error's parts: itself, or the errors it gathers."""
    return error.errors if isinstance(error, InputErrors) else (error,)


def _said_of_sources(case: SiteCase) -> Iterator[str]:
    """Sources that name no document, and keys that are called otherwise now, each with its place."""
    for one in case.agreements:
        place = f"{one.place.file}:{one.place.line}:{one.place.column} {one.path}"
        if one.verdict == "no document":
            yield f"{place}: `source: {one.cited}` names no document and is counted as neither fact nor assumption. Write {HOW}."
        elif one.note:
            yield f"{place}: {one.note}."


_HELD = (
    column("input", "input", fill=lambda one: one.path),
    column("verdict", "verdict"),
    column("cited", "cited", fill=lambda one: one.cited),
    column("printed", "printed"),
    column("figure", "figure"),
    column("unit", "unit"),
    column("difference", "value less figure"),
    column("place", "line:column", fill=lambda one: f"{one.place.line}:{one.place.column}"),
)

_INPUTS = (
    column("input", "input", fill=lambda one: one.path),
    column("value", "value", fill=lambda one: _shown(one.value)),
    column("origin", "origin"),
    column("from", "from", fill=lambda one: "; ".join(one.facts) or one.source or one.author or ""),
    column("place", "line:column", fill=lambda one: f"{one.place.line}:{one.place.column}"),
)


def inputs_table(case: SiteCase) -> Table:
    """Every input of a case with where it comes from."""
    return table("inputs", "Inputs", _INPUTS, case.inputs.values())


def _shown(value: object) -> Cell:
    """A value as one cell; a series of one number says it once."""
    if isinstance(value, tuple):
        series = cast("tuple[Any, ...]", value)
        return f"{series[0]} x {len(series)}" if len(set(series)) == 1 else ", ".join(str(one) for one in series)
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def outside_table(found: tuple[Outside, ...]) -> Table:
    """The values outside their sources, one a row, with the facts they were held against."""
    rows: list[Row] = [
        {
            "input": one.path,
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "quantity": one.quantity.label.rstrip(","),
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "unit": one.quantity.unit,
            "sources": len(one.sources),
            "facts": "; ".join(source.fact for source in one.sources),
            "kept": one.kept or None,
            "warning": one.text,
        }
        for one in found
    ]
    labels = ("input", "file", "line", "column", "quantity", "value", "low", "high", "unit", "sources", "facts", "kept")
    columns = tuple(Column(label, label) for label in (*labels, "warning"))
    return Table("outside_sources", "Values outside every source", columns, tuple(rows))
