"""Published sums as tables."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Row, Table
from overbuild.ecosystem.claims.case import CheckedClaim
from overbuild.ecosystem.gap.preset import GapPreset
from overbuild.ecosystem.need.required_revenue import RequiredRevenue
from overbuild.questions.claims.story import VERDICTS, said_unit
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.prose import pct

CLAIMS = (
    column("id", "sum", fill=lambda one: one.claim.id),
    column("claimed", "printed", fill=lambda one: one.verdict.claimed),
    column("recomputed", "recomputed", fill=lambda one: one.verdict.recomputed),
    unprinted("difference", lambda one: one.verdict.difference),
    unprinted("tolerance", lambda one: one.verdict.tolerance),
    unprinted("unit", lambda one: one.claim.unit),
    column("said_unit", "unit", fill=lambda one: said_unit(one.claim.unit) or "ratio"),
    unprinted("verdict", lambda one: one.verdict.verdict),
    column("said", "verdict", fill=lambda one: VERDICTS[one.verdict.verdict]),
    column("why", "why", fill=lambda one: one.verdict.why),
    unprinted("mixes", lambda one: "; ".join(one.verdict.mixes) or None),
    unprinted("author", lambda one: one.claim.author),
    unprinted("known_at", lambda one: one.claim.known_at),
    unprinted("source", lambda one: one.claim.source),
)
_FAILING = (
    column("id", "sum", fill=lambda one: one.claim.id),
    unprinted("author", lambda one: one.claim.author),
    column("claimed", "printed", fill=lambda one: one.verdict.claimed),
    column("recomputed", "recomputed", fill=lambda one: one.verdict.recomputed),
    column("unit", "unit", fill=lambda one: said_unit(one.claim.unit) or "ratio"),
    column("off", "off by", "decimal", lambda one: off(one)),
)
_INPUTS = (
    column("input", "input"),
    column("value", "value"),
    column("origin", "origin"),
    column("measures", "measures"),
)
_STEPS = (column("step", "step"), column("arithmetic", "arithmetic"), column("value", "value"))


def off(one: CheckedClaim) -> float | None:
    """The difference as a share of what was printed; None where there is none."""
    found = one.verdict
    return found.difference / abs(found.claimed) if found.difference is not None and found.claimed else None


def failing(checked: Sequence[CheckedClaim]) -> tuple[CheckedClaim, ...]:
    """The sums that do not close, the one that is furthest off first."""
    found = [one for one in checked if one.verdict.verdict == "does_not_close"]
    return tuple(sorted(found, key=lambda one: -abs(off(one) or 0.0)))


def failing_table(checked: Sequence[CheckedClaim]) -> Table:
    """The sums that do not close, with how far they are off."""
    return table("does_not_close", "Published sums that do not close on their own inputs", _FAILING, failing(checked))


def claims_table(checked: Sequence[CheckedClaim], title: str = "Published sums, recomputed") -> Table:
    """Every sum with its verdict."""
    return table("claims", title, CLAIMS, checked)


def inputs(one: CheckedClaim) -> Table:
    """What the sum was made of, and what each input measures."""
    solved = [name.strip() for name in one.claim.back_solved.split(";")]
    origin = {True: "solved from the result", False: "printed"}
    words = {name: measure.replace("_", " ") for name, measure in one.claim.measures.items()}
    rows = ((name, value, origin[name in solved], words.get(name)) for name, value in one.claim.inputs.items())
    return itemised("inputs", "Inputs", _INPUTS, rows)


def steps(one: CheckedClaim) -> tuple[Table, ...]:
    """The arithmetic, step by step."""
    found = [(place, step.text, step.value) for place, step in enumerate(one.verdict.steps, start=1)]
    return (itemised("steps", one.claim.expression, _STEPS, found, note=one.claim.formula),) if found else ()


def ours_table(ours: RequiredRevenue, preset: GapPreset) -> Table:
    """What our capital charge asks on the claim's capex."""
    labels = {plan.name: plan.label for plan in preset.asset_classes}
    columns = (
        column("item", "item", fill=lambda one: f"Charge: {str(labels.get(one.name, one.name)).lower()}"),
        column("cost", "capex", "USD"),
        column("required", "required, year 1", "USD", lambda one: one.charge),
    )
    doors: tuple[Row, ...] = (
        {"item": "Total at the owner's door", "cost": ours.capex, "required": ours.owner},
        {"item": "At the end user's, with the claim's margins", "required": ours.end_user},
    )
    hurdle = pct(preset.hurdle_per_year.value)
    note = f"a return of {hurdle} after tax on the claim's capex; shares and lives of the gap's preset; no running cost"
    return table("model", "Our model on the same inputs", columns, ours.charges, total=doors, note=note)
