"""A run by its parts: phases and contracts by calendar year, balloons and the loans that pay them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.site.case.dates import contract_dates, first_in_service
from overbuild.site.debt.refinancing import within_market
from overbuild.site.run import SiteRun
from overbuild.site.statements import years_of
from overbuild.timeline.calendar import Calendar

OF_PHASE = {
    "revenue": "phase_revenue",
    "gpu_hours": "gpu_hours",
    "energy_cost": "energy_cost",
    "demand_charge": "demand_charge",
    "own_cost": "phase_cost",
}
"""Rows of a phase by what they are: revenue of contracts and market, hours, power, costs of its own."""


class PartYear(NamedTuple):
    """A phase or a contract in a calendar year: its rows summed, and the price of a contract in its last period."""

    part: str
    year: str
    flows: dict[str, float]
    price: float | None = None


class PhaseDates(NamedTuple):
    """When a phase was to be complete, and the first place in which it is in service."""

    phase: str
    planned: int
    in_service: int


class ContractRun(NamedTuple):
    """A contract with its first and last place as it comes; `stops` where it ends for lateness."""

    contract: str
    phase: str
    begins: int
    ends: int
    stops: int | None


class BalloonRow(NamedTuple):
    """A balloon in the place where it falls due, USD: what cash and value carry of it, what is lent, what is not.

    `by_value` is None where the lender sets no limit on value. What is not lent is paid by cash, or by nobody.
    """

    loan: str
    place: int
    balloon: float
    by_cash: float
    by_value: float | None
    lent: float
    short: float


def phases_of(run: SiteRun) -> tuple[PhaseDates, ...]:
    """The dates of all phases.

    >>> from overbuild.site.examples import RUN
    >>> phases_of(RUN)
    (PhaseDates(phase='hall', planned=1, in_service=2),)
    """
    return tuple(PhaseDates(one.name, one.cod, first_in_service(one)) for one in run.plan.phases)


def contracts_of(run: SiteRun) -> tuple[ContractRun, ...]:
    """The dates of all contracts.

    >>> from overbuild.site.examples import RUN
    >>> contracts_of(RUN)
    (ContractRun(contract='lab', phase='hall', begins=2, ends=6, stops=None),)
    """
    found: list[ContractRun] = []
    for modes, contract in zip(run.shape.contracts, run.plan.contracts, strict=True):
        dates = contract_dates(run.plan, contract)
        found.append(ContractRun(contract.name, modes.phase, dates.begins, dates.ends, dates.stops))
    return tuple(found)


def phase_years(run: SiteRun, calendar: Calendar) -> Iterator[PartYear]:
    """Each phase by calendar year, from the year on in which it is in service.

    >>> from overbuild.site.examples import RUN
    >>> from overbuild.timeline.calendar import starting
    >>> first = next(phase_years(RUN, starting("2027", 7)))
    >>> first.year, {name: round(amount / 1e6) for name, amount in first.flows.items()}
    ('2029', {'revenue': 438, 'gpu_hours': 876, 'energy_cost': 0, 'demand_charge': 0, 'own_cost': 100})
    """
    for phase in run.plan.phases:
        for year, places in years_of(run, calendar).items():
            if places[-1] >= first_in_service(phase):
                rows = {word: run.lines[f"{phase.name}.{line}"] for word, line in OF_PHASE.items()}
                yield PartYear(phase.name, year, {word: sum(row[at] for at in places) for word, row in rows.items()})


def contract_years(run: SiteRun, calendar: Calendar) -> Iterator[PartYear]:
    """Each contract by calendar year, from its first to its last; the price is that of its last period in the year.

    >>> from overbuild.site.examples import RUN
    >>> from overbuild.timeline.calendar import starting
    >>> [(one.part, one.year, one.price) for one in contract_years(RUN, starting("2027", 7))][:2]
    [('lab', '2029', 0.5), ('lab', '2030', 0.5)]
    """
    for one in contracts_of(run):
        for year, places in years_of(run, calendar).items():
            within = [place for place in places if one.begins <= place <= one.ends]
            if within:
                revenue = sum(run.lines[f"{one.contract}.revenue"][place] for place in within)
                price = run.lines[f"{one.contract}.price"][within[-1]]
                yield PartYear(one.contract, year, {"revenue": revenue}, price)


def balloons_of(run: SiteRun) -> tuple[BalloonRow, ...]:
    """The balloons that fell due while the site was alive, each with the loan that pays it.

    >>> from overbuild.site.examples import RUN
    >>> balloons_of(RUN)
    ()
    """
    found: list[BalloonRow] = []
    for loan in run.plan.loans:
        at, rows = loan.maturity, run.lines
        if loan.refinancing is None or at > run.last or rows[f"{loan.name}.balloon_due"][at] <= 0.0:
            continue
        by_value = rows.get(f"{loan.name}.carried_by_value")
        found.append(
            BalloonRow(
                loan=loan.name,
                place=at,
                balloon=rows[f"{loan.name}.balloon_due"][at],
                by_cash=within_market(loan.refinancing.available, rows[f"{loan.name}.carried_by_cash"][at]),
                by_value=None if by_value is None else within_market(loan.refinancing.available, by_value[at]),
                lent=rows[f"{loan.name}.balloon_offered"][at],
                short=rows[f"{loan.name}.balloon_short"][at],
            )
        )
    return tuple(found)
