"""How a driver moves in one period, as formulas: mean reversion, regimes, jumps, failures, and what they do to an input."""

from __future__ import annotations

from itertools import pairwise

from overbuild.equations import blend, breached, exp, minimum, quotient, sqrt, total
from overbuild.units import Count, Flag01, PerYear, Ratio, Scalar, Share, Years


def kept_share(speed_per_year: PerYear, periods_per_year: Count) -> Share:
    """Share of a distance from its level that a mean-reverting cycle keeps after a period.

        kept = e^(-speed / p)

    Source: standard, Ornstein-Uhlenbeck, the exact step.

    >>> round(kept_share(1.5, 4.0), 6)
    0.687289
    """
    return exp(-speed_per_year / periods_per_year)


def step_sd(volatility: Ratio, speed_per_year: PerYear, periods_per_year: Count) -> Ratio:
    """Standard deviation that a mean-reverting cycle gains in a period; without a pull that of a random walk.

        sd = volatility * sqrt((1 - kept^2) / (2 speed)),  volatility / sqrt(p) where speed is 0

    Source: standard, Ornstein-Uhlenbeck, the exact step.

    >>> round(step_sd(0.22, 1.5, 4.0), 6), step_sd(0.22, 0.0, 4.0)
    (0.092263, 0.11)
    """
    kept = kept_share(speed_per_year, periods_per_year)
    return volatility * sqrt(quotient(1.0 - kept * kept, 2.0 * speed_per_year, none=1.0 / periods_per_year))


def cycle_after(cycle: Scalar, level: Scalar, kept: Share, sd: Ratio, draw: Scalar) -> Scalar:
    """A mean-reverting cycle after a period.

        cycle = level + (cycle before - level) * kept + sd * draw

    Source: standard, Ornstein-Uhlenbeck, the exact step.

    >>> cycle_after(1.0, 0.0, 0.5, 0.25, 2.0)
    1.0
    """
    return level + (cycle - level) * kept + sd * draw


def trended(trend: PerYear, years: Years, most: Years | None) -> Scalar:
    """How far a trend has led: trend * min(years, most); without `most` it goes on.

    Source: ours, a simplification: a slope that was seen over a few years says nothing of later ones.

    >>> trended(0.25, 8.0, 4.0), trended(0.25, 2.0, 4.0), trended(0.25, 8.0, None)
    (1.0, 0.5, 2.0)
    """
    return trend * (years if most is None else minimum(years, most))


def jump_of(occurs: Scalar, threshold: Scalar, mean: Scalar, sd: Ratio, size: Scalar, lift: Scalar) -> Scalar:
    """What a period's jump adds to the log of an input: a jump comes where its normal number is below the threshold.

        jump = [occurs < threshold] * (mean + sd * size) + lift

    Source: ours, a simplification of a Poisson process: at most one jump a period.

    >>> jump_of(-2.0, -1.0, -0.25, 0.5, 0.0, 0.125), jump_of(0.0, -1.0, -0.25, 0.5, 0.0, 0.125)
    (-0.125, 0.125)
    """
    return breached(occurs - threshold, 1.0) * (mean + sd * size) + lift


def next_regimes(weights: tuple[Share, ...], thresholds: tuple[tuple[Scalar, ...], ...], draw: Scalar) -> list[Flag01]:
    """Which regime holds after a step of the chain: the first whose threshold lies above the normal number drawn.

        threshold of the step = that of the regime that holds;  regime k = [draw < threshold k] - [draw < threshold k - 1]

    A threshold of each regime but the last: the normal number below which lies the chance of it or an earlier one.
    Source: standard, a Markov chain by inversion.

    >>> next_regimes((1.0, 0.0), ((1.0,), (-1.0,)), 0.5), next_regimes((0.0, 1.0), ((1.0,), (-1.0,)), 0.5)
    ([1.0, 0.0], [0.0, 1.0])
    """
    below: list[Scalar] = []
    for place in range(len(weights) - 1):
        threshold = total(weight * row[place] for weight, row in zip(weights, thresholds, strict=True))
        below.append(breached(draw - threshold, 1.0))
    first = [below[0] if below else 1.0]
    middle = [one - before for before, one in pairwise(below)]
    return [*first, *middle, *([1.0 - below[-1]] if below else [])]


def fails_now(standing: Flag01, draw: Scalar, threshold: Scalar, counts: Flag01) -> Flag01:
    """Whether a customer that stands fails in a period: its normal number is below the threshold of its hazard.

        fails = standing * counts * [draw < threshold]

    Source: standard, a default threshold; Vasicek 2002.

    >>> fails_now(1.0, -3.0, -2.5, 1.0), fails_now(0.0, -3.0, -2.5, 1.0)
    (1.0, 0.0)
    """
    return standing * counts * breached(draw - threshold, 1.0)


def multiplied(base: Scalar, deviation: Scalar) -> Scalar:
    """An input of which the log deviates: base * e^deviation. Source: ours, a definition.

    >>> multiplied(2.0, 0.0)
    2.0
    """
    return base * exp(deviation)


def with_odds(base: Share, deviation: Scalar) -> Share:
    """A share whose odds are multiplied: base e^x / (1 - base + base e^x); 0 and 1 stay. Source: standard, logit.

    >>> with_odds(0.5, 0.0), with_odds(1.0, -2.0)
    (0.5, 1.0)
    """
    odds = base * exp(deviation)
    return odds / (1.0 - base + odds)


def spread_added(base: PerYear, level: PerYear, deviation: Scalar) -> PerYear:
    """A rate whose spread deviates in its log: base + level * (e^deviation - 1). Source: ours, a definition.

    >>> spread_added(0.07, 0.03, 0.0)
    0.07
    """
    return base + level * (exp(deviation) - 1.0)


def held_from(holds: Flag01, amount: Scalar, held: Scalar) -> Scalar:
    """What counts of a moving number that is fixed from some period on: itself while `holds` is 0, then what it was.

    Source: ours, a definition.

    >>> held_from(0.0, 0.08, 0.07), held_from(1.0, 0.08, 0.07)
    (0.08, 0.07)
    """
    return blend(holds, held, amount)
