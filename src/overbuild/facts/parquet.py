"""A Parquet file as rows of text. DuckDB reads it, where it is installed."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from overbuild.errors import CaseError, InputError


def parquet_rows(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The names of the columns and the rows of a Parquet file, every cell as text, an empty one as none.

    Raises InputError `not_installed` without DuckDB; CaseError `unreadable` for what is no Parquet file.
    """
    try:
        duckdb: Any = importlib.import_module("duckdb")
    except ImportError:
        hint = "reading Parquet asks for DuckDB: pip install 'overbuild[parquet]', or save the panel as CSV"
        raise InputError("not_installed", "file", str(path), hint) from None
    if any(sign in str(path) for sign in "*?[]{}"):
        raise CaseError(
            "unreadable", "file", str(path), "a Parquet file may not have *, ?, [ or { in its name or folder"
        )
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path.absolute())])
        header = tuple(str(column[0]) for column in found.description)
        rows = [tuple("" if cell is None else str(cell) for cell in row) for row in found.fetchall()]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise CaseError("unreadable", "file", str(path), f"cannot be read as Parquet: {reason}") from None
    finally:
        connection.close()
    return header, rows
