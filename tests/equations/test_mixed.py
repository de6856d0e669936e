"""Operations on floats and arrays mixed give what those on arrays give, and a float where all scenarios agree."""

import itertools

import numpy as np
import pytest

from overbuild.equations.operations import OPERATIONS
from overbuild.equations.scenarios.mixed import MIXED, alike, settled

NUMBERS = [0.0, 1.0, -2.5, 7.0, np.array([0.0, 0.0, 0.0]), np.array([1.0, -2.5, 1e-12]), np.array([3.0, 0.5, 8.0])]
FLAGS = [True, False, np.array([True, False, True]), np.array([True, True, True])]
ELEMENTWISE = [kind for kind, row in OPERATIONS.items() if "row" not in (*row.takes, row.gives)]


def entries(value):
    return np.broadcast_to(np.asarray(value, dtype=float), (3,))


@pytest.mark.parametrize("kind", ELEMENTWISE)
def test_what_comes_out_is_what_arrays_give(kind):
    row, checked = OPERATIONS[kind], 0
    for operands in itertools.product(*(NUMBERS if sort == "number" else FLAGS for sort in row.takes)):
        spread = [np.broadcast_to(np.asarray(one), (3,)) for one in operands]
        with np.errstate(divide="raise", invalid="raise", over="raise"):
            try:
                wanted = row.arrays(np, *spread)
            except FloatingPointError:
                with pytest.raises((FloatingPointError, ZeroDivisionError, ValueError)):
                    MIXED[kind](*operands)
                continue
            found = MIXED[kind](*operands)
        assert np.array_equal(entries(found), entries(wanted)), (kind, operands)
        checked += 1
    assert checked >= 3


@pytest.mark.parametrize("kind", [kind for kind in OPERATIONS if kind not in ELEMENTWISE and OPERATIONS[kind].cell])
def test_rows_may_hold_floats_and_arrays(kind):
    flags = [1.0, np.array([0.0, 1.0, 1.0]), 0.0]
    rows = [[2.0, np.array([1.0, 5.0, 0.5]), -3.0], flags] if kind in ("row_min", "row_dot") else [flags]
    rows = rows[: len(OPERATIONS[kind].takes)]
    whole = [np.stack([entries(one) for one in row]) for row in rows]
    alone = [OPERATIONS[kind].floats(*(row[:, place].tolist() for row in whole)) for place in range(3)]
    assert entries(MIXED[kind](*rows)).tolist() == pytest.approx(alone, abs=1e-12)
    plain = [row[:, 0].tolist() for row in whole]
    assert type(MIXED[kind](*plain)) is float


def test_what_agrees_is_one_number():
    same, apart = np.array([2.0, 2.0, 2.0]), np.array([1.0, 2.0, 3.0])
    assert alike(same) == 2.0 and type(alike(same)) is float and alike(apart) is apart
    assert (
        settled(same > 1.0) is True
        and settled(same < 1.0) is False
        and settled(apart > 1.5).tolist() == [False, True, True]
    )
    assert MIXED["mul"](0.0, apart) == 0.0 and MIXED["mul"](1.0, apart) is apart and MIXED["add"](apart, 0.0) is apart
    assert MIXED["present"](apart, 1.0) == 1.0 and MIXED["breached"](apart, 1.0) == 0.0
    assert MIXED["where"](apart > 2.0, 4.0, 4.0) == 4.0


def test_a_division_by_zero_in_one_scenario_is_refused():
    with np.errstate(divide="raise", invalid="raise"), pytest.raises(FloatingPointError):
        MIXED["div"](0.0, np.array([1.0, 0.0]))
