"""A site's answer as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from overbuild.answer import Cell, Column, Row, Table
from overbuild.old_site.case_run import CaseRun
from overbuild.old_site.statements import SiteYear, owners_while_building, statements_of
from overbuild.questions.columns import column, itemised, lines_table, table
from overbuild.stress.break_even import TARGETS, Found
from overbuild.stress.departures import Driver
from overbuild.stress.site_breaks import SiteBreaks

_FUNDS = (column("side", "side"), column("item", "item"), column("amount", "amount", "USD_m"))
_AS_PRINTED = ("item", "side", "amount")
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
    "equity_paid_in": "owners pay in",
    "equity_support": "of it support",
    "equity_received": "owners receive",
    "net_cash_to_equity": "net to owners",
}


def tables(basis: CaseRun, breaks: SiteBreaks) -> tuple[Table, ...]:
    """All tables of the answer: what breaks first comes first; the last two hold every line of every period."""
    told, labels = statements_of(basis), basis.labels
    loans = (_loans(basis),) if basis.run.shape.reported or basis.run.holdco else ()
    return (
        drivers_table(breaks.ranked, breaks.found),
        counted_table(breaks.found, basis.label, breaks.assumed),
        itemised("sources_and_uses", "Sources and uses", _FUNDS, told.funds, order=_AS_PRINTED),
        *loans,
        table("covenants", "Headroom", _COVENANTS, told.headroom, note="negative: the level is already missed"),
        _annual(basis, told.years),
        construction(basis),
        *holdco_periods(basis, labels),
        periods(basis, labels),
    )


def _annual(basis: CaseRun, years: Sequence[SiteYear]) -> Table:
    supported = any(one.flows["equity_support"] for one in years)
    columns = (
        Column("year", "year"),
        *(Column(name, label, "USD_m") for name, label in _FLOWS.items() if name != "equity_support" or supported),
        Column("debt_balance", "debt at end", "USD_m"),
        Column("least", "least cover", "ratio"),
    )
    note = "periods after a default are left out" if basis.run.defaulted_in else ""
    rows = tuple({"year": one.year, **one.flows, "least": one.least, "debt_balance": one.debt_balance} for one in years)
    return Table("annual", "By calendar year", columns, rows, note)


def periods(basis: CaseRun, labels: Sequence[str]) -> Table:
    """Every named line of every operating period; `alive` is 0 for the ghosts after a default."""
    return lines_table("periods", "Operating periods", basis.run.operating, labels)


def holdco_periods(basis: CaseRun, labels: Sequence[str]) -> tuple[Table, ...]:
    """Every line of the holding company's debt by operating period; no table without one."""
    if not basis.run.holdco:
        return ()
    title = "Debt of the holding company"
    return (lines_table("holdco_periods", title, basis.run.holdco, labels),)


def construction(basis: CaseRun) -> Table:
    """Every named line of close and of each construction period, and what owners pay in under the names of operation."""
    lines = basis.run.building | owners_while_building(basis.run)
    labels = [basis.calendar.label(place) for place in range(len(lines["draw"]))]
    return lines_table("construction", "Close and construction", lines, labels)


_ALONE = "each alone, on the schedule as sized"


def drivers_table(ranked: Sequence[Driver], found: Found) -> Table:
    """The change of each driver at each target, the one that breaks least cover soonest first."""
    rows: list[Row] = []
    for driver in ranked:
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
