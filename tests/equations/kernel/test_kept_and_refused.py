"""Object code on disk, NumPy where machine code is refused, and what is refused with a reason."""

import sys

import numpy as np
import pytest

from overbuild.equations import line, maximum, row_sum
from overbuild.equations.kernel import Fold, Lane, LaneColumn, Scaled, Scenarios, kernel, kernel_of
from overbuild.equations.kernel.machine import native
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.errors import InputError


def walk(state, inputs, terms):
    return line("price", state + inputs * terms)


def site(state, inputs, terms):
    line("paid", maximum(0.0, inputs.price - terms) * inputs.runs)
    return line("cash", state + inputs.price * inputs.runs)


def results(rows):
    return line("sum", row_sum(rows[0])), line("highest", row_sum(rows[1]))


def late(state, inputs, terms):
    return line("left", state * terms - inputs)


class Given(tuple):
    """A price and whether it runs."""

    __slots__ = ()
    _fields = ("price", "runs")

    def __new__(cls, *leaves):
        return super().__new__(cls, leaves)

    price, runs = property(lambda self: self[0]), property(lambda self: self[1])


MODEL = Model(
    (
        Stage("world", walk, None, 2.0, 10.0, [1.0, -3.0, 2.0, 5.0]),
        Stage("site", site, None, 9.0, 0.0, Given(RowOf("world", "price"), [0.0, 1.0, 1.0, 1.0])),
        Stage("results", results, None, None, (RowOf("site", "paid"), RowOf("world", "price"))),
        Stage("late", late, None, 0.5, Left("site"), [1.0, 1.0]),
    )
)
WANTED = [
    "results.sum",
    "results.highest",
    RowOf("world", "price"),
    RowOf("late", "left"),
    Fold("row_sum", "late", ("left",)),
]
BOUND = {"world.terms": Lane(0), "world.state": Scaled(1), "site.inputs.runs": LaneColumn(0)}
SCENARIOS = Scenarios(5, np.arange(10.0).reshape(2, 5), np.ones((1, 4, 5)))


def by_hand(scenario):
    price, cash, paid, prices = 10.0 * SCENARIOS.lanes[1, scenario], 0.0, 0.0, []
    for step in (1.0, -3.0, 2.0, 5.0):
        price += step * SCENARIOS.lanes[0, scenario]
        prices.append(price)
        paid, cash = paid + max(0.0, price - 9.0), cash + price
    left = [cash * 0.5 - 1.0]
    left.append(left[0] * 0.5 - 1.0)
    return paid, sum(prices), prices, left, sum(left)


def test_stages_go_place_by_place_and_one_after_the_other():
    made = kernel_of(MODEL, WANTED, BOUND)
    assert made.slow == ""
    found = made.on(MODEL).run(SCENARIOS)
    for scenario in range(5):
        ours = [found[one][..., scenario].tolist() for one in WANTED]
        assert ours == list(by_hand(scenario))


def test_it_runs_on_numpy_where_there_is_no_llvmlite(monkeypatch, nothing_kept):
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    made = kernel_of(MODEL, WANTED, BOUND)
    assert "no machine code here (ModuleNotFoundError" in made.slow
    found = made.on(MODEL).run(SCENARIOS, threads=2)
    for scenario in range(5):
        assert [found[one][..., scenario].tolist() for one in WANTED] == list(by_hand(scenario))


def test_it_runs_on_numpy_where_memory_for_code_is_refused(monkeypatch, nothing_kept):
    def refuse(*_):
        raise RuntimeError("mprotect: permission denied")

    monkeypatch.setattr(kernel, "native", refuse)
    made = kernel_of(MODEL, WANTED, BOUND)
    assert "permission denied" in made.slow
    assert made.on(MODEL).run(SCENARIOS)["results.sum"].tolist() == [by_hand(one)[0] for one in range(5)]


def compiled_anew():
    return kernel.Kernel(MODEL, WANTED, BOUND).compile()


def test_object_code_is_kept_and_found(monkeypatch, tmp_path):
    monkeypatch.setenv("OVERBUILD_CACHE", str(tmp_path))
    assert not compiled_anew().from_disk
    again = compiled_anew()
    assert again.from_disk
    assert again.on(MODEL).run(SCENARIOS)["results.sum"].tolist() == [by_hand(one)[0] for one in range(5)]
    (entry,) = (tmp_path / "kernels").iterdir()
    for broken in (b"", entry.read_bytes()[:-7], entry.read_bytes()[:60] + b"\0" * 400):
        entry.write_bytes(broken)
        assert not compiled_anew().from_disk
        assert compiled_anew().from_disk
    # another processor is another entry
    other = native.host()._replace(features=native.host().features + ",-sse4a")
    assert not kernel.Kernel(MODEL, WANTED, BOUND).compile(other).from_disk


def test_a_folder_that_cannot_be_written_does_no_harm(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.write_text("here is no folder")
    for named in (str(occupied), ""):
        monkeypatch.setenv("OVERBUILD_CACHE", named)
        assert not compiled_anew().from_disk
        assert not compiled_anew().from_disk


@pytest.mark.parametrize(
    ("wanted", "bound", "code"),
    [
        (["results.summ"], {}, "unknown_name"),
        (["site.cash"], {}, "bad_wanted"),
        ([RowOf("site", "cashh")], {}, "unknown_name"),
        (["results.sum"], {"world.term": Lane(0)}, "unknown_name"),
        (["results.sum"], {"world.terms": LaneColumn(0)}, "bad_binding"),
    ],
)
def test_what_a_model_does_not_have_is_refused(wanted, bound, code):
    with pytest.raises(InputError) as error:
        kernel_of(MODEL, wanted, bound)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("scenarios", "code"),
    [
        (Scenarios(0), "out_of_range"),
        (SCENARIOS._replace(lanes=None), "length_mismatch"),
        (SCENARIOS._replace(lanes=np.zeros((1, 5))), "length_mismatch"),
        (SCENARIOS._replace(columns=np.zeros((1, 3, 5))), "length_mismatch"),
    ],
)
def test_scenarios_that_do_not_fit_are_refused(scenarios, code):
    with pytest.raises(InputError) as error:
        kernel_of(MODEL, WANTED, BOUND).on(MODEL).run(scenarios)
    assert error.value.code == code


def test_a_number_that_is_lost_shows():
    model = Model((Stage("one", lambda terms: line("ratio", terms[0] / terms[1]), None, (1.0, 2.0)),))
    found = (
        kernel_of(model, ["one.ratio"], {"one.terms.1": Lane(0)}).on(model).run(Scenarios(2, np.array([[0.0, 2.0]])))
    )
    assert found["one.ratio"].tolist() == [np.inf, 0.5]


def test_a_model_of_another_structure_is_refused():
    longer = MODEL._replace(stages=(*MODEL.stages[:3], MODEL.stages[3]._replace(first=1)))
    with pytest.raises(InputError) as error:
        kernel_of(MODEL, WANTED, BOUND).on(longer)
    assert error.value.code == "other_structure"
