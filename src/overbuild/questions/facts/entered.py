"""Figures entered into a workspace: from a table, from filings on disk, or pulled from the SEC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen
from overbuild.facts import store
from overbuild.facts.catalogue.citable import observations
from overbuild.facts.entry.checked import collector_paused
from overbuild.facts.fact import Fact
from overbuild.facts.filings.enter import add_filings, is_filing
from overbuild.facts.filings.pull.company import pull
from overbuild.facts.ledger import Ranked, View
from overbuild.foreign.how_written import HowWritten
from overbuild.questions.columns import column, table
from overbuild.questions.facts import tables
from overbuild.questions.facts.answer import answer_of
from overbuild.questions.prose import times

PULLED = (
    column("ticker", "issuer"),
    column("cik", "CIK"),
    column("body", "body", fill=lambda one: "new" if one.is_new else "unchanged"),
    column("entered", "rows entered", "count"),
    column("known_already", "known already", "count"),
    column("sha256", "sha256 of the body"),
)


def add_facts(
    file: Path, workspace: Path, *, filed: str = "", accession: str = "", written: HowWritten | None = None
) -> Answer:
    """Enter the rows of a table, or of filings, into a workspace. Raises all faults at once and changes nothing then."""
    if not is_filing(file):
        with collector_paused():
            entered = store.add_table(file, workspace, written)
            return _entered(entered.facts, workspace, entered.ledger.as_of(), notes=entered.converted)
    found = add_filings(file, workspace, filed=filed, accession=accession)
    notes = [f"{Path(name).name}: {remark}." for name, remark in found.remarks]
    view = store.known_on(None, workspace)
    return _entered(found.added, workspace, view, known_already=found.known_already, notes=notes)


def _entered(
    added: Sequence[Fact], workspace: Path, view: View, *, known_already: int = 0, notes: Sequence[str] = ()
) -> Answer:
    text = f"{times(len(added), 'row')} entered into {workspace}"
    text += f"; {times(known_already, 'figure')} stood there already" if known_already else ""
    text += f". Questions see them with --workspace {workspace}."
    rows = observations(Ranked(fact, "added") for fact in added)
    headline = Headline("added", len(added), "count", text)
    values: dict[str, Cell] = {"known_already": known_already}
    leant_on = (one.cited for one in rows)
    found = answer_of(
        "facts add",
        headline,
        [tables.figures("Added", rows)],
        leant_on,
        view,
        values=values,
        notes=[*_told(added), *notes],
    )
    return replace(found, screen=Screen(tables.first_figures("Added", rows), found.notes, moves_title="What was read"))


def _told(added: Iterable[Fact]) -> list[str]:
    """How many rows were filed, computed and doubted, by entity, where they come from filings."""
    rows = [fact for fact in added if fact.source_class == "filing"]
    by_entity = Counter(fact.entity for fact in rows)
    computed = Counter(fact.entity for fact in rows if fact.status == "computed")
    doubted = Counter(fact.entity for fact in rows if "checked: as filed" in fact.note)
    return [
        f"{entity}: {count} figures, {computed[entity]} of them quarters computed from two filed figures"
        f"{_unlikely(doubted[entity])}."
        for entity, count in by_entity.items()
        if computed[entity] or doubted[entity]
    ]


def _unlikely(count: int) -> str:
    return f"; {count} look like slips beside their neighbours and stand as they were filed" if count else ""


def pull_facts(tickers: Sequence[str], workspace: Path, contact: str) -> Answer:
    """Companyfacts of issuers from the SEC into a workspace. Raises what `pull` raises; what came before it is kept."""
    pulled = pull(tickers, workspace, contact)
    new, rows = sum(one.is_new for one in pulled), sum(one.entered for one in pulled)
    text = (
        f"{times(len(pulled), 'issuer')} asked for, {new} with a new body: {times(rows, 'row')} entered into {workspace}."
        f" Questions see them with --workspace {workspace}."
    )
    shown = table("pulled", "Pulled", PULLED, pulled)
    values: dict[str, Cell] = {"new_bodies": new, "issuers": len(pulled)}
    view = store.known_on(None, workspace)
    return answer_of("facts pull", Headline("entered", rows, "count", text), [shown], (), view, values=values)
