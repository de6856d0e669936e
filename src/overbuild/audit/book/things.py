"""Rows of one thing together: the phase, contract, fleet, component, loan or test that their ids name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overbuild.audit.book.book import Row
from overbuild.audit.line_labels import CARRIED


class Thing(NamedTuple):
    """A thing that a model has several of: what it is, and the name that ids of its rows have in them."""

    kind: str
    name: str


def grouped(rows: Iterable[Row], things: Iterable[Thing]) -> Iterator[Row]:
    """Rows in the order of their things, those of no thing first; a heading over each group, its rows to be folded.

    >>> rows = [Row("lab.revenue"), Row("revenue"), Row("state.loans.senior.balance"), Row("lab.live")]
    >>> [(one.id or one.label, one.level) for one in grouped(rows, (Thing("contract", "lab"), Thing("loan", "senior")))]
    [('revenue', 0), ('Contract: lab', 0), ('lab.revenue', 1), ('lab.live', 1), ('Loan: senior', 0), ('state.loans.senior.balance', 1)]
    """
    kinds: dict[str, list[str]] = {}
    for thing in things:
        kinds.setdefault(thing.name, []).append(thing.kind)
    groups: dict[str, list[Row]] = {name: [] for name in kinds}
    own: list[Row] = []
    for row in rows:
        groups.get(_thing_of(row.id, kinds), own).append(row)
    carried = [row for row in own if f".{CARRIED}" in f".{row.id}"]
    yield from (row for row in own if row not in carried)
    for name, found in groups.items():
        if found:
            said = " and ".join(kinds[name])
            yield Row("", f"{said[:1].upper()}{said[1:]}: {name}")
            yield from (row._replace(level=1) for row in found)
    if carried:
        yield Row("", "Handed from period to period")
        yield from (row._replace(level=1) for row in carried)


def _thing_of(row: str, names: Iterable[str]) -> str:
    """The name that an id has in it, the longest where it has several; empty where it has none.

    >>> _thing_of("state.new_loans.senior.new.balance", ("senior", "new")), _thing_of("cfads", ("senior",))
    ('senior', '')
    """
    return max((name for name in names if f".{name}." in f".{row}."), key=len, default="")
