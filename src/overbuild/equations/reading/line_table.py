"""The table of lines: what each named number is called, its unit, the room that computes it, and its source."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class LineRow(NamedTuple):
    """One row of `lines.csv`; a name such as `{loan}.interest` stands for that line of every loan."""

    name: str
    label: str
    unit: str
    room: str
    source: str


@cache
def line_rows() -> tuple[LineRow, ...]:
    """All rows in the order of the file.

    >>> line_rows()[0]._fields
    ('name', 'label', 'unit', 'room', 'source')
    """
    text = files("overbuild.equations.reading").joinpath("lines.csv").read_text(encoding="utf-8")
    return tuple(LineRow(**row) for row in csv.DictReader(text.splitlines()))


@cache
def row_of(name: str) -> LineRow | None:
    """The row of a line: its own, or the pattern that it fits, that with most words of its own; None for one not known.

    >>> row_of("cfads").unit, row_of("senior.interest").name
    ('USD per period', '{loan}.interest')
    """
    own = next((row for row in line_rows() if row.name == name), None)
    fitted = (row for row in line_rows() if "{" in row.name and _fitted(row.name, name))
    return own or max(fitted, key=_words_of_its_own, default=None)


def _words_of_its_own(row: LineRow) -> int:
    return len(re.sub(r"\{\w+\}", "", row.name))


def label_of(name: str) -> str:
    """What a line is called, with the things that it speaks of where the row is a pattern.

    >>> label_of("senior.interest"), label_of("senior.new.interest")
    ('Interest: senior', 'Interest: senior, refinanced')
    >>> label_of("capital_charge.it"), label_of("capital_charge.it_per_usd")
    ('Capital charge of the first year: IT', 'Capital charge of the first year: IT per USD')
    >>> label_of("ai_revenue.owner.MSFT.central"), label_of("annualised_gap.low")
    ("AI revenue of MSFT at the owners' door", "Annualised gap at the owners' door, low end")
    """
    row = row_of(name)
    if row is None:
        return name
    fitted = _fitted(row.name, name)
    if row.name == name or fitted is None:
        return row.label
    things = dict(zip(re.findall(r"\{(\w+)\}", row.name), fitted.groups(), strict=True))
    end = things.pop("end", "central")
    said = {field: _said(thing) for field, thing in things.items()}
    beside = [thing for field, thing in said.items() if f"{{{field}}}" not in row.label]
    label = row.label.format_map(said)
    return ": ".join([label, " ".join(beside)] if beside else [label]) + ("" if end == "central" else f", {end} end")


_SAID = {"owner": "owners", "end_user": "end users", "it": "IT", "it_per_usd": "IT per USD"}


def _said(thing: str) -> str:
    return _SAID.get(thing, thing.replace("_per_usd", " per USD").replace(".new", ", refinanced").replace("_", " "))


def _fitted(pattern: str, name: str) -> re.Match[str] | None:
    parts = re.split(r"\{(\w+)\}", pattern)
    named = [_THINGS.get(part, r"(\w+)") if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.fullmatch("".join(named), name)


_THINGS = {"loan": r"(\w+(?:\.new)?)", "year": r"([\w/-]+)"}
"""Names of things that are more than one word: the loan that refinances another is `senior.new`, a delivery year `2027/28`."""
