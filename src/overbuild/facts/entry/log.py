"""The log of a workspace: who entered what, when, a row for each time; nothing in it is ever changed."""

from __future__ import annotations

import csv
import datetime
import getpass
import hashlib
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.facts.entry.workspace import read_text, replace_file
from overbuild.files import in_utf_8

LOG = "log.csv"
OTHERWISE = "otherwise"
"""The command of a row that speaks of rows which came or went without an entry: by hand, or by a process cut short."""

_NAMED = 3


class LogEntry(NamedTuple):
    """One time that something was entered.

    `at` is a moment of UTC, `who` the user of the machine; `rows` were entered of `table` and `stand` there since, `about` says
    of whom, `sha256` is the file's.
    """

    at: str
    who: str
    command: str
    table: str
    file: str
    sha256: str
    rows: int
    stand: int
    about: str


class Entering(NamedTuple):
    """What is being entered: by which command, from which file, and how many rows stood there before."""

    command: str
    table: str
    file: Path
    stood: int


def read_log(workspace: Path) -> tuple[LogEntry, ...]:
    """The entries of a workspace, the first one first. Raises FactError `missing` for a folder that is not there, `syntax`."""
    if not workspace.is_dir():
        raise FactError("missing", "workspace", str(workspace), "no such folder")
    path = workspace / LOG
    if not path.exists():
        return ()
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    found: list[LogEntry] = []
    for row in reader:
        try:
            cells = {name: row[name] or "" for name in LogEntry._fields if name not in ("rows", "stand")}
            found.append(LogEntry(**cells, rows=int(row["rows"]), stand=int(row["stand"])))
        except (KeyError, ValueError, TypeError):
            hint = "not a row of a log; take the line out, or the whole file, which begins a new log"
            raise FactError("syntax", "log", None, hint, file=str(path), line=reader.line_num) from None
    return tuple(found)


def log_rows(workspace: Path, entering: Entering, about: Iterable[str]) -> None:
    """Write down what was entered. Call it while no other process writes. Raises as `read_log`, and `not_writable`."""
    entries = list(read_log(workspace))
    last = next((one.stand for one in reversed(entries) if one.table == entering.table), 0)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    if last != entering.stood:
        entries.append(LogEntry(now, "", OTHERWISE, entering.table, "", "", entering.stood - last, entering.stood, ""))
    named = Counter(about)
    entries.append(
        LogEntry(
            at=now,
            who=_user(),
            command=entering.command,
            table=entering.table,
            file=in_utf_8(entering.file.name),
            sha256=_digest(entering.file),
            rows=named.total(),
            stand=entering.stood + named.total(),
            about=_listed(named),
        )
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LogEntry._fields)
    writer.writerows(entries)
    replace_file(workspace, LOG, text.getvalue())


def _listed(named: Counter[str]) -> str:
    first = [name for name, _ in named.most_common(_NAMED)]
    rest = len(named) - len(first)
    return ", ".join(first) + (f" and {rest} more" if rest else "")


def _digest(file: Path) -> str:
    """The sha256 of a file, none of a folder or of what is gone."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
