"""Numbers drawn in a kernel: the published vectors, the same words as on arrays, the normal distribution."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from overbuild.equations import line
from overbuild.equations.kernel import DrawnInside, Scenarios, kernel_of
from overbuild.equations.kernel.draws import Words, drawn_in_arrays, normal, threefry
from overbuild.equations.model import Model, RowOf, Stage

FULL = 2**64 - 1
PUBLISHED = [
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((FULL, FULL), (FULL, FULL), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), PUBLISHED)
def test_words_are_the_published_ones(counter, key, words):
    """Known answers of the Random123 library, D. E. Shaw Research, file kat_vectors."""
    given = (Words(*(np.array([one], np.uint64) for one in pair)) for pair in (counter, key))
    assert tuple(int(one[0]) for one in threefry(*given, np.uint64)) == words


def test_a_normal_is_the_inverse_of_the_distribution():
    for share in (1e-300, 1e-20, 1e-13, 1e-9, 0.001, 0.0749, 0.075, 0.0751, 0.3, 0.5, 0.7, 0.925, 0.9251, 0.999999):
        expected = NormalDist().inv_cdf(share)
        assert normal(share) == pytest.approx(expected, rel=1e-13 if share < 0.5 else 1e-9, abs=1e-15)


def walk(state, inputs, terms):
    line("one", inputs[0] + 0.0 * terms)
    line("two", inputs[1])
    line("share", inputs[2])
    line("once", terms)
    return state


PLACES, SIZE = 9, 1003
MODEL = Model((Stage("walk", walk, None, 0.0, 0.0, ([0.0] * PLACES,) * 3, first=3),))
BINDINGS = {
    "walk.inputs.0": DrawnInside(4),
    "walk.inputs.1": DrawnInside(7),
    "walk.inputs.2": DrawnInside(7, uniform=True),
    "walk.terms": DrawnInside(2),
}
ROWS = [RowOf("walk", name) for name in ("one", "two", "share", "once")]


def on_arrays(driver, uniform=False, places=range(3, 3 + PLACES), first=10**12):
    numbers = np.arange(first, first + SIZE, dtype=np.uint64)
    return np.array([drawn_in_arrays(numbers, place, 2**63 + 5, driver, uniform=uniform) for place in places])


def test_what_a_kernel_draws_is_what_arrays_draw():
    run = kernel_of(MODEL, ROWS, BINDINGS).on(MODEL).run
    found = run(Scenarios(SIZE, first=10**12, seed=2**63 + 5))
    assert np.array_equal(found[ROWS[2]], on_arrays(7, uniform=True))
    np.testing.assert_allclose(found[ROWS[0]], on_arrays(4), rtol=0, atol=4e-15)
    np.testing.assert_allclose(found[ROWS[3]], on_arrays(2, places=[0] * PLACES), rtol=0, atol=4e-15)
    # a scenario draws the same whatever runs beside it
    later = run(Scenarios(100, first=10**12 + 101, seed=2**63 + 5))
    assert all(np.array_equal(later[row], found[row][:, 101:201]) for row in ROWS)


def test_correlated_normals_are_the_factor_times_those_drawn():
    factor = [[1.0, 0.0], [0.6, 0.8]]
    kernel = kernel_of(MODEL, ROWS, BINDINGS, together=(4, 7))
    found = kernel.on(MODEL, factor=factor).run(Scenarios(SIZE, first=10**12, seed=2**63 + 5))
    one, two = on_arrays(4), on_arrays(7)
    np.testing.assert_allclose(found[ROWS[0]], one, rtol=0, atol=4e-15)
    np.testing.assert_allclose(found[ROWS[1]], 0.6 * one + 0.8 * two, rtol=0, atol=8e-15)
    both = np.corrcoef(found[ROWS[0]].ravel(), found[ROWS[1]].ravel())[0, 1]
    assert abs(both - 0.6) < 4 * (1 - 0.36) / math.sqrt(PLACES * SIZE)


def test_drawn_normals_are_normal():
    drawn = kernel_of(MODEL, ROWS, BINDINGS).on(MODEL).run(Scenarios(20_000, seed=1))[ROWS[0]].ravel()
    shares = np.sort([NormalDist().cdf(one) for one in drawn[:: len(drawn) // 20_000]])
    distance = np.max(np.abs(shares - (np.arange(len(shares)) + 0.5) / len(shares)))
    assert distance * math.sqrt(len(shares)) < 1.63  # the 1% point of Kolmogorov's statistic
    assert abs(float(np.mean(drawn))) < 4 / math.sqrt(len(drawn))


def test_scenarios_that_do_not_follow_each_other_are_drawn_by_their_numbers():
    prepared = kernel_of(MODEL, ROWS, BINDINGS).on(MODEL)
    whole = prepared.run(Scenarios(1000, seed=3, first=50))
    some = np.array([3, 700, 4, 999, 0, 21, *range(100, 150)])
    found = prepared.run(Scenarios(len(some), seed=3, numbers=(some + 50).astype(np.uint64)))
    assert all(np.array_equal(found[row], whole[row][:, some]) for row in ROWS)
