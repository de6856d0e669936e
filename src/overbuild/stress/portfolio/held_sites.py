"""The sites of a book, read and bound so that all of them run in the same worlds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, OverbuildError, did_you_mean
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.case_run import CaseRun, run_case
from overbuild.stress.portfolio.case import LoanBook, LoanHolding
from overbuild.stress.portfolio.common_worlds import CommonWorld, common_world
from overbuild.stress.site_worlds.before_close import BeforeClose
from overbuild.stress.site_worlds.drawing import CommonDraws, ScenarioSource, source_of
from overbuild.stress.site_worlds.measures import lenders_of
from overbuild.stress.site_worlds.run import CompletedByOwners, owners_complete
from overbuild.stress.worlds.bindings.bound import Bound, bound
from overbuild.stress.worlds.sampling import Sampling
from overbuild.timeline.calendar import word_of
from overbuild.world.case_record import CaseRecord
from overbuild.world.presets import PREFIX

_FAILS = "_fails"


class ReadHolding(NamedTuple):
    """A holding with its site, sized: the share held, what was lent of it, who pays the site and what part each pays.

    `unnamed` are customers of which the case does not say which company they are, as the case calls them, with their names in
    the book; `site` is the file that the case is.
    """

    holding: LoanHolding
    run: CaseRun
    site: str
    share: float
    exposure: float
    customers: Mapping[str, float]
    unnamed: Mapping[str, str]
    uncertain: Uncertain


class HeldSite(NamedTuple):
    """A holding with its site and the worlds of it; `drawn` are the customers whose failure is drawn."""

    read: ReadHolding
    drawn: tuple[str, ...]
    source: ScenarioSource
    leaves: Bound
    draws: CommonDraws

    @property
    def holding(self) -> LoanHolding:
        """The holding, as the book says it."""
        return self.read.holding

    @property
    def run(self) -> CaseRun:
        """The site, sized and run."""
        return self.read.run

    @property
    def share(self) -> float:
        """The share of the loan that is held."""
        return self.read.share

    @property
    def exposure(self) -> float:
        """What was lent, USD."""
        return self.read.exposure

    @property
    def customers(self) -> Mapping[str, float]:
        """Who pays the site, and what part each pays."""
        return self.read.customers


def read_holding(
    book: CaseRecord[LoanBook], holding: LoanHolding, folder: Path, workspace: Path | str | None
) -> ReadHolding:
    """A holding with its site, sized.

    Raises CaseError, located in the book, for a case that is not there, a loan or a customer that the site has not, an amount
    above the loan; and every fault of the site's own file.
    """
    file = Path(holding.case) if holding.case.startswith(PREFIX) else folder / holding.case
    path = f"holdings.{holding.name}"
    if not holding.case.startswith(PREFIX) and not file.is_file():
        beside = "the working folder" if folder == Path() else str(folder)
        raise book.locate(CaseError("missing", f"{path}.case", holding.case, f"no such file; looked for from {beside}"))
    try:
        run = run_case(file, workspace=workspace)
    except CaseError as error:
        if error.file is not None or error.path not in ("preset", "file"):
            raise
        raise book.locate(CaseError(error.code, f"{path}.case", holding.case, error.hint)) from None
    lenders = lenders_of(run.run.model).names
    if holding.loan not in lenders:
        near = did_you_mean(holding.loan, lenders)
        hint = f"this site has no such lender.{near} It has {', '.join(lenders) or 'none'}"
        raise book.locate(CaseError("unknown_name", f"{path}.loan", holding.loan, hint))
    plain = {one.offtaker or one.name for one in run.shocked.plan.contracts}
    for alias in holding.customers:
        if alias.name not in plain:
            hint = f"the site has no such customer.{did_you_mean(alias.name, plain)} It has {', '.join(sorted(plain))}"
            raise book.locate(CaseError("unknown_name", f"{path}.customers.{alias.name}", alias.name, hint))
    lent = float(run.run.totals[f"{holding.loan}.debt"])
    share = holding.share if holding.share is not None else (holding.amount or 0.0) / lent if lent else 0.0
    if holding.share is None and share > 1.0:
        hint = f"more than the whole loan, {lent:,.0f} USD"
        raise book.locate(CaseError("out_of_range", f"{path}.amount", holding.amount, hint))
    site = holding.case if holding.case.startswith(PREFIX) else str(file.resolve())
    first = next(one.name for one in book.record.holdings if one.case == holding.case)
    names, unnamed = _names(run, holding, first)
    found = _named(uncertain(run.shocked.drivers, run.shocked.forms), names)
    return ReadHolding(holding, run, site, share, share * lent, customers_of(run, names), unnamed, found)


GENERIC = frozenset(("customer", "tenant", "offtaker", "lessee", "buyer", "lab", "cloud", "client", "anchor", "user"))
"""What cases call a customer that is no company in particular."""


def _names(run: CaseRun, holding: LoanHolding, site: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the book calls each customer of a case, and those that no company is named for: these are the site's own.

    `site` is the first holding of the case.
    """
    said = {one.name: one.company for one in holding.customers}
    names: dict[str, str] = {}
    unnamed: dict[str, str] = {}
    for one in run.shocked.plan.contracts:
        customer = one.offtaker or one.name
        if customer in said:
            names[customer] = said[customer]
        elif not one.offtaker or one.offtaker.lower() in GENERIC:
            names[customer] = unnamed[customer] = re.sub(r"\W", "_", f"{customer}_of_{site}")
        else:
            names[customer] = customer
    return names, unnamed


