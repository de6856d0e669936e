"""A portfolio of workflows, as tables."""

from __future__ import annotations

from overbuild.answer import Table
from overbuild.demand.programmes.programmes_run import WorkflowRun
from overbuild.questions.agents_all.asked import ProgrammesAsked
from overbuild.questions.agents_all.words import claim_words, input_words
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.moving_inputs import MovedColumns, moving_table


def tables(asked: ProgrammesAsked) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_workflows(asked), _doors(asked), _claims(asked), _together(asked), _sensitivity(asked))


def _workflows(asked: ProgrammesAsked) -> Table:
    chosen = asked.run.chosen.names

    def verdict(one: WorkflowRun) -> str:
        if one.run.is_withheld:
            return "no verdict"
        told = "pays" if one.run.pays else "does not pay"
        return f"{told}, chosen" if one.plan.name in chosen else told

    def decides(one: WorkflowRun) -> str:
        return input_words(one.run.deciding[0].input.path)

    def least(one: WorkflowRun) -> float | None:
        found = one.run.breakevens[0].value
        return None if found is None else round(found, 12)

    columns = (
        unprinted("id", lambda one: one.plan.name),
        column("workflow", "workflow", fill=lambda one: one.plan.name),
        column("baseline", "without", "USD a task", lambda one: one.run.lines["baseline_cost"]),
        column("cost", "with", "USD a task", lambda one: one.run.lines["cost_per_task"]),
        column("saving", "saves", "USD a task", lambda one: one.run.saving),
        column("least", "from", "decimal", least),
        column("npv", "worth", "USD_k", lambda one: None if one.run.is_withheld else one.worth),
        column("verdict", "verdict", fill=verdict),
        column("decides", "decides", fill=decides),
    )
    rows = sorted(asked.run.workflows, key=lambda one: (one.run.is_withheld, -one.worth / max(one.fixed_cost, 1.0)))
    note = "mammography in EUR; from: least success at which a task pays; by worth a USD of fixed cost"
    return table("workflows", "Workflows: a task without and with an agent", columns, rows, note=note)


ON_SCREEN = ("workflow", "saving", "least", "npv", "verdict", "decides")
"""Columns of the table of workflows that the first screen has room for."""


def cut(asked: ProgrammesAsked) -> Table:
    """The table of workflows for the first screen."""
    whole = _workflows(asked)
    return whole._replace(columns=tuple(one for one in whole.columns if one.key in ON_SCREEN))


def _doors(asked: ProgrammesAsked) -> Table:
    columns = (
        unprinted("id"),
        column("label", "who pays"),
        column("required", "must be earned", "USD_per_year"),
        column("share", "share of work needed", "decimal"),
    )
    note = (
        "doors are those of `overbuild need`; the share is of wages, after what is earned elsewhere and by other uses"
    )
    return table("doors", f"What must be earned in {asked.need.year}, by door", columns, asked.doors, note=note)


def _claims(asked: ProgrammesAsked) -> Table:
    run, ends = asked.run, asked.range
    columns = (unprinted("id"), column("item", "who says so"), column("share", "share of work", "decimal"))
    items: list[tuple[str, str, float]] = []
    if ends is not None:
        items.append(("needed_low", "Needed, low end", ends.low))
    items.append(("needed", "Needed, as used", run.lines["share_of_tasks_needed"]))
    if ends is not None:
        items.append(("needed_high", "Needed, high end", ends.high))
    items += [(one.name, claim_words(one.name), one.share) for one in run.plan.claims]
    note = "published shares are of what AI can do or may take; ends are the tenth and ninetieth percentile"
    return itemised("claims", "The share needed beside what others say agents can take", columns, items, note=note)


def _together(asked: ProgrammesAsked) -> Table:
    columns = (
        column("correlation", "correlation of success", "decimal"),
        column("low", "worth P5", "USD_m"),
        column("median", "P50", "USD_m"),
        column("high", "P95", "USD_m"),
        column("loss", "chance of a loss", "decimal"),
    )
    return table("together", "The programmes chosen, over many worlds", columns, asked.worth)


def _sensitivity(asked: ProgrammesAsked) -> Table:
    columns = MovedColumns("needed at low", "at high", "decimal")
    moving = [one for one in asked.run.deciding if one.swing]
    return moving_table("What moves the share needed", moving, input_words, columns)
