"""A lender's book run in common worlds: one seed, and one draw for whatever sites share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from overbuild.errors import CaseError, InputError, InputErrors, OverbuildError, raise_all
from overbuild.stress.portfolio.case import BOOKS, LoanBook, book_faults
from overbuild.stress.portfolio.held_sites import (
    HeldSite,
    ReadHolding,
    coordinates_of,
    faults_together,
    in_common_worlds,
    read_holding,
)
from overbuild.stress.portfolio.results import BOOK, DOWN, GONE, HELD, BookDistribution
from overbuild.stress.site_worlds.drawing import FAILING
from overbuild.stress.site_worlds.measures import DEFAULTED, loss_of
from overbuild.stress.worlds.distribution import MONEY_GRID, RATIO_GRID
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.run import HowMany, Progress, run_worlds
from overbuild.stress.worlds.sampling import Sampling, planned_here, tail_faults
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import Asked, Block, ScenarioMeasure
from overbuild.stress.worlds.workers.summarised import FAN_SCENARIOS
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import overlay_of
from overbuild.world.presets import preset_named


def book_worlds(
    file: Path,
    settings: StressSettings,
    sets: Sequence[str] = (),
    *,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
) -> BookDistribution:
    """The distribution of what a book loses.

    Raises CaseError for every fault of the book's file, and of the files of its sites; InputError(s) for settings.
    """
    book, read = checked_book(file, workspace, sets)
    wanted, sampling = _planned(settings, coordinates_of(book.record, read))
    held = in_common_worlds(book, read, sampling)
    companies = tuple(dict.fromkeys(name for one in held for name in one.drawn))
    asked = Asked(
        (
            ScenarioMeasure("loss", MONEY_GRID),
            *(ScenarioMeasure(f"loss.{one.holding.name}", MONEY_GRID) for one in held),
            *(ScenarioMeasure(f"default.{one.holding.name}", RATIO_GRID) for one in held),
        ),
        reasons=("the books of a site do not close",),
        fans=(BOOK, HELD, DOWN, GONE),
    )

    def block(first: int, count: int) -> Block:
        return _block(held, companies, first, count)

    worlds = run_worlds(block, asked, wanted, progress=progress)
    return BookDistribution(book, held, companies, settings, worlds)


def checked_book(
    file: Path, workspace: Path | str | None, sets: Sequence[str] = ()
) -> tuple[CaseRecord[LoanBook], list[ReadHolding]]:
    """A book without a fault, and its holdings with their sites. Raises every fault of the book and of its sites."""
    book = read_case(file, replace(BOOKS, faults_of=_none), [overlay_of(text) for text in sets], workspace)
    faults: list[OverbuildError] = [book.locate(fault) for fault in book_faults(book.record)]
    read: list[ReadHolding] = []
    try:
        read = read_holdings(book, Path() if preset_named(file) is not None else file.parent, workspace)
    except OverbuildError as error:
        faults += error.errors if isinstance(error, InputErrors) else [error]
    raise_all(faults or list(faults_together(book, read)))
    return replace(book, kind=BOOKS), read


def _none(_: LoanBook) -> Iterator[CaseError]:
    """The faults of a book in itself are told with those of its sites, not before them."""
    return iter(())


def read_holdings(book: CaseRecord[LoanBook], folder: Path, workspace: Path | str | None) -> list[ReadHolding]:
    """Every holding with its site, sized. Raises every fault of all of them at once; see `read_holding`."""
    read, faults = list[ReadHolding](), list[OverbuildError]()
    for one in book.record.holdings:
        try:
            read.append(read_holding(book, one, folder, workspace))
        except OverbuildError as error:
            faults += error.errors if isinstance(error, InputErrors) else [error]
    raise_all(faults)
    return read


def _block(held: Sequence[HeldSite], companies: Sequence[str], first: int, count: int) -> Block:
    """So many worlds of all sites."""
    losses: list[Row] = []
    down: list[Row] = []
    gone = np.zeros((len(companies), count))
    failed = np.zeros(count, np.int64)
    for one in held:
        found = one.source.block(first, count)
        losses.append(one.share * np.asarray(found[loss_of(one.holding.loan)]))
        down.append(np.asarray(found[DEFAULTED])[0])
        failed = np.maximum(failed, np.asarray(found["failed"]))
        for name, row in zip(one.drawn, found.get(FAILING, ()), strict=False):
            place = companies.index(name)
            gone[place] = np.maximum(gone[place], row)
    whole = losses[0]
    for row in losses[1:]:
        whole = whole + row
    block: dict[str, Any] = {"loss": whole, "failed": failed}
    for one, lost, fell in zip(held, losses, down, strict=True):
        block |= {f"loss.{one.holding.name}": lost, f"default.{one.holding.name}": fell}
    if first < FAN_SCENARIOS:
        block |= {BOOK: whole[None, :], HELD: np.array(losses), DOWN: np.array(down), GONE: gone}
    return block


def _planned(settings: StressSettings, coordinates: int) -> tuple[HowMany, Sampling]:
    """How many worlds, and how they are drawn. Raises InputError(s) with every fault of the settings."""
    faults = list(tail_faults(settings))
    plain = settings
    if settings.sampler == "sobol":
        hint = "sites of a book share draws by name, which Sobol points do not; use --sampler random"
        faults.append(InputError("contradiction", "sampler", settings.sampler, hint))
        plain = settings._replace(sampler="random")
    try:
        found = planned_here(coordinates, plain)
    except OverbuildError as error:
        raise_all([*faults, *(error.errors if isinstance(error, InputErrors) else [error])])
        raise
    raise_all(faults)
    return found
