"""The tree behind a number as it is drawn: each part once, where it stands nearest to the number."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from overbuild.answer import Cell
from overbuild.audit.tree.tree import Why


class Drawn(NamedTuple):
    """A node of the drawing: how far in it stands, whether its parts follow, and where else they are drawn."""

    level: int
    node: Why
    opened: bool
    elsewhere: str = ""


class _Name(NamedTuple):
    """What tells a part from others: its id and value, or what it is where it has no id."""

    id: str
    value: Cell


@dataclass
class _Place:
    node: Why
    level: int
    below: list[_Place] = field(default_factory=list["_Place"])
    again: bool = False


def drawn(tree: Why) -> tuple[Drawn, ...]:
    """The nodes in the order in which they are drawn, the number itself first.

    A part that stands in several places is drawn nearest to the number, and named in the others. A part that is 0 is
    not opened.

    >>> tax = Why("tax", "Tax", 2.0, "USD", "line", below=(Why("rate", "Rate", 0.2, "", "input"),))
    >>> tree = Why("cash", "Cash", 1.0, "USD", "line", below=(Why("net", "Net", 3.0, "", "line", below=(tax,)), tax))
    >>> [(one.level, one.node.id, one.elsewhere) for one in drawn(tree)]
    [(0, 'cash', ''), (1, 'net', ''), (2, 'tax', 'see below'), (1, 'tax', ''), (2, 'rate', '')]
    """
    root = _Place(tree, 0)
    _open(root)
    order = list(_in_order(root))
    stands = {_name(one.node): at for at, one in enumerate(order) if one.below}
    return tuple(_told(one, at, stands) for at, one in enumerate(order))


def _open(root: _Place) -> None:
    """Open the parts level by level, so that the first time a part is met is the nearest to the number."""
    waiting, met = deque([root]), set[_Name]()
    while waiting:
        place = waiting.popleft()
        node = place.node
        if not node.below or (place is not root and node.kind == "line" and node.value == 0):
            continue
        place.again = _name(node) in met
        if not place.again:
            met.add(_name(node))
            place.below = [_Place(one, place.level + 1) for one in node.below]
            waiting.extend(place.below)


def _name(node: Why) -> _Name:
    return _Name(node.id, node.value) if node.id else _Name("", id(node))


def _in_order(root: _Place) -> list[_Place]:
    order, waiting = list[_Place](), [root]
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting.extend(reversed(place.below))
    return order


def _told(place: _Place, at: int, stands: dict[_Name, int]) -> Drawn:
    elsewhere = ("see above" if stands[_name(place.node)] < at else "see below") if place.again else ""
    return Drawn(place.level, place.node, bool(place.below), elsewhere)
