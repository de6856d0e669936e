"""What is a site's alone among the rows of its book: flows, rates that a solver found, and identities as live checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overbuild.audit.book.blocks import Block
from overbuild.audit.book.book import NONE, Check, ResultRow, Row, Value, worst
from overbuild.equations.reading.cells import Pieces, Ref
from overbuild.money.irr import Irr
from overbuild.old_site.accounts.lease_class import class_of_lease
from overbuild.old_site.run import OWNERS, PROJECT, Flows, SiteRun, flows_of


def flow_rows(run: SiteRun, blocks: Mapping[str, Block]) -> Iterator[Row]:
    """Flows that rates of return are solved from, on one row from close to the end."""
    yield Row("", "Flows that rates of return are solved from")
    for name, label, flows in (
        ("equity_flows", "Flows of the owners", OWNERS),
        ("project_flows_pre_tax", "Flows of the project before tax", PROJECT),
    ):
        numbers = flows_of(flows, run.building, run.operating)
        yield Row(name, label, "USD per period", dict(enumerate(numbers)), dict(_flow_formulas(flows, blocks)))


def _flow_formulas(flows: Flows, blocks: Mapping[str, Block]) -> Iterator[tuple[int, Pieces]]:
    for signed, block in ((flows.building, blocks["construction"]), (flows.operating, blocks["operation"])):
        pieces: list[str | Ref] = []
        for name, sign in signed:
            pieces += ["+" if sign > 0 else "-", Ref(name)]
        for place in range(block.first, block.last + 1):
            yield place, ("(0", *pieces, ")")


def solved_rows(run: SiteRun, blocks: Mapping[str, Block]) -> Iterator[ResultRow]:
    """Rates of return, live where a sheet can solve them; and the class of a leased shell, which stands as exported."""
    last = blocks["operation"].last
    p = run.plan.site.periods_per_year
    for name, label, row, found in (
        ("equity_irr_per_year", "Owners' rate of return", "equity_flows", run.equity_irr),
        ("project_irr_pre_tax_per_year", "Project's rate of return before tax", "project_flows_pre_tax",
         run.project_irr_pre_tax),
    ):  # fmt: skip
        flows = Ref(row, first=0, last=last)
        yield _rate(name, label, flows, found, p)
    taxed = run.project_irr_post_tax
    yield ResultRow(
        "project_irr_per_year",
        "Project's rate of return after tax",
        "decimal per year",
        NONE if taxed.per_year is None else taxed.per_year,
        (),
        False,
        f"solved on the site without debt, which this book does not hold; {taxed.remark or taxed.status}",
    )
    for name, label, back in (
        ("equity_payback_years", "Payback of the owners, from opening", run.equity_payback),
        ("project_payback_years", "Payback of the project after tax, from opening", run.project_payback),
    ):
        years = NONE if back.years is None else back.years
        yield ResultRow(name, label, "years", years, (), False, back.status or "in a straight line within a period")
    yield from _lease_class(run)


def _lease_class(run: SiteRun) -> Iterator[ResultRow]:
    if run.plan.lease is not None:
        found = class_of_lease(run.plan, run.lines["lease_liability"])
        note = found.status or "by the tests of ASC 842, when exported"
        yield ResultRow(
            "lease_class", "Class of the lease", "word", NONE if found.value is None else found.value, (), False, note
        )


def _rate(name: str, label: str, flows: Ref, found: Irr, p: int) -> ResultRow:
    """The root near the one that the program reports; flows that never change sign have none."""
    value: Value = NONE if found.per_year is None else found.per_year
    near = 0.0 if found.per_year is None else (1.0 + found.per_year) ** (1.0 / p) - 1.0
    signs: Pieces = ("IF(AND(MIN(", flows, ")<0,MAX(", flows, ")>0),")
    rate: Pieces = ("IFERROR((1+IRR(", flows, f",{near!r}))^{p}-1", f',"{NONE}"),"{NONE}")')
    note = "effective; the root nearest to the one found by the program"
    if found.status != "ok":
        note = found.remark
    return ResultRow(name, label, "decimal per year", value, (*signs, *rate), True, note)


def run_checks(run: SiteRun, blocks: Mapping[str, Block]) -> Iterator[Check]:
    """Identities of the run, live: sources = uses, balance sheet, cash."""
    build, work = blocks["construction"], blocks["operation"]

    def built(name: str) -> Ref:
        return Ref(name, first=build.first, last=build.last)

    def worked(name: str) -> Ref:
        return Ref(name, first=work.first, last=work.last)

    uses = sum(run.building["uses_of_funds"])
    broken = "The identity does not hold: do not use this book."
    yield Check(
        "check.sources_equal_uses",
        "Sources less uses of funds, worst period, as a share of uses",
        ("(", *worst((built("funding_gap"),)), "/", Ref("uses"), ")"),
        max(map(abs, run.building["funding_gap"])) / uses,
        1e-9,
        broken,
    )  # fmt: skip
    scale: Pieces = ("MAX(", Ref("uses"), ",MAX(", worked("total_assets"), "))")
    most = max(uses, *run.operating["total_assets"])
    for name, gap, label in (
        ("check.balance_sheet", "balance_gap", "Assets less debt and equity"),
        ("check.cash", "cash_gap", "Cash in less cash out less cash kept"),
    ):
        yield Check(
            name,
            f"{label}, worst period alive, as a share of assets",
            ("(", *worst((worked(gap), "*", worked("alive"))), "/", *scale, ")"),
            max(abs(one) * alive for one, alive in zip(run.operating[gap], run.operating["alive"], strict=True)) / most,
            1e-9,
            broken,
        )
