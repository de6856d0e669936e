"""Why the gap's numbers are what they are: its traced page, its figures and its assumptions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from overbuild.audit.leaves import of_assumption, of_fact
from overbuild.audit.tree import Why
from overbuild.ecosystem.gap_year import gap_of_year
from overbuild.equations import flatten, trace
from overbuild.errors import InputError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.store import known_on
from overbuild.questions.gap.basis import Basis, measure
from overbuild.questions.why.lines import Traced
from overbuild.world.gap_preset import Assumed, GapPreset, gap_preset


def gap_why(path: str, depth: int, *, as_of: str | None = None, workspace: Path | str | None = None) -> Why:
    """The tree of a number of the gap. Raises InputError `unknown_name` with close names.

    A path is a named line (`total_gap`, `capital_charge.it`) or a result that copies an input
    (`energy.spend`, `hyperscaler_capex.revenue`).
    """
    preset = gap_preset()
    basis = measure(known_on(as_of, workspace), preset, preset.year)
    origins = origins_of(basis, preset)
    program = trace(partial(gap_of_year, basis.shape), basis.terms)
    traced = Traced("gap", program, program.run(flatten(basis.terms, "terms")), origins)
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


def origins_of(basis: Basis, preset: GapPreset) -> dict[str, Why]:
    """What each term of the year comes from, by its path in the trace."""
    sources = basis.view.ledger.sources
    found: dict[str, Why] = {}

    def add(path: str, facts: tuple[Fact, ...]) -> None:
        leaves = tuple(of_fact(fact, sources[fact.source]) for fact in facts)
        found[path] = leaves[0] if len(leaves) == 1 else Why(path, path, None, "USD", "input", below=leaves)

    for row in preset.rows:
        spend, revenue = basis.figures[row.name]
        place = _place(row.name, basis)
        if not spend.guides or row.name != basis.shape.capex_row:
            add(f"{place}.spend", spend.facts)
        if revenue is not None:
            add(f"{place}.revenue", revenue.facts[:1])
    capex = basis.figures[basis.shape.capex_row][0]
    for position, guide in enumerate(capex.guides):
        low, high = capex.facts[2 * position : 2 * position + 2]
        add(f"terms.guides.{guide.name}.low", (low,))
        add(f"terms.guides.{guide.name}.high", (high,))
    found |= {path: of_assumption(path.removeprefix("terms."), one) for path, one in assumed_by_path(preset).items()}
    return found | _overlaps(preset) | written_off_by_path(preset)


def _place(row: str, basis: Basis) -> str:
    if row == basis.shape.capex_row:
        return "terms.capex"
    side = "unmatched" if row in {one.name for one in basis.terms.unmatched} else "matched"
    return f"terms.{side}.{row}"


def assumed_by_path(preset: GapPreset) -> dict[str, Assumed]:
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
            reason = declared[0].reason if declared else "No overlap is declared."
            share = declared[0].share if declared else 0.0
            found[path] = of_assumption(
                path.removeprefix("terms."), Assumed(share, "decimal", None, None, "overbuild", reason)
            )
    return found


def written_off_by_path(preset: GapPreset) -> dict[str, Why]:
    """Shares written off for tax, year by year, by their path in a trace."""
    found: dict[str, Why] = {}
    for plan in preset.asset_classes:
        years = plan.tax_straight_line_years
        for year in range(years):
            path = f"terms.parts.{plan.name}.tax_depreciation.{year}"
            assumed = Assumed(1.0 / years, "decimal", None, None, plan.share.author, plan.tax_reason)
            found[path] = of_assumption(path.removeprefix("terms."), assumed)
    return found
