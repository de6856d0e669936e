"""Records and their leaves: the only code that knows how a nested record becomes a list of named numbers.

A record is a NamedTuple of scalars, of records and of tuples of records. A `str` field `name` gives the path of a
record inside a tuple (`loans.gpu_loan.balance`); a record without one is known by its position (`past.0.due`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

T = TypeVar("T")


def flatten(record: Any, prefix: str = "") -> dict[str, Any]:
    """The leaves of a record by path, in the order of its fields; strings and None are not leaves.

    >>> from typing import NamedTuple
    >>> class Loan(NamedTuple):
    ...     name: str
    ...     balance: float
    >>> flatten((Loan("gpu_loan", 5.0), Loan("mezz", 2.0)), "loans")
    {'loans.gpu_loan.balance': 5.0, 'loans.mezz.balance': 2.0}
    """
    found: dict[str, Any] = {}
    _gather(record, prefix, found)
    return found


def rebuild(record: T, leaves: Iterable[Any]) -> T:
    """The same record with its leaves replaced, in the order that `flatten` gives them.

    Raises ValueError when there are fewer or more leaves than the record has.

    >>> rebuild(((1.0, 2.0), 4.0), [10.0, 20.0, 40.0])
    ((10.0, 20.0), 40.0)
    """
    supply = iter(leaves)
    try:
        rebuilt = _filled(record, supply)
    except StopIteration:
        raise ValueError("fewer leaves than the record has") from None
    for _ in supply:
        raise ValueError("more leaves than the record has")
    return rebuilt


class Taken(NamedTuple):
    """The leaves of a record in their order, and its form: two records of one form have the same paths."""

    leaves: list[Any]
    form: tuple[Any, ...]


def taken(record: Any) -> Taken:
    """The leaves of a record without their paths, which is many times faster than `flatten`.

    >>> taken((1.0, (2.0, None))).leaves, taken((1.0, None)).form == taken((1.0, 2.0)).form
    ([1.0, 2.0], False)
    """
    leaves: list[Any] = []
    form: list[Any] = []
    _take((record,), leaves, form)
    return Taken(leaves, tuple(form))


def _take(members: tuple[Any, ...], leaves: list[Any], form: list[Any]) -> None:
    for member in members:
        if isinstance(member, tuple):
            within = cast("tuple[Any, ...]", member)
            form.append(type(within))
            form.append(len(within))
            _take(within, leaves, form)
        elif member is None or isinstance(member, str):
            form.append(member)
        else:
            form.append(_LEAF)
            leaves.append(member)


_LEAF = 0


def replaced(record: T, leaves: Mapping[str, Any]) -> T:
    """The same record with the leaves at some paths replaced.

    >>> from typing import NamedTuple
    >>> class Loan(NamedTuple):
    ...     name: str
    ...     balance: float
    >>> replaced((Loan("gpu_loan", 5.0), Loan("mezz", 2.0)), {"mezz.balance": 3.0})
    (Loan(name='gpu_loan', balance=5.0), Loan(name='mezz', balance=3.0))
    """
    if not leaves:
        return record
    if not isinstance(record, tuple):
        return cast("T", next(iter(leaves.values())))
    members = cast("Any", record)
    made = [replaced(member, _below(word, leaves)) for word, member in zip(_words(members), members, strict=True)]
    return cast("T", type(members)(*made) if hasattr(members, "_fields") else tuple(made))


def _below(word: str, leaves: Mapping[str, Any]) -> dict[str, Any]:
    """The leaves whose paths go through a member, by the rest of their paths."""
    start = f"{word}."
    below = {path[len(start) :]: leaf for path, leaf in leaves.items() if path.startswith(start)}
    return below | ({"": leaves[word]} if word in leaves else {})


def _words(members: Any) -> Sequence[str]:
    """What the members of a record go by: their fields, their names, else their places."""
    fields: tuple[str, ...] | None = getattr(members, "_fields", None)
    if fields is not None:
        return fields
    names = [getattr(member, "name", None) for member in members]
    return [name if isinstance(name, str) else str(place) for place, name in enumerate(names)]


def _gather(record: Any, path: str, found: dict[str, Any]) -> None:
    if record is None or isinstance(record, str):
        return
    if not isinstance(record, tuple):
        found[path] = record
        return
    members = cast("Any", record)
    for word, member in zip(_words(members), members, strict=True):
        _gather(member, f"{path}.{word}" if path else word, found)


def _filled(record: Any, supply: Iterator[Any]) -> Any:
    if record is None or isinstance(record, str):
        return record
    if not isinstance(record, tuple):
        return next(supply)
    members = cast("Any", record)
    filled = [_filled(member, supply) for member in members]
    return type(members)(*filled) if hasattr(members, "_fields") else tuple(filled)
