"""What a lever does over drawn worlds, as pictures: the path of the condition, the frontier of two levers."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.questions.charts import INK, NAVY, ORANGE, Points, Spec, amounts, chart, headed, lines, mark, source_line
from overbuild.questions.tariff_solve.words import SHORT, condition_words, lever_short, loss_words
from overbuild.stress.tariff_levers.frontier import Frontier
from overbuild.stress.tariff_levers.levers import Lever
from overbuild.stress.tariff_levers.solve import LeverSolution

_WIDTH = 560
_SCALES = {"min_take": (100.0, "% of the contract"), "exit_fee": (1.0, "years"), "collateral": (1e-6, "USD m a MW")}


def pictures(solution: LeverSolution, frontier: Frontier, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The frontier of two levers, where there is one, and the condition's number along the lever."""
    foot = source_line(facts)
    path = _path(solution, foot)
    return (_frontier(solution, frontier, foot), path) if frontier.points else (path,)


def _frontier(solution: LeverSolution, frontier: Frontier, foot: str) -> Chart:
    lever, other = frontier.lever, frontier.other
    points: Points = [
        {"x": one.other * _SCALES[other.id][0], "y": one.needed * _SCALES[lever.id][0]} for one in frontier.points
    ]
    plan = solution.drawn.plan
    now: Points = [
        {
            "x": other.value(plan) * _SCALES[other.id][0],
            "y": lever.value(plan) * _SCALES[lever.id][0],
            "text": "the case",
        }
    ]
    condition = solution.condition
    finding = f"{plan.name}: on or above the line {condition_words(condition)}"
    measure = f"{SHORT[lever.id]} needed at each {SHORT[other.id].lower()}; {solution.drawn.scenarios:,} worlds"
    across, up = (
        amounts("x", _axis(other), scale={"zero": False, "padding": 12}),
        amounts("y", _axis(lever), scale={"zero": False, "padding": 12}),
    )
    said: Spec = {"field": "text", "type": "nominal"}
    layers = [
        mark(points, {"type": "line", "point": {"color": NAVY}, "strokeWidth": 2.5, "color": NAVY}, x=across, y=up),
        mark(now, {"type": "point", "filled": True, "size": 90, "color": ORANGE}, x=across, y=up),
        mark(now, {"type": "text", "dx": 8, "dy": -10, "align": "left", "color": INK}, x=across, y=up, text=said),
    ]
    heading = headed(finding, measure)
    return chart("frontier", finding, heading, width=_WIDTH, height=280, drawing={"layer": layers}, foot=foot)


def _path(solution: LeverSolution, foot: str) -> Chart:
    condition, lever = solution.condition, solution.lever
    median, level = "Median", condition.level_words[:1].upper() + condition.level_words[1:]
    scale = 1.0 if condition.measure == "household_month" else 1e6
    points: Points = [
        {"value": _short(lever, one.value), "line": name, "amount": amount / scale}
        for one in solution.looked_at
        for name, amount in ((median, one.spread.p50), (level, one.spread.at_level))
    ]
    name, named = solution.drawn.plan.name, SHORT[lever.id].lower()
    finding = (
        f"{name}: {condition_words(condition)} from {lever_short(lever, solution.value)} of {named} on"
        if solution.feasible
        else f"{name}: there is no {named} at which {condition_words(condition)}"
    )
    unit = "USD" if scale == 1.0 else "USD million"
    measure = f"{loss_words(condition)}, {unit}, by {named}; below 0 is a gain"
    colours = {median: NAVY, level: ORANGE}
    drawing = lines(points, x="value", line="line", amount="amount", title=unit, colours=colours)
    return chart("path", finding, headed(finding, measure), width=_WIDTH, height=260, drawing=drawing, foot=foot)


def _axis(lever: Lever) -> str:
    return f"{SHORT[lever.id]}, {_SCALES[lever.id][1]}"


def _short(lever: Lever, value: float) -> str:
    """A value under the axis."""
    shown = value * _SCALES[lever.id][0]
    return f"{shown:.3g}%" if lever.id == "min_take" else f"{shown:.3g}"
