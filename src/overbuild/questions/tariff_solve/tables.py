"""What a lever does over drawn worlds, as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.tariff_solve.words import SHORT, lever_short, loss_words
from overbuild.stress.tariff_levers.frontier import Frontier
from overbuild.stress.tariff_levers.solve import LeverSolution, OutcomeSpread


class ValueRow(NamedTuple):
    """A value of the lever, and the condition's number there."""

    role: str
    value: float
    said: str
    spread: OutcomeSpread


class FrontierRow(NamedTuple):
    """A point of the frontier."""

    other: float
    other_said: str
    needed: float
    needed_said: str


def tables(solution: LeverSolution, frontier: Frontier) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_looked_at(solution), _frontier(frontier))


def value_rows(solution: LeverSolution) -> list[ValueRow]:
    """The values looked at and the one found, from the least on, then the case and the other draws."""
    lever = solution.lever
    found = "found" if solution.feasible else "nearest"
    rows = [ValueRow("", one.value, lever_short(lever, one.value), one.spread) for one in solution.looked_at[::2]]
    rows.append(ValueRow(found, solution.value, lever_short(lever, solution.value), solution.found))
    rows.sort(key=lambda one: one.value)
    now = lever.value(solution.drawn.plan)
    rows.append(ValueRow("the case", now, lever_short(lever, now), solution.as_is))
    rows.append(
        ValueRow(f"{found}, other draws", solution.value, lever_short(lever, solution.value), solution.other_seed)
    )
    return rows


def _looked_at(solution: LeverSolution) -> Table:
    condition = solution.condition
    unit = "USD a month" if condition.measure == "household_month" else "USD_m"
    columns = (
        column("said", SHORT[solution.lever.id].lower(), fill=lambda one: one.said),
        unprinted("value"),
        column("role", "which"),
        column("p50", "median", unit, lambda one: one.spread.p50),
        column("p95", "P95", unit, lambda one: one.spread.p95),
        column("at_level", f"at {condition.level_words}", unit, lambda one: one.spread.at_level),
        column("held", "holds in", "decimal", lambda one: one.spread.held),
    )
    shown = columns if condition.level != 0.95 else (*columns[:5], unprinted("at_level", columns[5].fill), columns[6])
    title = f"{loss_words(condition)} over {solution.drawn.scenarios:,} worlds, by {SHORT[solution.lever.id].lower()}"
    note = f"seed {solution.drawn.seed}; other draws: seed {solution.drawn.seed + 1}"
    return table("looked_at", title, shown, value_rows(solution), note=note)


def _frontier(frontier: Frontier) -> Table:
    columns = (
        unprinted("other"),
        column("other_said", SHORT[frontier.other.id].lower()),
        unprinted("needed"),
        column("needed_said", f"{SHORT[frontier.lever.id].lower()} needed"),
    )
    rows = [
        FrontierRow(
            one.other, lever_short(frontier.other, one.other), one.needed, lever_short(frontier.lever, one.needed)
        )
        for one in frontier.points
    ]
    note = "" if rows else "no values of the two together do it"
    title = f"{SHORT[frontier.lever.id]} needed, by {SHORT[frontier.other.id].lower()}"
    return table("frontier", title, columns, rows, note=note)
