"""What is counted for a break-even: periods of delay, and the period in which an offtaker fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_dates
from overbuild.site.case.dates import contract_dates
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.stress.break_words import Beside, Span, amount_of, happens
from overbuild.stress.departures import Departure, OfftakerFails, Row, departed
from overbuild.stress.targets import Target
from overbuild.timeline.calendar import word_of

NOTHING_LEFT = "an offtaker that fails leaves nothing: recovery_share 0"
"""What a failure means where the case says nothing of what is recovered."""

DATES_STAND = "; repayment keeps its dates"
"""What is said of a delay beside a target of lenders."""

_DELAY_YEARS = 5
_MOST_LATE = 24


class PeriodCount(NamedTuple):
    """Something that is counted: a departure for each number of `numbers`, which begin with what hurts least.

    `more` are periods later than in the case, `failure` the period in which an offtaker fails. `ends` says why there
    are no more numbers, `note` what a number rests on, `period` what a period is called.
    """

    id: str
    label: str
    kind: Literal["more", "failure"]
    numbers: tuple[int, ...]
    departures: tuple[Departure, ...]
    ends: str = ""
    note: str = ""
    period: str = "period"


class Counted(NamedTuple):
    """The number that hurts most up to which a target holds, or None; what there is to say; where it holds."""

    value: int | None
    status: str
    holds: tuple[Span, ...]


def counts_of(plan: SitePlan) -> tuple[PeriodCount, ...]:
    """The delay of all phases and, of several, of each; the failure of the offtaker of each contract.

    >>> from overbuild.site.examples import PLAN
    >>> [(one.id, one.numbers) for one in counts_of(PLAN)]
    [('delay', (0, 1, 2, 3, 4)), ('failure', (6, 5, 4, 3, 2))]
    """
    every = _delays(
        plan, "delay", "delay of all phases" if len(plan.phases) > 1 else "delay", [one.name for one in plan.phases]
    )
    phases = plan.phases if len(plan.phases) > 1 else ()
    each = [_delays(plan, f"delay.{one.name}", f"delay of {one.name}", [one.name]) for one in phases]
    several = len(plan.contracts) > 1
    failures = [_failures(plan, one, f"failure.{one.name}" if several else "failure") for one in plan.contracts]
    return (every, *each, *failures)


def _delays(plan: SitePlan, name: str, label: str, moved: Sequence[str]) -> PeriodCount:
    """Delays from none beyond the case's to the longest with which the plan can be run."""
    period = word_of(plan.horizon.periods_per_year)
    most = min(_MOST_LATE, _DELAY_YEARS * plan.horizon.periods_per_year)
    departures = [Departure()]
    ends = f"longer delays than {_several(most, period)} are not looked at"
    for more in range(1, most + 1):
        late = Departure(late=tuple(more if phase.name in moved else 0 for phase in plan.phases))
        try:
            check_dates(departed(plan, late))
        except OverbuildError as error:
            ends = f"a longer delay cannot be run: {error.hint}"
            break
        departures.append(late)
    return PeriodCount(name, label, "more", tuple(range(len(departures))), tuple(departures), ends, period=period)


def _failures(plan: SitePlan, contract: OfftakeContract, name: str) -> PeriodCount:
    """Failures from the last period of a contract back to the first."""
    dates = contract_dates(plan, contract)
    numbers = tuple(range(min(dates.ends, plan.horizon.periods), dates.begins - 1, -1))
    departures = tuple(Departure(fails=OfftakerFails(contract.name, number)) for number in numbers)
    note = "" if contract.recovery_share > 0.0 else NOTHING_LEFT
    return PeriodCount(name, f"failure of the offtaker of {contract.name}", "failure", numbers, departures, note=note)


def counted(
    count: PeriodCount,
    target: Target,
    row: Row,
    sides: Sequence[Beside],
    label: Callable[[int], str],
    *,
    met: bool,
) -> Counted:
    """The break-even of a count: up to which number, from what hurts least on, a target holds.

    `row` are the margins, `sides` what each number shows, `met` is whether the case meets the target.
    """
    flags = [bool(one >= 0.0) for one in row]
    spans = _spans(count, flags)
    if not flags:
        return Counted(None, "the contract never runs", spans)
    if all(flags):
        return Counted(None, _never(count, target, sides[-1]), spans)
    first = flags.index(False)
    hurt = happens(target, sides[max(0, first - 1)], sides[first], label)
    islands = f"; holds {_listed(count, spans, label)}" if any(flags[first:]) else ""
    if not met:
        return Counted(None, f"missed by the case{islands}", spans)
    if first == 0:
        return Counted(
            None, f"missed even with a failure in {label(count.numbers[0])}, the last: {hurt}{islands}", spans
        )
    worse = count.numbers[first]
    when = f"{_several(worse, count.period)} late" if count.kind == "more" else f"a failure in {label(worse)}"
    kept = DATES_STAND if count.kind == "more" and target.lenders else ""
    return Counted(count.numbers[first - 1], f"{when}: {hurt}{kept}{islands}", spans)


def _never(count: PeriodCount, target: Target, worst: Beside) -> str:
    still = "" if worst.value != worst.value else f", with {amount_of(target, worst.value)} there"
    if count.kind == "failure":
        return f"holds whenever the offtaker fails{still if len(count.numbers) == 1 else ''}"
    return f"holds with up to {_several(count.numbers[-1], count.period)} more{still}; {count.ends}"


def _spans(count: PeriodCount, flags: Sequence[bool]) -> tuple[Span, ...]:
    """Runs of numbers with which a target holds, from the lowest."""
    held = sorted(number for number, flag in zip(count.numbers, flags, strict=True) if flag)
    spans: list[Span] = []
    for number in held:
        last = spans[-1] if spans else None
        if last is not None and last.high == number - 1:
            spans[-1] = Span(last.low, float(number))
        else:
            spans.append(Span(float(number), float(number)))
    return tuple(spans)


def _listed(count: PeriodCount, spans: Sequence[Span], label: Callable[[int], str]) -> str:
    said: list[str] = []
    for span in spans:
        low, high = int(span.low or 0), int(span.high or 0)
        one, other = (label(low), label(high)) if count.kind == "failure" else (str(low), str(high))
        said.append(one if low == high else f"{one} to {other}")
    what = "with failures in" if count.kind == "failure" else f"with more {count.period}s:"
    return f"{what} {', '.join(said)}"


def _several(number: int, period: str) -> str:
    return f"1 {period}" if number == 1 else f"{number} {period}s"
