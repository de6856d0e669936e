"""Numbers drawn: a pure function of (seed, driver, scenario, place), the same on NumPy arrays and in a kernel.

    word    = first word of Threefry-2x64-20 with key (seed, driver) and counter (scenario, place)
    uniform = min(((word >> 11) + 0.5) * 2^-53, 1 - 2^-53), between 0 and 1, never either
    normal  = the inverse of the normal distribution at the uniform, by AS241 (PPND16)

Words are equal bit for bit; normals differ between arrays and kernel by the last bits of the logarithm (1e-15).
Sources: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011; M. Wichura,
"Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988, pp. 477-484.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from overbuild.equations.kernel.machine.value import NUMBER, Value
from overbuild.equations.operations import Symbol
from overbuild.equations.vocabulary import log, minimum, sqrt, where

_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_PARITY = 0x1BD11BDAA9FC1A22
_CENTRAL = (
    (
        *(3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4),
        *(4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    ),
    (
        *(1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3),
        *(2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
    ),
)
_NEAR = (
    (
        *(1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0),
        *(1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    ),
    (
        *(1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1),
        *(1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
    ),
)
_FAR = (
    (
        *(6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1),
        *(2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    ),
    (
        *(1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2),
        *(7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
    ),
)


class Words(NamedTuple):
    """Two words of 64 bits: a key, a counter, or what is drawn of them."""

    first: Any
    second: Any


def threefry(counter: Words, key: Words, word: Callable[[int], Any]) -> Words:
    """Threefry-2x64-20; `word` makes a constant of the kind that counter and key are.

    >>> import numpy as np
    >>> zero = Words(np.uint64(0), np.uint64(0))
    >>> with np.errstate(over="ignore"):
    ...     [hex(one) for one in threefry(zero, zero, np.uint64)]
    ['0xc2b6e3a8c2c69865', '0x6f81ed42f350084d']
    """
    keys = (key.first, key.second, key.first ^ key.second ^ word(_PARITY))
    x0, x1 = counter.first + keys[0], counter.second + keys[1]
    for turn in range(20):
        by = _ROTATIONS[turn % 8]
        x0 = x0 + x1
        x1 = ((x1 << word(by)) | (x1 >> word(64 - by))) ^ x0
        if turn % 4 == 3:
            at = turn // 4 + 1
            x0, x1 = x0 + keys[at % 3], x1 + keys[(at + 1) % 3] + word(at)
    return Words(x0, x1)


def normal(uniform: Any) -> Any:
    """The number that a standard normal is below with this probability.

    >>> round(normal(0.975), 12), normal(0.5)
    (1.95996398454, 0.0)
    """
    q, tail = uniform - 0.5, minimum(uniform, 1.0 - uniform)
    outward = sqrt(-log(tail))
    central, r, s = tail >= 0.075, 0.180625 - q * q, outward - 1.6
    top = where(central, q * _horner(r, _CENTRAL[0]), _horner(s, _NEAR[0]))
    bottom = where(central, _horner(r, _CENTRAL[1]), _horner(s, _NEAR[1]))
    beyond = outward - 5.0

    def far() -> Any:
        return _horner(beyond, _FAR[0]) / _horner(beyond, _FAR[1])

    size = rarely(beyond > 0.0, far, top / bottom)
    return where(central, size, where(q < 0.0, -size, size))


def _horner(x: Any, coefficients: tuple[float, ...]) -> Any:
    reached: Any = coefficients[-1]
    for one in coefficients[-2::-1]:
        reached = reached * x + one
    return reached


def rarely(flag: Any, compute: Callable[[], Any], otherwise: Any) -> Any:
    """What is computed where a flag holds, which it seldom does.

    >>> rarely(False, lambda: 1.0 / 0.0, 2.0)
    2.0
    """
    if isinstance(flag, Value):
        e = flag.graph
        held = e.variable(otherwise, many=otherwise.many)
        with e.when_any(flag):
            e.set(held, e.select(flag, compute(), otherwise))
        return e.get(held)
    if isinstance(flag, Symbol):
        return where(flag, compute(), otherwise)
    if isinstance(flag, bool):
        return compute() if flag else otherwise
    return where(flag, compute(), otherwise) if flag.any() else otherwise


def drawn_in_kernel(counter: Words, key: Words, *, uniform: bool) -> Value:
    """The drawn number as instructions."""
    e = counter.first.graph
    word = threefry(counter, key, e.word).first >> e.word(11)
    kept = e.type(word.kind, many=word.many)
    number = e.value(f"uitofp {kept} {word.text} to {e.type(NUMBER, many=word.many)}", many=word.many)
    share = share_of(number)
    return share if uniform else normal(share)


def drawn_in_arrays(scenarios: Any, place: int, seed: int, driver: int, *, uniform: bool) -> Any:
    """The drawn numbers of a place on NumPy: `scenarios` are the numbers of the scenarios, an array of uint64.

    >>> import numpy as np
    >>> drawn_in_arrays(np.arange(3, dtype=np.uint64), 0, 1, 0, uniform=True).round(6)
    array([0.686434, 0.464733, 0.911583])
    """
    import numpy as np

    with np.errstate(over="ignore"):
        key = Words(np.uint64(seed), np.uint64(driver))
        word = threefry(Words(scenarios, np.uint64(place)), key, np.uint64).first
    share = share_of((word >> np.uint64(11)).astype(np.float64))
    return share if uniform else normal(share)


def share_of(number: Any) -> Any:
    """A number of 53 bits as a share: the very last rounds to 1, which no share is.

    >>> share_of(2.0**53 - 1.0) < 1.0 < 1.0 + share_of(0.0) * 2.0**2
    True
    """
    return minimum((number + 0.5) * 2.0**-53, 1.0 - 2.0**-53)
