"""The book of a site: inputs with their sources, the model by period, the sizing, results, checks, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from overbuild.audit.book.blocks import Block, Places, blocks_of
from overbuild.audit.book.book import Book, Check, Picture, Row
from overbuild.audit.book.input_rows import constant_rows, input_rows
from overbuild.audit.book.result_rows import LABELS, line_rows, period_rows
from overbuild.audit.book.rows import CARRIED, SIZED, model_rows, sized_rows, time_rows
from overbuild.audit.book.site_results import flow_rows, run_checks, solved_rows
from overbuild.audit.book.site_sizing import gap_rows, schedule_rows, sizing_checks
from overbuild.audit.cited_facts import cited_rows
from overbuild.audit.site_inputs import inputs_as_one, site_origins
from overbuild.equations.model import Model
from overbuild.old_site.case_run import CaseRun
from overbuild.old_site.sizing.sizing import schedule_stage


def book_of(basis: CaseRun, workspace: Path | str | None = None) -> Book:
    """The book of a site as run, without the words at its head. USD, rates as decimals; places from close, 0, on."""
    run, case = basis.run, basis.shocked
    operation = run.model.stage("operation")
    schedule = schedule_stage(run.shape, operation.columns, run.terms, operation.first)
    blocks = blocks_of(Model((*run.model.stages, schedule)), CARRIED)
    origins, start = site_origins(basis), blocks["operation"].first
    rows_of_inputs = {path: name for name, paths in origins.inputs.items() for path in paths}
    places = Places(blocks, origins, rows_of_inputs, {"schedule": SIZED}, start)
    once = [block for block in blocks.values() if not block.over_time and not block.carried]
    model = [*model_rows(blocks, places), *flow_rows(run, blocks)]
    sized = list(sized_rows(blocks, places)) if run.sizing.loans else []
    gaps = list(gap_rows(run, blocks, inputs_as_one(case))) if run.sizing.loans else []
    reported = run.model.reported
    results = (
        *line_rows(reported, once, places),
        *period_rows(reported, basis.results.values, blocks["operation"]),
        *solved_rows(run, blocks),
    )
    cited = cited_rows((key for one in case.inputs.values() for key in one.facts), workspace)
    follows = {name for name in origins.inputs if origins.follows(name)}
    sizing = [*schedule_rows(run, start), *gaps]
    return Book(
        title=case.name,
        read_me=(),
        labels=basis.calendar.labels(),
        inputs=tuple(input_rows(case, follows, cited)),
        constants=tuple(constant_rows(block.program for block in blocks.values())),
        time=(_labels(basis), *time_rows(blocks, places)),
        model=tuple(model),
        sizing=(*sizing, Row("", "The schedule's own run: what lenders look at"), *sized) if sized else tuple(sizing),
        results=results,
        checks=tuple(_checks(basis, blocks)),
        facts=tuple(sorted(cited.values())),
        pictures=_pictures(blocks),
        alive="alive",
        alive_from=start,
    )


def _labels(basis: CaseRun) -> Row:
    return Row(LABELS, "Period", "", dict(enumerate(basis.calendar.labels())))


def _checks(basis: CaseRun, blocks: Mapping[str, Block]) -> Iterable[Check]:
    yield from run_checks(basis.run, blocks)
    if basis.run.sizing.loans:
        yield from sizing_checks(basis.run, blocks)


def _pictures(blocks: Mapping[str, Block]) -> tuple[Picture, ...]:
    first, last = blocks["operation"].first, blocks["operation"].last
    return (
        Picture("CFADS against debt service, USD per period", ("cfads",), ("debt_service",), first, last),
        Picture(
            "Balances at the end of the period, USD", (), ("debt_balance", "state.dsra", "total_assets"), first, last
        ),
    )
