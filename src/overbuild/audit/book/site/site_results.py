"""What is a site's alone among the rows of its book: rates that a solver found, and identities as live checks."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.audit.book.book import NONE, Check, ResultRow, Value, worst
from overbuild.audit.labels import label_of_result
from overbuild.equations.reading.cells import Pieces, Ref
from overbuild.equations.reported import Reported, Values
from overbuild.money.irr import Irr
from overbuild.site.run import SiteRun

_OF_OWNERS = "equity_irr_per_year"


def solved_rows(run: SiteRun, results: Values) -> Iterator[ResultRow]:
    """Every solved result: the owners' rate of return is live, the rest is as exported.

    Returns of the project are of the site without debt, which the book does not hold.
    """
    for one in run.model.reported:
        if one.solved:
            yield _rate(one, run.equity_irr, run) if one.id == _OF_OWNERS else _as_exported(one, results)


def _as_exported(one: Reported, results: Values) -> ResultRow:
    value, status = results.values[one.id], results.status.get(one.id, "")
    note = "; ".join(part for part in (status, one.solved) if part)
    return ResultRow(
        one.id, label_of_result(one.id), one.unit or "word", NONE if value is None else value, (), False, note
    )


def _rate(one: Reported, found: Irr, run: SiteRun) -> ResultRow:
    """The root near the one that the program reports; flows that never change sign have none."""
    p = run.plan.horizon.periods_per_year
    flows = Ref("net_cash_to_equity", first=0, last=run.plan.horizon.periods)
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
