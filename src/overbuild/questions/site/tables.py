"""A site's answer as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from overbuild.answer import Cell, Column, Row, Table
from overbuild.audit.deciding import Deciding
from overbuild.audit.labels import label_of_input
from overbuild.questions.columns import column, itemised, lines_table, table
from overbuild.questions.site.published import published_table
from overbuild.site.case_run import CaseRun
from overbuild.site.parts import PartYear, balloons_of, contract_years, contracts_of, phase_years, phases_of
from overbuild.site.statements import Headroom, SiteYear, statements_of
from overbuild.stress.break_even import Found
from overbuild.stress.site_breaks import SiteBreaks
from overbuild.stress.targets import Target

MAIN, ANNUAL = "covenants", "annual"
"""The table of the first screen, and the years, which stand there where no debt service falls due."""

_FUNDS = (column("side", "side"), column("item", "item"), column("amount", "amount", "USD_m"))
_AS_PRINTED = ("item", "side", "amount")

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


@dataclass(frozen=True)
class Told:
    """What the tables are made of: the case as run, what breaks it, what decides it."""

    basis: CaseRun
    breaks: SiteBreaks
    deciding: Sequence[Deciding]

    @property
    def label(self) -> Callable[[int], str]:
        """The calendar name of a place."""
        return self.basis.calendar.label


def tables(told: Told) -> tuple[Table, ...]:
    """All tables of the answer: headroom first, then what breaks it; the last holds every line of every period."""
    basis, statements = told.basis, statements_of(told.basis)
    return (
        *_headroom(told, statements.headroom),
        _annual(statements.years, outcome=basis.run.outcome),
        itemised("sources_and_uses", "Sources and uses", _FUNDS, statements.funds, order=_AS_PRINTED),
        *published_table(basis),
        *_loans(basis),
        *_balloons(told),
        drivers_table(told.breaks),
        counted_table(told),
        *_decides(told),
        _phases(told),
        *_contracts(told),
        *_by_part("phase_years", "Phases by calendar year", phase_years(basis.run, basis.calendar), _OF_PHASE),
        *_by_part(
            "contract_years", "Contracts by calendar year", contract_years(basis.run, basis.calendar), _OF_CONTRACT
        ),
        *_holdco(told),
        lines_table("periods", "Periods from close", basis.run.lines, basis.labels),
    )


def _headroom(told: Told, levels: Sequence[Headroom]) -> tuple[Table, ...]:
    columns = (
        column("covenant", "lenders act on"),
        column("over", "measured by"),
        column("level", "level", "ratio"),
        column("worst", "worst", "ratio"),
        column("when", "in", fill=lambda one: told.label(one.place)),
        column("may_fall", "may fall", "decimal"),
        column("of", "of"),
    )
    note = "may fall: until the level is met; below 0 it is missed; of LTV the value falls"
    return (table(MAIN, "Headroom", columns, levels, note=note),) if levels else ()


def without_debt(annual: Table) -> Table:
    """The years of a case without debt as its first screen shows them: none of the columns of debt."""
    of_debt = ("cfads", "debt_service", "debt_balance", "least")
    return annual._replace(columns=tuple(one for one in annual.columns if one.key not in of_debt))


def _annual(years: Sequence[SiteYear], *, outcome: str | None) -> Table:
    supported = any(one.flows["equity_support"] for one in years)
    columns = (
        Column("year", "year"),
        *(Column(name, label, "USD_m") for name, label in _FLOWS.items() if name != "equity_support" or supported),
        Column("debt_balance", "debt at end", "USD_m"),
        Column("least", "lowest DSCR", "ratio"),
    )
    rows = tuple({"year": one.year, **one.flows, "least": one.least, "debt_balance": one.debt_balance} for one in years)
    return Table(
        ANNUAL,
        "By calendar year",
        columns,
        rows,
        "periods after the outcome are left out" if outcome else "",
    )


_OF_LOAN = ("debt", "dscr", "rank_dscr", "llcr", "lgd")
"""What is told of each loan, by the last word of its id (`tranche.NAME.dscr`); `dscr` is the lowest of all periods."""


def _loans(basis: CaseRun) -> tuple[Table, ...]:
    """One row a loan, in order of the case; no table without debt of any kind."""
    plan, values = basis.run.plan, basis.results.values
    rows: list[Row] = [
        {"loan": one.name, "rank": one.rank, "repayment": one.repayment, **_results(one.name, values)}
        for one in plan.loans
    ]
    if plan.mezzanine is not None:
        rows.append({"loan": "mezzanine", "rank": None, "repayment": "bullet", **_results("mezzanine", values)})
    if plan.holdco is not None:
        rows.append({"loan": "holdco", "rank": None, "repayment": plan.holdco.repayment, **_results("holdco", values)})
    columns = (
        Column("loan", "loan"),
        Column("rank", "rank"),
        Column("repayment", "repayment"),
        Column("debt", "drawn", "USD_m"),
        Column("dscr", "minimum DSCR", "ratio"),
        Column("rank_dscr", "minimum DSCR of its rank", "ratio"),
        Column("llcr", "LLCR", "ratio"),
        Column("lgd", "loss given default", "decimal"),
    )
    note = "the DSCR of a loan counts the cash left by better ranks; loans of one rank share it, see that of the rank"
    return (Table("tranches", "Loans", columns, tuple(rows), note if len(rows) > 1 else ""),) if rows else ()


def _results(name: str, values: dict[str, Cell]) -> Row:
    return {result: values.get(f"tranche.{name}.{result}") for result in _OF_LOAN}


def _balloons(told: Told) -> tuple[Table, ...]:
    columns = (
        column("loan", "loan"),
        column("when", "falls due in", fill=lambda one: told.label(one.place)),
        column("balloon", "balloon", "USD_m"),
        column("by_cash", "cash carries", "USD_m"),
        column("by_value", "value carries", "USD_m"),
        column("lent", "lent", "USD_m"),
        column("short", "missing", "USD_m"),
    )
    found = balloons_of(told.basis.run)
    note = "lent: the lesser of what cash and value carry; the rest is paid by cash, and what is missing is a default"
    return (table("refinancing", "Balloons and their refinancing", columns, found, note=note),) if found else ()


def drivers_table(breaks: SiteBreaks) -> Table:
    """The change of each driver at each target, the one that breaks minimum DSCR soonest first."""
    rows: list[Row] = []
    for driver in breaks.ranked:
        cells = {target.label: breaks.found[driver.id, target.suffix] for target in breaks.targets}
        changes: dict[str, Cell] = {
            name: None if one.value is None else driver.change(float(one.value)) for name, one in cells.items()
        }
        if any(one.value is not None or not one.status.startswith("the case has no") for one in cells.values()):
            rows.append({"driver": driver.id, "what": driver.label, **changes, "remark": _remark(driver.id, breaks)})
    columns = (
        Column("what", "change of"),
        *(Column(one.label, one.label, "decimal") for one in breaks.targets),
        Column("remark", "where it jumps, or there is none"),
    )
    note = "each alone, on amounts and schedules as sized; of rates and overruns the change is an addition"
    return Table("breaks_first", "What breaks first", columns, tuple(rows), note)


def counted_table(told: Told) -> Table:
    """Delay and failure of offtakers: periods later, and the calendar period of the failure."""
    breaks = told.breaks
    rows: list[Row] = []
    for count in breaks.counts:
        cells: dict[str, Cell] = {one.label: breaks.found[count.id, one.suffix].value for one in breaks.targets}
        if count.kind == "failure":
            cells = {name: None if one is None else told.label(int(float(one))) for name, one in cells.items()}
        rows.append({"count": count.id, "what": count.label, **cells, "remark": _remark(count.id, breaks)})
    columns = (
        Column("what", "still met with"),
        *(Column(one.label, one.label) for one in breaks.targets),
        Column("remark", "what happens beyond, or why there is none"),
    )
    notes = tuple(dict.fromkeys(one.note for one in breaks.counts if one.note))
    return Table("breaks_in_time", "Delay, and failure of offtakers", columns, tuple(rows), "; ".join(notes))


def _remark(name: str, breaks: SiteBreaks) -> str:
    said: dict[str, list[str]] = {}
    found: Found = breaks.found
    for target in breaks.targets:
        status = found[name, target.suffix].status
        if status:
            said.setdefault(status, []).append(_word(target))
    if len(said) == 1 and len(next(iter(said.values()))) == len(breaks.targets):
        return next(iter(said))
    return "; ".join(f"{', '.join(labels)}: {status}" for status, labels in said.items())


def _word(target: Target) -> str:
    return target.word


def _decides(told: Told) -> tuple[Table, ...]:
    measure = "equity_npv" if told.basis.run.min_dscr is None else "min_dscr"
    columns = (
        column("assumption", "assumption", fill=lambda one: label_of_input(one.input.path)),
        column("input", "input", fill=lambda one: one.input.path),
        column("low", "low", fill=lambda one: one.input.low),
        column("value", "used", fill=lambda one: one.input.value),
        column("high", "high", fill=lambda one: one.input.high),
        column("dscr_at_low", "min DSCR at low", "ratio", lambda one: one.at_low.min_dscr),
        column("dscr_at_high", "at high", "ratio", lambda one: one.at_high.min_dscr),
        column("npv_at_low", "equity NPV at low", "USD_m", lambda one: one.at_low.equity_npv),
        column("npv_at_high", "at high", "USD_m", lambda one: one.at_high.equity_npv),
        column("ends", "ends before its time", fill=lambda one: _ends(one)),
    )
    moved = [one for one in told.deciding if one.swing(measure) > 0.0 or one.swing("equity_npv") > 0.0]
    note = "one at a time, the largest first; loans as sized, what building costs more is paid by the owners"
    return (table("decides", "What decides it", columns, moved, note=note),) if moved else ()


def _ends(one: Deciding) -> str | None:
    said = [f"{end}: {found.outcome}" for end, found in (("low", one.at_low), ("high", one.at_high)) if found.outcome]
    return ", ".join(said) or None


def _phases(told: Told) -> Table:
    mw = {one.name: one.it_mw for one in told.basis.run.plan.phases}
    columns = (
        column("phase", "phase"),
        column("it_mw", "IT load", "MW", lambda one: mw[one.phase]),
        column("planned", "complete at the end of", fill=lambda one: told.label(one.planned)),
        column("in_service", "in service from", fill=lambda one: told.label(one.in_service)),
    )
    return table("phases", "Phases", columns, phases_of(told.basis.run))


def _contracts(told: Told) -> tuple[Table, ...]:
    last = told.basis.run.plan.horizon.periods
    shares = {one.name: one.share for one in told.basis.run.plan.contracts}
    columns = (
        column("contract", "contract"),
        column("phase", "phase"),
        column("share", "share", "decimal", lambda one: shares[one.contract]),
        column("begins", "begins", fill=lambda one: told.label(one.begins)),
        column("ends", "ends", fill=lambda one: told.label(min(one.ends, last))),
        column("stops", "ended for lateness", fill=lambda one: None if one.stops is None else told.label(one.stops)),
    )
    found = contracts_of(told.basis.run)
    return (table("contracts", "Contracts", columns, found),) if found else ()


_OF_PHASE = (
    Column("revenue", "revenue", "USD_m"),
    Column("gpu_hours", "GPU-hours (m)"),
    Column("energy_cost", "energy", "USD_m"),
    Column("demand_charge", "demand charge", "USD_m"),
    Column("own_cost", "own costs", "USD_m"),
)
_OF_CONTRACT = (Column("revenue", "revenue", "USD_m"),)


def _by_part(name: str, title: str, years: Iterable[PartYear], flows: Sequence[Column]) -> tuple[Table, ...]:
    rows: tuple[Row, ...] = tuple(
        {"part": one.part, "year": one.year, **one.flows, "price": one.price} for one in years
    )
    columns = [Column("part", title.split()[0][:-1].lower()), Column("year", "year"), *flows]
    if any(row["price"] is not None for row in rows):
        columns.append(Column("price", "price at the end"))
    return (Table(name, title, tuple(columns), rows),) if rows else ()


def _holdco(told: Told) -> tuple[Table, ...]:
    """Every line of the holding company's debt by period; no table without one."""
    rows = told.basis.run.rows.get("holdco")
    if not rows:
        return ()
    first = told.basis.run.model.stage("holdco").first
    labels = told.basis.labels[first:]
    return (lines_table("holdco_periods", "Debt of the holding company", rows, labels),)