def _named(found: Uncertain, names: Mapping[str, str]) -> Uncertain:
    """What is uncertain of a site, its customers called what the book calls them: one name, one failure in all sites."""

    def called(name: str) -> str:
        plain = name.removesuffix(_FAILS)
        return f"{names.get(plain, plain)}{_FAILS}" if name.endswith(_FAILS) else names.get(name, name)

    customers = tuple(one._replace(name=called(one.name)) for one in found.world.customers)
    return found._replace(world=found.world._replace(customers=customers))


def in_common_worlds(
    book: CaseRecord[LoanBook], read: Sequence[ReadHolding], sampling: Sampling
) -> tuple[HeldSite, ...]:
    """Every holding of a book without fault bound so that all draw what they share alike, in the same calendar period."""
    apart = book.record.apart
    begins = min(one.run.calendar.first for one in read)
    common = common_world([one.uncertain for one in read], begins, apart)
    return tuple(_held(one, common, sampling, apart) for one in read)


def coordinates_of(book: LoanBook, read: Sequence[ReadHolding]) -> int:
    """How many numbers are drawn once in a world of the book: what sites share is one, what is `apart` one a site."""
    return len({(one.site if name in book.apart else "", name) for one in read for name in one.uncertain.names})


def faults_together(book: CaseRecord[LoanBook], read: Sequence[ReadHolding]) -> Iterator[OverbuildError]:
    """What is wrong with sites in one book: more than a loan held, periods of another length, `apart` that is not drawn once."""
    first, taken = read[0], dict[tuple[str, str], float]()
    for one in read:
        loan = (one.site, one.holding.loan)
        taken[loan] = taken.get(loan, 0.0) + one.share
        if taken[loan] > 1.0 + 1e-9:
            hint = f"holdings of this loan come to {taken[loan]:.4g} of it; they come to 1 at most"
            path = f"holdings.{one.holding.name}"
            yield book.locate(CaseError("share_out_of_range", path, f"{one.share:.4g}", hint))
    for one in read[1:]:
        mine, other = one.run.calendar.periods_per_year, first.run.calendar.periods_per_year
        if mine != other:
            hint = (
                f"this site runs by the {word_of(mine)} and {first.holding.name} by the {word_of(other)}: sites of a book share "
                "each period's draws; write them with periods of one length"
            )
            yield book.locate(CaseError("contradiction", f"holdings.{one.holding.name}.case", one.holding.case, hint))
    once = {name for one in read for name in one.uncertain.names}
    moving = {each.name for one in read for each in one.uncertain.world.drivers}
    for name in book.record.apart:
        if name in moving:
            hint = "it moves from period to period and is one path for all sites; what is drawn once can be apart"
            yield book.locate(CaseError("contradiction", "apart", name, hint))
        elif name not in once and name not in LoanBook._field_defaults["apart"]:
            hint = (
                f"no site draws it.{did_you_mean(name, once - moving)} Drawn once: {', '.join(sorted(once - moving))}"
            )
            yield book.locate(CaseError("unknown_name", "apart", name, hint))


def _held(one: ReadHolding, common: CommonWorld, sampling: Sampling, apart: Sequence[str]) -> HeldSite:
    """A site in the common worlds; what it draws for itself has a number of its own, the same for all loans to it."""
    case, run = one.run.shocked, one.run
    sizing = CompletedByOwners(run.sizing) if owners_complete(run) else run.sizing
    world = common.of_site(one.uncertain.world, run.calendar.first)
    try:
        leaves = bound(case.forms, sizing, one.uncertain._replace(world=world))
        own = [name for name in one.uncertain.names if name in apart]
        loadings = common.loadings(one.uncertain.names, own)
    except OverbuildError as error:
        raise case.locate(error) from None
    stage = next((each for each in leaves.variants[0].model.stages if each.name == "world"), None)
    before = BeforeClose(world, stage, run.calendar.periods_per_year, sampling.seed) if stage and world.opened else None
    customers = [each.name for each in one.uncertain.world.customers]
    draws = CommonDraws(common.numbers(one.site, own), loadings, before)
    source = source_of(leaves, sampling, customers, draws)
    return HeldSite(one, tuple(name.removesuffix(_FAILS) for name in customers), source, leaves, draws)


def customers_of(run: CaseRun, names: Mapping[str, str]) -> dict[str, float]:
    """Who has signed, each with the part of what is sold under contract that it takes; 1 in all.

    Renewals and later contracts that nobody has signed are left out.
    """
    taken: dict[str, float] = {}
    for one in run.shocked.plan.contracts:
        if not one.offtaker and (one.start is not None or one.follows):
            continue
        customer = names[one.offtaker or one.name]
        taken[customer] = taken.get(customer, 0.0) + float(one.share)
    whole = sum(taken.values())
    return {name: part / whole for name, part in taken.items()} if whole else {}
