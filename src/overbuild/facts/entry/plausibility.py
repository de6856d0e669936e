"""Figures that look like slips of the pen: a thousandfold value, a wrong sign, a lone outlier, a range upside down.

A slip is a fault until its row says why the figure is right: the note holds `checked: WHY`. Four rules compare a row
with other rows of its entity and metric that measure the same thing (a low and a high count as one metric here):

    thousandfold   300 times all figures within some two years, or less than a 300th part of all of them
    outlier        10 times the figures of the same period and of the nearest ones before and after, or a 10th part
    sign           every other figure nearby has the other sign, and a neighbour has about its magnitude
    range          a low above the high that was in force beside it on some day, or a high below the low

Rows that give a reason are not judged and not compared with.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overbuild import units
from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger

THOUSANDFOLD = 300.0
OUTLIER = 10.0
SAME_MAGNITUDE = 3.0
"""Two figures within this factor are of about one magnitude."""

SAME_LENGTH = 1.5
"""Two periods whose days are within this factor are of one length: a quarter is compared with quarters."""

NEAR_DAYS = 800
"""Periods that end further apart than this, a little over two years, are no neighbours: things may have grown."""

SIGNED_FIGURES = 3
"""A metric is taken to keep one sign from this many other figures on."""

REMEDY = "correct the value or its unit, or write in the note of the row why it is right: `checked: WHY`"

_REASON = re.compile(r"(?:^|[;.,] )checked: \S")
_RANGE_ENDS = ("_low", "_high")
_RANGE_END = re.compile(r"_(low|high)\Z")


class _Subject(NamedTuple):
    """An entity and its metric, the two ends of a range as one."""

    entity: str
    metric: str


class _Figure(NamedTuple):
    """A row with a number: its value in the unit used inside."""

    fact: Fact
    value: float


class _Neighbour(NamedTuple):
    """A figure near another: by how many days its period ends later (negative: earlier), and if it is of one length."""

    figure: _Figure
    days: int
    alike: bool


def has_reason(fact: Fact) -> bool:
    """Whether the note says why an unlikely figure is right: `checked: WHY`, at its start or after a stop.

    >>> blank = Fact("A", "capex", "", "", 1.0, "", "USD_bn", "", "reported", "seen", "s", "press", "", "", "day", "")
    >>> [has_reason(blank._replace(note=note)) for note in ("checked: read twice", "in 2025; checked: p. 3", "checked:")]
    [True, True, False]
    """
    return "checked: " in fact.note and _REASON.search(fact.note) is not None


def find_slips(rows: Iterable[Fact], established: Iterable[Fact] = ()) -> list[FactError]:
    """A fault for each of the rows that looks like a slip beside the other rows and the established ones.

    Established rows are compared with and not judged. A row of words and a row with a reason are no fault.
    """
    judged = _figures(rows)
    groups: dict[_Subject, list[_Figure]] = {}
    for one in judged:
        groups.setdefault(_subject(one.fact.entity, one.fact.metric), []).append(one)
    for one in _figures(established):
        if (group := groups.get(_subject(one.fact.entity, one.fact.metric))) is not None:
            group.append(one)
    crossed = _crossed_ranges(judged, groups)
    open_to_doubt = {subject for subject, group in groups.items() if _may_hold_slips(group)}
    if not open_to_doubt:
        return crossed
    subjects = ((one, _subject(one.fact.entity, one.fact.metric)) for one in judged)
    slips = (_slip(one, groups[subject]) for one, subject in subjects if subject in open_to_doubt)
    return [*(slip for slip in slips if slip is not None), *crossed]


def _may_hold_slips(group: Sequence[_Figure]) -> bool:
    """Whether any rule but that of ranges can find one: the figures differ in sign, or tenfold."""
    values = [one.value for one in group if one.value]
    if not values:
        return False
    low, high = min(values), max(values)
    return low < 0 < high or max(abs(low), abs(high)) >= OUTLIER * min(abs(low), abs(high)) * (1 - 1e-9)


def _figures(facts: Iterable[Fact]) -> list[_Figure]:
    """The rows with a number and without a reason."""
    return [
        _Figure(fact, units.inside(fact.value, fact.unit))
        for fact in facts
        if fact.value is not None and not has_reason(fact)
    ]


@functools.cache
def _subject(entity: str, metric: str) -> _Subject:
    return _Subject(entity, _RANGE_END.sub("", metric))


def _slip(figure: _Figure, subject: Sequence[_Figure]) -> FactError | None:
    fact, value = figure
    if value == 0:
        return None
    near = _near(figure, subject)
    own = [one for one in near if one.figure.fact.metric == fact.metric]
    beside = _beside([one for one in own if one.alike])
    if times := _times(value, near, THOUSANDFOLD):
        return _fault(fact, f"this is {times} every other figure nearby: {_listed(near)}")
    if times := _times(value, beside, OUTLIER):
        return _fault(fact, f"this is {times} its neighbours: {_listed(beside)}")
    close = [one for one in beside if 1 / SAME_MAGNITUDE <= abs(one.figure.value / value) <= SAME_MAGNITUDE]
    if len(own) >= SIGNED_FIGURES and all((one.figure.value > 0) != (value > 0) for one in own) and close:
        return _fault(fact, f"this has the other sign than every other figure nearby: {_listed(close)}")
    return None


def _near(figure: _Figure, subject: Sequence[_Figure]) -> list[_Neighbour]:
    """The other figures of the subject that are near in time and not 0, its own metric and the nearest first."""
    fact = figure.fact
    found: list[_Neighbour] = []
    for one in subject:
        days = _days_between(fact.period_end, one.fact.period_end)
        compared = one is not figure and one.value != 0 and one.fact.base_unit == fact.base_unit
        if compared and days is not None and abs(days) <= NEAR_DAYS:
            found.append(_Neighbour(one, days, _of_one_length(fact, one.fact)))
    found.sort(key=lambda one: (one.figure.fact.metric != fact.metric, abs(one.days), one.figure.fact.known_at))
    return found


def _beside(near: Sequence[_Neighbour]) -> list[_Neighbour]:
    """Those of the same period and of the nearest one on each side."""
    earlier = max((one.days for one in near if one.days < 0), default=0)
    later = min((one.days for one in near if one.days > 0), default=0)
    return [one for one in near if one.days in (earlier, 0, later)]


def _times(value: float, near: Sequence[_Neighbour], limit: float) -> str:
    """How many times the figure nearest in size the value is, in words; empty within the limit either way."""
    ratios = [abs(value / one.figure.value) for one in near]
    if ratios and min(ratios) >= limit:
        return f"{min(ratios):,.0f} times"
    if ratios and max(ratios) <= 1 / limit:
        return f"1/{1 / max(ratios):,.0f} of"
    return ""


def _listed(near: Sequence[_Neighbour]) -> str:
    return "; ".join(_shown(one.figure.fact) for one in near[:2])


def _shown(fact: Fact) -> str:
    return f"{fact.metric} {fact.period or 'undated'} is {fact.value:,.12g} {fact.unit} ({fact.source})"


def _fault(fact: Fact, what: str) -> FactError:
    path = f"{fact.entity} {fact.metric} {fact.period}".strip()
    got = f"{fact.value:,.12g} {fact.unit}"
    return FactError("implausible", path, got, f"{what}; {REMEDY}", file=fact.file, line=fact.line)


@functools.cache
def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def _days_between(end: str, other: str) -> int | None:
    """Days from one period's end to another's; 0 where neither is dated, none where one is."""
    if not end or not other:
        return 0 if end == other else None
    return _ordinal(other) - _ordinal(end)


def _of_one_length(fact: Fact, other: Fact) -> bool:
    """Whether both speak of an instant, or of periods of about one length."""
    if not fact.period_end or not other.period_end:
        return True
    spans = [_ordinal(one.period_end) - _ordinal(one.period_start) for one in (fact, other)]
    return spans[0] == spans[1] if 0 in spans else max(spans) / min(spans) <= SAME_LENGTH


def _crossed_ranges(judged: Sequence[_Figure], groups: Mapping[_Subject, Sequence[_Figure]]) -> list[FactError]:
    """Ranges with the low above the high on some day; the judged row that became known last is at fault."""
    ranged = {_subject(one.fact.entity, one.fact.metric) for one in judged if one.fact.metric.endswith(_RANGE_ENDS)}
    ends = [one.fact for name in sorted(ranged) for one in groups[name] if one.fact.metric.endswith(_RANGE_ENDS)]
    if not ends:
        return []
    open_to_doubt = {id(one.fact) for one in judged}
    ledger = Ledger(ends, {})
    found: dict[int, FactError] = {}
    for day in sorted({fact.known_at for fact in ends}):
        view = ledger.as_of(day)
        for low in view.in_force:
            high = view.find(low.entity, _RANGE_END.sub("_high", low.metric), low.period_start, low.period_end)
            if high is None or high.base_unit != low.base_unit or _inside(low) <= _inside(high):
                continue
            row, other = sorted((low, high), key=lambda one: (id(one) not in open_to_doubt, _later_first(one)))
            if id(row) in open_to_doubt:
                side = "above the high" if row is low else "below the low"
                found[id(row)] = _fault(row, f"this is {side} of the range in force on {day}: {_shown(other)}")
    return list(found.values())


def _inside(fact: Fact) -> float:
    return fact.value_in_base_unit or 0.0


def _later_first(fact: Fact) -> int:
    return -_ordinal(fact.known_at)
