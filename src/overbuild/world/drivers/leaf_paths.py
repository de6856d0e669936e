"""A record by paths: what stands at one, the record with something else there, and the paths that a pattern means.

contracts.lab.price      the field `price` of the item of `contracts` that is called lab
contracts.*.price        that field of every item
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, cast

R = TypeVar("R")

EVERY = "*"


def at(record: Any, path: str) -> Any:
    """What stands at a path. Raises KeyError where there is no such thing.

    >>> from overbuild.site.examples import PLAN
    >>> at(PLAN, "loans.senior.amount"), at(PLAN, "horizon.periods")
    (600000000.0, 6)
    """
    for step in path.split("."):
        record = record[_place(record, step)]
    return record


def replaced(record: R, path: str, value: Any) -> R:
    """The record with something else at a path. Raises KeyError as `at`.

    >>> from overbuild.site.examples import PLAN
    >>> at(replaced(PLAN, "loans.senior.amount", 5e8), "loans.senior.amount")
    500000000.0
    """
    return _replaced(record, path.split("."), value)


def _replaced(record: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    place = _place(record, steps[0])
    new = _replaced(record[place], steps[1:], value)
    if hasattr(record, "_fields"):
        return record._replace(**{record._fields[place]: new})
    return (*record[:place], new, *record[place + 1 :])


def _place(record: Any, step: str) -> int:
    """Where a field, an item by its name, or an entry counted from 1 stands."""
    if not isinstance(record, tuple):
        raise KeyError(step)
    items = cast("Any", record)
    names: tuple[str, ...] = getattr(items, "_fields", None) or tuple(item_names(items))
    if step not in names:
        raise KeyError(step)
    return names.index(step)


def item_names(items: Any) -> list[str]:
    """The names of the items of a list, of those without one the place, counted from 1.

    >>> from overbuild.site.examples import PLAN
    >>> item_names(PLAN.components), item_names((5.0, 6.0))
    (['shell', 'it'], ['1', '2'])
    """
    return [str(getattr(item, "name", place)) for place, item in enumerate(items, start=1)]


def expanded(record: Any, pattern: str) -> Iterator[str]:
    """The paths that a pattern means, those whose value is None left out where it has a `*`.

    >>> from overbuild.site.examples import PLAN
    >>> list(expanded(PLAN, "components.*.overrun")), list(expanded(PLAN, "loans.*.base_rate"))
    (['components.shell.overrun', 'components.it.overrun'], [])
    """
    before, star, rest = pattern.partition(f".{EVERY}")
    if not star:
        yield pattern
        return
    try:
        items = at(record, before)
    except KeyError:
        return
    for name in item_names(items):
        path = f"{before}.{name}{rest}"
        for one in expanded(record, path):
            if _exists(record, one):
                yield one


def _exists(record: Any, path: str) -> bool:
    try:
        return at(record, path) is not None
    except KeyError:
        return False
