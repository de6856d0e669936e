"""A row of a table: its number in the file, and its cells as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One row that holds anything: its number in the file, and its cells."""

    number: int
    cells: list[str]


def text_of(rows: Sequence[Line]) -> str:
    r"""Comma-separated text in which each row ends on the line that it has in the file.

    >>> text_of([Line(1, ["a", "b"]), Line(3, ["1", "2,5"])])
    'a,b\n\n1,"2,5"\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    at = 0
    for row in rows:
        out.write("\n" * (row.number - at - 1 - sum(cell.count("\n") for cell in row.cells)))
        writer.writerow(row.cells)
        at = row.number
    return out.getvalue()
