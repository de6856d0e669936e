"""Break-evens in words of the field: what changes by how much, where a target holds, what happens beyond."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from overbuild.site.run import OUTCOMES
from overbuild.stress.departures import Measured
from overbuild.stress.drivers import Driver
from overbuild.stress.targets import Target

_LARGE, _HUGE = 3.0, 1000.0
_NEAR = 0.005

_ENDS = {
    "stops_unfunded": "construction is not funded in {}",
    "outcome_maturity": "the site defaults at maturity in {}, for its balloon is not refinanced",
    "outcome_payment": "the site defaults on payment in {}",
    "outcome_covenant": "the site defaults on a covenant in {}",
    "outcome_closed": "the owners close the site in {}",
}


class Span(NamedTuple):
    """Amounts, both included, between which a target holds; None for an end beyond which none was looked for."""

    low: float | None
    high: float | None


class Beside(NamedTuple):
    """What a scenario shows of a target: what is measured (NaN: nothing), how the site ends and when.

    `without` are the fleets that are not bought, `breached_in` is the first breach of the test that is the target.
    """

    value: float
    outcome: int
    ended_in: int
    without: tuple[str, ...] = ()
    breached_in: int = 0


class Sides(NamedTuple):
    """What is shown on the two sides of a jump: where a target is met, and where it is missed."""

    met: Beside
    missed: Beside


def beside(target: Target, found: Measured, place: int) -> Beside:
    """What scenario `place` of those measured shows of a target."""
    row = found.values.get(target.measure)
    value = math.nan if row is None else float(row[place])
    without = tuple(name for name, bought in found.bought.items() if not bought[place])
    breached_in = int(found.breaches[target.measure][place]) if target.measure in found.breaches else 0
    return Beside(value, int(found.outcome[place]), int(found.ended_in[place]), without, breached_in)


def percent(share: float) -> str:
    """A share in percent to three digits.

    >>> percent(0.11104), percent(0.000123), percent(1.5)
    ('11.1%', '0.0123%', '150%')
    """
    return f"{100.0 * share:.3g}%" if abs(share) < 10.0 else f"{100.0 * share:,.0f}%"


def change_of(driver: Driver, amount: float) -> str:
    """The change from the case that an amount of a driver is.

    >>> from overbuild.stress.drivers import BY_ID
    >>> change_of(BY_ID["price"], 0.889), change_of(BY_ID["power_price"], 4.2), change_of(BY_ID["base_rate"], 0.0125)
    ('11.1% lower', '4.2 times as high', '1.25 points higher')
    >>> change_of(BY_ID["overrun"], 0.032), change_of(BY_ID["price"], 1.0)
    ('3.2% of cost more', 'as in the case')
    """
    change = driver.change(amount)
    if change == 0.0:
        return "as in the case"
    if driver.kind == "multiple":
        if amount >= _LARGE:
            return f"{amount:.3g} times as high"
        return f"{percent(abs(change))} {_way(driver, change)}"
    if driver.kind == "share":
        return f"{percent(abs(change))} of cost {_way(driver, change)}"
    return f"{abs(100.0 * change):.3g} points {_way(driver, change)}"


def _way(driver: Driver, change: float) -> str:
    more, less = ("more", "less") if driver.kind == "share" else ("higher", "lower")
    return more if change > 0.0 else less


def at(driver: Driver, amount: float) -> str:
    """An amount of a driver as one says it.

    >>> from overbuild.stress.drivers import BY_ID
    >>> at(BY_ID["price"], 0.889)
    'price 11.1% lower'
    """
    return f"{driver.word} {change_of(driver, amount)}"


def amount_of(target: Target, value: float) -> str:
    """What is measured, with its number.

    >>> from overbuild.stress.targets import TARGETS
    >>> amount_of(TARGETS[0], 0.7123), amount_of(TARGETS[2], -2.5e8), amount_of(TARGETS[1], math.nan)
    ('min DSCR 0.71x', 'equity NPV USD -250m', 'no LLCR')
    >>> amount_of(TARGETS[0], -0.00655), amount_of(TARGETS[0], 0.9996)
    ('min DSCR -0.01x', 'min DSCR 0.9996x')
    """
    if math.isnan(value):
        return f"no {target.word}"
    if target.measure == "equity_npv":
        return f"{target.word} USD {value / 1e6:,.4g}m"
    return f"{target.word} above {_HUGE:,.0f}x" if value > _HUGE else f"{target.word} {_times(value)}"


def _times(value: float) -> str:
    """A cover ratio to two decimals, to more where it is so near to 1 that it would read as met."""
    text = f"{value:.2f}" if abs(value - 1.0) >= _NEAR or value == 1.0 else f"{value:.6g}"
    return f"{'0.00' if text == '-0.00' else text}x"


def happens(target: Target, met: Beside, missed: Beside, label: Callable[[int], str]) -> str:
    """What happens where a target is missed, said beside a scenario where it is met."""
    if missed.outcome and not (met.outcome and not math.isnan(missed.value)):
        ended = _ended(missed, label)
        return ended if math.isnan(missed.value) else f"{ended} ({amount_of(target, missed.value)})"
    lost = [name for name in missed.without if name not in met.without]
    why = f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not bought: " if lost else ""
    if not math.isnan(missed.value):
        return f"{why}{amount_of(target, missed.value)}"
    if target.is_flag:
        return f"{why}the test of {target.word} is breached in {label(missed.breached_in)}"
    return f"{why}there is no {target.word}"


def _ended(shown: Beside, label: Callable[[int], str]) -> str:
    return _ENDS[OUTCOMES[shown.outcome - 1]].format(label(shown.ended_in))


def jump(
    driver: Driver,
    target: Target,
    amount: float,
    sides: Sides,
    label: Callable[[int], str],
    *,
    upwards: bool,
) -> str:
    """What a jump at an amount means: what is measured up to there, and what happens beyond; `upwards`: beyond is more."""
    met, missed = sides
    there = "" if target.is_flag else f" with {amount_of(target, met.value)}"
    beyond = happens(target, met, missed, label)
    if amount == driver.neutral:
        way = _way(driver, 1.0 if upwards else -1.0)
        return f"holds as in the case{there}; with any {way} {driver.word}, {beyond}"
    return f"holds to {at(driver, amount)}{there}; beyond, {beyond}"


def starts_at(driver: Driver, amount: float) -> str:
    """From where on a target holds that the case misses.

    >>> from overbuild.stress.drivers import BY_ID
    >>> starts_at(BY_ID["price"], 1.211)
    'missed by the case, met from price 21.1% higher'
    """
    return f"missed by the case, met from {at(driver, amount)}"


def jumps_in(target: Target, sides: Sides, label: Callable[[int], str]) -> str:
    """What a jump means from which on a target holds that the case misses."""
    met, missed = sides
    there = "" if target.is_flag else f"with {amount_of(target, met.value)} there, "
    ends = f"for {_ended(met, label)}, " if met.outcome and not missed.outcome else ""
    return f"{there}{ends}short of it {happens(target, met, missed, label)}"


def changes_between(driver: Driver, low: float, high: float) -> str:
    """The whole reach of a driver.

    >>> from overbuild.stress.drivers import BY_ID
    >>> changes_between(BY_ID["utilisation"], 0.05, 1.25)
    'all the way from use 95% lower to 25% higher, a use of 1'
    """
    most = ", a use of 1" if driver.id == "utilisation" else ""
    return f"all the way from {at(driver, low)} to {change_of(driver, high)}{most}"


def holds_between(driver: Driver, spans: Sequence[Span]) -> str:
    """The amounts between which a target holds.

    >>> from overbuild.stress.drivers import BY_ID
    >>> holds_between(BY_ID["price"], [Span(0.82, 1.31), Span(2.0, None)])
    'holds with price between 18% lower and 31% higher, and from 100% higher on'
    """
    return f"holds with {driver.word} {', and '.join(_span(driver, span) for span in spans)}"


def _span(driver: Driver, span: Span) -> str:
    low, high = (None if end is None else change_of(driver, end) for end in span)
    if low is None or high is None:
        return "at every amount" if low == high else f"up to {high}" if low is None else f"from {low} on"
    return f"at {low}" if low == high else f"between {low} and {high}"
