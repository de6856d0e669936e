"""What a case file says is uncertain: drivers, regimes, correlations; a block beside the plan."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, TypeAlias

from overbuild.world.quantities import Count, Periods, PerYear, Share, Years

Family: TypeAlias = Literal["normal", "lognormal", "pert", "triangular", "uniform", "discrete", "empirical"]
"""Families of distributions."""

How: TypeAlias = Literal["multiplies", "adds", "replaces", "odds"]
"""What a drawn value does to the input: base x value, base + value, value, or base odds x exp(value) of a share."""

AsInput: TypeAlias = Annotated[float, "as its input"]
"""A number in the unit of the input that it moves, or a multiple of it."""

Log: TypeAlias = Annotated[float, "log"]
"""A change of a logarithm: 0.1 is about 10 percent up."""


class Distribution(NamedTuple):
    """How a driver that is drawn once for a scenario is spread: by parameters, or by quantiles.

    family: normal, lognormal, pert, triangular, uniform, discrete, or empirical (a monotone spline through quantiles)
    mean, sd: of normal
    median, log_sd: of lognormal: median x exp(log_sd x z)
    low, mode, high: of pert and triangular; low and high of uniform
    values, shares: of discrete: what may be drawn, and how often
    at, quantiles: shares of probability, rising, and the values below which they lie: two or three in place of
        parameters, which fit exactly or are refused; two or more of empirical
    at_least, at_most: values outside are not drawn; what is left is scaled up [None: no limit]
    """

    family: Family
    mean: AsInput | None = None
    sd: AsInput | None = None
    median: AsInput | None = None
    log_sd: Log | None = None
    low: AsInput | None = None
    mode: AsInput | None = None
    high: AsInput | None = None
    values: tuple[AsInput, ...] = ()
    shares: tuple[Share, ...] = ()
    at: tuple[Share, ...] = ()
    quantiles: tuple[AsInput, ...] = ()
    at_least: AsInput | None = None
    at_most: AsInput | None = None


class Jumps(NamedTuple):
    """Jumps of a path, such as launches of a better chip: at most one a period.

    rate_per_year: jumps expected in a year
    mean, sd: of the size of a jump, in the log of the input
    compensated: whether the path is lifted by what jumps take in the mean, so that they spread it and do not lower it [true]
    """

    rate_per_year: PerYear
    mean: Log
    sd: Log = 0.0
    compensated: bool = True


class Dynamics(NamedTuple):
    """How a driver moves from period to period around its base: mean reversion, regimes, a trend of its own, jumps.

        deviation = trend x years, of these at most `trend_years`, + cycle - cycle at close + jumps
        cycle     = level + (cycle before - level) x e^(-speed / p) + sd of the step x z

    speed_per_year: pull towards the level, 0 for a random walk
    volatility: of the cycle, in the square root of a year
    trend_sd: of a trend that is drawn once for a scenario, a year [0]
    start: cycle at close: how far the base of today lies above the level to which it reverts [0]
    levels: the level in each regime, in the order of `regimes` [(): 0 in all]
    jumps: [None]
    level: for a spread that is part of an added rate: the base spread; level x (exp(deviation) - 1) is added [None]
    carries: name of another driver whose deviation is added too ['']
    trend_years: years over which that trend goes on; how far it has then led stays [None: as long as the site]
    """

    speed_per_year: PerYear
    volatility: Annotated[float, "per square root of a year"]
    trend_sd: Log = 0.0
    start: Log = 0.0
    levels: tuple[Log, ...] = ()
    jumps: Jumps | None = None
    level: PerYear | None = None
    carries: str = ""
    trend_years: Years | None = None


class FailureHazard(NamedTuple):
    """How often a customer fails: the hazard of each year from close, the last of which holds.

    by_year: failures a year, of those that live
    rating: in place of these: a class of rating of the defaults, A, BBB, BB, B or CCC ['']
    """

    by_year: tuple[PerYear, ...] = ()
    rating: str = ""


class LateCase(NamedTuple):
    """Periods late of each phase, and how often; one entry holds for all phases."""

    share: Share
    periods: tuple[Periods, ...]


class LateBuild(NamedTuple):
    """How late completion may be: drawn as one of at most 64 vectors of whole periods.

    on_time, mean_months: in time with this probability, else late by so many months in the mean, exponentially
    most_periods: all that is later counts as so late [12]
    cases: in place of these, each vector with its probability [()]
    """

    on_time: Share | None = None
    mean_months: Annotated[float, "months"] | None = None
    most_periods: Count = 12
    cases: tuple[LateCase, ...] = ()


class DrawnDriver(NamedTuple):
    """A driver: one thing that is uncertain, and the input of the case that it moves.

    name: its name
    input: the path that it moves, as in `--shock`; `*` stands for every item of a list that has the input
    but: items that `*` leaves out; `gpus` stands for all components that are GPUs [()]
    how: multiplies, adds, replaces, or odds (of a share: its odds are multiplied) [multiplies]
    distribution: drawn once for a scenario
    dynamics: moves from period to period, of an input that is a path
    hazard: of the failure of a customer, `contracts.NAME.fails_in`
    late: of completion, `phases.NAME.delay`
    """

    name: str
    input: str
    how: How = "multiplies"
    but: tuple[str, ...] = ()
    distribution: Distribution | None = None
    dynamics: Dynamics | None = None
    hazard: FailureHazard | None = None
    late: LateBuild | None = None


class Regime(NamedTuple):
    """A state of the market that all drivers share, such as glut or shortage.

    name: its name
    start: probability that it holds at close
    next_quarter: probabilities of each regime a quarter later, in their order; 1 in sum
    """

    name: str
    start: Share
    next_quarter: tuple[Share, ...]


class Correlation(NamedTuple):
    """How two drivers move together: both drawn once, or both from period to period.

    one, other: names of drivers
    value: -1..1
    measure: gaussian (of the normals behind them) or spearman (of ranks) [gaussian]
    """

    one: str
    other: str
    value: Annotated[float, "correlation"]
    measure: Literal["gaussian", "spearman"] = "gaussian"


class UncertainInputs(NamedTuple):
    """What is uncertain in a case.

    defaults: whether the default drivers stand beside these; a driver of the same name or input takes their place [true]
    without: names of default drivers that are left out [()]
    drawn: the drivers
    regimes: of the drivers of this block; none: those of the defaults
    correlations: between drivers; a pair that is not named here has that of the defaults, else 0
    """

    defaults: bool = True
    without: tuple[str, ...] = ()
    drawn: tuple[DrawnDriver, ...] = ()
    regimes: tuple[Regime, ...] = ()
    correlations: tuple[Correlation, ...] = ()


class DriversBlock(NamedTuple):
    """What a case file says is uncertain. It stands beside its plan: the base case does not know it."""

    drivers: UncertainInputs | None = None
