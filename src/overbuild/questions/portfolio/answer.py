"""What does a lender lose on all its sites together, and on whom does its book rest?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, FactUsed, Headline
from overbuild.audit.cited_facts import facts_of
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.portfolio import story
from overbuild.questions.portfolio.tables import customers_table, holdings_table, limits_table, pairs_table
from overbuild.stress.portfolio.results import BookDistribution
from overbuild.stress.portfolio.run import book_worlds
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "A probability is of the worlds drawn here, from the drivers of each case; it is not a rating or a forecast.",
    "What sites draw under one name is one draw for all: prices, rates, regimes, a company that several call by one name. "
    "Overruns and delays are each site's own (`apart`), the same for all loans to it.",
    "Losses are as of each default, over the life of each site, not discounted to one day and not of one year.",
    "A part of a loan is held pro rata; no hedge, sale or guarantee of the book itself is counted.",
)


def portfolio(
    file: Path | str,
    *,
    sets: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
) -> Answer:
    """A lender's loans to several sites in common worlds: losses of the book, of each holding, and who is shared.

    `sets` (`path=value`) edit the file of the book. Money in USD, shares as decimals. Raises as `book_worlds`.
    """
    found = book_worlds(Path(file), settings or StressSettings(), sets, workspace=workspace, progress=progress)
    values = _values(found)
    facts = _facts(found, workspace)
    return Answer(
        question="portfolio",
        headline=Headline("loss_cvar_99", values["loss_cvar_99"], "USD", story.headline(found)),
        values=values,
        status={name: "it fails in too few worlds" for name, value in values.items() if value is None},
        tables=(holdings_table(found), customers_table(found), limits_table(found), pairs_table(found)),
        facts=facts,
        assumptions=assumptions_of_case(found.book.inputs),
        limits=(*story.unnamed(found), *story.closes(found), *LIMITS),
        notes=story.notes(found),
        charts=story.pictures(found, facts),
        units={name: _unit(name) for name in values},
        screen=story.screen(found, holdings_table(found, first=True)),
    )


def _unit(name: str) -> str:
    head = name.partition(".")[0]
    if head in ("exposure", "expected_loss", "loss_var_99", "loss_cvar_99", "alone_cvar_99", "loss_if_fails"):
        return "USD"
    return "count" if head in ("scenarios", "hhi", "over_limits") else "" if head == "digest" else "decimal"


def _facts(found: BookDistribution, workspace: Path | str | None) -> tuple[FactUsed, ...]:
    every = {fact for one in found.held for fact in facts_of(one.run.shocked, workspace)}
    return tuple(sorted(every))


def _values(found: BookDistribution) -> dict[str, Cell]:
    whole = found.worlds.summary.measures["loss"]
    values: dict[str, Cell] = {
        "scenarios": found.worlds.summary.scenarios,
        "digest": found.worlds.digest,
        "exposure": found.exposure,
        "expected_loss": found.expected.value,
        "expected_loss.low": found.expected.low,
        "expected_loss.high": found.expected.high,
        "loss_var_99": found.p99.value,
        "loss_cvar_99": found.worst,
        "alone_cvar_99": found.alone,
        "p_loss": float(whole.counts[whole.greatest > 0].sum()) / whole.size if whole.size else None,
        "hhi.customers": found.hhi_of_customers(),
        "over_limits": sum(one.over for one in found.shared())
        + sum(one.part > found.book.record.limits.one_site + 1e-9 for one in found.sites()),
    }
    for one in found.holdings():
        values |= {f"exposure.{one.name}": one.exposure, f"expected_loss.{one.name}": one.expected.value}
        values |= {f"loss_cvar_99.{one.name}": one.worst, f"p_default.{one.name}": one.default.value}
        values[f"loss_cvar_99.{one.name}.in_book"] = one.in_tail
    for one in found.shared():
        values |= {f"exposure.customer.{one.name}": one.exposure, f"p_fails.{one.name}": one.fails.value}
        values[f"loss_if_fails.{one.name}"] = None if math.isnan(one.loss_if_fails) else one.loss_if_fails
    return values
