"""The plain files of a user's workspace: facts.csv and sources.toml, read with every fault and written whole."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.facts.entry.beside import faults_beside
from overbuild.facts.entry.checked import STAMP, cells_of, checked_rows, is_checked, stamp_of
from overbuild.facts.entry.documents import find_source_faults, find_taken_keys, other_keys
from overbuild.facts.fact import COLUMNS, Fact, in_order
from overbuild.facts.rows import read_table
from overbuild.facts.sources import Source, plain_blocks, read_sources

WORKSPACE_TABLE = "facts.csv"
WORKSPACE_SOURCES = "sources.toml"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Workspace(NamedTuple):
    """What a folder holds: its facts, its own sources by key, and every fault."""

    facts: list[Fact]
    sources: dict[str, Source]
    faults: list[FactError]


def read_workspace(folder: Path, shipped: Sequence[Fact], shipped_sources: Mapping[str, Source]) -> Workspace:
    """The facts and sources of a workspace, in one order however its rows are sorted.

    A row whose source is a document that the package has under another key cites the package's. Raises FactError
    `missing` for a folder that is not there.
    """
    if not folder.is_dir():
        hint = "no such folder; `overbuild facts add FILE.csv --workspace DIR` makes one"
        raise FactError("missing", "workspace", str(folder), hint)
    path = folder / WORKSPACE_TABLE
    table = read_text(path) if path.exists() else ""  # before the sources: a writer puts new sources there first
    if table and (checked := _checked(folder, path, table)) is not None:
        return checked
    own, faults = described_sources(folder, shipped_sources, "the package")
    if not table:
        return Workspace([], own, faults)
    facts, wrong = read_table(table, str(path), {**own, **shipped_sources})
    firsts = other_keys(shipped_sources, own)
    facts = in_order(fact._replace(source=firsts.get(fact.source, fact.source)) for fact in facts)
    own = {key: source for key, source in own.items() if key not in firsts and key not in shipped_sources}
    return Workspace(facts, own, [*faults, *wrong, *faults_beside(facts, shipped)])


def _checked(folder: Path, path: Path, table: str) -> Workspace | None:
    """What a workspace holds whose stamp says that it is sound; nothing where there is none for these files."""
    place = folder / WORKSPACE_SOURCES
    text = read_text(place) if place.exists() else ""
    if not is_checked(folder, table, text):
        return None
    return Workspace(checked_rows(table, str(path)), read_sources(text, str(place)), [])


def described_sources(
    folder: Path, known: Mapping[str, Source], owner: str
) -> tuple[dict[str, Source], list[FactError]]:
    """The sources of a folder's sources.toml, none without one, and their faults beside the sources of an owner."""
    path = folder / WORKSPACE_SOURCES
    if not path.exists():
        return {}, []
    text = read_text(path)
    sources = read_sources(text, str(path))
    return sources, [
        *find_taken_keys(known, sources, str(path), owner),
        *find_source_faults(sources, str(path), text),
    ]


def read_text(path: Path) -> str:
    """A user's file as text. Raises FactError `missing` or `unreadable`."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise FactError("missing", "file", str(path), "no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FactError("unreadable", "file", str(path), f"cannot be read as UTF-8 text: {error}") from None


def write_workspace(
    folder: Path,
    facts: Sequence[Fact],
    before: Mapping[str, Source],
    sources: Mapping[str, Source],
    shipped: Mapping[str, Source],
) -> None:
    """Write a workspace's facts and the sources that are new or were met again, each file whole or not at all.

    A source that the user described in words of his own stays as he wrote it; where none is a document of the package, a
    stamp says that all is sound. Raises FactError `not_writable`.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells_of(fact) for fact in in_order(facts))
    path = folder / WORKSPACE_SOURCES
    known = text = read_text(path) if path.exists() else ""
    if sources:
        text = _with_blocks(known, before, sources)
        replace_file(folder, WORKSPACE_SOURCES, text)
    replace_file(folder, WORKSPACE_TABLE, table.getvalue())
    if not (sources.keys() | before.keys()) & shipped.keys() and not other_keys(shipped, {**before, **sources}):
        replace_file(folder, STAMP, stamp_of(table.getvalue(), text))


def _with_blocks(text: str, before: Mapping[str, Source], sources: Mapping[str, Source]) -> str:
    blocks: list[str] = []
    for key, source in sources.items():
        if key not in before:
            blocks.append(_toml_block(source))
        elif source != before[key]:
            for quoted in (False, True):  # an earlier version wrote every key in quotes
                text = text.replace(_toml_block(before[key], quoted=quoted), _toml_block(source, quoted=quoted))
    return text + "".join(blocks)


def _toml_block(source: Source, *, quoted: bool = False) -> str:
    def in_quotes(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'

    lines = [f"{name} = {in_quotes(value)}" for name, value in source._asdict().items() if name != "key" and value]
    key = source.key if _BARE.fullmatch(source.key) and not quoted else in_quotes(source.key)
    block = f"\n[{key}]\n" + "\n".join(lines) + "\n"
    if plain_blocks(block) is None:
        tomllib.loads(block)
    return block


def replace_file(workspace: Path, name: str, text: str) -> None:
    """Write one file of a workspace, whole or not at all. Raises FactError `not_writable`."""
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        _replace(workspace / name, text)
    except OSError as error:
        hint = f"cannot be written ({error.strerror}); nothing was changed"
        raise FactError("not_writable", "workspace", str(workspace), hint) from None


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
