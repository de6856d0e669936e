"""What the stage of a world is given, and what it hands on: names and modes, draws, constants, state."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.units import Count, Flag01, PerYear, Ratio, Scalar, Years


class PathDriverShape(NamedTuple):
    """A driver with dynamics: whether it has a trend and jumps of its own, and levels by regime."""

    name: str
    trend: bool = False
    jumps: bool = False
    levels: bool = False


class SeriesShape(NamedTuple):
    """An input that a driver moves: how, whose deviation is carried too, whether it is fixed from some period on."""

    name: str
    driver: str
    how: str
    spread: bool = False
    carries: str = ""
    fixed: bool = False


class WorldShape(NamedTuple):
    """What is static of a world: names and modes. `mixed` are the normals that are correlated, in their order."""

    drivers: tuple[PathDriverShape, ...] = ()
    series: tuple[SeriesShape, ...] = ()
    customers: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()


class NormalDraw(NamedTuple):
    """The standard normal number of a driver or customer in a period, before it is mixed with others."""

    name: str
    z: Scalar


class JumpDraw(NamedTuple):
    """Standard normal numbers of a jump: whether it comes, and its size."""

    name: str
    occurs: Scalar
    size: Scalar


class SeriesInputs(NamedTuple):
    """An input as the case has it in a period, and whether it is fixed by then."""

    name: str
    base: Scalar
    fixed: Flag01 | None = None


class CustomerInputs(NamedTuple):
    """The normal number below which a customer fails in a period."""

    name: str
    threshold: Scalar


class WorldInputs(NamedTuple):
    """What a world is given in a period: whether it moves (0 at close), what is drawn, the inputs as the case has them.

    A standard normal number is 0 where nothing is drawn.
    """

    moves: Flag01
    draws: tuple[NormalDraw, ...]
    jumps: tuple[JumpDraw, ...]
    series: tuple[SeriesInputs, ...]
    customers: tuple[CustomerInputs, ...]
    years: Years | None = None
    regime: Scalar | None = None


class JumpTerms(NamedTuple):
    """Jumps: the normal number below which one comes, its mean and spread, and what is added in a period beside it."""

    threshold: Scalar
    mean: Scalar
    sd: Ratio
    lift: Scalar


class PathDriverTerms(NamedTuple):
    """The constants of a driver; `trend` is the one that is drawn once for a scenario, and goes on for `trend_years`."""

    name: str
    speed_per_year: PerYear
    volatility: Ratio
    start: Scalar
    levels: tuple[Scalar, ...]
    trend: PerYear | None = None
    trend_years: Years | None = None
    jumps: JumpTerms | None = None


class SeriesTerms(NamedTuple):
    """The base spread of a rate of which the spread moves."""

    name: str
    level: PerYear | None = None


class RegimeTerms(NamedTuple):
    """Thresholds of the steps of the chain from a regime, and of its start: one a regime but the last."""

    name: str
    thresholds: tuple[Scalar, ...]


class MixTerms(NamedTuple):
    """Weights of the independent normals in a correlated one: its own and those before it."""

    name: str
    weights: tuple[Ratio, ...]


class WorldTerms(NamedTuple):
    """The constants of a world."""

    periods_per_year: Count
    drivers: tuple[PathDriverTerms, ...]
    series: tuple[SeriesTerms, ...]
    regimes: tuple[RegimeTerms, ...]
    start: tuple[Scalar, ...]
    mix: tuple[MixTerms, ...]


class RegimeWeight(NamedTuple):
    """1 for the regime that holds."""

    name: str
    weight: Flag01


class CycleState(NamedTuple):
    """A driver: its cycle, and its jumps so far."""

    name: str
    cycle: Scalar
    jumped: Scalar | None = None


class FixedState(NamedTuple):
    """What an input was when it was fixed."""

    name: str
    amount: Scalar


class CustomerState(NamedTuple):
    """Whether a customer has not failed."""

    name: str
    standing: Flag01


class WorldState(NamedTuple):
    """What a period of a world hands to the next."""

    regimes: tuple[RegimeWeight, ...]
    drivers: tuple[CycleState, ...]
    fixed: tuple[FixedState, ...]
    customers: tuple[CustomerState, ...]
