"""A table that someone typed, held against the ledger: what agrees, what is another definition, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen, Table
from overbuild.errors import raise_all
from overbuild.facts import store
from overbuild.facts.cited_fields import observed
from overbuild.facts.reconcile.judge import AGREES, DIFFERS, UNKNOWN, VERDICTS, WRONG, Judged, counted, judge
from overbuild.facts.reconcile.typed_table import read_typed_table
from overbuild.foreign.how_written import HowWritten, read_how_written
from overbuild.foreign.lines import read_lines
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.facts.answer import answer_of
from overbuild.questions.prose import times
from overbuild.units import UNITS

FEW = 8
"""Cells on the first screen."""

CELLS = (
    column("place", "line:cell", fill=lambda one: one.cell.place),
    column("entity", "of"),
    column("metric", "metric"),
    column("period", "period", fill=lambda one: one.cell.period),
    column("typed", "typed", fill=lambda one: f"{one.cell.text} {one.cell.unit.replace('_', ' ')}"),
    column("ledger", "ledger", fill=lambda one: _printed(one)),
    column("verdict", "verdict"),
    column("why", "why"),
    column("cite", "fact to cite"),
    unprinted("value", lambda one: one.cell.value),
    unprinted("known", lambda one: one.known),
    unprinted("off", lambda one: one.off),
    unprinted("unit", lambda one: UNITS[one.cell.unit].inside),
)
_SCREEN = tuple(one for one in CELLS if one.key not in ("cite", "known", "off", "value", "unit"))


def reconcile_facts(
    file: Path,
    *,
    unit: str = "",
    as_of: str | None = None,
    workspace: Path | None = None,
    written: HowWritten | None = None,
) -> Answer:
    """Each figure of a hand-typed table, read as any table of someone else's, against what the ledger knew on a day.

    Raises all faults of the table at once, each with its file, line and cell.
    """
    view = store.known_on(as_of, workspace)
    how = read_how_written(written or HowWritten())
    typed = read_typed_table(read_lines(file, how), unit, how)
    judged, bad_periods = judge(typed.cells, view, str(file))
    raise_all([*typed.faults, *bad_periods])
    found = counted(judged)
    text = (
        f"{times(len(judged), 'typed figure')} against the ledger: {found[AGREES]} agree, {found[DIFFERS]} by another"
        f" definition, {found[WRONG]} wrong, {found[UNKNOWN]} of which nothing is known."
    )
    values: dict[str, Cell] = {"cells": len(judged)}
    values |= {verdict.replace(" ", "_"): found[verdict] for verdict in VERDICTS}
    by_key = {fact.key: fact for fact in view.in_force} | view.cited()
    leant_on = [observed(by_key[one.cite]) for one in judged if one.cite in by_key]
    shown = table("cells", "Typed figures", CELLS, judged)
    headline = Headline("wrong", found[WRONG], "count", text)
    notes = (
        "A typed figure agrees where the ledger's rounds to it.",
        "A fiscal quarter stands under the calendar quarter that holds its last day, FY2025 is the fiscal year that ends"
        " in 2025; a last day in the first week of a quarter or year counts to the one before.",
        *typed.converted,
    )
    answer = answer_of("facts reconcile", headline, [shown], leant_on, view, values=values, notes=notes)
    return replace(answer, screen=Screen(_first(judged), _unknown(judged), moves_title="Nothing known"))


def _first(judged: Sequence[Judged]) -> Table:
    """The cells that are wrong, the furthest off first, then those that differ by definition."""
    doubtful = sorted(
        (one for one in judged if one.verdict in (WRONG, DIFFERS)), key=lambda one: (one.verdict != WRONG, -_share(one))
    )
    shown = doubtful[:FEW]
    note = f"the first {len(shown)} of {len(doubtful)}; --tables prints all" if len(doubtful) > len(shown) else ""
    return table("first", "Figures that are wrong or something else", _SCREEN, shown, note=note)


def _unknown(judged: Sequence[Judged]) -> tuple[str, ...]:
    said = Counter(one.why for one in judged if one.verdict == UNKNOWN)
    lines = [f"{why.removesuffix('.')}: {times(count, 'cell')}." for why, count in said.most_common(4)]
    more = [f"And {len(said) - 4} more; --tables prints all."] if len(said) > 4 else []
    return (*lines, *more) or ("Every typed figure has one in the ledger beside it.",)


def _share(one: Judged) -> float:
    """How far off a figure is, as a share of the ledger's."""
    if one.off is None or one.known is None:
        return 0.0
    return abs(one.off / one.known) if one.known else float("inf")


def _printed(one: Judged) -> str:
    """The ledger's figure in the unit that was typed."""
    if one.known is None:
        return "-"
    return f"{one.known / UNITS[one.cell.unit].factor:,.10g}"
