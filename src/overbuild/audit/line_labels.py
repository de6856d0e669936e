"""What the rows of a stage are called, and their units: named lines, their parts, what is carried from period to period."""

from __future__ import annotations

from typing import Any, get_type_hints

from overbuild.audit.labels import words
from overbuild.equations.model import Stage
from overbuild.equations.reading.line_table import label_of, row_of
from overbuild.equations.reading.named_lines import NamedLine
from overbuild.world.fields import unit_of_leaf

CARRIED = "state."
"""What the names of what is handed from period to period start with."""


def label_of_row(line: NamedLine) -> str:
    """The label of a line, of a part of one, or of what is carried on.

    >>> from overbuild.equations.reading.expression import Expression
    >>> line = NamedLine("state.loans.senior.balance", "result", 0, Expression("literal"), (), "0")
    >>> label_of_row(line), label_of_row(line._replace(name="cfads", kind="line"))
    ('Loans senior balance, carried on', 'Cash flow available for debt service')
    """
    if line.kind == "part":
        return label_of_part(line.name)
    return f"{_carried_words(line.name)}, carried on" if line.kind == "result" else label_of(line.name)


def label_of_part(name: str) -> str:
    """What a part is called: after the line it belongs to, `tax.part_1` being the first part of `tax`.

    >>> label_of_part("cfads.part_1"), label_of_part("state.tax.nol.part_2")
    ('Part 1 of: Cash flow available for debt service', 'Part 2 of: Tax losses, carried on')
    """
    owner, _, last = name.rpartition(".")
    which = f"Part {last.rpartition('_')[2]} of"
    carried = f".{CARRIED}" in f".{owner}"
    return f"{which}: {_carried_words(owner)}, carried on" if carried else f"{which}: {label_of(owner)}"


def _carried_words(name: str) -> str:
    steps = name.rpartition(CARRIED)[2].split(".")
    own = words(steps[-1])
    named = len(steps) > 1 and own.casefold().startswith(steps[-2])
    return own if named else words("_".join(steps))


def unit_of_row(line: NamedLine, stage: Stage) -> str:
    """The unit of a line as the table of lines says it, that of what is carried on as its record does; a part has none."""
    if line.kind == "result":
        state: Any = get_type_hints(stage.function)["return"]
        return unit_of_leaf(state, line.name.rpartition(CARRIED)[2])
    return unit_of_line(line.name) if line.kind == "line" else ""


def unit_of_line(name: str) -> str:
    """Unit of a named line; empty where the table of lines does not know it.

    >>> unit_of_line("cfads")
    'USD per period'
    """
    row = row_of(name)
    return row.unit if row else ""
