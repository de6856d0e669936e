"""Draws as a pure function of (seed, driver, scenario, place): whatever is run first, on however many threads.

A word is Threefry-2x64-20 under the key (seed, driver) of the counter (scenario, place). `place` counts periods from 1;
place 0 holds what is drawn once for a whole scenario. The first word gives a uniform number, that a standard normal one.

Sources: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011) for
the generator; M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988).
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]
Row: TypeAlias = NDArray[np.float64]

CONSTANT = 0
"""The place of what is drawn once for a whole scenario."""

HIGHEST_SEED = 2**63 - 1

_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_PARITY = 0x1BD11BDAA9FC1A22
_ROUNDS = 20


def driver_number(name: str) -> int:
    """The number under which a name is drawn: the same in every case, so that compared worlds share their draws.

    >>> driver_number("rent") == driver_number("rent") != driver_number("sofr")
    True
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")


class DrawnWords(NamedTuple):
    """The two words of 64 bits that a counter gives."""

    first: Words
    second: Words


def threefry(key: DrawnWords, counter: DrawnWords) -> DrawnWords:
    """The words of each pair of counter words under a key: 20 rounds.

    >>> zero = DrawnWords(np.zeros(1, np.uint64), np.zeros(1, np.uint64))
    >>> [f"{int(word[0]):x}" for word in threefry(zero, zero)]
    ['c2b6e3a8c2c69865', '6f81ed42f350084d']
    """
    keys = (*key, np.uint64(_PARITY) ^ key.first ^ key.second)
    with np.errstate(over="ignore"):
        one, other = counter.first + keys[0], counter.second + keys[1]
        for turn in range(_ROUNDS):
            one = one + other
            left = _ROTATIONS[turn % len(_ROTATIONS)]
            other = ((other << np.uint64(left)) | (other >> np.uint64(64 - left))) ^ one
            if turn % 4 == 3:
                added = turn // 4 + 1
                one = one + keys[added % 3]
                other = other + keys[(added + 1) % 3] + np.uint64(added)
    return DrawnWords(one, other)


def words(seed: int, driver: int, scenarios: Words, place: int = CONSTANT) -> Words:
    """The first word of a driver at a place, one a scenario."""
    key, counter = (np.array([one], np.uint64) for one in (seed, driver)), np.full_like(scenarios, place)
    return threefry(DrawnWords(*key), DrawnWords(scenarios, counter)).first


def uniform_of(word: Words) -> Row:
    """A uniform number in (0, 1) from a word: (its upper 53 bits + 0.5) / 2^53, never 0 and never 1.

    >>> uniform_of(np.array([0, 2**64 - 1], np.uint64)).tolist() == [2.0**-54, 1.0 - 2.0**-53]
    True
    """
    whole = (word >> np.uint64(11)).astype(np.float64)
    return np.minimum((whole + 0.5) * 2.0**-53, 1.0 - 2.0**-53)


def uniforms(seed: int, driver: int, scenarios: Words, place: int = CONSTANT) -> Row:
    """Uniform numbers in (0, 1) of a driver at a place, one a scenario.

    >>> ids = np.arange(4, dtype=np.uint64)
    >>> np.array_equal(uniforms(7, 3, ids)[2:], uniforms(7, 3, ids[2:]))
    True
    """
    return uniform_of(words(seed, driver, scenarios, place))


def normals(seed: int, driver: int, scenarios: Words, place: int = CONSTANT) -> Row:
    """Standard normal numbers of a driver at a place, one a scenario.

    >>> drawn = normals(7, 3, np.arange(100_000, dtype=np.uint64), place=5)
    >>> abs(float(drawn.mean())) < 0.01, abs(float(drawn.std()) - 1.0) < 0.01
    (True, True)
    """
    return normal_of(uniforms(seed, driver, scenarios, place))


def scenario_ids(first: int, count: int) -> Words:
    """Numbers of so many scenarios from the first on.

    >>> scenario_ids(5, 3).tolist()
    [5, 6, 7]
    """
    return np.arange(first, first + count, dtype=np.uint64)


class _Polynomials(NamedTuple):
    above: tuple[float, ...]
    below: tuple[float, ...]


_MIDDLE = _Polynomials(
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_TAIL = _Polynomials(
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR = _Polynomials(
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip


def normal_of(uniform: Row) -> Row:
    """The standard normal number that a uniform number in (0, 1) stands for: AS 241, to about 1e-16.

    >>> [round(one, 9) for one in normal_of(np.array([0.5, 0.975, 1e-12])).tolist()]
    [0.0, 1.959963985, -7.034483825]
    """
    off = uniform - 0.5
    tail = np.abs(off) > 0.425
    found = off * _quotient(_MIDDLE, 0.180625 - off * off)
    if tail.any():
        side = uniform[tail]
        root = np.sqrt(-np.log(np.minimum(side, 1.0 - side)))
        size = np.where(root <= 5.0, _quotient(_TAIL, root - 1.6), _quotient(_FAR, root - 5.0))
        found[tail] = np.copysign(size, off[tail])
    return found


def _quotient(parts: _Polynomials, at: Row) -> Row:
    above, below = np.full_like(at, parts.above[0]), np.full_like(at, parts.below[0])
    for up, down in zip(parts.above[1:], parts.below[1:], strict=True):
        above, below = above * at + up, below * at + down
    return above / below
