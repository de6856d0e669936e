"""What is a site's alone among the rows of its book: rates that a solver found, and identities as live checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.audit.book.book import NONE, Check, ResultRow, Value, worst
from overbuild.audit.labels import label_of_result
from overbuild.equations.reading.cells import Pieces, Ref
from overbuild.equations.reported import Reported, Values
from overbuild.money.irr import Irr
from overbuild.site.run import SiteRun


class SolvedRate(NamedTuple):
    """A rate of return: the row of its flows, which is live, and what the program found."""

    flows: str
    found: Irr


def rates_of(run: SiteRun) -> dict[str, SolvedRate]:
    """Rates of return that a sheet can solve from a row of the book, by the ids of their results."""
    return {
        "equity_irr_per_year": SolvedRate("net_cash_to_equity", run.equity_irr),
        "project_irr_per_year": SolvedRate("project_cash_flow", run.project_irr),
    }


def solved_rows(run: SiteRun, results: Values) -> Iterator[ResultRow]:
    """Every solved result: a rate of return is live where a row of the book has its flows, the rest is as exported."""
    rates = rates_of(run)
    for one in run.model.reported:
        if one.solved:
            yield _rate(one, rates[one.id], run) if one.id in rates else _as_exported(one, results)


def _as_exported(one: Reported, results: Values) -> ResultRow:
    value, status = results.values[one.id], results.status.get(one.id, "")
    note = "; ".join(part for part in (status, one.solved) if part)
    return ResultRow(
        one.id, label_of_result(one.id), one.unit or "word", NONE if value is None else value, (), False, note
    )


def _rate(one: Reported, rate: SolvedRate, run: SiteRun) -> ResultRow:
    """The root near the one that the program reports; flows that never change sign have none."""
    found, p = rate.found, run.plan.horizon.periods_per_year
    flows = Ref(rate.flows, first=0, last=run.plan.horizon.periods)
    value: Value = NONE if found.per_year is None else found.per_year
    near = 0.0 if found.per_year is None else (1.0 + found.per_year) ** (1.0 / p) - 1.0
    signs: Pieces = ("IF(AND(MIN(", flows, ")<0,MAX(", flows, ")>0),")
    root: Pieces = ("IFERROR((1+IRR(", flows, f",{near!r}))^{p}-1", f',"{NONE}"),"{NONE}")')
    note = "effective; the root nearest to the one found by the program"
    if found.status != "ok":
        note = found.remark
    return ResultRow(one.id, label_of_result(one.id), "decimal per year", value, (*signs, *root), True, note)


_BROKEN = "The identity does not hold: do not use this book."


def run_checks(run: SiteRun) -> Iterator[Check]:
    """Identities of the run, live: sources = uses, balance sheet, cash; as shares of uses and of assets."""
    lines, last = run.lines, run.plan.horizon.periods

    def row(name: str) -> Ref:
        return Ref(name, first=0, last=last)

    uses, most = sum(lines["uses_of_funds"]), max(lines["total_assets"])
    of_uses: Pieces = (Ref("uses"),)
    of_assets: Pieces = ("MAX(", Ref("uses"), ",MAX(", row("total_assets"), "))")
    for name, gap, label, scale, amount in (
        ("check.sources_equal_uses", "funding_gap", "Sources less uses of funds", of_uses, uses),
        ("check.balance_sheet", "balance_gap", "Assets less debt and equity", of_assets, max(uses, most)),
        ("check.cash", "cash_gap", "Cash in less cash out less cash kept", of_assets, max(uses, most)),
    ):
        yield Check(
            name,
            f"{label}, worst period, as a share of {'uses' if scale is of_uses else 'assets'}",
            ("(", *worst((row(gap),)), "/MAX(1,", *scale, "))"),
            max(map(abs, lines[gap])) / max(1.0, amount),
            1e-9,
            _BROKEN,
        )
