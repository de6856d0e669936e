"""A site's case file: read into a plan, with the place and the origin of every input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, InputError, OverbuildError, raise_all
from overbuild.old_site.case.checks import CheckedPlan, case_faults
from overbuild.old_site.case.plan import Site, SitePlan
from overbuild.old_site.case.ranges import range_faults
from overbuild.timeline.calendar import parsed
from overbuild.world.fields import unit_of_leaf
from overbuild.world.overlay import assigned
from overbuild.world.provenance.agreement import Agreement, settled
from overbuild.world.provenance.derived_block import figured
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import Measure
from overbuild.world.record import RecordReading, read_record
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry, FilePlaces, read_case_file


class SiteCase(NamedTuple):
    """A plan without a fault, with its name, the period of close, and where each input stands and comes from.

    `agreements` says of every sourced input what it was held against.
    """

    name: str
    close: str
    plan: CheckedPlan
    inputs: dict[str, Sourced]
    places: FilePlaces
    agreements: tuple[Agreement, ...] = ()

    def locate(self, error: OverbuildError) -> OverbuildError:
        """The error with the place of the input it speaks of, as near as it is known."""
        return self.places.located(error)


class SiteHeader(NamedTuple):
    """What stands above the plan in a case file: the name of the case, and the calendar period of financial close."""

    name: str
    close: str


HEADER = SiteHeader._fields
"""Names of what stands above the plan."""


def read_site_case(
    path: Path, overlays: Sequence[tuple[str, Entry]] = (), workspace: Path | str | None = None
) -> SiteCase:
    """The case of a file with some entries replaced (`path`, entry), held against the facts that it cites.

    `workspace` holds facts of one's own, which a case may cite too. Raises CaseError: one of form at once, else all
    faults of names, types, ranges, sense and sources together, each located.
    """
    tree = read_case_file(path)
    for where, entry in overlays:
        tree = assigned(tree, where, entry)
    return site_case(tree, workspace)


def site_case(tree: Entry, workspace: Path | str | None = None) -> SiteCase:
    """The case of a tree. Raises as `read_site_case`."""
    known = KnownFigures(workspace, _periods(tree))
    reading = RecordReading(figured(known))
    block = dict(tree.block or {})
    header = {name: _as_text(block.pop(name)) for name in HEADER if name in block}
    head = read_record(tree._replace(value=header), SiteHeader, reading)
    plan = read_record(tree._replace(value=block), SitePlan, reading)
    reading.places[""] = tree
    sourced = settled(reading.inputs, unit_of_input, known)
    faults: list[OverbuildError] = [*reading.faults, *range_faults(reading.inputs), *sourced.faults]
    if plan is not None and not faults:
        plan = with_series(plan)
        faults += [reading.places.located(fault) for fault in case_faults(plan)]
    if head is not None and plan is not None and not faults:
        try:
            parsed(head.close, plan.site.periods_per_year)
        except InputError as error:
            faults.append(reading.places.located(CaseError(error.code, "close", error.value, error.hint)))
    raise_all(sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0)))
    if head is None or plan is None:
        raise tree.fault("bad_value", "file", "the case could not be read")
    return SiteCase(head.name, head.close, CheckedPlan(plan), sourced.inputs, reading.places, sourced.agreements)


def _periods(tree: Entry) -> dict[str, Measure]:
    """What a period of this case is in years: facts say years and months."""
    site = (tree.block or {}).get("site")
    given = ((site.block if site else None) or {}).get("periods_per_year")
    count = (given.block or {}).get("value", given).value if given else Site._field_defaults["periods_per_year"]
    number = count if isinstance(count, int) and not isinstance(count, bool) else 0
    year = Measure(1.0 / number if number > 0 else 1.0, (("time", 1),))
    return {"period": year, "periods": year}


def unit_of_input(path: str) -> str:
    """The unit of an input of a site case by its path; `word` for a word, empty for what is none.

    >>> unit_of_input("site.it_mw"), unit_of_input("components.it.spend.3"), unit_of_input("close")
    ('MW', 'share', 'word')
    """
    return unit_of_leaf(SiteHeader if path in HEADER else SitePlan, path)


def with_series(plan: SitePlan) -> SitePlan:
    """The plan with every series in full: one number in a file stands for all periods.

    Use by period and base rates run over operation, the cover asked for over the tenor of its loan.

    >>> from overbuild.old_site.examples import PLAN
    >>> with_series(PLAN._replace(market=PLAN.market._replace(utilisation=(0.6,)))).market.utilisation
    (0.6, 0.6, 0.6, 0.6, 0.6, 0.6)
    """
    periods = plan.site.operating_periods
    offtake = plan.offtake
    return plan._replace(
        market=plan.market._replace(utilisation=_full(plan.market.utilisation, periods)),
        offtake=offtake and offtake._replace(utilisation=_full(offtake.utilisation, periods)),
        loans=tuple(
            loan._replace(
                target_dscr=_full(loan.target_dscr, loan.tenor),
                target_dscr_merchant=_full(loan.target_dscr_merchant, loan.tenor),
                base_rate_per_year=_full(loan.base_rate_per_year, periods),
            )
            for loan in plan.loans
        ),
    )


def _as_text(entry: Entry) -> Entry:
    """A close in a yearly case is a bare year, which YAML reads as a number."""
    return entry._replace(value=str(entry.value)) if type(entry.value) is int else entry


def _full(series: tuple[float, ...], periods: int) -> tuple[float, ...]:
    return series * periods if len(series) == 1 else series
