"""What the preset of the gap says of evidence: doors, vintages, definitions of capex, and the article's own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from overbuild.ecosystem.derived_figures import DerivedPart, FactOperand, NamedFact, Way, faults_of_ways
from overbuild.ecosystem.figures_in_force import Subject
from overbuild.errors import CaseError, did_you_mean
from overbuild.world.quantities import CalendarYear
from overbuild.world.sourced import SourcedShare

VERDICTS = ("supported", "wrong_door", "other_scope", "no_support", "does_not_add_up")
"""What can become of a figure of the article."""

QUANTITIES_OF_THE_YEAR = ("owner", "end_user", "energy", "total_spend", "total_revenue", "total_gap")
"""Quantities of the year that a row of evidence may be held against."""


class DerivedCell(NamedTuple):
    """A cell of the table that is derived from evidence once it can be; until then the figure in force stands."""

    row: str
    column: str
    parts: tuple[DerivedPart, ...]


class ShareOfYear(NamedTuple):
    """The share of a year's capex that is for AI."""

    year: CalendarYear
    share: SourcedShare


class VintagePlan(NamedTuple):
    """Whose purchases of earlier years are still in their life, and the share of each year's that is for AI."""

    entities: tuple[str, ...]
    metric: str
    ai_share: tuple[ShareOfYear, ...]
    ai_share_of_year: DerivedPart


class EvidenceRow(NamedTuple):
    """One figure that the article prints, and what is held against it.

    `evidence` (or the quantity `evidence_of`) measures the same thing at the same door, `elsewhere` (or `elsewhere_of`)
    another thing, whose name and verdict it then gives. A total names the rows it `adds`, or the gaps, and what it mixes.
    """

    name: str
    label: str
    printed: Subject
    at: str
    says: str
    evidence: tuple[Way, ...] = ()
    evidence_of: str = ""
    elsewhere: tuple[Way, ...] = ()
    elsewhere_of: str = ""
    elsewhere_is: str = ""
    elsewhere_verdict: str = ""
    supports: tuple[NamedFact, ...] = ()
    nearest: tuple[FactOperand, ...] = ()
    adds: tuple[str, ...] = ()
    adds_gaps: tuple[Subject, ...] = ()
    mixes: str = ""
    undated: bool = False


def evidence_faults(rows: Iterable[EvidenceRow]) -> Iterator[CaseError]:
    """Rows of evidence that name a verdict, a quantity or a row that there is not, or whose arithmetic is none."""
    known = [row.name for row in rows]
    for row in rows:
        path = f"article_evidence.{row.name}"
        yield from faults_of_ways(row.evidence, f"{path}.evidence")
        yield from faults_of_ways(row.elsewhere, f"{path}.elsewhere")
        for field in ("evidence_of", "elsewhere_of"):
            yield from _unknown(f"{path}.{field}", getattr(row, field), QUANTITIES_OF_THE_YEAR)
        yield from _unknown(f"{path}.elsewhere_verdict", row.elsewhere_verdict, VERDICTS)
        for name in row.adds:
            yield from _unknown(f"{path}.adds", name, known)
        if (row.elsewhere or row.elsewhere_of) and not (row.elsewhere_is and row.elsewhere_verdict):
            hint = "what is elsewhere says what it is, and the verdict of a figure that it fits"
            yield CaseError("missing", f"{path}.elsewhere_is", None, hint)


def _unknown(path: str, word: str, known: Iterable[str]) -> Iterator[CaseError]:
    if word and word not in known:
        yield CaseError("unknown_name", path, word, f"one of {', '.join(known)}.{did_you_mean(word, known)}")
