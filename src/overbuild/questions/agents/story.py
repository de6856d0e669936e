"""An agent on a workflow, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.demand.agents.agents_run import TOKEN_PRICES, AgentsRun
from overbuild.questions.agents.words import (
    a_task,
    breakeven_words,
    input_words,
    money,
    quarters_words,
)
from overbuild.questions.deciding import three
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import capitalised, listed, pct
from overbuild.world.provenance.input_ends import InputEnds

WITHHELD = "the evidence disagrees in sign: a range is told and no verdict"


def headline(run: AgentsRun) -> str:
    """Whether it pays, first; then what a task costs either way and what the programme is worth."""
    if run.is_withheld:
        return f"{run.plan.name}: no verdict. {_range(run)}"
    return f"{run.plan.name}: {_verdict(run)} {_programme(run)}"


def _verdict(run: AgentsRun) -> str:
    lines, currency = run.lines, run.plan.currency
    verdict = "it pays" if run.pays else "it does not pay"
    saved = f"{a_task(run.saving, currency)} less" if run.pays else f"{a_task(-run.saving, currency)} more"
    thin = " Thin:" if run.pays and run.saving < THIN * lines["baseline_cost"] else ""
    tail = f"{thin} a tenth of that cost or less." if thin else ""
    return (
        f"{verdict}. A task costs {a_task(lines['cost_per_task'], currency)} with the agent and "
        f"{a_task(lines['baseline_cost'], currency)} without: {saved}.{tail}"
    )


THIN = 0.1
"""A saving below this share of the cost without an agent is called thin."""


def _range(run: AgentsRun) -> str:
    of, currency = _disputed(run), run.plan.currency
    ends = [f"{a_task(abs(saved), currency)} {'less' if saved > 0.0 else 'more'}" for saved in (of.at_low, of.at_high)]
    return (
        f"A task costs {a_task(run.lines['baseline_cost'], currency)} without an agent, and with one between {ends[0]} and "
        f"{ends[1]}: trials disagree in sign on the {input_words(of.input.path)}, {three_of(of)}."
    )


def _disputed(run: AgentsRun) -> InputEnds:
    """The input at whose ends the saving has either sign; that of the person's time, where the case is one of time."""
    return next((one for one in run.deciding if one.input.path == "review.cost"), run.deciding[0])


def three_of(of: InputEnds) -> str:
    """The range of an input with its unit."""
    return three(of.input.low or 0.0, of.input.value, of.input.high or 0.0, of.unit)


def _programme(run: AgentsRun) -> str:
    plan, worth, currency = run.plan.programme, run.net_present_value, run.plan.currency
    years = plan.quarters / 4
    paid = run.values().values["payback_quarters"]
    back = f", paid back after {quarters_words(paid)}" if isinstance(paid, int | float) else ", never paid back"
    return (
        f"Over {years:g} years {plan.tasks_per_year:,.0f} tasks a year are worth {money(worth, currency)} after a fixed cost "
        f"of {money(plan.fixed_cost, currency)}{back}."
    )


def screen(run: AgentsRun) -> Screen:
    """What is printed first: what a task is made of, the break-evens, what decides it."""
    if run.is_withheld:
        return Screen("task", _moves(run), _decides(run), "Where it turns")
    return Screen(
        "task", _moves(run), _decides(run), "At which values it stops to pay" if run.pays else "What would make it pay"
    )


def _moves(run: AgentsRun) -> tuple[str, ...]:
    if run.is_withheld:
        return _turning(run)
    success, *others = run.breakevens
    told = f"{breakeven_words(success, run.plan).removesuffix('.')}; {_least(run)}."
    return (told, *(breakeven_words(one, run.plan) for one in others))


def _least(run: AgentsRun) -> str:
    least = run.least_success
    if least is None:
        return "the programme is not worth its fixed cost at any"
    return (
        "the programme is worth its fixed cost at any"
        if least == 0.0
        else f"the programme is worth its fixed cost from {pct(least)} on"
    )


def _turning(run: AgentsRun) -> tuple[str, ...]:
    """Of a case without a verdict: at which value of what is disputed it turns."""
    of, currency = _disputed(run), run.plan.currency
    turn = next((one for one in run.breakevens if one.name == "review_cost" and one.value is not None), None)
    if turn is None or turn.value is None:
        return ()
    share = turn.value / run.plan.person.cost - 1.0
    return (
        f"{capitalised(input_words(of.input.path))}: it turns at {a_task(turn.value, currency)}, {abs(share):.0%} "
        f"{'below' if share < 0.0 else 'above'} what the task costs a person alone.",
    )


def _decides(run: AgentsRun) -> tuple[str, ...]:
    told = moving_words(run.deciding, input_words, "a task saves", a_task, f" {run.plan.currency}")
    return (*told, _tokens(run))


def _tokens(run: AgentsRun) -> str:
    """How much token prices matter, against what decides."""
    places = [place for place, one in enumerate(run.deciding, start=1) if one.input.path in TOKEN_PRICES and one.swing]
    if not places:
        return "Token prices do not enter: the seller's price stands for them."
    of = run.deciding[places[0] - 1]
    return (
        f"{capitalised(input_words(of.input.path))}: number {places[0]} of {len(run.deciding)}; over its range a task saves "
        f"{a_task(of.swing, run.plan.currency)} more or less."
    )


def notes(run: AgentsRun) -> tuple[str, ...]:
    """What the numbers mean."""
    lines = run.lines
    told = [
        f"Of 100 tasks {lines['accepted_right'] * 100:.0f} end right by the agent, {lines['accepted_wrong'] * 100:.0f} wrong and "
        f"unnoticed, {lines['left_to_person'] * 100:.0f} with a person; {lines['attempts_per_task']:.2f} attempts a task.",
        f"A task done right costs {a_task(lines['cost_per_correct'], run.plan.currency)}: wrong ones are paid for too.",
        "Tasks are taken over along an S-curve; token prices fall by "
        f"{pct(run.plan.agent.price_decline_per_year)} a year, all else stays.",
    ]
    sellers = [input_words(one.path) for one in run.sellers]
    told.append(
        f"A seller's claim, in whole or at one end: {listed(sellers)}."
        if sellers
        else "No figure rests on a seller's claim alone."
    )
    return tuple(told)
