"""The sites of a book, read and bound so that all of them run in the same worlds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, InputError, OverbuildError, did_you_mean
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.case_run import CaseRun, run_case
from overbuild.stress.portfolio.case import LoanBook, LoanHolding
from overbuild.stress.site_worlds.drawing import ScenarioSource, source_of
from overbuild.stress.site_worlds.measures import lenders_of
from overbuild.stress.site_worlds.run import CompletedByOwners, owners_complete
from overbuild.stress.worlds.bindings.bound import bound, number_of
from overbuild.stress.worlds.sampling import Sampling
from overbuild.world.case_record import CaseRecord
from overbuild.world.presets import PREFIX

_FAILS = "_fails"


class HeldSite(NamedTuple):
    """A holding with its site: the share held, what was lent of it, who pays the site and what part each pays, its worlds."""

    holding: LoanHolding
    run: CaseRun
    share: float
    exposure: float
    customers: Mapping[str, float]
    drawn: tuple[str, ...]
    source: ScenarioSource


def held_site(
    book: CaseRecord[LoanBook],
    holding: LoanHolding,
    folder: Path,
    sampling: Sampling,
    apart: tuple[str, ...],
    workspace: Path | str | None,
) -> HeldSite:
    """A holding with its site, sized and bound.

    Raises CaseError, located in the book, for a case that is not there, a loan that the site has not, an amount above the
    loan; and every fault of the site's own file.
    """
    file = Path(holding.case) if holding.case.startswith(PREFIX) else folder / holding.case
    path = f"holdings.{holding.name}"
    if not holding.case.startswith(PREFIX) and not file.is_file():
        raise book.locate(CaseError("missing", f"{path}.case", holding.case, f"no such file from {folder}"))
    run = run_case(file, workspace=workspace)
    lenders = lenders_of(run.run.model).names
    if holding.loan not in lenders:
        near = did_you_mean(holding.loan, lenders)
        hint = f"this site has no such lender.{near} It has {', '.join(lenders) or 'none'}"
        raise book.locate(CaseError("unknown_name", f"{path}.loan", holding.loan, hint))
    lent = float(run.run.totals[f"{holding.loan}.debt"])
    share = holding.share if holding.share is not None else (holding.amount or 0.0) / lent if lent else 0.0
    if share > 1.0:
        hint = f"more than the whole loan, {lent:,.0f} USD"
        raise book.locate(CaseError("out_of_range", f"{path}.amount", holding.amount, hint))
    found = _named(uncertain(run.shocked.drivers, run.shocked.forms), holding)
    source = _source(run, found, holding.name, sampling, apart)
    drawn = tuple(one.name.removesuffix(_FAILS) for one in found.world.customers)
    return HeldSite(holding, run, share, share * lent, customers_of(run, holding), drawn, source)


def _named(found: Uncertain, holding: LoanHolding) -> Uncertain:
    """What is uncertain of a site, its customers called what the book calls them: one name, one failure in all sites."""
    names = {one.name: one.company for one in holding.customers}

    def called(name: str) -> str:
        plain = name.removesuffix(_FAILS)
        return f"{names.get(plain, plain)}{_FAILS}" if name.endswith(_FAILS) else names.get(name, name)

    customers = tuple(one._replace(name=called(one.name)) for one in found.world.customers)
    return found._replace(world=found.world._replace(customers=customers))


def _source(run: CaseRun, found: Uncertain, name: str, sampling: Sampling, apart: tuple[str, ...]) -> ScenarioSource:
    """The worlds of a site; what it draws for itself has a number of its own."""
    case = run.shocked
    sizing = CompletedByOwners(run.sizing) if owners_complete(run) else run.sizing
    try:
        leaves = bound(case.forms, sizing, found)
    except OverbuildError as error:
        raise case.locate(error) from None
    # what is drawn under one name is one draw for all sites; what a site draws for itself has a name of its own
    numbers = tuple(
        number_of(f"{name}.{driver}.once") if driver in apart else number
        for driver, number in zip(leaves.names, leaves.numbers, strict=True)
    )
    return source_of(leaves._replace(numbers=numbers), sampling, [one.name for one in found.world.customers])


def customers_of(run: CaseRun, holding: LoanHolding) -> dict[str, float]:
    """Who has signed, each with the part of what is sold under contract that it takes; 1 in all.

    Renewals and later contracts that nobody has signed are left out.
    """
    names = {one.name: one.company for one in holding.customers}
    taken: dict[str, float] = {}
    for one in run.shocked.plan.contracts:
        if not one.offtaker and (one.start is not None or one.follows):
            continue
        customer = one.offtaker or one.name
        customer = names.get(customer, customer)
        taken[customer] = taken.get(customer, 0.0) + float(one.share)
    whole = sum(taken.values())
    return {name: part / whole for name, part in taken.items()} if whole else {}


def checked_names(held: list[HeldSite]) -> None:
    """Raise InputError where a holding names a customer that its site has not."""
    for one in held:
        plain = {each.offtaker or each.name for each in one.run.shocked.plan.contracts}
        for alias in one.holding.customers:
            if alias.name not in plain:
                hint = (
                    f"the site has no such customer.{did_you_mean(alias.name, plain)} It has {', '.join(sorted(plain))}"
                )
                raise InputError("unknown_name", f"holdings.{one.holding.name}.customers", alias.name, hint)
