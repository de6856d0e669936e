"""Each operation on lanes is what it is on floats; so are exponential, logarithm and power, to the last places."""

import math

import numpy as np
import pytest

from overbuild.equations import line
from overbuild.equations.kernel import Fold, Lane, LaneColumn, Scenarios, kernel_of
from overbuild.equations.kernel.fused import PASSING
from overbuild.equations.kernel.kernel import Kernel
from overbuild.equations.kernel.known import NOTHING
from overbuild.equations.model import Model, Stage
from overbuild.equations.operations import OPERATIONS, apply

AWKWARD = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e-9,
    -1e-9,
    1e-300,
    1e300,
    math.inf,
    -math.inf,
    math.nan,
    0.3,
    -7.25,
    708.5,
    -745.0,
    2.0,
)
NUMBERS = [kind for kind in OPERATIONS if kind not in PASSING]
WITHIN = {"exp": 4, "log": 2, "power": 4, "logistic": 6, "div": 2}
"""Units of the last place by which the value of an operation may differ; 0 for all others. Of a power, for each 1 in the
exponent of e that it is."""


def one_stage(kind):
    """A model of one stage that is run once: the operation on terms; flags are made by a comparison."""
    takes = OPERATIONS[kind].takes

    def formula(terms):
        operands = [one > 0.0 if sort == "flag" else one for one, sort in zip(terms, takes, strict=True)]
        made = apply(kind, *operands)
        return line("made", apply("where", made, 1.0, 0.0) if OPERATIONS[kind].gives == "flag" else made)

    return Model((Stage("one", formula, None, (0.5,) * len(takes)),))


def on_floats(kind, operands):
    takes = OPERATIONS[kind].takes
    try:
        made = OPERATIONS[kind].floats(
            *[bool(one > 0.0) if sort == "flag" else one for one, sort in zip(operands, takes, strict=True)]
        )
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return float(made)


def operands(kind, many=400):
    generator = np.random.default_rng(len(kind))
    drawn = generator.choice(AWKWARD, (many, len(OPERATIONS[kind].takes)))
    plain = generator.uniform(-20.0, 20.0, drawn.shape) * 10.0 ** generator.integers(-8, 2, drawn.shape)
    found = np.where(generator.random(drawn.shape) < 0.5, plain, drawn)
    if kind == "power":
        found = np.stack([np.abs(found[:, 0]), np.clip(found[:, 1], -30.0, 30.0)], axis=1)
        found[:, 0] = np.where(np.isfinite(found[:, 0]), np.clip(found[:, 0], 1e-3, 1e3), 1.0)
    if kind == "log":
        found = np.where(np.abs(found) < 1e-300, 0.0, found)
    return found


@pytest.mark.parametrize("kind", NUMBERS)
def test_an_operation_is_that_on_floats(kind):
    model, given = one_stage(kind), operands(kind)
    names = [f"one.terms.{place}" for place in range(given.shape[1])]
    for bound in (names, names[:1], names[1:]):
        # what is not bound is the same in all scenarios: the first row's
        rows = given.copy()
        for place, name in enumerate(names):
            if name not in bound:
                rows[:, place] = rows[0, place]
        fixed = Model((model.stages[0]._replace(terms=tuple(float(one) for one in rows[0])),))
        lanes = [place for place, name in enumerate(names) if name in bound]
        bindings = {names[place]: Lane(row) for row, place in enumerate(lanes)}
        kernel = Kernel(fixed, ["one.made"], bindings, known=NOTHING).compile()
        values = np.ascontiguousarray(rows[:, lanes].T) if lanes else None
        found = kernel.on(fixed).run(Scenarios(len(rows), values))["one.made"]
        for row, made in zip(rows, found, strict=True):
            expected = on_floats(kind, [float(one) for one in row])
            if expected is not None:
                times = 1.0 + abs(row[1] * math.log(row[0])) if kind == "power" else 1.0
                assert alike(made, expected, WITHIN.get(kind, 0) * times), (kind, row, made, expected)


def alike(made, expected, units):
    if math.isnan(expected) or math.isnan(made):
        return math.isnan(expected) and math.isnan(made)
    if abs(expected) < 1e-307:
        return abs(made) <= 1e-307
    return made == expected or abs(made - expected) <= units * math.ulp(expected)


@pytest.mark.parametrize(("kind", "off"), [("exp", 3), ("log", 2), ("logistic", 5)])
def test_a_function_is_exact_to_the_last_places(kind, off):
    generator = np.random.default_rng(3)
    given = generator.uniform(-300.0, 300.0, 20_000) if kind != "log" else np.exp(generator.uniform(-600, 600, 20_000))
    given[:4_000] = generator.uniform(0.5, 1.5, 4_000)
    model = one_stage(kind)
    found = kernel_of(model, ["one.made"], {"one.terms.0": Lane(0)}).on(model).run(Scenarios(20_000, given[None]))
    expected = np.array([OPERATIONS[kind].floats(float(one)) for one in given])
    assert np.max(np.abs(found["one.made"] - expected) / np.spacing(np.abs(expected))) <= off


def carried(state, inputs, terms):
    line("entry", inputs[0])
    line("flag", inputs[1])
    line("still", terms)
    return state + line("other", inputs[2] * terms)


@pytest.mark.parametrize("bound", [("entry", "flag", "other"), ("entry",), ("flag",), ()])
def test_row_operations_are_those_on_floats(bound):
    generator = np.random.default_rng(5)
    rows = generator.normal(size=(3, 7, 21)).round(2)
    rows[1] = generator.integers(0, 2, (7, 21)).astype(float)
    rows[1][:, 5] = 0.0
    for place, name in enumerate(("entry", "flag", "other")):
        if name not in bound:
            rows[place] = rows[place][:, :1]
    columns = tuple([float(one) for one in rows[place][:, 0]] for place in range(3))
    model = Model((Stage("one", carried, None, 1.0, 0.0, columns),))
    wanted = [
        *(Fold("row_sum", "one", (name,)) for name in ("entry", "still")),
        Fold("row_dot", "one", ("entry", "other")),
        Fold("row_dot", "one", ("still", "still")),
        Fold("row_min", "one", ("entry", "flag")),
        Fold("row_first", "one", ("flag",)),
    ]
    at = {"entry": 0, "flag": 1, "other": 2}
    bindings = {f"one.inputs.{at[name]}": LaneColumn(at[name]) for name in bound}
    found = kernel_of(model, wanted, bindings).on(model).run(Scenarios(21, columns=rows))
    for one in wanted:
        for scenario in range(21):
            lists = [[1.0] * 7 if name == "still" else rows[at[name]][:, scenario].tolist() for name in one.lines]
            assert found[one][scenario] == pytest.approx(apply(one.operation, *lists), rel=1e-15, abs=1e-15)
