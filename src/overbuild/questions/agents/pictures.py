"""An agent on a workflow, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.demand.agents.agents_run import AgentsRun
from overbuild.demand.agents.surface import Surface, breakeven_surface
from overbuild.questions.agents.words import a_task, input_words, money
from overbuild.questions.charts import (
    INK,
    NAVY,
    ORANGE,
    RED,
    TEAL,
    Points,
    Spec,
    amounts,
    chart,
    headed,
    lines,
    mark,
    source_line,
)
from overbuild.questions.moving_inputs import MovedAnswer, moving_chart
from overbuild.questions.prose import pct

_WIDTH = 560


def pictures(run: AgentsRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """What moves the saving of a task, success against loss by a wrong answer, cash by quarter."""
    foot = source_line(facts)
    return (_moves(run, foot), _surface(run, foot), _cash(run, foot))


def _moves(run: AgentsRun, foot: str) -> Chart:
    currency = run.plan.currency
    moved = MovedAnswer(
        run.saving,
        1.0,
        a_task,
        f"{currency} a task",
        "decides what a task saves",
        f"What a task saves, {currency}",
        run.plan.name,
    )
    return moving_chart(run.deciding, input_words, moved, foot)


def _surface(run: AgentsRun, foot: str) -> Chart:
    """Where the agent pays, over success and loss: cells coloured by the sign of the saving, the case as a point."""
    found, currency = breakeven_surface(run.plan), run.plan.currency
    finding = _surface_finding(run)
    measure = [
        f"{run.plan.name}: saving of a task, {currency}, by success and by loss of a wrong answer; white is 0.",
        f"The ring is the case as used: {pct(run.plan.agent.success)}, {a_task(run.plan.person.error_loss)}.",
    ]
    heading = headed(finding, measure)
    return chart("surface", finding, heading, width=_WIDTH, height=320, drawing=_cells(run, found), foot=foot)


def _surface_finding(run: AgentsRun) -> str:
    least = next(one for one in run.breakevens if one.name == "success")
    loss = next(one for one in run.breakevens if one.name == "error_loss")
    if run.is_withheld:
        return f"{run.plan.name}: no verdict; the surface is at the middle of trials that disagree"
    if least.value is None:
        return f"{run.plan.name} does not pay at any success, at the loss used"
    told = f"{run.plan.name} pays from {pct(least.value)} success on"
    return f"{told}, and up to a loss of {a_task(loss.value)}" if loss.value and loss.pays_below else told


def _cells(run: AgentsRun, found: Surface) -> Spec:
    points: Points = [
        {
            "success": success,
            "success_end": success + found.success_step,
            "loss": loss,
            "loss_end": loss + found.loss_step,
            "saving": saving,
        }
        for success, loss, saving in found.cells
    ]
    savings = [float(point["saving"]) for point in points]
    colour: Spec = {"field": "saving", "type": "quantitative", "title": f"{run.plan.currency} a task"}
    colour["scale"] = {
        "domain": [min(*savings, -0.01), 0.0, max(*savings, 0.01)],
        "range": [RED, "#ffffff", TEAL],
        "interpolate": "rgb",
    }
    x = amounts("success", "success of an attempt", scale={"domain": [0.0, found.most_success], "nice": False})
    x["axis"] = {"format": "%"}
    y = amounts(
        "loss", f"loss by a wrong answer, {run.plan.currency}", scale={"domain": [0.0, found.most_loss], "nice": False}
    )
    shape: Spec = {"type": "rect"}
    edges: Spec = {"x2": {"field": "success_end"}, "y2": {"field": "loss_end"}}
    layers = [mark(points, shape, x=x, y=y, color=colour, **edges)]
    case = [{"success": run.plan.agent.success, "loss": run.plan.person.error_loss}]
    ring: Spec = {"type": "point", "size": 180, "color": INK, "strokeWidth": 2.5, "filled": False}
    layers.append(mark(case, ring, x=amounts("success"), y=amounts("loss")))
    return {"layer": layers}


def _cash(run: AgentsRun, foot: str) -> Chart:
    currency, so_far, worth = run.plan.currency, "Cash so far", "Present value so far"
    rows = {so_far: "cumulative_cash", worth: "cumulative_present_value"}
    start = -run.plan.programme.fixed_cost / 1e6
    points: Points = [
        *({"quarter": "0", "line": name, "amount": start} for name in rows),
        *(
            {"quarter": label, "line": name, "amount": run.quarters[row][place] / 1e6}
            for place, label in enumerate(run.labels)
            for name, row in rows.items()
        ),
    ]
    paid = run.values().values["payback_quarters"]
    back = f"is paid back in quarter {paid:g}" if isinstance(paid, int | float) else "is not paid back"
    finding = f"{run.plan.name} {back} and is worth {money(run.net_present_value, currency)}"
    measure = f"{currency} m, by quarter from the first task on"
    colours = {so_far: NAVY, worth: ORANGE}
    drawing = lines(points, x="quarter", line="line", amount="amount", title=f"{currency} m", colours=colours)
    return chart("cash", finding, headed(finding, measure), width=_WIDTH, height=260, drawing=drawing, foot=foot)
