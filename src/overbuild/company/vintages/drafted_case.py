"""A spender's case drafted from what its filings say: capex by calendar year, the life of its servers, the units that ship."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overbuild.company.case import spelled_ticker
from overbuild.company.filed.concepts import LIFE
from overbuild.company.filed.figures import CompanyFigures, FiledFigure, figures_by_company
from overbuild.company.life.plan import bought_in
from overbuild.company.preset import CompaniesPreset
from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.world.presets import FLEETS, PREFIX
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry, read_case_file, read_tree

DRAFTED = "company:"
"""What stands before a ticker where the file of a spender's case may stand."""

NEWEST_GENERATION = 2025
"""The first year whose purchases count as the newest generation that ships."""

LIVES = (3, 4, 5, 6, 7)
"""The accounting lives that are compared, in years."""


def drafted_case(view: View, preset: CompaniesPreset, ticker: str) -> Entry:
    """The case of a company as a tree, each number with its facts or its reason.

    Years before the first whose AI share the preset says are left out: what was bought then was hardly for AI.
    Raises FactError `unknown_name`, and `no_fact` where no life of servers or no capex since then is known.
    """
    name = spelled_ticker(view, ticker)
    figures = figures_by_company(view, (name,))[name]
    life = life_in_force(view, name)
    vintages = list(_vintages(figures, preset))
    if life is None or not vintages:
        what = "useful life of servers" if life is None else "capex by quarter"
        raise FactError(
            "no_fact", f"{name} vintages", view.day, f"no {what} is known; bring filings with `overbuild facts add`"
        )
    said = {
        "name": name,
        "life_years": {"value": life.value, "fact": life.key, "reason": "The newest that the company said of servers, also of a part."},
        "server_share": _assumed(preset.servers_of(name)),
        "tax_rate": _assumed(preset.tax_rate),
        "vintages": vintages,
        "lives": [
            {"name": f"life_{years}", "years": {"value": years, "reason": "A life to compare.", "author": "overbuild"}}
            for years in LIVES
        ],
    }  # fmt: skip
    tree = read_tree(json.dumps(said), f"{DRAFTED}{name}")
    block = tree.block or {}
    used = dict.fromkeys(one["generation"] for one in vintages)
    generations = [_generation(name) for name in used]
    drivers = _drivers(next(reversed(used)))
    return tree._replace(value={**block, "generations": tree._replace(value=generations), **drivers})


def life_in_force(view: View, ticker: str) -> Fact | None:
    """The newest life of servers that a company said, also of the part that it put down to AI."""
    facts = [one for one in view.in_force if one.entity == ticker and one.metric == LIFE and one.value is not None]
    return max(facts, key=lambda one: one.period_start, default=None)


def _vintages(figures: CompanyFigures, preset: CompaniesPreset) -> Iterator[dict[str, Any]]:
    shares = {one.year: one.share for one in preset.ai_share}
    first = min(shares)
    by_year: dict[int, list[FiledFigure]] = {}
    for one in _purchases(figures):
        by_year.setdefault(bought_in(one) // 4, []).append(one)
    for year in sorted(year for year in by_year if year >= first):
        share = shares[min(year, max(shares))]
        yield {
            "name": f"bought_{year}",
            "year": {"value": year, "reason": f"{_counted(by_year[year])}.", "author": "overbuild"},
            "capex": _sum(by_year[year]),
            "ai_share": _assumed(share, "" if year in shares else f"As in {max(shares)}. "),
            "generation": "h100" if year < NEWEST_GENERATION else "gb300",
        }


def _counted(figures: list[FiledFigure]) -> str:
    labels = [one.label for one in sorted(figures, key=lambda one: one.end)]
    return f"Capex of {labels[0]}" if len(labels) == 1 else f"Capex of {labels[0]} to {labels[-1]}"


def _purchases(figures: CompanyFigures) -> Iterator[FiledFigure]:
    """Capex by quarter, and by fiscal year where none of its quarters is known."""
    quarters = figures.quarters.get("capex", {})
    yield from quarters.values()
    for one in figures.years.get("capex", {}).values():
        if not any(bought_in(one) + 2 - back in quarters for back in range(4)):
            yield one


def _sum(figures: list[FiledFigure]) -> dict[str, Any]:
    added = [fact for one in figures for fact in one.added]
    less = [fact for one in figures for fact in one.less]
    named = {f"f{place}": fact.key for place, fact in enumerate((*added, *less), start=1)}
    names = list(named)
    line = " + ".join(names[: len(added)]) + "".join(f" - {one}" for one in names[len(added) :])
    return {"derive": line, "from": named, "reason": f"{_counted(figures)}, cash paid for property and equipment."}


def _assumed(one: Sourced, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"value": one.value, "reason": f"{before}{one.reason}", "author": one.author}
    return found | {name: end for name, end in (("low", one.low), ("high", one.high)) if end is not None}


def _generation(name: str) -> Entry:
    """A unit that ships, without the lives that it is booked over."""
    tree = read_case_file(Path(f"{PREFIX}{name}"), FLEETS)
    return tree._replace(value={key: one for key, one in (tree.block or {}).items() if key not in ("lives", "drivers")})


def _drivers(generation: str) -> dict[str, Entry]:
    """What is uncertain of the newest generation, moving all generations alike."""
    drivers = (read_case_file(Path(f"{PREFIX}{generation}"), FLEETS).block or {}).get("drivers")
    drawn = (drivers.block or {}).get("drawn") if drivers is not None else None
    if drivers is None or drawn is None:
        return {}
    return {
        "drivers": drivers._replace(
            value={
                **(drivers.block or {}),
                "drawn": drawn._replace(value=[_of_every_generation(one) for one in drawn.items or []]),
            }
        )
    }


def _of_every_generation(driver: Entry) -> Entry:
    block = driver.block or {}
    path = f"generations.*.{block['input'].text}"
    return driver._replace(value={**block, "input": block["input"]._replace(value=path, text=path)})
