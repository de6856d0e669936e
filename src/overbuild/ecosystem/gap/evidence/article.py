"""The article's figures against the evidence of a day: what holds each up, at which door, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overbuild.ecosystem.derived_figures import DerivedPart, KnownPart, NamedFact, Way, known_part
from overbuild.ecosystem.derived_ranges import Range, derived_range
from overbuild.ecosystem.figures_in_force import Subject, amount
from overbuild.ecosystem.gap.evidence.preset import EvidenceRow
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.period import period_days

SAME = 0.005
"""Two figures within half a percent of each other print the same."""


class NearestFigure(NamedTuple):
    """A published figure that comes near, under the name that the preset gives it."""

    name: str
    fact: Fact


class HeldAgainst(NamedTuple):
    """A figure of the article, what was found for it and against it, and its verdict.

    `evidence` and `elsewhere` are None where nothing is known on the day; `sum_of_parts` is None for what is no total.
    """

    row: EvidenceRow
    printed: float
    evidence: Range | None
    elsewhere: Range | None
    supports: tuple[Fact, ...]
    nearest: tuple[NearestFigure, ...]
    sum_of_parts: float | None
    facts: tuple[Fact, ...]
    verdict: str


def held_against(
    view: View, rows: Iterable[EvidenceRow], year: int, quantities: Mapping[str, Range]
) -> tuple[HeldAgainst, ...]:
    """Every figure of the article that was printed by the day, held against the evidence known on it.

    `quantities` are the year's own that rest on evidence, not on the article.
    """
    listed = tuple(rows)
    printed = {row.name: fact for row in listed if (fact := _printed(view, row, year)) is not None}
    return tuple(_held(view, row, year, quantities, printed) for row in listed if row.name in printed)


def verdict_of(found: HeldAgainst) -> str:
    """What becomes of a figure.

    A total whose printed parts do not sum to it, or whose parts are of unlike things, does not add up. A figure inside
    the range of its evidence is supported, and so is one that another source printed too; one that fits something else
    has the verdict of that; any other has no support.
    Source: ours, a convention: the order is evidence, then other sources, then something else.
    """
    row, printed = found.row, found.printed
    if found.sum_of_parts is not None:
        apart = abs(found.sum_of_parts - printed) > SAME * abs(printed)
        return "does_not_add_up" if apart or row.mixes else "supported"
    if found.evidence is not None and found.evidence.low <= printed <= found.evidence.high:
        return "supported"
    if found.supports:
        return "supported"
    if found.elsewhere is not None and found.elsewhere.low <= printed <= found.elsewhere.high:
        return row.elsewhere_verdict
    return "no_support"


def _printed(view: View, row: EvidenceRow, year: int) -> Fact | None:
    start, end = ("", "") if row.undated else (f"{year}-01-01", f"{year}-12-31")
    return _articles(view, row.printed, start, end)


def _articles(view: View, subject: Subject, start: str, end: str) -> Fact | None:
    """The article's own figure, whatever is in force now."""
    rows = view.ledger.about(*subject)
    return next(
        (
            fact
            for fact in rows
            if fact.kind == "article" and (fact.period_start, fact.period_end) == (start, end) and view.knows(fact)
        ),
        None,
    )


def _held(
    view: View, row: EvidenceRow, year: int, quantities: Mapping[str, Range], printed: Mapping[str, Fact]
) -> HeldAgainst:
    evidence, elsewhere = _known(view, row.evidence), _known(view, row.elsewhere)
    supports = tuple(fact for one in row.supports for fact in _of_others(view, one))
    nearest = tuple(
        NearestFigure(one.name, fact)
        for one in row.nearest
        if (fact := _fact(view, NamedFact(one.entity, one.metric, one.period))) is not None
    )
    figure = amount(printed[row.name])
    found = HeldAgainst(
        row=row,
        printed=figure,
        evidence=_range(evidence) or quantities.get(row.evidence_of),
        elsewhere=_range(elsewhere) or quantities.get(row.elsewhere_of),
        supports=tuple(fact for fact in supports if abs(amount(fact) - figure) <= SAME * abs(figure)),
        nearest=nearest,
        sum_of_parts=_sum_of_parts(view, row, year, printed),
        facts=(
            printed[row.name],
            *(evidence.facts if evidence else ()),
            *(elsewhere.facts if elsewhere else ()),
            *supports,
            *(one.fact for one in nearest),
        ),
        verdict="",
    )
    return found._replace(verdict=verdict_of(found))


def _known(view: View, ways: tuple[Way, ...]) -> KnownPart | None:
    return known_part(view, DerivedPart("evidence", "", ways)) if ways else None


def _range(part: KnownPart | None) -> Range | None:
    return derived_range("article_evidence", part.derivation, part.given) if part else None


def _fact(view: View, one: NamedFact) -> Fact | None:
    return view.find(one.entity, one.metric, *period_days(one.period))


def _of_others(view: View, one: NamedFact) -> tuple[Fact, ...]:
    """Everything known on the day that others than the article print of a subject and period."""
    period = period_days(one.period)
    rows = view.ledger.about(one.entity, one.metric)
    return tuple(
        fact
        for fact in rows
        if (fact.period_start, fact.period_end) == period and fact.kind != "article" and view.knows(fact)
    )


def _sum_of_parts(view: View, row: EvidenceRow, year: int, printed: Mapping[str, Fact]) -> float | None:
    parts = [printed[name] for name in row.adds if name in printed]
    gaps = (_articles(view, subject, f"{year}-01-01", f"{year}-12-31") for subject in row.adds_gaps)
    parts += [fact for fact in gaps if fact is not None]
    return sum(map(amount, parts)) if row.adds or row.adds_gaps else None
