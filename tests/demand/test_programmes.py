"""Workflows under a budget, a common shock, and the share of work that agents must take."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.demand.programmes.examples import WORK
from overbuild.demand.programmes.knapsack import Candidate, best_within
from overbuild.demand.programmes.needed_share import needed_share
from overbuild.demand.programmes.programmes_run import run_programmes
from overbuild.errors import OverbuildError
from overbuild.stress.programme_worlds import common_worth, needed_range

SHIPPED = Path("preset:agents-2026")
SPEND = 800e9


def best_by_trying(candidates, budget):
    """The most that any choice is worth: all of them are tried."""
    best = 0.0
    for count in range(len(candidates) + 1):
        for chosen in itertools.combinations(candidates, count):
            groups = [one.group for one in chosen]
            if len(groups) == len(set(groups)) and sum(one.cost for one in chosen) <= budget:
                best = max(best, sum(one.worth for one in chosen))
    return best


AMOUNT = st.integers(0, 40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 40), AMOUNT, st.integers(0, 3)), min_size=1, max_size=7), AMOUNT)
def test_the_choice_within_a_budget_is_the_best_there_is(rows, budget):
    candidates = [
        Candidate(str(at), str(group), float(worth), float(cost)) for at, (worth, cost, group) in enumerate(rows)
    ]
    found = best_within(candidates, float(budget))
    assert found.worth == pytest.approx(best_by_trying(candidates, budget), abs=1e-6)
    assert found.cost <= budget + 1e-6


def test_nothing_is_chosen_with_no_budget_or_no_worth():
    assert best_within([Candidate("a", "a", 5.0, 1.0)], 0.5).names == ()
    assert best_within([Candidate("a", "a", -5.0, 1.0)], 9.0).names == ()


def test_the_share_needed_pays_what_is_asked():
    found = needed_share(WORK)
    paid = found.of_all * WORK.wage_bill * WORK.worth_of_work * WORK.paid_share
    assert paid == pytest.approx(WORK.must_be_earned * WORK.earned_there * WORK.by_agents)
    assert found.of_addressable == pytest.approx(found.of_all / WORK.addressable)


def test_what_an_agent_is_worth_is_that_of_the_workflows_that_ship():
    run = run_programmes(SHIPPED, SPEND)
    assert run.plan.work.worth_of_work == pytest.approx(run.worth_of_work, abs=0.01)
    each = [one.worth_of_work for one in run.workflows if not one.run.is_withheld]
    ends = run.case.inputs["work.worth_of_work"]
    assert min(each) == pytest.approx(ends.low, abs=0.01) and max(each) == pytest.approx(ends.high, abs=0.01)


def test_one_of_each_workflow_is_chosen_and_none_without_a_verdict():
    run = run_programmes(SHIPPED, SPEND, ["budget=1e9"])
    groups = [one.plan.group for one in run.workflows if one.plan.name in run.chosen.names]
    assert len(groups) == len(set(groups)) and "software-task" not in run.chosen.names
    assert "code-review-managed" not in run.chosen.names


def test_the_range_holds_the_share_used_and_three_inputs_decide_it():
    run = run_programmes(SHIPPED, SPEND)
    ends = needed_range(run)
    assert ends is not None and ends.low < run.lines["share_of_tasks_needed"] < ends.high
    assert [one.input.path for one in run.deciding[:3]] == ["work.worth_of_work", "work.paid_share", "work.by_agents"]


def test_programmes_that_fail_together_lose_more_often_and_are_worth_as_much_in_the_mean():
    run = run_programmes(SHIPPED, SPEND, ["budget=350000"])
    apart, together = common_worth(run, (0.0, 0.9))
    assert together.high - together.low > 1.05 * (apart.high - apart.low)
    assert together.mean == pytest.approx(apart.mean, rel=0.02)


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (["common_success=1.5"], "a correlation lies between 0 and 1"),
        (["work.addressable=25"], "did you mean 0.25?"),
        (["budget=-1"], "a budget in USD"),
    ],
)
def test_what_cannot_be_of_a_portfolio_is_refused(sets, said):
    with pytest.raises(OverbuildError) as caught:
        run_programmes(SHIPPED, SPEND, sets)
    assert said in str(caught.value)
