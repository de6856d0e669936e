"""The book of a site: inputs with their sources, the model by period, the sizing, results, checks, facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from overbuild.audit.book.blocks import Places, blocks_of
from overbuild.audit.book.book import Book, Picture, Row
from overbuild.audit.book.input_rows import constant_rows, input_rows
from overbuild.audit.book.result_rows import LABELS, line_rows, period_rows
from overbuild.audit.book.rows import model_rows, time_rows
from overbuild.audit.book.site.by_year import bands_of
from overbuild.audit.book.site.site_results import run_checks, solved_rows
from overbuild.audit.book.site.site_sizing import fixed_rows, looked_at
from overbuild.audit.book.things import Thing
from overbuild.audit.cited_facts import cited_rows
from overbuild.audit.site_inputs import fixed_by, site_origins
from overbuild.site.case.plan import SitePlan
from overbuild.site.case_run import CaseRun


def book_of(basis: CaseRun, workspace: Path | str | None = None) -> Book:
    """The book of a site as run, without the words at its head. USD, rates as decimals; places from close, 0, on."""
    run, case = basis.run, basis.shocked
    origins, blocks = site_origins(basis), blocks_of(run.model)
    places, things = Places(blocks, origins), tuple(things_of(run.plan))
    model = tuple(model_rows(blocks, places, things))
    once = [block for block in blocks.values() if not block.over_time]
    reported = run.model.reported
    results = (
        *line_rows(reported, once, places),
        *period_rows(reported, basis.results.values, blocks["site"]),
        *solved_rows(run, basis.results),
    )
    cited = cited_rows((key for one in case.used.values() for key in one.facts), workspace)
    return Book(
        title=case.name,
        read_me=(),
        labels=basis.labels,
        inputs=tuple(input_rows(basis, origins, looked_at(run, origins), cited)),
        constants=tuple(constant_rows(block.program for block in blocks.values())),
        time=(Row(LABELS, "Period", "", dict(enumerate(basis.labels))), *time_rows(blocks, places, things)),
        model=model,
        sizing=tuple(fixed_rows(fixed_by(basis.sizing))),
        results=results,
        checks=tuple(run_checks(run)),
        facts=tuple(sorted(cited.values())),
        pictures=_pictures(run.plan.horizon.periods),
        alive="alive",
        bands=tuple(bands_of(model, basis.labels, run.plan.horizon.periods_per_year, things)),
    )


def things_of(plan: SitePlan) -> Iterator[Thing]:
    """What a site has several of, in the order in which their rows stand.

    >>> from overbuild.site.examples import PLAN
    >>> [thing.name for thing in things_of(PLAN)]
    ['hall', 'first', 'lab', 'shell', 'it', 'senior', 'test_1']
    """
    yield from (Thing("phase", one.name) for one in plan.phases)
    yield from (Thing("fleet", one.name) for one in plan.fleets)
    yield from (Thing("contract", one.name) for one in plan.contracts)
    yield from (Thing("component", one.name) for one in plan.components)
    yield from (Thing("loan", one.name) for one in plan.loans)
    yield from (Thing("test", f"test_{place}") for place in range(1, len(plan.tests) + 1))
    if plan.mezzanine is not None:
        yield Thing("loan", "mezzanine")


def _pictures(last: int) -> tuple[Picture, ...]:
    balances = ("debt_balance", "dsra_balance", "total_assets")
    return (
        Picture("CFADS against debt service, USD per period", ("cfads",), ("debt_service",), 1, last),
        Picture("Balances at the end of the period, USD", (), balances, 0, last),
    )
