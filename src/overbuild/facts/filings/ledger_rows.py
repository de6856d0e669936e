"""From points to rows of the ledger: each figure with the accession and tag it was read from and the day it was filed.

A figure that was filed is `seen`, a quarter that is the difference of two filed figures is `computed`, with both
accessions in its locator; the kind of both is `reported`, the class `filing`. A restatement is a later row. A trailing
year, that ends on no fiscal year's end, is the metric with `_ttm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overbuild.facts.fact import Fact
from overbuild.facts.filings.company_facts import Filings, Issuer, Point
from overbuild.facts.filings.concepts import WHAT_IS_LEFT, Concept, concepts
from overbuild.facts.filings.investing import what_is_left
from overbuild.facts.filings.quarters import Difference, FiscalYears, differences, drop_misdated, is_year
from overbuild.facts.filings.tag_choice import Chosen, FiledVintage, Span, choose, tags_of
from overbuild.facts.rows import MAGNITUDES
from overbuild.facts.sources import Source

TRAILING = "_ttm"
"""What the name of a figure of a trailing year ends in."""


LEFT_REMARK = "the issuer's tag is its own; the same sum gave the filed capex each time it could be compared"


class FilingRows(NamedTuple):
    """Rows of one issuer, the sources that they cite, and what was left out, in words."""

    facts: list[Fact]
    sources: dict[str, Source]
    left_out: tuple[str, ...]


def rows_of(filings: Filings, entity: str, file: str, as_of: str | None = None) -> FilingRows:
    """The rows of an issuer's points; of those filed by a day, where one is given."""
    points = filings.points
    if as_of is not None:
        points = {tag: [one for one in found if one.filed <= as_of] for tag, found in points.items()}
    points = {**points, WHAT_IS_LEFT: what_is_left(points)}
    read = {**concepts(), **{concept.name: concept for concept in filings.own}}
    chosen = {name: choose(concept, points) for name, concept in read.items() if _has(concept, points)}
    misdated = sum(drop_misdated(one.series) for name, one in chosen.items() if read[name].span == "duration")
    writer = _Writer(filings, entity, file, FiscalYears(one.series for one in chosen.values()))
    for name, one in chosen.items():
        writer.write(read[name], one)
    return FilingRows(writer.facts, writer.sources, (*filings.left_out, *writer.left_out(misdated)))


def _has(concept: Concept, points: Mapping[str, list[Point]]) -> bool:
    return any(points.get(tag) for way in concept.tags for tag in way)


