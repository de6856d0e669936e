"""Why the gap's numbers are what they are: its traced page, its figures and its assumptions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from overbuild.ecosystem.gap.case import GapCase, gap_case
from overbuild.ecosystem.gap.preset import GapPreset, gap_preset
from overbuild.ecosystem.gap.year import gap_of_year
from overbuild.equations import flatten, trace
from overbuild.errors import InputError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.store import known_on
from overbuild.questions.why.lines import Traced
from overbuild.questions.why.tree import Why, of_assumption, of_fact
from overbuild.world.sourced import Sourced, assumption


def gap_why(path: str, depth: int, *, as_of: str | None = None, workspace: Path | str | None = None) -> Why:
    """The tree of a number of the gap. Raises InputError `unknown_name` with close names.

    A path is a named line (`total_gap`, `capital_charge.it`) or a result that copies an input
    (`energy.spend`, `hyperscaler_capex.revenue`).
    """
    preset = gap_preset()
    case = gap_case(known_on(as_of, workspace), preset, preset.year)
    origins = origins_of(case)
    program = trace(partial(gap_of_year, case.shape), case.terms)
    traced = Traced("gap", program, program.run(flatten(case.terms, "terms")), origins)
    copies = {_shown(name): name for name in origins if name.endswith((".spend", ".revenue"))}
    if path in program.lines:
        return traced.line(path, depth)
    if path in copies:
        leaf = origins[copies[path]]
        below = leaf.below or (leaf,)
        return Why(f"gap:{path}", f"{path} as a figure in force", leaf.value, leaf.unit, "input", below=below)
    known = [*program.lines, *copies]
    raise InputError("unknown_name", f"gap:{path}", path, f"no such number.{did_you_mean(path, known)}")


def _shown(name: str) -> str:
    """`terms.matched.enterprise_software.spend` is known as `enterprise_software.spend`."""
    return ".".join(name.split(".")[-2:])


def origins_of(case: GapCase) -> dict[str, Why]:
    """What each term of the year comes from, by its path in the trace."""
    preset, sources = case.preset, case.view.ledger.sources
    found: dict[str, Why] = {}

    def add(path: str, facts: tuple[Fact, ...]) -> None:
        leaves = tuple(of_fact(fact, sources[fact.source]) for fact in facts)
        found[path] = leaves[0] if len(leaves) == 1 else Why(path, path, None, "USD", "input", below=leaves)

    for row in preset.rows:
        spend, revenue = case.figures[row.name]
        place = _place(row.name, case)
        if not case.terms.guides or row.name != case.shape.capex_row:
            add(f"{place}.spend", spend.facts)
        if revenue is not None:
            add(f"{place}.revenue", revenue.facts[:1])
    for position, guide in enumerate(case.terms.guides):
        low, high = case.capex.facts[2 * position : 2 * position + 2]
        add(f"terms.guides.{guide.name}.low", (low,))
        add(f"terms.guides.{guide.name}.high", (high,))
    found |= {path: of_assumption(path.removeprefix("terms."), one) for path, one in assumed_by_path(preset).items()}
    return found | _overlaps(preset) | written_off_by_path(preset)


def _place(row: str, case: GapCase) -> str:
    if row == case.shape.capex_row:
        return "terms.capex"
    side = "unmatched" if row in {one.name for one in case.terms.unmatched} else "matched"
    return f"terms.{side}.{row}"


def assumed_by_path(preset: GapPreset) -> dict[str, Sourced]:
    """Assumptions of the preset that are terms of a year, by their path in a trace."""
    found = {"terms.hurdle_per_year": preset.hurdle_per_year, "terms.tax_rate": preset.tax_rate}
    for plan in preset.asset_classes:
        for name in ("share", "life_years", "residual_share", "price_decline_per_year"):
            found[f"terms.parts.{plan.name}.{name}"] = getattr(plan, name)
    return found


def _overlaps(preset: GapPreset) -> dict[str, Why]:
    found: dict[str, Why] = {}
    for row in preset.rows:
        for column in ("spend", "revenue"):
            path = f"terms.overlaps.{row.name}.{column}_share"
            declared = [one for one in preset.overlaps if one.row == row.name and one.column == column]
            none = assumption(0.0, "decimal", author="overbuild", reason="No overlap is declared.")
            found[path] = of_assumption(path.removeprefix("terms."), declared[0].share if declared else none)
    return found


def written_off_by_path(preset: GapPreset) -> dict[str, Why]:
    """Shares written off for tax, year by year, by their path in a trace."""
    found: dict[str, Why] = {}
    for plan in preset.asset_classes:
        assumed = plan.tax_straight_line_years
        share = assumption(1.0 / assumed.value, "decimal", author=assumed.author, reason=assumed.reason)
        for year in range(int(assumed.value)):
            path = f"terms.parts.{plan.name}.tax_depreciation.{year}"
            found[path] = of_assumption(path.removeprefix("terms."), share)
    return found
