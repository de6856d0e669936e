"""Whether a sculpted loan still has the cover that was asked for, period by period, in live cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from overbuild.audit.book.blocks import Block
from overbuild.audit.book.book import Row, Value
from overbuild.audit.book.rows import SIZED
from overbuild.audit.site_inputs import input_of
from overbuild.equations import line, number, trace
from overbuild.equations.reading.cells import Pieces, Ref, cell_of
from overbuild.equations.reading.named_lines import named_lines
from overbuild.instruments.ratios import blended_dscr, contracted_share_of_revenue
from overbuild.instruments.sculpting import sculpted_beside
from overbuild.old_site.case.plan import Loan
from overbuild.old_site.run import SiteRun
from overbuild.old_site.sizing.sizing import LoanSizing
from overbuild.units import Ratio, Usd


class Asked(NamedTuple):
    """What debt service is asked for in a period: the lenders' cash, the cover, the debt service of other loans."""

    cash: Any
    target_dscr: Any
    beside: Any


class AskedTwice(NamedTuple):
    """The same with two covers, blended by the contract's share of revenue."""

    cash: Any
    target_dscr: Any
    beside: Any
    target_dscr_merchant: Any
    contract_revenue: Any
    revenue: Any


def asked_service(asked: Asked | AskedTwice) -> Usd:
    """Debt service that a sculpted loan is asked for, before its cap.

    Source: its parts: `blended_dscr` where two covers are asked for, and `sculpted_beside`.

    >>> asked_service(Asked(140.0, 1.4, 30.0)), asked_service(AskedTwice(300.0, 1.5, 0.0, 3.0, 0.0, 10.0))
    (70.0, 100.0)
    """
    target: Ratio = asked.target_dscr
    if isinstance(asked, AskedTwice):
        contracted = contracted_share_of_revenue(asked.contract_revenue, asked.revenue)
        target = blended_dscr(contracted, asked.target_dscr, asked.target_dscr_merchant)
    return line("asked", sculpted_beside(asked.cash, target, asked.beside))


def cover_gap(run: SiteRun, loan: LoanSizing, blocks: Mapping[str, Block], single: set[str]) -> Row:
    """Debt service as sized less what the cash of now gives at the cover asked for, after that of the other loans."""
    plan = next(one for one in run.plan.loans if one.name == loan.name)
    others = [one for one in run.sizing.loans if one.name != loan.name]
    numbers: dict[int, Value] = {}
    formulas: dict[int, Pieces] = {}
    own, cut = Ref(f"sizing.{loan.name}.debt_service"), Ref(f"sizing.{loan.name}.scale")
    block = blocks["schedule"]
    values = {name: block.row(name) for name in ("cfads", "tax", "contract_revenue", "revenue")}
    for at, service in enumerate(loan.debt_service):
        asked = _asked(plan, others, {name: row[at] for name, row in values.items()}, at)
        formula = _formula(asked, _places(plan, others, single, at))
        formulas[block.first + at] = ("(", own, "-", cut, "*", *formula, ")")
        numbers[block.first + at] = service - loan.scale * number(asked_service(asked))
    label = f"Debt service as sized less what cash now gives at the cover asked for: {loan.name}"
    return Row(f"sizing.{loan.name}.cover_gap", label, "USD per period", numbers, formulas)


def _asked(plan: Loan, others: list[LoanSizing], cash: dict[str, float], at: int) -> Asked | AskedTwice:
    lenders = cash["cfads"] + (cash["tax"] if plan.sized_on == "pre_tax" else 0.0)
    beside = sum(other.debt_service[at] for other in others if at < len(other.debt_service))
    one = Asked(lenders, plan.target_dscr[at], beside)
    if not plan.target_dscr_merchant:
        return one
    return AskedTwice(*one, plan.target_dscr_merchant[at], cash["contract_revenue"], cash["revenue"])


def _places(plan: Loan, others: list[LoanSizing], single: set[str], at: int) -> dict[str, Pieces]:
    """Where each operand of the debt service asked for stands."""
    cash = Ref(f"{SIZED}cfads")
    lenders: Pieces = ("(", cash, "+", Ref(f"{SIZED}tax"), ")") if plan.sized_on == "pre_tax" else (cash,)
    beside: list[str | Ref] = ["(0"]
    for other in others:
        beside += ["+", Ref(f"sizing.{other.name}.debt_service")]

    def level(name: str) -> Pieces:
        return (Ref(input_of(f"loans.{plan.name}.{name}.{at}", single)),)

    return {
        "asked.cash": lenders,
        "asked.beside": (*beside, ")"),
        "asked.target_dscr": level("target_dscr"),
        "asked.target_dscr_merchant": level("target_dscr_merchant"),
        "asked.contract_revenue": (Ref(f"{SIZED}contract_revenue"),),
        "asked.revenue": (Ref(f"{SIZED}revenue"),),
    }


def _formula(asked: Asked | AskedTwice, places: dict[str, Pieces]) -> Pieces:
    """The cell of the debt service asked for, with what stands for each of its operands."""
    traced: Callable[[Any], Any] = asked_service
    lines = named_lines(trace(traced, asked))

    def placed(name: str) -> list[str | Ref]:
        found: list[str | Ref] = []
        for piece in cell_of(lines[name], lambda operand: Ref(operand.name)):
            if isinstance(piece, str):
                found.append(piece)
            else:
                found += placed(piece.row) if piece.row in lines else places[piece.row]
        return found

    return tuple(placed("asked"))
