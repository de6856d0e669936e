"""What answers look like: the gap on the article's day and today; a financed site, with the worlds in which it fails."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files

from overbuild.answer import Answer, Cell, Column, Headline, Row, Screen, Table
from overbuild.questions.gap import gap
from overbuild.questions.prose import bn
from overbuild.questions.site.answer import answered as site
from overbuild.questions.stress.answer import answered as stress
from overbuild.questions.stress.story import for_lenders
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.worlds.settings import StressSettings

ARTICLE_DAY = "2026-01-17"
"""The day the article's table was published."""


def gap_then_and_now() -> Answer:
    """Both tables in one, with the two sums, the item between them, and the annualised version. All money in USD.

    Source: [creati-2026-reckoning] for the article's figures; the facts room for today's.
    """
    then, now = gap(as_of=ARTICLE_DAY), gap()
    labels = {str(row["id"]): str(row["category"]) for row in now.table("gap").rows}
    rows: list[Row] = []
    for name, label in labels.items():
        if name in ("total", "sum_of_category_gaps"):
            continue
        rows.append({"id": name, "item": label, **_side(then, name, "article"), **_side(now, name, "now")})
    sums = {
        "total": ("Total (revenue less spend)", "total_gap"),
        "sum_of_category_gaps": ("Sum of the gap column", "sum_of_category_gaps"),
        "unmatched_cost": ("Cost without revenue", "unmatched_cost"),
        "annualised_gap": ("Annualised, owners' door", "annualised_gap"),
    }
    for name, (label, value) in sums.items():
        row: dict[str, Cell] = {
            "id": name,
            "item": label,
            "article_gap": then.values[value],
            "now_gap": now.values[value],
        }
        if name == "total":
            for side, answer in (("article", then), ("now", now)):
                row[f"{side}_spend"] = answer.values["total_spend"]
                row[f"{side}_revenue"] = answer.values["total_revenue"]
        rows.append(row)
    columns = [Column("item", "")]
    for side in ("article", "now"):
        columns += [Column(f"{side}_{part}", f"{side}: {part}", "USD") for part in ("spend", "revenue", "gap")]
    title = f"Spend and AI revenue, 2026: the article of {ARTICLE_DAY} and now"
    return Answer(
        question="demo",
        headline=Headline("total_gap", now.values["total_gap"], "USD", _sentence(then, now)),
        values={
            **{f"article.{key}": value for key, value in then.values.items()},
            **now.values,
        },
        status={**{f"article.{key}": why for key, why in then.status.items()}, **now.status},
        tables=(Table("gap", title, tuple(columns), tuple(rows)),),
        facts=tuple(sorted({*then.facts, *now.facts})),
        assumptions=now.assumptions,
        limits=now.limits[:2],
        notes=now.notes[:1] + now.notes[-1:],
        charts=now.charts,
        screen=_screen(now),
    )


DEMO_WORLDS = 4096
"""Worlds of the lender's demo: few enough for a moment."""


_MOVES, _DECIDES = 3, 2
"""Lines of the site's own screen that are kept beside the worlds."""


def financed_site() -> Answer:
    """A financed site as a lender asks for it: does it pay, what breaks it, and how likely does it fail?

    The answer of `site`, with that of `stress` over a few worlds behind it: values by their ids with `stress.` before
    them, tables and charts.
    """
    with as_file(files("overbuild.world").joinpath("presets", "demo-lender.yaml")) as path:
        basis = run_case(path)
        worlds = stressed(basis, StressSettings(DEMO_WORLDS))
    answer, over = site(basis), stress(worlds)
    screen = answer.screen or Screen("covenants")
    return replace(
        answer,
        values={**answer.values, **{f"stress.{name}": value for name, value in over.values.items()}},
        status={**answer.status, **{f"stress.{name}": why for name, why in over.status.items()}},
        units={**answer.units, **{f"stress.{name}": unit for name, unit in over.units.items()}},
        labels={**answer.labels, **{f"stress.{name}": label for name, label in over.labels.items()}},
        tables=(*answer.tables, *(one._replace(name=f"stress_{one.name}") for one in over.tables)),
        assumptions=tuple(dict.fromkeys((*answer.assumptions, *over.assumptions))),
        limits=(*answer.limits, *over.limits),
        notes=(*answer.notes, *over.notes),
        charts=(*answer.charts, *over.charts),
        screen=screen._replace(moves=(*screen.moves[:_MOVES], for_lenders(worlds)), decides=screen.decides[:_DECIDES]),
    )


def _screen(now: Answer) -> Screen:
    """What is printed first: both tables, then what moves and what decides today's."""
    found = now.screen or Screen("gap")
    return found._replace(table="gap")


def _side(answer: Answer, name: str, side: str) -> dict[str, Cell]:
    return {f"{side}_{part}": answer.values[f"{name}.{part}"] for part in ("spend", "revenue", "gap")}


def _sentence(then: Answer, now: Answer) -> str:
    def amount(answer: Answer, key: str) -> str:
        return bn(float(answer.values[key] or 0.0))

    return (
        f"The article prints a total gap of {amount(then, 'total_gap')} USD for 2026; its column of gaps sums to "
        f"{amount(then, 'sum_of_category_gaps')}, because {amount(then, 'unmatched_cost')} of energy has no revenue of "
        f"its own. The same comparison on today's figures, its software row still the article's, gives "
        f"{amount(now, 'total_gap')}. At the owners' door, with every purchase "
        f"still in its life, they are short by {amount(now, 'annualised_gap').removeprefix('-')} a year "
        f"({amount(now, 'annualised_gap.high').removeprefix('-')} to {amount(now, 'annualised_gap.low').removeprefix('-')})."
    )
