"""Where the facts lie: the package's own tables, and the plain files of the user's workspace."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from overbuild.errors import FactError, OverbuildError, raise_all
from overbuild.facts.entry.alone import prepared_alone
from overbuild.facts.entry.beside import faults_beside, find_duplicates
from overbuild.facts.entry.documents import find_repeated_documents, find_source_faults, other_keys
from overbuild.facts.entry.log import Entering, log_rows
from overbuild.facts.entry.own_sources import with_keys
from overbuild.facts.entry.plausibility import find_slips
from overbuild.facts.entry.workspace import (
    Workspace,
    described_sources,
    read_workspace,
    write_workspace,
)
from overbuild.facts.fact import FACT_COLUMNS, Fact
from overbuild.facts.ledger import Ledger, View
from overbuild.facts.rows import read_rows, read_table
from overbuild.facts.sources import Source, shipped_sources, workspace_sources
from overbuild.foreign.how_written import HowWritten

if TYPE_CHECKING:
    from overbuild.foreign.table import ForeignTable

OBSERVATIONS = (
    "article",
    "company_facts",
    "deal_terms",
    "default_rates",
    "emissions",
    "energy",
    "agent_workflows",
    "enterprise_ai",
    "fibre_boom",
    "gpu_rental_prices",
    "grid",
    "policy",
    "tariffs",
)
"""The observation tables that ship with the package."""

CHECKS = (
    "Form: every row has its columns, words of the lists, days of the calendar, a unit of the list, a number or words.",
    "Time: no reported figure was known before its period ended.",
    "Identity: no entity, metric, period, kind, source and day of becoming known stands twice.",
    "Units: the figures of one entity, metric and period measure the same.",
    "Sources: every one has a date and an address or says why not, stands once, and is keyed by its publisher.",
    "Plausibility: no figure 300 times all others nearby, 10 times its neighbours, or of another sign than they; no low"
    " above its high; unless its note says `checked: WHY`.",
)
"""What `check_everything` looks at, a sentence each."""


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


def shipped_facts() -> tuple[Fact, ...]:
    """Every sound fact of the package."""
    return _shipped()[0]


Everything: TypeAlias = tuple[list[Fact], dict[str, Source], list[OverbuildError]]
"""Facts, sources by key, and faults."""


def read_everything(workspace: Path | None = None) -> Everything:
    """Every sound fact, every source and every fault of form; the rows of the workspace are checked in full."""
    shipped, wrong = _shipped()
    facts, faults = list(shipped), list[OverbuildError](wrong)
    sources = dict(shipped_sources())
    if workspace is not None:
        own = read_workspace(workspace, shipped, sources)
        facts += own.facts
        sources |= own.sources
        faults += own.faults
    return facts, sources, faults


def check_everything(workspace: Path | None = None) -> Everything:
    """What `read_everything` gives, and the faults of the package's own sources and figures: all of `CHECKS`."""
    facts, sources, faults = read_everything(workspace)
    shipped, _ = _shipped()
    text = files("overbuild.facts").joinpath("sources.toml").read_text("utf-8")
    checked = (find_source_faults, find_repeated_documents)
    faults += [fault for check in checked for fault in check(shipped_sources(), "sources.toml", text)]
    return facts, sources, [*faults, *find_slips(shipped)]


def load_ledger(workspace: Path | str | None = None) -> Ledger:
    """The ledger of the package's facts, and of the workspace's if one is named.

    Raises every fault of the tables at once (FactError or InputErrors): an answer never rests on part of a table.
    """
    return _shipped_ledger() if workspace is None else _ledger(Path(workspace))


def _ledger(workspace: Path | None) -> Ledger:
    facts, sources, faults = read_everything(workspace)
    raise_all(faults)
    return Ledger(facts, sources)


@functools.cache
def _shipped_ledger() -> Ledger:
    return _ledger(None)


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


def sources_of(workspace: Path) -> dict[str, Source]:
    """The package's sources and the workspace's. Raises FactError `missing` for a folder that is not there."""
    if not workspace.is_dir():
        raise FactError("missing", "workspace", str(workspace), "no such folder")
    return {**shipped_sources(), **workspace_sources(workspace)}


class AddedTable(NamedTuple):
    """The rows that were entered, what was converted to read them, a sentence each, and the ledger with them."""

    facts: list[Fact]
    converted: tuple[str, ...]
    ledger: Ledger


class _ReadyTable(NamedTuple):
    """Rows and new sources that are sound and not yet written."""

    added: list[Fact]
    sources: dict[str, Source]
    converted: tuple[str, ...]


def add_facts(file: Path, workspace: Path, written: HowWritten | None = None) -> list[Fact]:
    """The rows of `add_table`."""
    return add_table(file, workspace, written).facts


def add_table(file: Path, workspace: Path, written: HowWritten | None = None) -> AddedTable:
    """Enter the rows of a table (text or workbook) into a workspace, all or none, while no other process does.

    The rows cite sources of the package, of `DIR/sources.toml`, or of a `sources.toml` beside the file, which is
    then copied along; or they describe a document in `source_title`, `source_url` and `published` in place of
    `source`, and its source is found by its address or made. A later `known_at` is a revision: both rows stay.
    Raises all faults at once and leaves the workspace as it was.
    """
    from overbuild.foreign.table import read_foreign  # late: questions that enter nothing never need it

    foreign = read_foreign(file, FACT_COLUMNS, written)
    raise_all(foreign.faults)

    def prepare(before: Workspace) -> _ReadyTable:
        return _ready(foreign, file, workspace, before)

    with prepared_alone(workspace, lambda: standing_in(workspace), prepare) as (before, ready):
        write_workspace(workspace, [*before.facts, *ready.added], before.sources, ready.sources, shipped_sources())
        entering = Entering("facts add", "facts", file, len(before.facts))
        log_rows(workspace, entering, (fact.entity for fact in ready.added))
    sources = {**shipped_sources(), **before.sources, **ready.sources}
    return AddedTable(ready.added, ready.converted, Ledger([*_shipped()[0], *before.facts, *ready.added], sources))


def standing_in(workspace: Path) -> Workspace:
    """What a workspace holds, nothing where there is none yet. Raises all of its faults at once."""
    if not workspace.exists():
        return Workspace([], {}, [])
    found = read_workspace(workspace, _shipped()[0], shipped_sources())
    raise_all(found.faults)
    return found


def _ready(foreign: ForeignTable, file: Path, workspace: Path, before: Workspace) -> _ReadyTable:
    shipped, _ = _shipped()
    known = {**shipped_sources(), **before.sources}
    brought: dict[str, Source] = {}
    faults: list[FactError] = []
    if file.parent.resolve() != workspace.resolve():
        brought, faults = described_sources(file.parent, known, "the package or the workspace")
    firsts = other_keys(known, brought)
    new = {key: source for key, source in brought.items() if key not in known and key not in firsts}
    sources = {**known, **new}
    cited = with_keys(foreign.rows, foreign.file, sources, sources.keys() - before.sources.keys())
    rows, wrong = read_rows(cited.rows, foreign.file, {**brought, **sources, **cited.sources})
    added = [row._replace(source=firsts[row.source]) if row.source in firsts else row for row in rows]
    beside = faults_beside(added, (*shipped, *before.facts))
    faults = [*faults, *foreign.located([*cited.faults, *wrong, *beside])]
    if not faults and not added:
        faults = [FactError("missing", "file", str(file), "the table has no rows")]
    raise_all(faults)
    return _ReadyTable(added, {**new, **cited.sources}, foreign.converted)
