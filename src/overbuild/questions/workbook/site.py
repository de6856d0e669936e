"""The book of a site: inputs with their sources, the model by period, the sizing, results, checks, facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from overbuild.questions.site import story
from overbuild.questions.site.answer import LIMITS, facts_of
from overbuild.questions.site.basis import Basis, measure
from overbuild.questions.workbook.blocks import Block, Blocks, blocks_of
from overbuild.questions.workbook.book import Book, Check, Picture, Row
from overbuild.questions.workbook.copies import copies, followed
from overbuild.questions.workbook.facts import cited_rows
from overbuild.questions.workbook.inputs import constant_rows, input_rows, single_series
from overbuild.questions.workbook.results import LABELS, flow_rows, result_rows, run_checks
from overbuild.questions.workbook.rows import Places, model_rows, sized_rows, time_rows
from overbuild.questions.workbook.sizing import gap_rows, schedule_rows, sizing_checks

_QUESTION = "Does this site pay its lenders and owners; how much debt can it carry?"
_READING = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once, with the debt as it was sized.",
    "Where the column 'when changed' says 'export again', the book cannot follow: change the case file and export.",
    "A check that turns red says what it means. 'Sized on other inputs' is a shock: cover is that of the old schedule.",
    "Grey columns of Model are periods after a payment default: the lines run on, and nothing counts them.",
)


def site_book(
    file: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Book:
    """Everything the workbook of a site shows. Money in USD, rates as decimals; places from close, 0, on.

    Raises as `site`.
    """
    basis = measure(Path(file), sets, shocks)
    facts_of(basis.shocked, workspace)
    return book_of(basis, workspace)


def book_of(basis: Basis, workspace: Path | str | None = None) -> Book:
    """The book of a site as run."""
    run, case = basis.run, basis.shocked
    blocks, single = blocks_of(run), single_series(case)
    found = copies(run.plan, run.sizing, single)
    places = Places(blocks, found)
    model = [*model_rows(blocks, places), *flow_rows(run, blocks)]
    sized = list(sized_rows(blocks, places)) if run.sizing.loans else []
    gaps = list(gap_rows(run, blocks, single)) if run.sizing.loans else []
    results = result_rows(basis, blocks, places)
    schedule = list(schedule_rows(run, blocks.start))
    cited = cited_rows((one.fact for one in case.inputs.values()), workspace)
    follows = followed(run.plan, run.sizing, single, found)
    return Book(
        title=f"{case.name}: {_QUESTION}",
        read_me=_read_me(basis),
        labels=basis.calendar.labels(),
        inputs=tuple(input_rows(case, follows, cited)),
        constants=tuple(constant_rows(one.program for one in _programs(blocks))),
        time=(_labels(basis), *time_rows(run, blocks, places)),
        model=tuple(model),
        sizing=(*schedule, *gaps, Row("", "The schedule's own run: what lenders look at"), *sized)
        if sized
        else tuple(schedule),
        results=tuple(results),
        checks=tuple(_checks(basis, blocks)),
        facts=tuple(sorted(cited.values())),
        pictures=_pictures(blocks),
        alive="alive",
        alive_from=blocks.start,
    )


def _programs(blocks: Blocks) -> tuple[Block, ...]:
    return (blocks.construction, blocks.opening, blocks.operation, blocks.sizing, blocks.results)


def _labels(basis: Basis) -> Row:
    return Row(LABELS, "Period", "", dict(enumerate(basis.calendar.labels())))


def _read_me(basis: Basis) -> tuple[tuple[str, str], ...]:
    said = [("Question", _QUESTION)]
    said.append(("Answer when exported", story.headline(basis)))
    said.append(("Case", f"{basis.shocked.name}, close {basis.shocked.close}"))
    said += [("Shock", f"{path}={entry.value}") for path, entry in basis.shocks]
    said += [("How to read", line) for line in _READING]
    said += [("Limit", line) for line in LIMITS]
    return tuple(said)


def _checks(basis: Basis, blocks: Blocks) -> Iterable[Check]:
    yield from run_checks(basis.run, blocks)
    if basis.run.sizing.loans:
        yield from sizing_checks(basis.run, blocks)


def _pictures(blocks: Blocks) -> tuple[Picture, ...]:
    first, last = blocks.start, blocks.operation.last
    return (
        Picture("CFADS against debt service, USD per period", ("cfads",), ("debt_service",), first, last),
        Picture(
            "Balances at the end of the period, USD", (), ("debt_balance", "state.dsra", "total_assets"), first, last
        ),
    )
