"""From what a file says of a distribution to the distribution: parameters as they are, quantiles fitted exactly."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from overbuild.errors import InputError
from overbuild.world.drivers import distributions as of
from overbuild.world.drivers.declared import Distribution
from overbuild.world.drivers.distributions import Quantile

_FITS = 1e-9

PARAMETERS: dict[str, tuple[str, ...]] = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "log_sd"),
    "pert": ("low", "mode", "high"),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "discrete": ("values", "shares"),
    "empirical": ("at", "quantiles"),
}
"""What each family is given by, where it is not given by quantiles."""


@functools.lru_cache(maxsize=256)
def quantile_of(given: Distribution) -> Quantile:
    """The distribution that a file describes.

    Raises InputError: `missing`, `bad_value`, `bad_interval`, `pmf_not_one`; `unfittable` where no member of the family
    has the quantiles.

    >>> overrun = Distribution("pert", low=-0.05, mode=0.05, high=0.25)
    >>> quantile_of(overrun)(np.array([0.0])).round(4).tolist()
    [0.0627]
    >>> quantile_of(Distribution("normal", at=(0.05, 0.5, 0.95), quantiles=(1.0, 2.0, 4.0)))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    overbuild.errors.InputError: quantiles: no normal distribution has all three; ... [unfittable]
    """
    _check(given)
    by_quantiles = bool(given.at) and given.family in _FITTED
    values = _FITTED[given.family](given.at, given.quantiles) if by_quantiles else _by_parameters(given)
    if given.at_least is None and given.at_most is None:
        return values
    return of.truncated(values, given.at_least, given.at_most)


def _by_parameters(given: Distribution) -> Quantile:
    makes: Callable[..., Quantile] = getattr(of, given.family)
    return makes(*(getattr(given, name) for name in PARAMETERS[given.family]))


def _check(given: Distribution) -> None:
    wanted = PARAMETERS[given.family]
    by_quantiles = bool(given.at or given.quantiles) and given.family in _FITTED
    said = {name for name in given._fields[1:-2] if getattr(given, name) not in (None, ())}
    needed = {"at", "quantiles"} if by_quantiles else set(wanted)
    for name in sorted(needed - said):
        raise InputError("missing", name, None, f"a {given.family} distribution is given by {', '.join(wanted)}")
    for name in sorted(said - needed):
        hint = f"a {given.family} distribution is given by {', '.join(wanted)}, or by at and quantiles, not by both"
        raise InputError("bad_value", name, getattr(given, name), hint)
    if "at" in needed:
        _check_quantiles(given)
    if given.family == "discrete":
        _check_discrete(given)
    for name in ("sd", "log_sd"):
        number = getattr(given, name)
        if number is not None and number < 0.0:
            raise InputError("negative", name, number, "0 or more is needed")
    if given.median is not None and given.median <= 0.0:
        raise InputError("bad_value", "median", given.median, "more than 0 is needed")
    _check_order(given)


def _check_order(given: Distribution) -> None:
    ends = [one for one in (given.low, given.mode, given.high) if one is not None]
    if ends != sorted(ends) or (ends and ends[0] == ends[-1]):
        raise InputError("bad_interval", "low", tuple(ends), "low, mode and high rise, and low is below high")
    if given.at_least is not None and given.at_most is not None and given.at_least >= given.at_most:
        raise InputError("bad_interval", "at_least", given.at_least, "at_least lies below at_most")


def _check_quantiles(given: Distribution) -> None:
    at, values = given.at, given.quantiles
    most = 99 if given.family == "empirical" else 3
    if len(at) != len(values) or not 2 <= len(at) <= most:
        hint = f"as many shares as quantiles are needed, 2 to {most}"
        raise InputError("length_mismatch", "quantiles", f"{len(at)} and {len(values)}", hint)
    if any(not 0.0 < one < 1.0 for one in at) or sorted(set(at)) != list(at):
        raise InputError("share_out_of_range", "at", at, "shares between 0 and 1, which rise")
    if sorted(set(values)) != list(values):
        raise InputError("bad_value", "quantiles", values, "quantiles rise")


def _check_discrete(given: Distribution) -> None:
    if len(given.values) != len(given.shares):
        hint = "as many shares as values are needed"
        raise InputError("length_mismatch", "shares", f"{len(given.shares)} and {len(given.values)}", hint)
    if abs(sum(given.shares) - 1.0) > 1e-9 or min(given.shares) < 0.0:
        raise InputError("pmf_not_one", "shares", given.shares, "shares are 0 or more, and 1 in sum")


def _scores(at: Sequence[float]) -> list[float]:
    return [float(one) for one in of.scores_of(np.asarray(at, dtype=float))]


def _unfittable(family: str, values: Sequence[float], instead: str) -> InputError:
    hint = f"no {family} distribution has all three; {instead} may"
    return InputError("unfittable", "quantiles", tuple(values), hint)


def _fitted(family: str, values: Quantile, at: Sequence[float], wanted: Sequence[float], instead: str) -> Quantile:
    """The distribution, if it has the quantiles to within 1e-9 of their spread."""
    found, size = values(np.asarray(_scores(at))), wanted[-1] - wanted[0]
    if not np.all(np.abs(found - np.asarray(wanted)) <= _FITS * size):
        raise _unfittable(family, wanted, instead)
    return values


def _normal(at: Sequence[float], values: Sequence[float]) -> Quantile:
    z = _scores(at)
    sd = (values[-1] - values[0]) / (z[-1] - z[0])
    return _fitted("normal", of.normal(values[0] - sd * z[0], sd), at, values, "lognormal or empirical")


def _lognormal(at: Sequence[float], values: Sequence[float]) -> Quantile:
    """Two quantiles give median and spread, three give the shift too, where the upper part is the longer one."""
    z = _scores(at)
    if len(at) == 2:
        if values[0] <= 0.0:
            raise InputError("unfittable", "quantiles", tuple(values), "a lognormal quantile is above 0")
        log_sd = math.log(values[1] / values[0]) / (z[1] - z[0])
        return of.lognormal(values[0] * math.exp(-log_sd * z[0]), log_sd)
    wanted = (values[2] - values[1]) / (values[1] - values[0])

    def skew(log_sd: float) -> float:
        return (math.exp(log_sd * z[2]) - math.exp(log_sd * z[1])) / (math.exp(log_sd * z[1]) - math.exp(log_sd * z[0]))

    low, high = 1e-4, 8.0
    if not skew(low) < wanted < skew(high):
        raise _unfittable("lognormal", values, "empirical")
    log_sd = _root(lambda one: math.log(skew(one) / wanted), low, high)
    scale = (values[2] - values[0]) / (math.exp(log_sd * z[2]) - math.exp(log_sd * z[0]))
    shift = values[1] - scale * math.exp(log_sd * z[1])
    return _fitted("lognormal", of.lognormal(scale, log_sd, shift), at, values, "empirical")


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    found: Any = brentq(function, low, high, xtol=1e-15, rtol=1e-14)
    return float(found)


def _uniform(at: Sequence[float], values: Sequence[float]) -> Quantile:
    slope = (values[-1] - values[0]) / (at[-1] - at[0])
    low = values[0] - slope * at[0]
    return _fitted("uniform", of.uniform(low, low + slope), at, values, "empirical")


def _of_three(family: str) -> Callable[[Sequence[float], Sequence[float]], Quantile]:
    """A family of three parameters, solved for three quantiles."""
    make: Callable[..., Quantile] = getattr(of, family)

    def fitted(at: Sequence[float], values: Sequence[float]) -> Quantile:
        if len(at) < 3:
            raise InputError("unfittable", "quantiles", tuple(values), f"a {family} distribution needs three quantiles")
        from scipy.optimize import root

        z, size = np.asarray(_scores(at)), values[-1] - values[0]

        def parameters(x: Any) -> tuple[float, float, float]:
            below, above = math.exp(min(x[0], 50.0)), math.exp(min(x[1], 50.0))
            mode = values[1] + size * x[2]
            return mode - size * below, mode, mode + size * above

        def apart(x: Any) -> Any:
            return (make(*parameters(x))(z) - np.asarray(values)) / size

        with np.errstate(all="ignore"):
            found: Any = root(apart, [0.0, 0.0, 0.0], tol=1e-13)
            solved = parameters(found.x)
            if not np.all(np.isfinite(solved)):
                raise _unfittable(family, values, "empirical")
            return _fitted(family, make(*solved), at, values, "empirical")

    return fitted


_FITTED: dict[str, Callable[[Sequence[float], Sequence[float]], Quantile]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "pert": _of_three("pert"),
    "triangular": _of_three("triangular"),
}
