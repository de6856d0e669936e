"""The text of a panel file: CSV with commas, semicolons or tabs, or Parquet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from overbuild.ecosystem.basket.panel.records import SourceRow, SourceTable
from overbuild.errors import CaseError
from overbuild.facts.parquet import parquet_rows

LARGEST_PANEL = 100_000_000
"""Bytes of a panel file at most."""

HOW = "`overbuild new basket FILE.csv` writes one to look at"


def source_table(path: Path) -> SourceTable:
    """The header and rows of a panel file.

    Raises CaseError `missing`, `unreadable`, `too_large` or `syntax`; InputError `not_installed` where Parquet has no reader.
    """
    file = str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_PANEL:
            raise CaseError("too_large", "file", size, f"a panel has at most {LARGEST_PANEL:,} bytes", file=file)
        if path.suffix.lower() in (".parquet", ".pq"):
            header, rows = parquet_rows(path)
            return SourceTable(file, header, tuple(SourceRow(at, row) for at, row in enumerate(rows, start=1)))
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise CaseError("missing", "file", file, f"no such file; {HOW}") from None
    except (OSError, ValueError) as error:
        raise CaseError("unreadable", "file", file, f"cannot be read as UTF-8 text: {error}") from None
    return csv_table(text, file)


def csv_table(text: str, file: str) -> SourceTable:
    r"""The header and rows of a CSV text; blank lines are passed over.

    >>> csv_table("day;MSFT\n2024-01-31;0.01\n", "my.csv").rows
    (SourceRow(line=2, cells=('2024-01-31', '0.01')),)
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: tuple[str, ...] = ()
    rows: list[SourceRow] = []
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            if not any(row):
                continue
            if header:
                rows.append(SourceRow(reader.line_num, row))
            else:
                header = row
    except csv.Error as error:
        hint = f"not a readable CSV row: {error}"
        raise CaseError("syntax", "row", None, hint, file=file, line=reader.line_num, column=1) from None
    if not rows:
        hint = f"a panel has a header and a row for each day; {HOW}"
        raise CaseError("missing", "rows", None, hint, file=file)
    return SourceTable(file, header, tuple(rows))
