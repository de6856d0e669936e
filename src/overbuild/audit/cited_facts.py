"""Facts that the inputs of a case cite: checked to exist, and with the documents they were read in as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from overbuild.answer import FactUsed
from overbuild.audit.book.book import FactRow
from overbuild.errors import did_you_mean, raise_all
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger
from overbuild.facts.sources import Source
from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import TypedRow, keyed_rows, printed_figure
from overbuild.site.case.read import SiteCase


def facts_of(case: SiteCase, workspace: Path | str | None = None) -> tuple[FactUsed, ...]:
    """The facts that inputs cite, checked to exist. Raises CaseError `unknown_name` for each that does not."""
    cited = [one for one in case.inputs.values() if one.fact]
    if not cited:
        return ()
    known = _known_facts(workspace)
    close_to = [key for key in known if "~" not in key]
    faults = [
        one.place.fault(
            "unknown_name", f"{one.path}.fact", f"no such fact.{did_you_mean(one.fact, close_to)}", one.fact
        )
        for one in cited
        if one.fact.removeprefix("fact:") not in known
    ]
    raise_all(faults)
    found = {known[one.fact.removeprefix("fact:")] for one in cited}
    return tuple(sorted(found))


def _known_facts(workspace: Path | str | None) -> dict[str, FactUsed]:
    ledger = load_ledger(workspace)
    known = {key: FactUsed(key, f.source, f.known_at, f.known_at_precision) for key, f in ledger.cited().items()}
    for key, row in keyed_rows().items():
        known[key] = FactUsed(key, row.cells["source"], row.cells["known_at"], row.cells["known_at_precision"])
    return known


def cited_rows(keys: Iterable[str], workspace: Path | str | None = None) -> dict[str, FactRow]:
    """A row for each fact of these keys, by key; keys that are not known are left out (reading a case refuses them)."""
    wanted = {key.removeprefix("fact:") for key in keys if key}
    if not wanted:
        return {}
    ledger = load_ledger(workspace)
    cited = {key: fact for key, fact in ledger.cited().items() if key in wanted}
    found = {key: fact_row(fact, ledger.sources[fact.source])._replace(id=key) for key, fact in cited.items()}
    return found | _typed(wanted, ledger)


def fact_row(fact: Fact, source: Source) -> FactRow:
    """An observation as a row: the figure as printed."""
    return FactRow(
        id=fact.key,
        label=f"{fact.entity} {fact.metric} {fact.period}".strip(),
        value=fact.value_text or (0.0 if fact.value is None else fact.value),
        unit=fact.unit,
        source=fact.source,
        document=", ".join(part for part in (source.producer, source.title, source.date_published) if part),
        locator=fact.locator,
        date=fact.known_at,
        address=source.url,
    )


def _typed(wanted: Collection[str], ledger: Ledger) -> dict[str, FactRow]:
    rows = {key: row for key, row in keyed_rows().items() if key in wanted}
    return {key: _typed_row(key, row, ledger.sources[row.cells["source"]]) for key, row in rows.items()}


def _typed_row(key: str, row: TypedRow, source: Source) -> FactRow:
    cells, figure = row.cells, printed_figure(row)
    return FactRow(
        id=key,
        label=" ".join(part for part in (cells.get("item", ""), cells.get("scope", "")) if part) or key,
        value="see the document" if figure is None else figure,
        unit=cells.get("unit", ""),
        source=cells["source"],
        document=", ".join(part for part in (source.producer, source.title, source.date_published) if part),
        locator=cells.get("note", ""),
        date=cells["known_at"],
        address=source.url,
    )
