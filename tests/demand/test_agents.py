"""Agents at work: the table of mid values, identities of a task, break-evens that hold when run, what is refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.demand.agents.agents_run import TOKEN_PRICES, npv_of, run_agents
from overbuild.demand.agents.breakeven import breakevens, saving_of
from overbuild.demand.agents.examples import TERMS
from overbuild.demand.agents.stop import stop_rules
from overbuild.demand.agents.task import Review, all_tasks, attempts_made, outcome, task_unit
from overbuild.errors import InputErrors, OverbuildError
from overbuild.world.presets import AGENTS, presets

TABLE = {
    "invoice-handling": ("13.73", "7.18", "6.55", "0.43"),
    "claims-processing": ("90.0", "66.1", "23.9", "0.48"),
    "contract-review": ("149.0", "90.1", "58.9", "0.53"),
    "support-desk": ("7.00", "5.96", "1.04", "0.78"),
    "support-desk-per-resolution": ("7.00", "6.66", "0.34", "0.84"),
    "code-review": ("100.0", "95.0", "5.0", "0.53"),
    "code-review-managed": ("100.0", "114.8", "-14.8", "0.79"),
    "sales-development": ("631", "696", "-65", "0.63"),
    "mammography-reading": ("2.60", "4.46", "-1.86", "none"),
}
"""Baseline, cost with the agent, saving and least success at mid values, as the table of the collection prints them."""


def run(name, *sets):
    return run_agents(Path(f"preset:{name}"), sets)


def as_printed(number, printed):
    digits = len(printed.partition(".")[2])
    return f"{number:.{digits}f}"


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_mid_values_is_reproduced_to_its_digits(name):
    found = run(name)
    least = next(one for one in found.breakevens if one.name == "success").value
    numbers = [found.lines[line] for line in ("baseline_cost", "cost_per_task", "saving_per_task")]
    assert [as_printed(*pair) for pair in zip(numbers, TABLE[name][:3], strict=True)] == list(TABLE[name][:3])
    assert ("none" if least is None else as_printed(least, TABLE[name][3])) == TABLE[name][3]


def test_no_other_workflow_ships_and_one_gives_no_verdict():
    assert set(presets(AGENTS)) == {*TABLE, "software-task"}
    assert [name for name in presets(AGENTS) if run(name).is_withheld] == ["software-task"]
    disputed = next(one for one in run("software-task").deciding if one.input.path == "review.cost")
    assert disputed.at_low > 0.0 > disputed.at_high


def test_the_token_price_decides_none_of_them():
    assert [name for name in TABLE if run(name).deciding[0].input.path in TOKEN_PRICES] == []


def test_every_case_says_which_figures_are_a_sellers():
    folder = Path(__file__).parents[2] / "src/overbuild/world/presets/agents"
    heads = {one.stem: one.read_text("utf-8").split("\nname:")[0] for one in folder.glob("*.yaml")}
    assert len(heads) == 10 and all("Sellers' claims:" in head for head in heads.values())
    assert [one.path for one in run("support-desk-per-resolution").sellers] == [
        "agent.success",
        "agent.fee_per_accepted",
    ]


def test_nothing_ever_accepted_costs_every_attempt_and_then_a_person():
    never = Review(1.0, 1.0, 0.0, 0.0)
    found = all_tasks(TERMS.task.agent, never)
    assert (found.attempts, found.right, found.wrong, found.fallback) == (3.0, 0.0, 0.0, 1.0)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.integers(1, 9))
def test_right_wrong_and_fallback_are_all_there_is(success, right, wrong, most):
    found = outcome(success, Review(1.0, 1.0, right, wrong), float(most))
    assert found.right + found.wrong + found.fallback == pytest.approx(1.0, abs=1e-6)
    assert 1.0 - 1e-6 <= found.attempts <= most + 1e-6


@given(st.floats(1e-6, 1.0), st.integers(1, 9))
def test_attempts_are_the_sum_of_the_chances_that_one_more_is_needed(accepted, most):
    assert attempts_made(accepted, float(most)) == pytest.approx(
        sum((1 - accepted) ** at for at in range(most)), rel=1e-7
    )


def test_success_of_all_tasks_is_success_of_the_others_times_their_share():
    plan = run("support-desk").plan
    of_all = plan._replace(agent=plan.agent._replace(success_of="all", success=0.87 * 0.75))
    assert saving_of(of_all) == pytest.approx(saving_of(plan), rel=1e-12)
    assert breakevens(of_all)[0].value == pytest.approx(0.75 * breakevens(plan)[0].value, rel=1e-9)


@pytest.mark.parametrize("name", TABLE)
def test_every_break_even_is_one_when_it_is_run(name):
    plan = run(name).plan
    for one in run(name).breakevens:
        if not one.value:
            continue
        agent, review, person = plan.agent, plan.review, plan.person
        if one.name == "success":
            agent = agent._replace(success=one.value)
        elif one.name == "token_price":
            agent = agent._replace(price_in=agent.price_in * one.value, price_out=agent.price_out * one.value)
        elif one.name == "error_loss":
            person = person._replace(error_loss=one.value)
        else:
            review = review._replace(cost=one.value)
        assert saving_of(plan._replace(agent=agent, review=review, person=person)) == pytest.approx(0.0, abs=1e-8)


def test_a_break_even_that_is_none_says_why():
    assert {one.name: one.why for one in run("mammography-reading").breakevens} == {
        "success": "it does not pay at any success",
        "token_price": "no tokens are paid for",
        "error_loss": "it does not pay at any loss",
        "review_cost": "nothing is reviewed",
    }


def test_an_agent_that_pays_whatever_it_gets_right_needs_no_success():
    cheap = run("invoice-handling", "person.error_loss=0", "person.cost=1000", "review.wrong_accepted=1")
    assert cheap.breakevens[0].value == 0.0


def test_a_programme_is_its_quarters_discounted_less_what_it_cost():
    found = run("claims-processing")
    rate, fixed = found.plan.programme.discount_rate_per_year, found.plan.programme.fixed_cost
    cash = found.quarters["programme_cash"]
    worth = sum(one / (1 + rate) ** ((at + 1) / 4) for at, one in enumerate(cash)) - fixed
    assert found.net_present_value == pytest.approx(worth, rel=1e-12)
    sums = [sum(cash[: at + 1]) - fixed for at in range(len(cash))]
    paid = next(at + 1 for at, one in enumerate(sums) if one >= 0.0)
    assert found.values().values["payback_quarters"] == paid
    assert found.lines["money_at_risk"] == pytest.approx(-min(sums), rel=1e-12)


def test_half_of_the_tasks_are_taken_over_at_the_midpoint():
    found = run("claims-processing")
    midpoint = round(found.plan.programme.adoption_midpoint)
    assert found.quarters["adopted_share"][midpoint - 1] == pytest.approx(0.5)


def test_what_is_never_paid_back_has_no_payback_and_says_so():
    found = run("sales-development").values()
    assert found.values["payback_quarters"] is None and "not paid back" in found.status["payback_quarters"]


def test_a_programme_stopped_at_its_rules_is_worth_nothing():
    found = run("claims-processing")
    for one in stop_rules(found):
        plan = found.plan
        assert one.limit is not None
        if one.name == "adoption_midpoint":
            plan = plan._replace(programme=plan.programme._replace(adoption_midpoint=one.limit))
        elif one.name == "success":
            plan = plan._replace(agent=plan.agent._replace(success=one.limit))
        elif one.name == "wrong_accepted":
            plan = plan._replace(review=plan.review._replace(wrong_accepted=one.limit))
        else:
            plan = plan._replace(person=plan.person._replace(error_loss=one.limit))
        assert npv_of(plan) == pytest.approx(0.0, abs=1.0)


@settings(max_examples=25)
@given(st.floats(0.0, 1.0), st.floats(0.0, 0.99), st.floats(0.0, 100.0))
def test_a_dearer_token_never_saves_more(success, hard, price):
    agent = TERMS.task.agent._replace(success=success, hard_share=hard)
    dearer = agent._replace(price_in=agent.price_in + price)
    assert (
        task_unit(TERMS.task._replace(agent=dearer)).saving <= task_unit(TERMS.task._replace(agent=agent)).saving + 1e-9
    )


@pytest.mark.parametrize(
    ("sets", "code", "said"),
    [
        (("agent.success_of=all", "agent.success=0.8", "agent.hard_share=0.4"), "shares_exceed_1", "together 1.2"),
        (("agent.success=1.2",), "share_out_of_range", "between 0 and 1"),
        (("agent.success=87",), "share_out_of_range", "did you mean 0.87?"),
        (("review.wrong_accepted=50",), "share_out_of_range", "did you mean 0.5?"),
        (("agent.price_in=0.000003",), "price_per_token", "did you mean 3?"),
        (("agent.attempts=0",), "bad_value", "between 1 and 50"),
        (("programme.quarters=0",), "bad_period", "between 1 and 80"),
        (("agent.success_of=some",), "unknown_name", "one of doable, all"),
        (("agent.tokens_in=nan",), "bad_value", "finite"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_meant(sets, code, said):
    with pytest.raises(OverbuildError) as caught:
        run("support-desk", *sets)
    assert caught.value.code == code and said in str(caught.value)


def test_every_fault_is_told_at_once():
    with pytest.raises(InputErrors) as caught:
        run("support-desk", "agent.success=2", "person.error_rate=3")
    assert len(caught.value.errors) == 2


def test_a_price_of_nothing_is_no_price_per_token():
    assert math.isfinite(run("support-desk", "agent.price_in=0", "agent.price_out=0").saving)