class _Writer:
    def __init__(self, filings: Filings, entity: str, file: str, years: FiscalYears) -> None:
        self.issuer, self.inferred = filings.issuer, filings.inferred
        self.entity, self.file, self.years = entity, file, years
        self.facts: list[Fact] = []
        self.sources: dict[str, Source] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.negative: dict[str, int] = {}

    def write(self, concept: Concept, chosen: Chosen) -> None:
        """The rows of one concept."""
        tags = [tags_of(concept, way) for way in range(len(concept.tags))]
        for span, vintages in chosen.series.items():
            metric, days = self._metric(concept, span), _days(span)
            for one in vintages:
                locator = f"{one.accession} {tags[one.way]} {days}"
                if tags[one.way] == WHAT_IS_LEFT:
                    self._row(concept, metric, span, one.value, "computed", one, locator, _with(one.note, LEFT_REMARK))
                else:
                    self._row(concept, metric, span, one.value, "seen", one, locator, one.note)
        if concept.span == "duration":
            for one in _once(differences(chosen)):
                self._computed(concept, one)

    def _computed(self, concept: Concept, one: Difference) -> None:
        late, early = one.to_end, one.to_start
        locator = (
            f"{late.accession} {tags_of(concept, late.way)} {_days(one.end_span)}"
            f" minus {early.accession} {tags_of(concept, early.way)} {_days(one.start_span)}"
        )
        newest, rows = late if late.filed >= early.filed else early, len(self.facts)
        self._row(concept, concept.name, one.span, one.value, "computed", newest, locator, _remark(one))
        if len(self.facts) > rows and one.known > newest.filed:
            self.facts[-1] = self.facts[-1]._replace(known_at=one.known)

    def _metric(self, concept: Concept, span: Span) -> str:
        start, end = span
        trailing = concept.span == "duration" and is_year(start, end) and not self.years.end_on(end)
        return concept.name + TRAILING if trailing else concept.name

    def _row(
        self,
        concept: Concept,
        metric: str,
        span: Span,
        value: float,
        status: str,
        filed: FiledVintage,
        locator: str,
        note: str,
    ) -> None:
        if value < 0 and (concept.sign != "any" or metric.startswith(MAGNITUDES)):
            self.negative[concept.label] = self.negative.get(concept.label, 0) + 1
            return
        precision = "inferred" if filed.accession in self.inferred else "day"
        self.facts.append(
            Fact(
                self.entity, metric, span[0] or span[1], span[1], value, "", concept.unit, "", "reported", status,
                self._source(filed), "filing", locator, filed.filed, precision, note, 0, self.file, 0,
            )
        )  # fmt: skip

    def _source(self, filed: FiledVintage) -> str:
        place = (filed.accession, filed.form)
        key = self.keys.get(place)
        if key is None:
            write = undated_source if filed.accession in self.inferred else source_of
            source = write(self.issuer, filed.accession, filed.form, filed.filed)
            key = self.keys[place] = source.key
            self.sources.setdefault(key, source)
        return key

    def left_out(self, misdated: int) -> list[str]:
        """What was filed or came out and cannot be, in words."""
        dated = [f"{misdated} quarters filed with the amount of their year"] if misdated else []
        return [*dated, *(f"{label}: {count} below 0" for label, count in self.negative.items())]


def source_of(issuer: Issuer, accession: str, form: str, filed: str) -> Source:
    """A filing as a source, keyed as the package's own filings are: publisher, year, issuer, accession.

    >>> source_of(Issuer(1730168, "Broadcom Inc."), "0001730168-19-000036", "10-Q", "2019-03-15").key
    'sec-2019-broadcom-000173016819000036'
    """
    digits, word = accession.replace("-", ""), _first_word(issuer.name)
    return Source(
        key=f"sec-{filed[:4]}-{word or f'cik{issuer.cik}'}-{digits}",
        producer="sec",
        title=f"{issuer.name} {form or 'filing'}, accession {accession}, filed {filed}",
        date_published=filed,
        url=f"https://www.sec.gov/Archives/edgar/data/{issuer.cik}/{digits}/",
    )


def undated_source(issuer: Issuer, accession: str, form: str, filed: str) -> Source:
    """A filing that is read from a page that says neither its accession nor its day, as a source."""
    return Source(
        key=f"sec-{filed[:4]}-{_first_word(issuer.name)}-{re.sub(r'[^a-z0-9]', '', accession.lower())}",
        producer="sec",
        title=f"{issuer.name} {accession}",
        date_published="",
        url="",
        why_no_date=f"read from a page of the {form} alone, which does not say when it was filed",
        why_no_address=f"read from a page of the {form} alone, which does not say its accession",
    )


def _first_word(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().split(" ")[0])


def _once(found: Iterable[Difference]) -> Iterator[Difference]:
    """Each quarter once for each day: two chains of periods may give the same one."""
    seen: set[tuple[Span, str]] = set()
    for one in found:
        if (one.span, one.known) not in seen:
            seen.add((one.span, one.known))
            yield one


def _remark(one: Difference) -> str:
    said = "difference of two filed figures"
    if one.end_span[0] != one.start_span[0]:
        said += f"; their periods start on {one.end_span[0]} and {one.start_span[0]}"
    if one.to_end.way != one.to_start.way:
        said += "; the tag changed between them, and both gave the same elsewhere"
    return said


def _with(note: str, remark: str) -> str:
    return f"{note}; {remark}" if note else remark


def _days(span: Span) -> str:
    return f"{span[0]}..{span[1]}" if span[0] else span[1]
