"""How good the figures are: whose words, dated how exactly, how many sources, what is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overbuild.facts.catalogue.citable import Citable
from overbuild.facts.ledger import View
from overbuild.facts.sources import Source

PRIMARY = ("filing", "company_release")
"""Classes of documents in the issuer's own words."""

ASSUMED = ("recalled", "assumption")
"""Statuses of a figure that no page was opened for."""


class Quality(NamedTuple):
    """Counts over some figures.

    `primary` were read in the issuer's own words, `regulator` in those of a regulator or statistics office, `dated` are
    known to the day, `single` are observations of a subject and period that only one source speaks of (of `subjects`
    observations), `assumed` have no page behind them, `sourced` cite a document or are a named assumption.
    """

    name: str
    rows: int
    primary: int
    regulator: int
    dated: int
    subjects: int
    single: int
    assumed: int
    sourced: int

    @property
    def primary_share(self) -> float | None:
        """Share in the issuer's own words; None where there are no rows."""
        return _share(self.primary, self.rows)

    @property
    def regulator_share(self) -> float | None:
        """Share in a regulator's words."""
        return _share(self.regulator, self.rows)

    @property
    def dated_share(self) -> float | None:
        """Share known to the day."""
        return _share(self.dated, self.rows)

    @property
    def single_share(self) -> float | None:
        """Share of the observations that have one source; None for typed rows, each of which is read in one document."""
        return _share(self.single, self.subjects)

    @property
    def assumed_share(self) -> float | None:
        """Share without a page behind it."""
        return _share(self.assumed, self.rows)

    @property
    def sourced_share(self) -> float | None:
        """Share that cites a document or is a named assumption."""
        return _share(self.sourced, self.rows)


Subject = tuple[str, str, str, str]


def sources_by_subject(view: View) -> dict[Subject, set[str]]:
    """The documents that speak of each (entity, metric, period), among what is known and not assumed or withdrawn."""
    found: dict[Subject, set[str]] = {}
    for fact in view.known:
        if fact.status not in (*ASSUMED, "withdrawn"):
            subject = (fact.entity, fact.metric, fact.period_start, fact.period_end)
            found.setdefault(subject, set()).add(fact.source)
    return found


def quality(
    name: str, entries: Sequence[Citable], sources: Mapping[str, Source], speaking: Mapping[Subject, set[str]]
) -> Quality:
    """The quality of some figures; `speaking` are the documents by subject."""
    observed = [one for one in entries if one.fact is not None]
    return Quality(
        name=name,
        rows=len(entries),
        primary=sum(is_primary(one) for one in entries),
        regulator=sum(one.cited.source_class == "regulator" for one in entries),
        dated=sum(one.cited.known_at_precision == "day" for one in entries),
        subjects=len(observed),
        single=len(single_sourced(observed, speaking)),
        assumed=sum(is_assumed(one) for one in entries),
        sourced=sum(_is_sourced(one, sources) for one in entries),
    )


def single_sourced(entries: Iterable[Citable], speaking: Mapping[Subject, set[str]]) -> list[Citable]:
    """The observations of whose subject and period only one document speaks (or none, where it is assumed)."""
    return [
        one
        for one in entries
        if one.fact is not None
        and len(
            speaking.get((one.fact.entity, one.fact.metric, one.fact.period_start, one.fact.period_end), set[str]())
        )
        < 2
    ]


def is_primary(entry: Citable) -> bool:
    """Whether a figure was read in the issuer's own words."""
    return entry.cited.source_class in PRIMARY


def is_assumed(entry: Citable) -> bool:
    """Whether no page was opened for a figure."""
    return entry.cited.status in ASSUMED or entry.kind == "assumption"


def _is_sourced(entry: Citable, sources: Mapping[str, Source]) -> bool:
    source = sources.get(entry.cited.source)
    if source is None:
        return False
    return bool(source.url or source.why_no_address) or (is_assumed(entry) and bool(entry.cited.note))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
