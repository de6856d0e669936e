"""The ask of a board on one screen: the money, what comes back and when, three assumptions, when to stop."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from overbuild.answer import Answer, Cell, Screen, Table
from overbuild.demand.agents.agents_run import AgentsRun, model_of_agents
from overbuild.demand.agents.stop import StopRule, stop_rules
from overbuild.questions.agents.answer import answered
from overbuild.questions.agents.words import a_task, input_words, money, quarters_words
from overbuild.questions.columns import column, itemised, unprinted
from overbuild.questions.deciding import DECISIVE, Ends, decisive
from overbuild.questions.prose import pct
from overbuild.stress.case_worlds.worlds import CaseOfKind, CaseWorlds
from overbuild.stress.worlds.settings import StressSettings

ASK_WORLDS = 4096
"""Worlds behind the chance that the money is lost: few enough for a moment."""


def board_ask(run: AgentsRun, workspace: Path | str | None = None) -> Answer:
    """The answer on a workflow, told as an ask: its values, with the rules to stop by and the chance of a loss."""
    answer, rules, loss = answered(run, workspace), stop_rules(run), chance_of_loss(run)
    values: dict[str, Cell] = {f"stop.{one.name}": one.limit for one in rules}
    status = {f"stop.{one.name}": "no value of it alone ends the worth" for one in rules if one.limit is None}
    values["chance_of_loss"] = loss
    if loss is None:
        status["chance_of_loss"] = "the case says of no number that it is uncertain"
    table = _ask(run, loss)
    screen = Screen("ask", _stop(run, rules), _assumptions(run), "When to stop")
    return replace(
        answer,
        headline=answer.headline._replace(text=_headline(run)),
        values={**answer.values, **values},
        status={**answer.status, **status},
        tables=(table, *answer.tables),
        screen=screen,
    )


def chance_of_loss(run: AgentsRun) -> float | None:
    """The share of worlds in which the programme is worth less than nothing; None where nothing is uncertain."""
    if run.case.drivers is None:
        return None
    worlds = CaseWorlds(CaseOfKind(run.case, model_of_agents), StressSettings(ASK_WORLDS), None, ("programme_npv",))
    return float(np.mean(worlds.values("programme_npv")["programme_npv"] < 0.0))


def _headline(run: AgentsRun) -> str:
    plan, currency = run.plan, run.plan.currency
    worth = run.net_present_value
    asked = (
        f"{plan.name}: {money(plan.programme.fixed_cost, currency)} are asked for, "
        f"{money(run.lines['money_at_risk'], currency)} at risk at most."
    )
    if run.is_withheld:
        return f"{asked} No verdict: the evidence disagrees in sign. Do not decide on this."
    if worth <= 0.0:
        return f"Do not do this. {asked} They are worth {money(worth, currency)} over {plan.programme.quarters / 4:g} years."
    paid = run.values().values["payback_quarters"]
    back = f"back after {quarters_words(paid)}" if isinstance(paid, int | float) else "not back within the horizon"
    return f"{asked} They are worth {money(worth, currency)} over {plan.programme.quarters / 4:g} years and are {back}."


def _ask(run: AgentsRun, loss: float | None) -> Table:
    lines, plan, currency = run.lines, run.plan, run.plan.currency
    paid = run.values().values["payback_quarters"]
    columns = (unprinted("id"), column("item", "item"), column("amount", "as used"))
    items = [
        ("fixed_cost", "Investment before the first task", money(plan.programme.fixed_cost, currency)),
        ("money_at_risk", "Most outstanding on the way", money(lines["money_at_risk"], currency)),
        ("upkeep", "Upkeep a year", money(plan.programme.upkeep_per_year, currency)),
        (
            "npv",
            f"Worth over {plan.programme.quarters / 4:g} years at {pct(plan.programme.discount_rate_per_year)}",
            money(run.net_present_value, currency),
        ),
        ("payback", "Paid back after", quarters_words(paid) if isinstance(paid, int | float) else "never"),
        (
            "saving_of_full_year",
            "Saved in a year with all tasks taken over",
            money(lines["saving_of_full_year"], currency),
        ),
        ("cost_per_correct", "A task done right costs, with the agent", a_task(lines["cost_per_correct"], currency)),
        ("baseline_cost", "A task costs today, wrong ones paid", a_task(lines["baseline_cost"], currency)),
        ("chance_of_loss", "Chance that it is worth less than nothing", "-" if loss is None else pct(loss)),
    ]
    return itemised("ask", f"The ask: {plan.programme.tasks_per_year:,.0f} tasks a year", columns, items)


_WATCHED = {
    "success": "success of tasks that are not hard",
    "wrong_accepted": "wrong answers that pass",
    "error_loss": "loss by a wrong answer",
}


def _stop(run: AgentsRun, rules: tuple[StopRule, ...]) -> tuple[str, ...]:
    if run.net_present_value <= 0.0 or run.is_withheld:
        return ("Before it starts: as it is it is worth nothing; see what would make it pay without --ask.",)
    told = [_rule(one, one.limit, run.plan.currency) for one in rules if one.limit is not None]
    return tuple(told) or ("No single one of these ends the worth.",)


def _rule(one: StopRule, limit: float, currency: str) -> str:
    if one.name == "adoption_midpoint":
        return f"Half of the tasks are not taken over by quarter {math.floor(limit)} (planned: quarter {one.used:g})."
    used, most = ((a_task(x, currency) if one.name == "error_loss" else pct(x)) for x in (one.used, limit))
    return f"In any quarter: {_WATCHED[one.name]} {'below' if one.below else 'above'} {most} (as used {used})."


def _assumptions(run: AgentsRun) -> tuple[str, ...]:
    currency = run.plan.currency
    return tuple(
        decisive(
            input_words(one.input.path),
            Ends(one.input.low or 0.0, one.input.value, one.input.high or 0.0, one.unit),
            f"worth {money(one.at_low, currency)}",
            money(one.at_high, currency),
        )
        for one in run.deciding_programme[:DECISIVE]
    )
