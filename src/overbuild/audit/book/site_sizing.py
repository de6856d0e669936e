"""The schedule a site was sized on, as rows, and the live checks that say whether it still fits the inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overbuild.audit.book.asked_cover import cover_gap
from overbuild.audit.book.blocks import Block
from overbuild.audit.book.book import Check, Row, Value, worst
from overbuild.audit.book.rows import SIZED
from overbuild.equations.reading.cells import Pieces, Ref
from overbuild.old_site.run import SiteRun
from overbuild.old_site.sizing.sizing import LoanSizing

MOVED = "Sized on other inputs: export again. (What you see is a shock with the debt as it was sized.)"
"""Said where the schedule no longer is what sizing would find."""


def schedule_rows(run: SiteRun, start: int) -> Iterator[Row]:
    """What sizing found: amounts, the first filling of the reserve, principal and debt service by period."""
    sizing = run.sizing
    yield Row("", "Found by sizing, fixed in this book")
    yield _scalar("sizing.uses", "Uses of funds when sized", "USD", sizing.uses)
    yield _scalar("sizing.initial_dsra", "First filling of the debt service reserve", "USD", sizing.initial_dsra)
    for loan in sizing.loans:
        name = f"sizing.{loan.name}"
        yield _scalar(f"{name}.amount", f"Amount: {loan.name}", "USD", loan.amount)
        yield _scalar(f"{name}.draw_share", f"Share of each need that is drawn: {loan.name}", "share", loan.draw_share)
        yield _scalar(f"{name}.scale", f"Cut of debt service by the cap on debt: {loan.name}", "ratio", loan.scale)
        yield _series(f"{name}.principal", f"Principal: {loan.name}", loan.principal, start)
        yield _series(f"{name}.debt_service", f"Debt service: {loan.name}", loan.debt_service, start)
    if sizing.mezzanine is not None:
        share = "Share of each need that is drawn: mezzanine"
        yield _scalar("sizing.mezzanine.amount", "Amount: mezzanine", "USD", sizing.mezzanine.amount)
        yield _scalar("sizing.mezzanine.draw_share", share, "share", sizing.mezzanine.draw_share)
    targets = sizing.inputs(run.plan).dsra_target
    yield _series("sizing.dsra_target", "Target of the debt service reserve", tuple(targets), start)


def _scalar(name: str, label: str, unit: str, value: float) -> Row:
    return Row(name, label, unit, {0: float(value)}, scalar=True)


def _series(name: str, label: str, values: tuple[float, ...], start: int) -> Row:
    return Row(name, label, "USD per period", {start + at: float(value) for at, value in enumerate(values)})


def gap_rows(run: SiteRun, blocks: Mapping[str, Block], single: set[str]) -> Iterator[Row]:
    """How far the schedule is from what it should be now, by period: debt service, and the cover it was sculpted to."""
    yield Row("", "How far the schedule is from what the inputs now ask for (0 as sized)")
    for place, loan in enumerate(run.sizing.loans):
        plan = run.plan.loans[place]
        interest = Ref(f"{SIZED}{loan.name}.interest")
        paid, service = Ref(f"sizing.{loan.name}.principal"), Ref(f"sizing.{loan.name}.debt_service")
        yield _row_of_gaps(
            f"sizing.{loan.name}.service_gap",
            f"Interest and principal less debt service as sized: {loan.name}",
            ("(", interest, "+", paid, "-", service, ")"),
            _service_gaps(blocks, loan),
            blocks["schedule"].first,
        )
        if plan.repayment == "sculpted":
            yield cover_gap(run, loan, blocks, single)


def _row_of_gaps(name: str, label: str, formula: Pieces, numbers: list[float], start: int) -> Row:
    values: dict[int, Value] = {start + place: number for place, number in enumerate(numbers)}
    return Row(name, label, "USD per period", values, dict.fromkeys(values, formula))


def _service_gaps(blocks: Mapping[str, Block], loan: LoanSizing) -> list[float]:
    interests = blocks["schedule"].row(f"{loan.name}.interest")
    rows = zip(interests, loan.principal, loan.debt_service, strict=False)
    return [interest + principal - service for interest, principal, service in rows]


def sizing_checks(run: SiteRun, blocks: Mapping[str, Block]) -> Iterator[Check]:
    """Live checks that the loan is still the one that sizing found."""
    uses = sum(run.building["uses_of_funds"])
    last = blocks["opening"].first
    yield Check(
        "check.uses_as_sized",
        "Uses of funds less uses when sized, as a share",
        ("(SUM(", Ref("uses_of_funds", first=0, last=last), ")/", Ref("sizing.uses"), "-1)"),
        uses / run.sizing.uses - 1.0,
        1e-9,
        MOVED,
    )
    for loan in run.sizing.loans:
        if loan.amount > 0.0:
            yield from _loan_checks(run, blocks, loan)


def _loan_checks(run: SiteRun, blocks: Mapping[str, Block], loan: LoanSizing) -> Iterator[Check]:
    name, start, block = f"sizing.{loan.name}", blocks["schedule"].first, blocks["schedule"]
    tenor = len(loan.principal)
    final = f"{block.carried}loans.{loan.name}.balance"
    left = float(block.steps[tenor - 1][block.program.results[f"loans.{loan.name}.balance"]])
    amount = Ref(f"{name}.amount")
    yield Check(
        f"check.{loan.name}.final_balance",
        f"Balance at maturity on the schedule, as a share of the loan: {loan.name}",
        ("(", Ref(final, first=start + tenor - 1), "/", amount, ")"),
        left / loan.amount,
        1e-9,
        MOVED,
    )
    gaps = {row.id: row for row in gap_rows(run, blocks, set())}
    for ending, label in (
        ("service_gap", "Debt service of now less as sized"),
        ("cover_gap", "Debt service less what the cover asked for gives"),
    ):
        row = gaps.get(f"{name}.{ending}")
        if row is not None:
            greatest = max(abs(float(value)) for value in row.values.values())
            whole = Ref(row.id, first=start, last=start + tenor - 1)
            yield Check(
                f"check.{loan.name}.{ending}",
                f"{label}, worst period, as a share of the loan: {loan.name}",
                ("(", *worst((whole,)), "/", amount, ")"),
                greatest / loan.amount,
                1e-9,
                MOVED,
            )
