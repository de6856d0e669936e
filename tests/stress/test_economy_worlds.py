"""The AI economy over many worlds: the same digits however it is run, what must hold of the tail, and of who is too big."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from overbuild import ask
from overbuild.ecosystem.contagion.asked_case import AskedContagion, asked_case, network_asked
from overbuild.ecosystem.contagion.market.absorption import absorption_of, absorption_rows
from overbuild.errors import OverbuildError
from overbuild.lenders.rounds.apart import run_apart
from overbuild.lenders.rounds.batch import run_rounds
from overbuild.lenders.rounds.study import Numbers
from overbuild.stress.economy_worlds.drawing import DrawnEconomy
from overbuild.stress.economy_worlds.run import economy_worlds
from overbuild.stress.worlds.distribution import MONEY_GRID
from overbuild.stress.worlds.run import HowMany, run_worlds
from overbuild.stress.worlds.sampling import Sampling
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.sobol import sobol_plan
from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure


@functools.cache
def case(*fails):
    return asked_case(network_asked(None), AskedContagion(fails, 0.0, 1.0, None), search=False)


@functools.cache
def found():
    return economy_worlds(case(), StressSettings(scenarios=256, threads=1))


def test_each_world_is_run_as_it_would_be_alone():
    given, rng = case("OPENAI"), np.random.default_rng(3)
    numbers = given.numbers
    many = numbers._replace(
        buffer=numbers.buffer * rng.lognormal(0.0, 1.0, (60, numbers.buffer.shape[1])),
        kept=rng.uniform(0.0, 0.8, (60, 1)),
        share=rng.uniform(0.35, 0.8, (60, 1)),
    )
    apart, together = run_apart(given.given.study, many), run_rounds(given.given.study, many)
    for name in ("loss", "edge_loss", "stops", "paid_junior"):
        assert getattr(apart, name) == pytest.approx(getattr(together, name), abs=1e-2), name
    some = run_apart(given.given.study, Numbers(*(one if len(one) == 1 else one[17:20] for one in many)))
    assert np.array_equal(some.loss, apart.loss[17:20]) and np.array_equal(some.edge_loss, apart.edge_loss[17:20])


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_the_digest_is_the_same_for_any_block_and_any_number_of_threads(sampler):
    plan = sobol_plan(1, len(DrawnEconomy(case(), Sampling(1)).coordinates.names), 256)
    drawn = DrawnEconomy(case(), Sampling(1, plan if sampler == "sobol" else None))
    asked = Asked(
        (ScenarioMeasure("loss.total", MONEY_GRID), ScenarioMeasure("loss.banks", MONEY_GRID)), fans=("lost",)
    )
    ways = [HowMany(256, threads, block) for threads, block in ((1, 256), (3, 100), (2, 37))]
    assert len({run_worlds(drawn.block, asked, way).digest for way in ways}) == 1


def test_failures_by_themselves_come_as_often_as_their_hazards_say():
    drawn = DrawnEconomy(case(), Sampling(1))
    mean = found().mean("by_itself")
    assert mean.low <= sum(drawn.chances) <= mean.high
    # a lab that somebody would take over fails less often than its class of rating
    place = case().given.study.place("OPENAI")
    taken = absorption_of(case())["OPENAI"].chance
    assert drawn.chances[place] == pytest.approx(drawn.coordinates.chance[place] * (1 - taken)) and 0.1 < taken < 0.5


def test_quantiles_rise_and_the_tail_holds_the_worst():
    for one in found().classes():
        assert 0 <= one.median <= one.p95.value <= one.p99.value and one.p95.value <= one.worst.value + 1, one.id
        assert one.mean.low <= one.mean.value <= one.mean.high and one.in_tail <= one.worst.value + 1
    by = {one.id: one for one in found().classes()}
    parts = sum(by[name].mean.value for name in ("lenders", "equity", "vendors", "landlords"))
    assert parts == pytest.approx(by["total"].mean.value, rel=0.01)
    first = found().parties()[0]
    assert first.in_tail > 5 * first.stops.value


def test_a_failure_adds_to_what_others_lose_and_the_ranks_hold_their_places():
    big = found().too_big
    assert [one.party for one in big[:2]] == ["OPENAI", "ORCL"]
    for place, one in enumerate(big, start=1):
        assert one.added.low <= one.added.value <= one.added.high and one.first <= place <= one.last
        assert one.added.value >= 0


def test_extremes_come_together_under_a_t_copula():
    def many_fail(freedom):
        drawn = DrawnEconomy(case(), Sampling(1, None, freedom))
        return float((drawn.block(0, 2500)["by_itself"] >= 4).mean())

    assert many_fail(3.0) > 2 * many_fail(None)


def test_what_cannot_be_drawn_is_refused_with_every_fault():
    with pytest.raises(OverbuildError) as told:
        ask.contagion(worlds=ask.StressSettings(scenarios=7, sampler="x", freedom=0.0))
    assert all(word in str(told.value) for word in ("sampler", "freedom", "scenarios"))
    with pytest.raises(OverbuildError, match="take 512 or 1,024"):
        ask.contagion(worlds=ask.StressSettings(scenarios=1000, sampler="sobol"))


def test_an_answer_of_worlds_has_its_values_and_says_its_seed():
    answer = ask.contagion(fail="ORCL", worlds=ask.StressSettings(scenarios=100, threads=1))
    assert answer.values["p_stop.ORCL"] == 1.0 and answer.values["loss.lenders.mean"] > 50e9
    assert answer.values["scenarios"] == 100 and any("seed 1" in note for note in answer.notes)
    assert {one.name for one in answer.tables} >= {"classes", "in_the_tail", "too_big", "moves", "drivers"}
    assert len(answer.facts) > 50 and answer.assumptions


def test_who_would_take_a_failing_lab_over():
    rows = [one for one in absorption_rows(case()) if one.target == "ANTHROPIC"]
    takers, anybody = rows[:-1], rows[-1]
    none = np.prod([1.0 - one.chance for one in takers])
    assert anybody.taker == "anybody" and anybody.chance == pytest.approx(1.0 - none)
    assert max(one.low for one in takers) == anybody.low <= anybody.chance <= anybody.high
    other = next(one for one in takers if one.taker == "OPENAI")
    assert other.after == pytest.approx(10_000) and other.allowed == 0.3 and other.after > other.before


def test_the_second_period_stops_only_who_stood():
    given = case("OPENAI")
    first = set(np.flatnonzero(given.corners.harsh.outcome.stops[0]).tolist())
    assert given.second_harsh.stopped and not first & {one.place for one in given.second_harsh.stopped}
    assert all(one.loss > one.buffer for one in given.second_harsh.stopped)
    assert given.second_harsh.beside_vendors >= given.second.beside_vendors >= 0


def test_amounts_of_contracts_are_drawn_within_their_ranges_and_ceilings():
    given, drawn = case("OPENAI").given, DrawnEconomy(case("OPENAI"), Sampling(1))
    numbers = drawn.numbers(drawn.normals(0, 500))
    low, point, high = given.amount
    moves = low < high
    assert moves.sum() > 10 and np.all(numbers.amount.std(axis=0)[moves] > 0)
    assert np.all(numbers.amount[:, ~moves] == point[~moves])
    assert np.all(numbers.amount >= low - 1) and np.all(numbers.amount <= high + 1)
    for ceiling in case("OPENAI").preset.ceilings:
        mine = [
            at
            for at, one in enumerate(given.ties)
            if one.row.payer == ceiling.payer and one.row.type == "compute_offtake" and high[at] > 0
        ]
        totals = np.array([given.ties[at].row.total_usd_bn * 1e9 for at in mine])
        used = (numbers.amount[:, mine] / high[mine] * totals).sum(axis=1)
        assert used.max() > 0.5 * ceiling.total.value and np.all(used <= ceiling.total.value * (1 + 1e-9))
    middle = drawn.numbers(np.zeros((len(drawn.coordinates.names), 1)))
    assert middle.amount[0] == pytest.approx(point, rel=1e-9)


def test_vehicles_have_capital_of_their_own_and_do_not_fail_by_themselves():
    drawn = DrawnEconomy(case(), Sampling(1))
    numbers = drawn.numbers(drawn.normals(0, 200))
    vehicles = [at for at, one in enumerate(case().given.study.parties) if one.type == "spv"]
    known = [at for at in vehicles if 0 < case().given.buffer[1, at] < 1e13]
    assert len(known) > 5 and np.all(numbers.buffer[:, known].std(axis=0) > 0)
    assert np.all(numbers.forced[:, vehicles] == 0)
