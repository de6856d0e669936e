"""From one tagged filing to points: its day of filing, its segments, customers and leases that have not commenced.

A page does not say when it was filed. The day and the accession come from whoever has them: the caller, or companyfacts
of the issuer, where one accession gives the same amounts. Without either the day is the legal deadline of the form,
`inferred`: no later day is honest, and an earlier one would be foresight.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overbuild.facts.filings.company_facts import UNITS_READ, Filings, Point
from overbuild.facts.filings.concepts import Concept, concepts
from overbuild.facts.filings.pages.inline_xbrl import FilingDocument, Tagged

DEADLINE_DAYS = {"10-K": 90, "10-Q": 45, "20-F": 120, "40-F": 90}
"""Days after the period within which a filer of any size must file."""

SAME_FILING = 0.9
"""Share of a page's amounts that companyfacts must have under one accession for the page to be that filing."""

SEGMENT_AXES = frozenset({"us-gaap:StatementBusinessSegmentsAxis"})
_OPERATING = ("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember")
_BY_SEGMENT = ("revenue", "operating_income")
_CUSTOMERS = "srt:MajorCustomersAxis"
_NOT_COMMENCED = re.compile(r"Not(?:Yet)?Commenced")
_PARTS = re.compile(r"Noncurrent|Current|Operating|Finance")


class Filed(NamedTuple):
    """When a page was filed and under which accession; `inferred` where the day is the deadline."""

    day: str
    accession: str
    inferred: bool = False


def filed_as(document: FilingDocument, points: Mapping[str, Iterable[Point]]) -> Filed:
    """When a page was filed, by the accession of companyfacts that gives its amounts; else by the form's deadline."""
    amounts = {(one.tag, one.start, one.end, one.value) for one in document.tagged if not one.members}
    counted: dict[tuple[str, str], int] = {}
    comparable = 0
    for tag, found in points.items():
        own = {amount for amount in amounts if amount[0] == tag}
        comparable += len(own)
        for point in found if own else ():
            if point.form == document.form and (tag, point.start, point.end, point.value) in own:
                place = (point.filed, point.accession)
                counted[place] = counted.get(place, 0) + 1
    best = max(counted, key=lambda place: (counted[place], place), default=None)
    if best is not None and counted[best] >= SAME_FILING * comparable:
        return Filed(*best)
    days = DEADLINE_DAYS.get(document.form.removesuffix("/A"), 120)
    day = datetime.date.fromisoformat(document.period_end) + datetime.timedelta(days=days)
    return Filed(day.isoformat(), f"{document.form} to {document.period_end}", inferred=True)


def filings_of(document: FilingDocument, filed: Filed) -> Filings:
    """A page's amounts as points of our tags, with concepts of its own for segments, customers and leases."""
    own = _OwnConcepts()
    points: dict[str, list[Point]] = {}
    ahead = 0
    for one in document.tagged:
        tag = own.tag_of(one)
        if tag and one.end > filed.day:
            ahead += 1
        elif tag:
            value = round(100 * one.value, 10) if one.unit == "pure" else one.value
            point = Point(filed.day, filed.accession, one.end, one.start, tag, value, document.form)
            points.setdefault(tag, []).append(point)
    said = (f"{ahead} values of periods that end after the day of filing",) if ahead else ()
    inferred = frozenset({filed.accession} if filed.inferred else ())
    return Filings(document.issuer, points, said, own.concepts(), inferred)


class _OwnConcepts:
    """Concepts that a page needs beside the table's, by the tags met in it."""

    def __init__(self) -> None:
        self.read = {tag: name for name, one in concepts().items() for way in one.tags for tag in way}
        self.found: dict[str, Concept] = {}
        self.leases: dict[str, dict[str, None]] = {}

    def tag_of(self, one: Tagged) -> str:
        """The tag under which an amount is kept; empty for one that is not read."""
        if not one.members:
            if one.unit == "USD" and not one.start and _NOT_COMMENCED.search(one.tag):
                self.leases.setdefault(_PARTS.sub("", one.tag), {})[one.tag] = None
                return one.tag
            return one.tag if one.unit in UNITS_READ and one.tag in self.read else ""
        members = [pair for pair in one.members if pair != _OPERATING]
        if one.unit == "USD" and len(members) == 1 and members[0][0] in SEGMENT_AXES:
            return self._of_segment(one, members[0][1])
        if one.unit == "pure" and one.tag == "us-gaap:ConcentrationRiskPercentage1":
            return self._of_customer(one, dict(members))
        return ""

    def _of_segment(self, one: Tagged, member: str) -> str:
        name = self.read.get(one.tag, "")
        if name not in _BY_SEGMENT:
            return ""
        concept = concepts()[name]
        words = _words(member)
        own = concept._replace(
            name=f"{name}_{'_'.join(words).lower()}",
            label=f"{concept.label}: {' '.join(words)}",
            sign="any",
            tags=tuple((f"{way[0]}[{member}]",) for way in concept.tags),
            definition=f"{concept.label} of the segment {' '.join(words)} ({member})",
        )
        self.found[own.name] = own
        return f"{one.tag}[{member}]"

    def _of_customer(self, one: Tagged, members: Mapping[str, str]) -> str:
        benchmark = members.get("us-gaap:ConcentrationRiskByBenchmarkAxis", "")
        if _CUSTOMERS not in members or len(members) != 3 or "Revenue" not in benchmark:
            return ""
        tag = f"{one.tag}[largest of {_CUSTOMERS}]"
        definition = "The largest share of revenue that one customer had, of those that the filing names (10% and more)"
        self.found["largest_customer_share"] = Concept(
            "largest_customer_share",
            "Largest customer's share",
            "pct",
            "average",
            "positive",
            "highest",
            ((tag,),),
            definition,
        )
        return tag

    def concepts(self) -> tuple[Concept, ...]:
        name = "lease_commitments_not_commenced"
        if self.leases:
            concept = concepts()[name]
            ways = tuple(tuple(sorted(tags)) for tags in self.leases.values())
            self.found[name] = concept._replace(tags=(*concept.tags, *ways), choice="largest")
        return tuple(self.found.values())


def _words(member: str) -> list[str]:
    """The words of a member's name: `goog:GoogleCloudMember` is Google Cloud."""
    name = member.partition(":")[2].removesuffix("Member").removesuffix("Segment")
    return re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]+|[A-Z]+|\d+|[a-z]+", name) or [name]
