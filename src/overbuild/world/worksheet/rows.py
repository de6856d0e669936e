"""A tree as the rows of a worksheet: one an input, with what it rests on; a series has several values.

A row's path says where it stands: `market.price.growth`, and in a list `contracts[cloud].price`, or `tests[1].level` where
the items have no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.world.record import BLOCK
from overbuild.world.tree import Entry, scalar

NOTHING = "(none)"
"""What stands in a cell where a file says `null`: an empty cell is a fault."""

DERIVED = "(derived)"
"""What stands in the place of a value that only its line of arithmetic says."""

EMPTY_BLOCK, EMPTY_LIST = "(empty block)", "(empty list)"

FLAGS = ("true", "false")
"""How a flag is written: as a word, which spreadsheet programs leave alone."""

MARKS = (*FLAGS, NOTHING, DERIVED, EMPTY_BLOCK, EMPTY_LIST)

BESIDE = tuple(name for name in BLOCK if name not in ("value", "from"))
"""What may stand beside a value, each in a column of its own; operands have one too."""

_NAME = re.compile(r"[^.\[\]\s]+\Z")


class SheetRow(NamedTuple):
    """One input: its path, its value or the values of a series, and what is said beside it, by name.

    `value` holds scalars, or one of the marks; `operands` are those of `derive`, by name.
    """

    path: str
    value: Entry
    series: tuple[Entry, ...] | None
    beside: dict[str, Entry]
    operands: dict[str, Entry]


def said_value(row: SheetRow) -> str:
    """The value of a row in words, as the case has it: those of a series one after the other."""
    return ", ".join(one.text or str(one.value) for one in row.series or (row.value,))


def rows_of(tree: Entry, path: str = "") -> Iterator[SheetRow]:
    """The rows of a tree in its order.

    Raises CaseError `refused` for what a worksheet cannot say: a list in a list, a name with a dot.

    >>> from overbuild.world.tree import read_tree
    >>> tree = read_tree("{loans: [{name: senior, rate: {value: 0.08, low: 0.07}}], spend: [0.4, 0.6]}", "my.yaml")
    >>> [(row.path, row.value.value, len(row.series or ())) for row in rows_of(tree)]
    [('loans[senior].name', 'senior', 0), ('loans[senior].rate', 0.08, 0), ('spend', None, 2)]
    """
    block, items = tree.block, tree.items
    if block is None and items is None:
        yield SheetRow(path, _marked(tree, path), None, {}, {})
    elif items is not None:
        yield from _of_list(tree, items, path, {}, {})
    elif block is not None and _is_sourced(block):
        yield from _of_sourced(tree, block, path)
    elif block:
        for name, one in block.items():
            yield from rows_of(one, _joined(path, name, one))
    else:
        yield SheetRow(path, tree._replace(value=EMPTY_BLOCK), None, {}, {})


def _is_sourced(block: dict[str, Entry]) -> bool:
    """Whether a block is a value with what it rests on, and no record of which a field is called so."""
    main = block.get("value", block.get("derive"))
    scalars = all(block[name].block is None and block[name].items is None for name in BESIDE if name in block)
    return main is not None and main.block is None and scalars


def _of_sourced(tree: Entry, block: dict[str, Entry], path: str) -> Iterator[SheetRow]:
    beside = {name: _marked(block[name], path) for name in BESIDE if name in block}
    operands = block["from"].block if "from" in block else None
    value = block.get("value", tree._replace(value=DERIVED))
    if value.items is not None:
        yield from _of_list(value, value.items, path, beside, operands or {})
    else:
        yield SheetRow(path, value if value.value == DERIVED else _marked(value, path), None, beside, operands or {})
    for name, one in block.items():
        if name != "value" and name not in BESIDE and not (name == "from" and operands):
            yield from rows_of(one, _joined(path, name, one))


def _of_list(
    tree: Entry, items: list[Entry], path: str, beside: dict[str, Entry], operands: dict[str, Entry]
) -> Iterator[SheetRow]:
    if not items:
        yield SheetRow(path, tree._replace(value=EMPTY_LIST), None, beside, operands)
    elif all(one.block is None and one.items is None for one in items):
        yield SheetRow(path, tree._replace(value=None), tuple(_marked(one, path) for one in items), beside, operands)
    elif all(one.block is not None for one in items) and not beside:
        for key, one in zip(keys_of(items), items, strict=True):
            yield from rows_of(one, f"{path}[{key}]")
    else:
        raise tree.fault("refused", path, "a worksheet holds lists of values and lists of blocks, and no others")


def keys_of(items: list[Entry]) -> list[str]:
    """What items of a list are called in a path: by name where each has one of its own, else by place, from 1."""
    found = [(one.block or {}).get("name") for one in items]
    names = [one.value if one is not None else None for one in found]
    words = [one for one in names if isinstance(one, str) and _NAME.match(one) and not one.isdigit()]
    if len(words) == len(items) and len(set(words)) == len(items):
        return words
    return [str(place) for place, _ in enumerate(items, start=1)]


def _joined(path: str, name: str, entry: Entry) -> str:
    if not _NAME.match(name):
        raise entry.fault("refused", name, "a worksheet has no place for a name with a dot, a bracket or a space")
    return f"{path}.{name}" if path else name


def _marked(entry: Entry, path: str) -> Entry:
    """A scalar as a cell holds it."""
    if entry.value is None:
        return entry._replace(value=NOTHING)
    if entry.value in MARKS:
        raise entry.fault("refused", path, "a worksheet uses these words for a mark of its own", entry.value)
    return entry


def operands_text(operands: dict[str, Entry]) -> str:
    """The operands of a line of arithmetic in one cell, one a line: `name = what it is`.

    >>> from overbuild.world.tree import read_tree
    >>> print(operands_text(read_tree("{cost: deals.x, gpus: 8, note: '8'}", "my.yaml").block))
    cost = deals.x
    gpus = 8
    note = '8'
    """
    return "\n".join(f"{name} = {_operand(one)}" for name, one in operands.items())


def _operand(entry: Entry) -> str:
    if isinstance(entry.value, str) and (not isinstance(scalar(entry.value), str) or entry.value[:1] in "'\""):
        return f"'{entry.value}'"
    return entry.text


def operands_of(text: str, cell: Entry) -> dict[str, Entry]:
    """The operands that a cell says. Raises CaseError `syntax` for a line without an equals sign."""
    found: dict[str, Entry] = {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        name, equals, said = (part.strip() for part in line.partition("="))
        if not equals or not name:
            hint = "each line is `name = what it is`: the key of a fact, a number with its unit, or a number"
            raise CaseError(
                "syntax", "from", line, hint, file=cell.file, line=cell.line, column=cell.column, sheet=cell.sheet
            )
        quoted = len(said) > 1 and said[0] == said[-1] == "'"
        said = said[1:-1] if quoted else said
        found[name] = cell._replace(value=scalar(said, plain=not quoted), text=said)
    return found
