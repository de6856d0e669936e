"""Why the numbers beside the gap's model are what they are: ends of the total, the article's sums, quarters reported."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.audit.tree.leaves import of_fact
from overbuild.audit.tree.tree import Why
from overbuild.audit.tree.year_tree import year_why
from overbuild.audit.year_numbers import gap_numbers
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.beside_the_table import capex_reported, leases_not_commenced, overlap_of_doors
from overbuild.ecosystem.gap.case import GapCase, case_when_printed, range_of_total_gap
from overbuild.facts.fact import Fact

_ENDS = {"total_gap_low": ("high", "low"), "total_gap_high": ("low", "high")}
"""The end of spend and the end of revenue that each end of the total gap takes."""


def beside_why(case: GapCase, path: str, depth: int) -> Why | None:
    """The tree of a number that stands beside the model of the gap; None for one that the model has.

    `article.NAME` are numbers of the day on which the article printed its table, `actual_capex.PERIOD` sums of what the
    spenders reported, `total_gap_low` and `total_gap_high` the total at the ends of every figure's range.
    """
    block, _, name = path.partition(".")
    if block == "article":
        printed = year_why(gap_numbers(case_when_printed(case) or case), name, depth)
        return printed._replace(id=f"gap:{path}", label=f"{printed.label}, on the day of the article")
    if path in _ENDS:
        ends = range_of_total_gap(case)
        below = tuple(_ends(case, depth, *_ENDS[path]))
        value = ends.low if path.endswith("low") else ends.high
        formula = f"{path} = revenue at its {_ENDS[path][1]} ends - spend at its {_ENDS[path][0]} ends"
        return Why(
            f"gap:{path}", f"Total gap, {path.rpartition('_')[2]} end", value, "USD", "line", formula, below=below
        )
    found = _facts(case, block, name)
    if not found:
        return None
    leaves = tuple(_leaf(case, fact) for fact in found)
    value = sum(fact.value_in_base_unit or 0.0 for fact in found)
    return Why(f"gap:{path}", _LABELS[block].format(name), value, "USD", "input", origin="", below=leaves)


_LABELS = {
    "actual_capex": "Capex reported by all spenders for {}",
    "leases_not_commenced": "Leases signed and not started",
    "overlap_of_doors": "What stands in both doors",
}


def _facts(case: GapCase, block: str, name: str) -> tuple[Fact, ...]:
    """The facts that a number is the sum of."""
    if block == "actual_capex":
        found = tuple(fact for fact in capex_reported(case) if fact.period == name)
        return found if len(found) == len(case.preset.actuals.entities) else ()
    if block == "leases_not_commenced":
        return tuple(one for one in leases_not_commenced(case) if one.entity == case.preset.leases.group.entity)[-1:]
    overlap = overlap_of_doors(case) if block == "overlap_of_doors" else None
    return (overlap,) if overlap is not None else ()


def _ends(case: GapCase, depth: int, of_spend: str, of_revenue: str) -> Iterator[Why]:
    """Every row's revenue and spend at an end of its range, opened where the model has the end."""
    numbers = gap_numbers(case)
    model = {one.id for one in numbers.model.reported}
    for row in case.rows:
        for side, figure, end in (("revenue", row.revenue, of_revenue), ("spend", row.spend, of_spend)):
            if figure is not None:
                name, label = f"{row.name}.{side}_{end}", f"{row.label}: {side}, {end} end"
                found = year_why(numbers, name, max(depth - 1, 0)) if name in model else _end(case, name, figure, end)
                yield found._replace(label=label)


def _end(case: GapCase, name: str, figure: Figure, end: str) -> Why:
    """An end of a figure with its facts."""
    below = tuple(_leaf(case, fact) for fact in figure.facts)
    return Why(f"gap:{name}", name, float(getattr(figure, end)), "USD", "input", below=below)


def _leaf(case: GapCase, fact: Fact) -> Why:
    return of_fact(fact, case.view.ledger.sources[fact.source])
