"""Filings entered into a workspace: their rows beside what stands there, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError, raise_all
from overbuild.facts.entry.alone import prepared_alone
from overbuild.facts.entry.documents import other_keys
from overbuild.facts.entry.log import Entering, log_rows
from overbuild.facts.entry.plausibility import find_slips
from overbuild.facts.entry.workspace import Workspace, faults_beside, write_workspace
from overbuild.facts.fact import Fact
from overbuild.facts.filings.read import ReadFilings, head_of, is_page, read
from overbuild.facts.sources import Source, shipped_sources
from overbuild.facts.store import shipped_facts, standing_in

SAME = 1e-9
"""Two figures are the same within this part of the larger: one may be written in billions."""


class Entered(NamedTuple):
    """Rows that were entered, how many stood there already, and what the reading remarked, in words by file."""

    added: list[Fact]
    known_already: int
    remarks: tuple[tuple[str, str], ...]


def is_filing(path: Path) -> bool:
    """Whether a file is to be read as a filing and not as a table: a folder, or a file that begins like JSON or a page.

    Raises FactError `missing` or `unreadable`.
    """
    if path.is_dir():
        return True
    head = head_of(path)
    return is_page(head) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def add_filings(
    path: Path, workspace: Path, *, filed: str = "", accession: str = "", tickers: Mapping[int, str] | None = None
) -> Entered:
    """Enter the rows of a filing, or of a folder of them, into a workspace, all or none.

    A figure that stands there already is passed over. A figure that looks like a slip is entered as filed, and its
    note says so. Raises all faults at once (also a file of a folder that was refused) and leaves the workspace as it was.
    """
    reading = read(path, filed=filed, accession=accession, tickers=tickers)
    raise_all(reading.refused)

    def prepare(before: Workspace) -> _ReadyFilings:
        return _ready(reading, path, before)

    with prepared_alone(workspace, lambda: standing_in(workspace), prepare) as (before, ready):
        write_workspace(workspace, [*before.facts, *ready.added], before.sources, ready.sources, shipped_sources())
        if ready.added:
            entering = Entering("facts add (filings)", "facts", path, len(before.facts))
            log_rows(workspace, entering, (fact.entity for fact in ready.added))
    return Entered(ready.added, ready.known_already, reading.remarks)


class _ReadyFilings(NamedTuple):
    """Rows and new sources that are sound and not yet written, and how many figures stood there already."""

    added: list[Fact]
    sources: dict[str, Source]
    known_already: int


def _ready(reading: ReadFilings, path: Path, before: Workspace) -> _ReadyFilings:
    known = {**shipped_sources(), **before.sources}
    standing = (*shipped_facts(), *before.facts)
    brought = _with_known_sources(reading, known)
    added = _as_filed(_new(brought, standing), standing)
    if not brought:
        raise FactError(
            "missing", "file", str(path), "no figure of our concepts is in it; `overbuild facts add --help`"
        )
    raise_all(faults_beside(added, standing))
    cited = {fact.source for fact in added}
    new = {key: source for key, source in reading.sources.items() if key in cited and key not in known}
    return _ReadyFilings(added, new, len(brought) - len(added))


def _with_known_sources(reading: ReadFilings, known: Mapping[str, Source]) -> list[Fact]:
    firsts = other_keys(known, reading.sources)
    return [fact._replace(source=firsts.get(fact.source, fact.source)) for fact in reading.facts]


def _new(brought: Iterable[Fact], standing: Iterable[Fact]) -> list[Fact]:
    """The rows that do not repeat one that stands already, with the same figure."""
    values = {fact.identity: fact.value_in_base_unit for fact in standing}
    return [fact for fact in brought if not _same(values.get(fact.identity), fact.value_in_base_unit)]


def _same(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME * max(abs(one), abs(other))


def _as_filed(added: Sequence[Fact], standing: Iterable[Fact]) -> list[Fact]:
    """The rows, those that look like slips with the reason why they stand: they were filed so."""
    slips = {(fault.path, str(fault.value)) for fault in find_slips(added, standing)}
    return [_reasoned(fact) if _path(fact) in slips else fact for fact in added]


def _path(fact: Fact) -> tuple[str, str]:
    return f"{fact.entity} {fact.metric} {fact.period}".strip(), f"{fact.value:,.12g} {fact.unit}"


def _reasoned(fact: Fact) -> Fact:
    reason = f"checked: as filed in {fact.locator.split(' ')[0]}"
    return fact._replace(note=f"{fact.note}; {reason}" if fact.note else reason)
