"""A site's answer as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from overbuild.answer import Cell, Column, Row, Table
from overbuild.questions.columns import column, itemised, lines_table, table
from overbuild.site.case_run import CaseRun
from overbuild.stress.break_even import TARGETS, Found
from overbuild.stress.departures import DRIVERS, Driver
from overbuild.stress.site_breaks import SiteBreaks, distance

_FUNDS = (column("side", "side"), column("item", "item"), column("amount", "amount", "USD_m"))
_COVENANTS = (
    column("covenant", "covenant"),
    column("level", "level", "ratio"),
    column("least", "least cover", "ratio"),
    column("over", "over"),
    column("cash_may_fall", "cash may fall by", "decimal"),
)
_FLOWS = {
    "revenue": "revenue",
    "opex": "opex",
    "tax": "tax",
    "cfads": "CFADS",
    "debt_service": "debt service",
    "distribution": "to owners",
}


class Headroom(NamedTuple):
    """A covenant with its level, the least cover met, and the fall of cash that would bring the cover to the level."""

    covenant: str
    level: float
    least: float
    over: str

    @property
    def cash_may_fall(self) -> float | None:
        """A share of the cash; None where the cover is not above 0."""
        return 1.0 - self.level / self.least if self.least > 0 else None


def tables(basis: CaseRun, breaks: SiteBreaks) -> tuple[Table, ...]:
    """All tables of the answer: what breaks first comes first; the last two hold every line of every period."""
    loans = (_loans(basis),) if basis.run.shape.reported or basis.run.holdco else ()
    return (
        drivers_table(breaks.found),
        counted_table(breaks.found, basis.label, breaks.assumed),
        _funds(basis),
        *loans,
        _covenants(basis),
        _annual(basis),
        construction(basis),
        *holdco_periods(basis),
        periods(basis),
    )


def _funds(basis: CaseRun) -> Table:
    building, loans = basis.run.building, [loan.name for loan in basis.run.plan.loans]

    def whole(*lines: str) -> float:
        """Sum of some lines from close to the end of construction; a line that is not there is 0."""
        return sum(sum(building.get(line, [0.0])) for line in lines)

    fees = [f"{name}.{fee}" for name in loans for fee in ("commitment_fee", "upfront_fee")]
    uses = (
        ("use", "Capex", whole("capex")),
        ("use", "Interest during construction", whole(*(f"{name}.capitalised_interest" for name in loans))),
        ("use", "Fees", whole(*fees)),
        ("use", "Cost of delay", whole("delay_cost")),
        ("use", "First filling of the debt service reserve", whole("initial_dsra")),
    )
    prepaid, junior, equity = whole("prepayment_received"), whole("mezzanine.draw"), whole("equity_draw")
    items = (
        *(item for item in uses if item[-1]),
        ("", "Total uses", whole("uses_of_funds")),
        *([("source", "Prepayment of the customer", prepaid)] if prepaid else []),
        *(("source", f"Loan {name}", whole(f"{name}.draw")) for name in loans),
        *([("source", "Mezzanine", junior)] if junior else []),
        ("source", "Equity", equity),
        ("", "Total sources", whole("draw") + junior + prepaid + equity),
    )
    return itemised("sources_and_uses", "Sources and uses", _FUNDS, items, order=("item", "side", "amount"))


def _covenants(basis: CaseRun) -> Table:
    water, found = basis.run.plan.waterfall, basis.run.results
    least, least_12m = float(found.min_dscr), float(found.min_dscr_12m)
    levels = (
        ("Debt service paid in full", 1.0, least, "single period"),
        ("Lock-up of distributions", water.lockup_dscr, least_12m, "twelve months"),
        ("Cash sweep", water.sweep_trigger, least_12m, "twelve months"),
        ("Default covenant", water.default_dscr, least_12m, "twelve months"),
    )
    headrooms = [Headroom(name, level, met, over) for name, level, met, over in levels if level is not None]
    note = "negative: the level is already missed"
    return table("covenants", "Headroom", _COVENANTS, headrooms if float(found.covered_periods) > 0 else (), note=note)


def _annual(basis: CaseRun) -> Table:
    lines, site = basis.run.operating, basis.run.plan.site
    alive = [place for place in range(site.operating_periods) if lines["alive"][place] > 0]
    years: dict[str, list[int]] = {}
    for place in alive:
        years.setdefault(basis.label(place + 1)[:4], []).append(place)
    columns = (
        Column("year", "year"),
        *(Column(name, label, "USD_m") for name, label in _FLOWS.items()),
        Column("debt_balance", "debt at end", "USD_m"),
        Column("least", "least cover", "ratio"),
    )
    note = "periods after a default are left out" if basis.run.defaulted_in else ""
    rows = tuple(_year(year, places, lines) for year, places in years.items())
    return Table("annual", "By calendar year", columns, rows, note)


def _year(year: str, places: Sequence[int], lines: dict[str, list[float]]) -> Row:
    """A year's flows, the least cover of its periods, and the debt at its end."""
    covers = [lines["dscr"][place] for place in places if lines["covered"][place] > 0]
    flows = {name: sum(lines[name][place] for place in places) for name in _FLOWS}
    return {
        "year": year,
        **flows,
        "least": min(covers, default=None),
        "debt_balance": lines["debt_balance"][places[-1]],
    }


