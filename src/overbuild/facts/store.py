"""Where the facts lie: the package's own tables, and the plain files of the user's workspace."""

from __future__ import annotations

import csv
import functools
import io
import os
import tempfile
from importlib.resources import files
from pathlib import Path

from overbuild.errors import FactError, InputErrors, OverbuildError, raise_all
from overbuild.facts.fact import COLUMNS, Fact
from overbuild.facts.ledger import Ledger, View
from overbuild.facts.own_sources import with_keys
from overbuild.facts.rows import find_duplicates, find_unit_clashes, read_table
from overbuild.facts.sources import Source, shipped_sources, workspace_sources

OBSERVATIONS = (
    "article",
    "company_facts",
    "deal_terms",
    "default_rates",
    "energy",
    "enterprise_ai",
    "fibre_boom",
    "gpu_rental_prices",
    "policy",
)
"""The observation tables that ship with the package."""

WORKSPACE_TABLE = "facts.csv"


@functools.cache
def _shipped() -> tuple[tuple[Fact, ...], tuple[FactError, ...]]:
    sources = shipped_sources()
    facts: list[Fact] = []
    faults: list[FactError] = []
    folder = files("overbuild.facts").joinpath("tables")
    for name in OBSERVATIONS:
        text = folder.joinpath(f"{name}.csv").read_text("utf-8")
        found, wrong = read_table(text, f"tables/{name}.csv", sources)
        facts += found
        faults += wrong
    return tuple(facts), (*faults, *find_duplicates(facts))


def check_everything(workspace: Path | None = None) -> tuple[list[Fact], dict[str, Source], list[OverbuildError]]:
    """Every sound fact, every source and every fault of the package's tables and the workspace."""
    shipped, wrong = _shipped()
    facts, faults = list(shipped), list[OverbuildError](wrong)
    sources = dict(shipped_sources())
    if workspace is not None:
        own, own_sources, own_faults = _read_workspace(workspace, shipped)
        facts += own
        sources |= own_sources
        faults += own_faults
    return facts, sources, faults


def load_ledger(workspace: Path | str | None = None) -> Ledger:
    """The ledger of the package's facts, and of the workspace's if one is named.

    Raises every fault of the tables at once (FactError or InputErrors): an answer never rests on part of a table.
    """
    facts, sources, faults = check_everything(Path(workspace) if workspace is not None else None)
    raise_all(faults)
    return Ledger(facts, sources)


def known_on(day: str | None, workspace: Path | str | None = None) -> View:
    """What the package and the workspace knew on a day; everything without one.

    Raises FactError `bad_period` for a day that is not a day, `no_fact` for one before any fact.
    """
    ledger = load_ledger(workspace)
    view = ledger.as_of(day)
    if day is not None and not view.known:
        first = min(fact.known_at for fact in ledger.facts)
        raise FactError("no_fact", "as_of", day, f"nothing was known yet; the first fact is dated {first}")
    return view


def _read_workspace(
    workspace: Path, shipped: tuple[Fact, ...]
) -> tuple[list[Fact], dict[str, Source], list[FactError]]:
    if not workspace.is_dir():
        raise FactError(
            "missing",
            "workspace",
            str(workspace),
            "no such folder; `overbuild facts add FILE.csv --workspace DIR` makes one",
        )
    own_sources = workspace_sources(workspace)
    clash = sorted(own_sources.keys() & shipped_sources().keys())
    faults = [
        FactError(
            "duplicate",
            key,
            None,
            "a source of the package has this key already; choose another",
            file=str(workspace / "sources.toml"),
        )
        for key in clash
    ]
    path = workspace / WORKSPACE_TABLE
    if not path.exists():
        return [], own_sources, faults
    found, wrong = read_table(read_text(path), str(path), {**shipped_sources(), **own_sources})
    return found, own_sources, [*faults, *wrong, *_against(found, shipped)]


def sources_of(workspace: Path) -> dict[str, Source]:
    """The package's sources and the workspace's. Raises FactError `missing` for a folder that is not there."""
    if not workspace.is_dir():
        raise FactError("missing", "workspace", str(workspace), "no such folder")
    return {**shipped_sources(), **workspace_sources(workspace)}


def replace_file(workspace: Path, name: str, text: str) -> None:
    """Write one file of a workspace, whole or not at all. Raises FactError `not_writable`."""
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        _replace(workspace / name, text)
    except OSError as error:
        hint = f"cannot be written ({error.strerror}); nothing was changed"
        raise FactError("not_writable", "workspace", str(workspace), hint) from None


def _against(added: list[Fact], established: tuple[Fact, ...]) -> list[FactError]:
    own = {fact.file for fact in added}
    repeated = [fault for fault in find_duplicates([*established, *added]) if fault.file in own]
    return [*repeated, *find_unit_clashes(added, established)]


def read_text(path: Path) -> str:
    """A user's file as text. Raises FactError `missing` or `unreadable`."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise FactError("missing", "file", str(path), "no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FactError("unreadable", "file", str(path), f"cannot be read as UTF-8 text: {error}") from None


def add_facts(file: Path, workspace: Path) -> list[Fact]:
    """Enter the rows of a CSV file into a workspace, all or none.

    The rows cite sources of the package, of `DIR/sources.toml`, or of a `sources.toml` beside the file, which is
    then copied along; or they give `source_title` and `source_url` in place of `source`, and a source is made.
    Raises all faults at once and leaves the workspace as it was.
    """
    shipped, _ = _shipped()
    before, own_sources = _workspace_before(workspace, shipped)
    beside = file.parent / "sources.toml"
    brought: dict[str, Source] = {}
    if file.parent.resolve() != workspace.resolve() and beside.exists():
        brought = workspace_sources(file.parent)
    sources = {**shipped_sources(), **own_sources, **brought}
    text, written = with_keys(read_text(file), sources)
    brought |= written
    added, faults = read_table(text, str(file), {**sources, **written})
    faults = [*faults, *_against(added, (*shipped, *before))]
    if not faults and not added:
        faults = [FactError("missing", "file", str(file), "the table has no rows")]
    raise_all(faults)
    new_sources = {
        key: source for key, source in brought.items() if key not in own_sources and key not in shipped_sources()
    }
    _write_workspace(workspace, [*before, *added], new_sources)
    return added


def _workspace_before(workspace: Path, shipped: tuple[Fact, ...]) -> tuple[list[Fact], dict[str, Source]]:
    if not workspace.exists():
        return [], {}
    facts, sources, faults = _read_workspace(workspace, shipped)
    if faults:
        raise InputErrors(faults) if len(faults) > 1 else faults[0]
    return facts, sources


def _write_workspace(workspace: Path, facts: list[Fact], new_sources: dict[str, Source]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in facts:
        value = "" if fact.value is None else repr(fact.value)
        writer.writerow(value if name == "value" else getattr(fact, name) for name in COLUMNS)
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        if new_sources:
            path = workspace / "sources.toml"
            known = path.read_text("utf-8") if path.exists() else ""
            _replace(path, known + "".join(_toml_block(source) for source in new_sources.values()))
        _replace(workspace / WORKSPACE_TABLE, text.getvalue())
    except OSError as error:
        hint = f"cannot be written ({error.strerror}); nothing was changed"
        raise FactError("not_writable", "workspace", str(workspace), hint) from None


def _toml_block(source: Source) -> str:
    import tomllib

    def quoted(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'

    lines = [f"{name} = {quoted(value)}" for name, value in source._asdict().items() if name != "key" and value]
    block = f"\n[{quoted(source.key)}]\n" + "\n".join(lines) + "\n"
    tomllib.loads(block)
    return block


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
