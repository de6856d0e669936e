"""What of an answer is printed: one screen first, everything with `--full`, or one part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from overbuild.answer import Answer, Column, Outline, Screen, Table
from overbuild.surfaces.formats import number, unit_label

Part: TypeAlias = Literal["tables", "assumptions", "facts", "limits"]

PARTS: tuple[Part, ...] = ("tables", "assumptions", "facts", "limits")
"""Parts of an answer that are printed by themselves when asked for."""

_LIMITS_FIRST = 2
_NEXT_FIRST = 2


class Section(NamedTuple):
    """Sentences under a title."""

    title: str
    lines: tuple[str, ...]


SCREEN_LINES = 40
"""Lines of one screen."""


class Page(NamedTuple):
    """What is printed, from top to bottom; `most` is how many lines it may take, where sentences may be left out for that."""

    headline: str
    outline: Outline | None
    tables: tuple[Table, ...]
    closing: tuple[Section, ...]
    most: int | None = None


def first_page(answer: Answer, next_commands: Sequence[str], full: str) -> Page:
    """One screen: the verdict, one table, what moves it, what decides it, two limits, where the rest is.

    `full` is the command that prints everything. An answer that says no first screen is printed whole.
    """
    screen = answer.screen
    if screen is None:
        return full_page(answer, next_commands)
    shown = tuple(one for one in answer.tables if one.name == screen.table)
    if isinstance(screen.table, Table):
        shown = (screen.table,)
    rest = (answer.tables, answer.assumptions, answer.facts, answer.limits)
    parts = ", ".join(f"--{part}" for part, there in zip(PARTS, rest, strict=True) if there)
    known = _known(answer)
    closing = (
        Section(screen.moves_title, screen.moves),
        Section("What decides it", screen.decides),
        Section("What this cannot tell you", tuple(map(_first_sentence, answer.limits[:_LIMITS_FIRST]))),
        Section(f"Next ({known})" if known else "Next", (f"{full}, or {parts}", *next_commands[:_NEXT_FIRST])),
    )
    return Page(
        answer.headline.text,
        None,
        shown,
        tuple(one for one in closing if one.lines),
        None if screen.whole else SCREEN_LINES,
    )


def _first_sentence(limit: str) -> str:
    """What a limit says first; the rest of it stands in `--limits`.

    >>> _first_sentence("No spender reports it. Two state run rates.")
    'No spender reports it.'
    """
    first, more, _ = limit.partition(". ")
    return f"{first}." if more else limit


def full_page(answer: Answer, next_commands: Sequence[str] = ()) -> Page:
    """Everything: the verdict, all tables, what it means, assumptions, limits."""
    screen = answer.screen or Screen("")
    closing = (
        Section(screen.moves_title, screen.moves),
        Section("What decides it", screen.decides),
        Section("What it means", answer.notes),
        Section("Assumed, not sourced", _assumptions(answer)),
        Section("What this cannot tell you", answer.limits),
        Section("Facts", (f"{_count(len(answer.facts), 'fact')} used; {_known(answer)}".rstrip("; ") + ".",)),
        Section("Next", tuple(next_commands)),
    )
    tables = _whole(one for one in answer.tables if answer.outline is None or one.name != answer.outline.table)
    return Page(answer.headline.text, answer.outline, tables, tuple(one for one in closing if one.lines))


def part_page(answer: Answer, parts: Sequence[Part]) -> Page:
    """The headline and the parts asked for."""
    tables = _whole(answer.tables) if "tables" in parts else ()
    closing: list[Section] = []
    if "assumptions" in parts:
        closing.append(Section("Assumed, not sourced", _assumptions(answer) or ("Nothing is.",)))
    if "limits" in parts:
        closing.append(Section("What this cannot tell you", answer.limits))
    return Page(answer.headline.text, None, (*tables, *_facts(answer, parts)), tuple(closing))


def _whole(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Tables with all their columns, however narrow the terminal."""
    return tuple(one._replace(spare=()) for one in tables)


def _facts(answer: Answer, parts: Sequence[Part]) -> tuple[Table, ...]:
    if "facts" not in parts:
        return ()
    columns = (Column("known_at", "known"), Column("id", "fact, and its source where the key does not name it"))
    rows = tuple(
        {"known_at": one.known_at, "id": one.id if one.source in one.id else f"{one.id} ({one.source})"}
        for one in answer.facts
    )
    note = "overbuild facts show FACT prints its figure, overbuild facts source SOURCE its document"
    return (Table("facts_used", "Facts used", columns, rows, note),)


def _assumptions(answer: Answer) -> tuple[str, ...]:
    return tuple(
        f"{one.id} = {number(one.value, one.unit)} {unit_label(one.unit)}".rstrip().replace(" %", "%")
        + f": {one.reason}"
        for one in answer.assumptions
    )


def _known(answer: Answer) -> str:
    known = [
        f"as of {answer.as_of}" if answer.as_of else "",
        f"data until {answer.data_until}" if answer.data_until else "",
    ]
    return ", ".join(part for part in known if part)


def _count(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