def periods(basis: CaseRun) -> Table:
    """Every named line of every operating period; `alive` is 0 for the ghosts after a default."""
    return lines_table("periods", "Operating periods", basis.run.operating, list(_labels(basis)))


def holdco_periods(basis: CaseRun) -> tuple[Table, ...]:
    """Every line of the holding company's debt by operating period; no table without one."""
    if not basis.run.holdco:
        return ()
    title = "Debt of the holding company"
    return (lines_table("holdco_periods", title, basis.run.holdco, list(_labels(basis))),)


def _labels(basis: CaseRun) -> Iterator[str]:
    return (basis.label(place + 1) for place in range(basis.run.plan.site.operating_periods))


def construction(basis: CaseRun) -> Table:
    """Every named line of close and of each construction period."""
    lines = basis.run.building
    count = len(next(iter(lines.values())))
    labels = [basis.calendar.label(place) for place in range(count)]
    return lines_table("construction", "Close and construction", lines, labels)


_ALONE = "each alone, on the schedule as sized"


def drivers_table(found: Found) -> Table:
    """The change of each driver at each target, the one that breaks least cover soonest first."""
    rows: list[Row] = []
    for driver in sorted(DRIVERS, key=lambda driver: _soonest(driver, found)):
        cells = {target.measure: found[driver.id, target.suffix] for target in TARGETS}
        changes: dict[str, Cell] = {name: None if one.value is None else one.value - 1.0 for name, one in cells.items()}
        rows.append({"driver": driver.id, "what": driver.label, **changes, "remark": _remark(driver.id, found)})
    columns = (
        Column("what", "change of"),
        *(Column(target.measure, target.label, "decimal") for target in TARGETS),
        Column("remark", "where there is none"),
    )
    return Table("breaks_first", "What breaks first", columns, tuple(rows), _ALONE)


def counted_table(found: Found, label: Callable[[int], str], note: str) -> Table:
    """Delay and failure of the offtaker: counts of periods, and the calendar period of the failure."""
    rows: list[Row] = []
    for driver, what in (("delay", "most periods of delay"), ("offtaker_default", "first failure of the offtaker")):
        cells = {target.measure: found[driver, target.suffix].value for target in TARGETS}
        if driver == "offtaker_default":
            cells = {name: None if value is None else label(int(value)) for name, value in cells.items()}
        rows.append({"driver": driver, "what": what, **cells, "remark": _remark(driver, found)})
    columns = (
        Column("what", "still met with"),
        *(Column(target.measure, target.label) for target in TARGETS),
        Column("remark", "where there is none"),
    )
    return Table("breaks_in_time", "Delay and failure of the offtaker", columns, tuple(rows), note)


def _soonest(driver: Driver, found: Found) -> tuple[bool, float]:
    value = found[driver.id, ""].value
    return distance(driver, found) is None, float("inf") if value is None else abs(value - 1.0)


def _remark(driver: str, found: Found) -> str:
    said: dict[str, list[str]] = {}
    for target in TARGETS:
        status = found[driver, target.suffix].status
        if status:
            said.setdefault(status, []).append(target.label.partition(" =")[0])
    if len(said) == 1 and len(next(iter(said.values()))) == len(TARGETS):
        return next(iter(said))
    return "; ".join(f"{', '.join(labels)}: {status}" for status, labels in said.items())


_OF_LOAN = ("debt", "dscr", "rank_dscr", "llcr", "lgd")
"""What is told of each loan, by the last word of its id (`tranche.NAME.dscr`); `dscr` is the least of all periods."""


def _loans(basis: CaseRun) -> Table:
    """One row a loan, in order of the case; empty without debt."""
    run, values = basis.run, basis.results.values
    rows: list[Row] = []
    for loan in run.plan.loans:
        rows.append({"loan": loan.name, "rank": loan.rank, "repayment": loan.repayment, **_of_loan(loan.name, values)})
    if run.plan.mezzanine is not None:
        rows.append({"loan": "mezzanine", "rank": None, "repayment": "bullet", **_of_loan("mezzanine", values)})
    if run.plan.holdco is not None:
        told = {result: values.get(f"tranche.holdco.{result}") for result in _OF_LOAN}
        rows.append({"loan": "holdco", "rank": None, "repayment": run.plan.holdco.repayment, **told})
    columns = (
        Column("loan", "loan"),
        Column("rank", "rank"),
        Column("repayment", "repayment"),
        Column("debt", "drawn", "USD_m"),
        Column("dscr", "least cover", "ratio"),
        Column("rank_dscr", "least cover of its rank", "ratio"),
        Column("llcr", "LLCR", "ratio"),
        Column("lgd", "loss given default", "decimal"),
    )
    note = "least cover counts the cash left by better ranks; loans of one rank share it, see the cover of the rank"
    return Table("tranches", "Loans", columns, tuple(rows), note if len(rows) > 1 else "")


def _of_loan(name: str, values: Mapping[str, Cell]) -> Row:
    return {result: values[f"tranche.{name}.{result}"] for result in _OF_LOAN}
