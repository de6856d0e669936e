"""Published analyses: the rows that ship, and those of the user's workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from overbuild.errors import FactError
from overbuild.facts.entry.workspace import read_text, replace_file
from overbuild.facts.period import is_day
from overbuild.facts.store import sources_of
from overbuild.facts.typed_tables import TypedRow, read_rows, typed_rows
from overbuild.foreign.how_written import Columns
from overbuild.units import IN_HUNDREDTHS

if TYPE_CHECKING:
    from overbuild.foreign.table import ForeignTable

WORKSPACE_CLAIMS = "claims.csv"

COLUMNS = (
    "id", "author", "published", "known_at", "known_at_precision", "source_class", "claim", "inputs", "formula", "expression",
    "output", "unit", "printed_step", "tolerance", "tolerance_reason", "back_solved", "missing", "source_url",
)  # fmt: skip
"""The columns of a user's list of claims. `source_url` may be any address or the key of a known source."""

CLAIM_COLUMNS = Columns(
    (*COLUMNS, "source", "measures", "note", "verdict"),
    numbers=("output", "printed_step", "tolerance"),
    days=("published", "known_at"),
    percents=IN_HUNDREDTHS,
    shares=("tolerance",),
)
"""What a user's list of claims may hold."""


def shipped_claims() -> tuple[TypedRow, ...]:
    """The rows of the package's table of published analyses."""
    return typed_rows("published_analyses")


def workspace_claims(workspace: Path) -> tuple[TypedRow, ...]:
    """The rows the user entered. Raises FactError `missing` for a folder that is not there."""
    sources_of(workspace)
    path = workspace / WORKSPACE_CLAIMS
    if not path.exists():
        return ()
    rows, faults = read_rows(read_text(path), str(path))
    if faults:
        raise faults[0]
    return tuple(rows)


def read_claims(foreign: ForeignTable) -> tuple[list[TypedRow], list[FactError]]:
    """A user's list of claims and the faults of its form: columns, dates, repeated ids."""
    rows, faults = read_rows(foreign.text, foreign.file)
    header = set(rows[0].cells) if rows else set[str]()
    needed = [name for name in COLUMNS if name not in header and not (name == "source_url" and "source" in header)]
    if not rows and not faults:
        return [], [FactError("missing", "file", foreign.file, "the list has no rows")]
    faults += [
        FactError("missing", "column", None, f"the column {name} is required", file=foreign.file, line=1)
        for name in needed
    ]
    seen = {row.cells["id"]: "the package" for row in shipped_claims()}
    for row in rows:
        name, day = row.cells.get("id", ""), row.cells.get("known_at", "")
        if name in seen:
            hint = f"this id is taken by {seen[name]}"
            faults.append(FactError("duplicate", "id", name, hint, file=row.file, line=row.line))
        if not is_day(day):
            hint = "a date is a day of the calendar written YYYY-MM-DD"
            faults.append(FactError("bad_period", f"{name}: known_at", day, hint, file=row.file, line=row.line))
        seen.setdefault(name, f"line {row.line}")
    return rows, faults


def write_claims(workspace: Path, rows: Sequence[TypedRow]) -> None:
    """Write the workspace's list of claims, whole or not at all. Raises FactError `not_writable`."""
    names = list(dict.fromkeys(name for row in rows for name in row.cells if name not in ("verdict", "note")))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow(row.cells.get(name, "") for name in names)
    replace_file(workspace, WORKSPACE_CLAIMS, text.getvalue())
