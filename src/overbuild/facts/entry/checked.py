"""A workspace that was checked is not checked again: a stamp says for which bytes, and beside which figures of the package.

The stamp is written with the rows, once all of them are sound. A file that was changed since, by hand or by another version
of the package, has other bytes than the stamp says: it is read and checked in full.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import gc
import hashlib
import io
from collections.abc import Generator
from importlib.resources import files
from pathlib import Path

from overbuild.facts.fact import COLUMNS, Fact
from overbuild.version import __version__

STAMP = ".checked"


@functools.cache
def package_stamp() -> str:
    """What the package's tables and sources are, in a word: another version's are others."""
    found = hashlib.sha256(__version__.encode())
    folder = files("overbuild.facts")
    for table in sorted(folder.joinpath("tables").iterdir(), key=lambda one: one.name):
        if table.name.endswith(".csv"):
            found.update(table.read_bytes())
    found.update(folder.joinpath("sources.toml").read_bytes())
    return found.hexdigest()


def stamp_of(table: str, sources: str) -> str:
    """The stamp of a workspace's two files, beside the package as it is."""
    found = hashlib.sha256(package_stamp().encode())
    for text in (table, sources):
        found.update(hashlib.sha256(text.encode()).digest())
    return found.hexdigest()


def is_checked(folder: Path, table: str, sources: str) -> bool:
    """Whether the stamp of a folder says that these texts are sound."""
    try:
        said = (folder / STAMP).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return False
    return said == stamp_of(table, sources)


def checked_rows(table: str, file: str) -> list[Fact]:
    """The rows of a table that is sound, in the order and with the columns in which a workspace writes them."""
    reader = csv.reader(io.StringIO(table, newline=""))
    if tuple(next(reader, ())) != COLUMNS:
        raise ValueError("not the columns that a workspace writes")
    with collector_paused():
        return [
            Fact._make((*row[:4], float(row[4]) if row[4] else None, *row[5:], 0, file, reader.line_num))
            for row in reader
        ]


@contextlib.contextmanager
def collector_paused() -> Generator[None]:
    """While many rows are made and none goes: looking for cycles among them takes half of the time, and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cells_of(fact: Fact) -> tuple[object, ...]:
    """The cells of a fact as a workspace writes them: a number in the fewest digits that give it back, none as a blank."""
    return fact[: len(COLUMNS)]
