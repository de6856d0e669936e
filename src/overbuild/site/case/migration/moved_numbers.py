"""Numbers of a short form as the general form has them: later, negated, over the calendar, growing.

Each keeps what its block says of where it comes from. A number that cites a fact and is moved is derived from that fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from overbuild.site.case.migration.draft import Draft, scalar
from overbuild.site.case.migration.source_text import quoted
from overbuild.world.provenance.derivation import Derivation, derive
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.rounding import half_a_digit, within


class NumberMove(NamedTuple):
    """How a number is moved: its text, the line that derives it from the number it was, and operands of that line."""

    text: Callable[[str], str]
    line: str
    operands: dict[str, str]
    turns: bool = False
    """Whether the low end of a range becomes the high one."""


def later(periods: int) -> NumberMove:
    """A period from opening on, counted from close."""

    def moved_text(text: str) -> str:
        return str(Decimal(text) + periods)

    return NumberMove(moved_text, "to_opening + {}", {"to_opening": f"{periods} periods"})


def _negative(text: str) -> str:
    """A number with the other sign, else as written.

    >>> _negative("0.12"), _negative("-4.0e-2"), _negative("0.0")
    ('-0.12', '4.0e-2', '0.0')
    """
    plain = text.lstrip("+-")
    return plain if text.startswith("-") or not float(text) else f"-{plain}"


NEGATED = NumberMove(_negative, "-{}", {}, turns=True)
"""A fall as a growth."""


def moved(given: Draft, name: str, move: NumberMove, unit: str, known: KnownFigures) -> Draft | None:
    """A number moved, with its block; None where what it cites cannot be followed through the move."""
    if given.entries is None:
        return given.like(move.text(given.text))
    entries = dict(given.entries)
    for end in ("value", "low", "high"):
        if end in entries:
            entries[end] = entries[end].like(move.text(entries[end].text))
    if move.turns:
        low, high = entries.get("low"), entries.get("high")
        entries = {name: one for name, one in _turned(entries, low, high)}
    if "fact" in entries or "derive" in entries:
        line = _line(entries, name, move)
        if not _holds(entries, line, unit, known):
            return None
        entries = _with_line(entries, line)
    return given.like(entries=entries)


def _turned(entries: dict[str, Draft], low: Draft | None, high: Draft | None) -> Iterator[tuple[str, Draft]]:
    """The entries with the ends of their range exchanged, the low one first where there are two."""
    for name, one in entries.items():
        if name in ("low", "high") and low and high:
            yield name, high if name == "low" else low
        else:
            yield {"low": "high", "high": "low"}.get(name, name), one


class MovedLine(NamedTuple):
    """The line of arithmetic of a number that was moved, and its operands as they are written."""

    text: str
    operands: dict[str, str]


def _plain(text: str) -> str:
    """A scalar without its quotes."""
    return text[1:-1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else text


def _line(entries: dict[str, Draft], name: str, move: NumberMove) -> MovedLine:
    """The line of the number moved: over its fact, or over its own line."""
    if "fact" in entries:
        return MovedLine(
            move.line.format(name), {**move.operands, name: _plain(entries["fact"].text).removeprefix("fact:")}
        )
    own = {key: _plain(one.text) for key, one in (entries["from"].entries or {}).items()} if "from" in entries else {}
    return MovedLine(move.line.format(f"({_plain(entries['derive'].text)})"), {**move.operands, **own})


def _holds(entries: dict[str, Draft], line: MovedLine, unit: str, known: KnownFigures) -> bool:
    """Whether the line comes to the number as far as both are rounded."""
    found = derive(line.text, line.operands, unit, known)
    if not isinstance(found, Derivation):
        return False
    if "value" not in entries:
        return True
    text = entries["value"].text
    return within(float(text), found.number, half_a_digit(text), found.rounding)


def _with_line(entries: dict[str, Draft], line: MovedLine) -> dict[str, Draft]:
    """The entries with the line and its operands where the fact or the former line stood."""
    operands = {name: Draft(_quoted_key(text)) for name, text in line.operands.items()}
    old = entries.get("from")
    for name, one in (old.entries or {}).items() if old is not None else ():
        operands[name] = one
    found: dict[str, Draft] = {}
    for name, one in entries.items():
        if name in ("fact", "derive"):
            found["derive"] = one.like(f'"{line.text}"')
            found["from"] = (old or Draft()).like(entries=operands)
        elif name != "from":
            found[name] = one
    return found


def _quoted_key(text: str) -> str:
    """The key of a fact in quotes where YAML needs them."""
    return f'"{text}"' if any(mark in text for mark in "#:,[]{}()&*") else text


def uncited(given: Draft, value: object) -> Draft:
    """A number without the fact or the line that it rests on."""
    entries = {name: one for name, one in (given.entries or {}).items() if name not in ("fact", "derive", "from")}
    return Draft(entries={"value": scalar(value), **entries})


def reasoned(entries: dict[str, Draft], reason: str) -> dict[str, Draft]:
    """Entries that say why they are what they are: by their own reason, else by this one.

    >>> list(reasoned({"value": Draft("26"), "reason": Draft("So lent.")}, "Moved."))
    ['value', 'reason', 'author']
    """
    return {
        **entries,
        "reason": entries.get("reason", Draft(quoted(reason))),
        "author": entries.get("author", Draft("overbuild")),
    }


def over_calendar(given: Draft, built: int) -> Draft:
    """A series of operation over the calendar: its first number holds while the hall is built. One number stays it.

    >>> from overbuild.site.case.migration.draft import flowing
    >>> flowing(over_calendar(Draft(items=[Draft("0.50"), Draft("0.75")]), 2))
    '{by_period: [0.50, 0.50, 0.50, 0.75]}'
    """
    entries = given.entries or {}
    series = entries.get("value", given) if given.items is None else given
    if series.items is None:
        return given
    if len(series.items) == 1:
        number = taken_from(series, series.items[0].text)
        return number if series is given else given.like(entries={**entries, "value": number})
    first = [Draft(series.items[0].text) for _ in range(built)]
    whole = Draft("", None, [*first, *series.items])
    if series is given:
        return given.like(entries={"by_period": whole})
    whole.above, whole.beside, whole.below = series.above, series.beside, series.below
    rest = {name: one for name, one in entries.items() if name != "value"}
    return given.like(entries={"by_period": whole, **rest})


def taken_from(series: Draft, text: str) -> Draft:
    """The one number of a series with its comments."""
    only = (series.items or [series])[0]
    return Draft(
        text, None, None, [*series.above, *only.above], [*only.beside, *series.beside], [*only.below, *series.below]
    )


def growing_from(value: Draft, growth: Draft, since: str, step: str) -> Draft:
    """A number that grows, as a path. A value with a line of its own keeps its operands in a block of its own.

    >>> from overbuild.site.case.migration.draft import flowing
    >>> flowing(growing_from(Draft("2.50"), Draft("-0.1"), "7", "smooth"))
    '{value: 2.50, growth: -0.1, from: 7, step: smooth}'
    """
    own = value.entries
    if own is None or "derive" in own or "from" in own or "unit" in own:
        inner = Draft(value.text, own)
        own = {"value": inner}
    found = {**own, "growth": growth, "from": Draft(since)}
    if step != "year":
        found["step"] = scalar(step)
    return value.like(entries=found)
