"""An agent on a workflow, as tables."""

from __future__ import annotations

from overbuild.answer import Table
from overbuild.demand.agents.agents_run import AgentsRun
from overbuild.questions.agents.words import input_words
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.moving_inputs import NOTE, MovedColumns, moving_table


def tables(run: AgentsRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_task(run), _quarters(run), _breakevens(run), _sensitivity(run), _sellers(run))


def _task(run: AgentsRun) -> Table:
    lines, plan = run.lines, run.plan
    unit = f"{plan.currency} a task"
    columns = (unprinted("id"), column("item", "item"), column("amount", "amount", unit))
    items = [
        ("tokens_cost_per_task", "Tokens", lines["tokens_cost_per_task"]),
        ("tools_cost_per_task", "Tools", lines["tools_cost_per_task"]),
        ("fees_per_task", "Seller's fee", lines["fees_per_task"]),
        ("review_cost_per_task", "Reviews", lines["review_cost_per_task"]),
        ("wrong_answers_cost_per_task", "Wrong answers that pass", lines["wrong_answers_cost_per_task"]),
        ("fallback_cost_per_task", "Left to a person", lines["fallback_cost_per_task"]),
        ("platform_cost", "Platform", plan.programme.platform_cost),
        ("cost_per_task", "With the agent", lines["cost_per_task"]),
        ("baseline_cost", "Without: a person, wrong ones paid", lines["baseline_cost"]),
        ("saving_per_task", "Saved a task", lines["saving_per_task"]),
    ]
    shown = [one for one in items if one[2] != 0.0 or one[0] in ("cost_per_task", "baseline_cost", "saving_per_task")]
    note = f"a task done right costs {lines['cost_per_correct']:,.2f}; parts that are 0 are left out"
    return itemised("task", "What a task costs, on average over all", columns, shown, note=note)


def _quarters(run: AgentsRun) -> Table:
    currency = run.plan.currency
    columns = (
        column("quarter", "quarter"),
        column("adopted", "taken over", "decimal"),
        column("tasks", "tasks", "count"),
        column("saving", "a task saves", f"{currency} a task"),
        column("cash", "cash", f"{currency}_k"),
        column("cumulative", "cash so far", f"{currency}_k"),
        column("worth", "present value so far", f"{currency}_k"),
    )
    rows = run.quarters
    names = (
        "adopted_share",
        "tasks_of_quarter",
        "saving_of_quarter",
        "programme_cash",
        "cumulative_cash",
        "cumulative_present_value",
    )
    items = [(label, *(rows[name][place] for name in names)) for place, label in enumerate(run.labels)]
    note = f"before the first quarter {run.plan.programme.fixed_cost:,.0f} {currency} are spent"
    return itemised("quarters", "The programme by quarter", columns, items, note=note)


def _breakevens(run: AgentsRun) -> Table:
    columns = (
        column("name", "input"),
        column("used", "as used", "ratio"),
        column("value", "break-even", "ratio"),
        column(
            "side", "it pays", fill=lambda one: "-" if one.value is None else "below" if one.pays_below else "above"
        ),
        column("why", "if there is none"),
    )
    note = "token prices as a multiple of those used; money a task; success as a share"
    return table(
        "breakevens", "At which value of one input nothing is saved or lost", columns, run.breakevens, note=note
    )


def _sensitivity(run: AgentsRun) -> Table:
    columns = MovedColumns("saves at low", "at high", f"{run.plan.currency} a task")
    moving = [one for one in run.deciding if one.swing]
    note = f"{NOTE}; what does not move it is left out"
    return moving_table("What moves what a task saves", moving, input_words, columns, note)


def _sellers(run: AgentsRun) -> Table:
    columns = (
        unprinted("path", lambda one: one.path),
        column("input", "input", fill=lambda one: input_words(one.path)),
        column("reason", "what is claimed"),
    )
    return table("sellers", "Figures that rest on what a seller claims", columns, run.sellers)
