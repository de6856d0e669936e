"""Rules on a firm, as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.policy.rules.case import WhenPlan
from overbuild.policy.rules.rules_run import RulesRun
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.moving_inputs import NOTE, MovedColumns, moving_table
from overbuild.questions.rules.story import BURDENS, PARTS, input_words, rule_words, scale_of


class RuleLine(NamedTuple):
    """One rule as the table shows it; what it costs is in the year when it costs most."""

    name: str
    effect: str
    jurisdiction: str
    starts: str
    probability: float
    ceiling: float | None
    cost: float
    in_scope: str


def tables(run: RulesRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_rules(run), _parts(run), _years(run), _bad_years(run), _loss_curve(run), _sensitivity(run))


def starts_words(when: WhenPlan) -> str:
    """When a rule starts.

    >>> starts_words(WhenPlan("2027-01-01", 0.5, "2028-12-31")), starts_words(WhenPlan("2027-12-02", 1.0))
    ('2027-01 to 2028-12', '2027-12-02')
    """
    return f"{when.starts[:7]} to {when.latest[:7]}" if when.latest else when.starts


def rule_lines(run: RulesRun) -> list[RuleLine]:
    """Every rule, fined ones first."""
    found: list[RuleLine] = []
    for kind, effect in (("fines", "fine"), ("costs", "cost"), ("delays", "delay"), ("caps", "cap")):
        line = "expected_fines" if kind == "fines" else "burden"
        for rule in getattr(run.plan, kind):
            cost = run.years[f"{rule.name}.{line}"]
            found.append(
                RuleLine(
                    rule.name,
                    effect,
                    rule.jurisdiction,
                    starts_words(rule.when),
                    rule.when.probability,
                    run.lines[f"{rule.name}.fine_ceiling"] if kind == "fines" else None,
                    max(cost),
                    "" if any(cost) else "does not touch it",
                )
            )
    return found


def _rules(run: RulesRun) -> Table:
    columns = (
        unprinted("id", lambda one: one.name),
        column("rule", "rule", fill=lambda one: rule_words(one.name)),
        column("effect", "effect"),
        column("jurisdiction", "where"),
        column("starts", "from"),
        column("probability", "comes", "decimal"),
        column("ceiling", "ceiling", scale_of(run).unit),
        column("cost", "worst year", scale_of(run).unit),
        column("in_scope", ""),
    )
    shown = rule_lines(run)
    if not any(one.in_scope for one in shown):
        columns = columns[:-1]
    note = "ceiling: of one breach; worst year: what is expected in the costliest year"
    found = table("rules", "Rules on the firm", columns, shown, note=note)
    return found._replace(spare=("effect", "starts", "jurisdiction"))


def _parts(run: RulesRun) -> Table:
    columns = (unprinted("id"), column("part", "part"), column("amount", "net present value", scale_of(run).unit))
    lines = run.lines
    items = [(name, words, lines[f"moat_{name}"]) for name, words in PARTS.items()]
    items += [
        ("npv", "all parts", lines["moat_npv"]),
        ("without", "without bids won and cheaper debt", lines["moat_npv_without_sales_effect"]),
        *(
            (f"burden_{name}", f"beside it: {words}", lines[f"{name}_cost_present_value"])
            for name, words in BURDENS.items()
        ),
    ]
    return itemised("parts", "What controls bring and cost, and what rules cost beside fines", columns, items)


class YearLine(NamedTuple):
    """One year of fines and burdens."""

    year: str
    fines: float
    fines_with_controls: float
    tail: float
    tail_with_controls: float
    compliance: float
    delay: float
    cap: float


def _years(run: RulesRun) -> Table:
    columns = (
        column("year", "year to"),
        column("fines", "fines", scale_of(run).unit),
        column("fines_with_controls", "with controls", scale_of(run).unit),
        column("tail", "tail value at risk", scale_of(run).unit),
        column("tail_with_controls", "with controls", scale_of(run).unit),
        column("compliance", "compliance", scale_of(run).unit),
        column("delay", "delay", scale_of(run).unit),
        column("cap", "caps", scale_of(run).unit),
    )
    names = (
        "expected_fines",
        "expected_fines_with_controls",
        "tail_value_at_risk",
        "tail_value_at_risk_with_controls",
        "compliance_burden",
        "delay_burden",
        "cap_burden",
    )
    rows = [YearLine(label, *(run.years[name][place] for name in names)) for place, label in enumerate(run.labels)]
    return table("years", "Expected fines, the bad year and burdens, year by year", columns, rows)


def _bad_years(run: RulesRun) -> Table:
    columns = (
        unprinted("id"),
        column("what", "fines of the last year"),
        column("without", "without controls", scale_of(run).unit),
        column("with_controls", "with controls", scale_of(run).unit),
    )
    year, held = run.last.year, run.last.year_with_controls
    level = f"{run.plan.grid.level:.1%}".replace(".0%", "%")
    items = [
        ("mean", "mean", year.mean, held.mean),
        ("deviation", "standard deviation", year.deviation, held.deviation),
        ("var", f"value at risk, {level}", year.value_at_risk, held.value_at_risk),
        ("tvar", f"tail value at risk, {level}", year.tail_value_at_risk, held.tail_value_at_risk),
    ]
    return itemised("bad_year", "How bad a bad year is", columns, items)


def _loss_curve(run: RulesRun) -> Table:
    columns = (
        column("level", "not exceeded in", "decimal"),
        column("without", "without controls", scale_of(run).unit),
        column("with_controls", "with controls", scale_of(run).unit),
    )
    return table("loss_curve", "Fines of a year that are not exceeded in a share of years", columns, run.loss_curve())


def _sensitivity(run: RulesRun) -> Table:
    columns = MovedColumns("controls without sales at low", "at high", scale_of(run).unit)
    title = "What moves what controls are worth without any effect on sales"
    note = f"{NOTE}; inputs that move nothing are left out"
    return moving_table(title, [one for one in run.deciding if one.swing], input_words, columns, note)
