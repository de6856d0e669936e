"""Facts that the inputs of a case cite, with the documents they were read in, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from overbuild.answer import FactUsed
from overbuild.audit.book.book import FactRow
from overbuild.facts.cited_fields import CitedField, cited_fields
from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.facts.store import load_ledger
from overbuild.site.case.read import SiteCase


def facts_of(case: SiteCase, workspace: Path | str | None = None) -> tuple[FactUsed, ...]:
    """The facts that inputs cite or are derived from; reading a case has refused keys that stand for none."""
    cited = {key for one in case.inputs.values() for key in one.facts}
    return tuple(sorted(used(one) for one in cited_fields(cited, workspace).values()))


def used(cited: CitedField) -> FactUsed:
    """A cited figure as an answer names it."""
    return FactUsed(cited.key, cited.source, cited.known_at, cited.known_at_precision)


def cited_rows(keys: Iterable[str], workspace: Path | str | None = None) -> dict[str, FactRow]:
    """A row for each fact of these keys, by key; keys that are not known are left out (reading a case refuses them)."""
    wanted = {key.removeprefix("fact:") for key in keys if key}
    if not wanted:
        return {}
    ledger = load_ledger(workspace)
    cited = {key: fact for key, fact in ledger.cited().items() if key in wanted}
    found = {key: fact_row(fact, ledger.sources[fact.source])._replace(id=key) for key, fact in cited.items()}
    typed = cited_fields(wanted - found.keys(), workspace)
    return found | {key: _typed_row(one, ledger.sources[one.source]) for key, one in typed.items()}


def fact_row(fact: Fact, source: Source) -> FactRow:
    """An observation as a row: the figure as printed."""
    return FactRow(
        id=fact.key,
        label=f"{fact.entity} {fact.metric} {fact.period}".strip(),
        value=fact.value_text or (0.0 if fact.value is None else fact.value),
        unit=fact.unit,
        source=fact.source,
        document=_document(source),
        locator=fact.locator,
        date=fact.known_at,
        address=source.url,
    )


def _typed_row(cited: CitedField, source: Source) -> FactRow:
    return FactRow(
        id=cited.key,
        label=": ".join(part for part in (cited.label, cited.field.replace("_", " ")) if part),
        value=cited.text or "see the document" if cited.number is None else float(cited.printed),
        unit=cited.printed_unit,
        source=cited.source,
        document=_document(source),
        locator=cited.note,
        date=cited.known_at,
        address=source.url,
    )


def _document(source: Source) -> str:
    return ", ".join(part for part in (source.producer, source.title, source.date_published) if part)
