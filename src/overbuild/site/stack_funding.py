"""Funding construction from a stack: loans that advance on components draw first, the others share what is left."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.site.case import Amounts, terms_of
from overbuild.site.funding import build, next_share
from overbuild.site.plan import Loan, SitePlan
from overbuild.site.state import BuildState
from overbuild.timeline.run import Run

_MOST_PASSES = 50
_SETTLED = 4e-15
_TOLERANCE = 1e-9


class FundedStack(NamedTuple):
    """Construction as funded: the share of what is left that each loan draws, uses by period from close on, and more."""

    amounts: dict[str, Amounts]
    need: tuple[float, ...]
    uses: float
    built: BuildState
    run: Run[BuildState]


def fund_stack(plan: SitePlan, borrowed: dict[str, float], initial_dsra: float) -> FundedStack:
    """Find the shares at which the loans that draw pro rata are drawn in full when the site opens.

        share * sum of uses left by the loans that advance = sum of the loans that draw pro rata, by secants

    Each then draws its part of that share, by amount. Raises InputError `debt_exceeds_uses` where the loans together
    are not below the uses.

    >>> from overbuild.site.examples import STACK_PLAN
    >>> funded = fund_stack(STACK_PLAN, {"senior": 1000e6, "gpu": 600e6}, 0.0)
    >>> [round(loan.balance / 1e6, 6) for loan in funded.built.loans]
    [1000.0, 600.0]
    """
    asked = sum(borrowed[loan.name] for loan in plan.loans if _shares(loan))
    share, before = 0.0, (0.0, -asked)
    for _ in range(_MOST_PASSES):
        funded = _built(plan, borrowed, initial_dsra, share)
        debt = sum(borrowed.values()) + (plan.prepayment.amount if plan.prepayment else 0.0)
        if debt >= funded.uses:
            who = "loans and prepayment" if plan.prepayment else "loans"
            hint = f"the {who} together must stay below the uses of funds, {funded.uses:.0f}"
            raise InputError("debt_exceeds_uses", "loans", debt, hint)
        left = sum(funded.run.rows["uses_left"])
        missing = share * left - asked
        if abs(missing) <= _SETTLED * funded.uses:
            return _with_mezzanine(plan, borrowed, initial_dsra, share, funded)
        share, before = next_share(share, missing, before, asked / left if left > 0.0 else 1.0), (share, missing)
    raise InputError("no_convergence", "loans", share, "the share of uses that the loans pay does not settle")


def check_received(plan: SitePlan, rows: dict[str, list[float]]) -> None:
    """Raise InputError `overdraw` for the first period in which the customer prepays more than is needed.

    >>> from overbuild.site.examples import PLAN
    >>> check_received(PLAN, {})
    """
    if plan.prepayment is None:
        return
    for place, (need, left) in enumerate(zip(rows["uses_of_funds"], rows["uses_after_prepayment"], strict=True)):
        if left < -_TOLERANCE * sum(rows["uses_of_funds"]):
            when = "at close" if place == 0 else f"in construction period {place}"
            hint = f"{when} {need - left:.0f} is prepaid and {need:.0f} needed; let it come in later, or less of it"
            raise InputError("overdraw", "prepayment.received", need - left, hint)


def check_draws(plan: SitePlan, funded: FundedStack) -> None:
    """Raise InputError `overdraw` for the first period in which prepayment or loans bring more than is needed.

    >>> from overbuild.site.examples import STACK_PLAN
    >>> check_draws(STACK_PLAN, fund_stack(STACK_PLAN, {"senior": 1000e6, "gpu": 600e6}, 0.0))
    """
    rows = funded.run.rows
    check_received(plan, rows)
    needs = rows["uses_of_funds"] if plan.prepayment is None else rows["uses_after_prepayment"]
    for place, (need, drawn) in enumerate(zip(needs, rows["draw"], strict=True)):
        if drawn > need + _TOLERANCE * funded.uses:
            when = "at close" if place == 0 else f"in construction period {place}"
            hint = f"{when} the loans draw more than the {need:.0f} that is needed; lower an amount or an advance rate"
            raise InputError("overdraw", "loans", drawn, hint)


def _with_mezzanine(
    plan: SitePlan, borrowed: dict[str, float], initial_dsra: float, share: float, funded: FundedStack
) -> FundedStack:
    """The same with the mezzanine drawn in full: its share of what the senior loans leave. No need depends on it."""
    if plan.mezzanine is None:
        return funded
    rows = funded.run.rows
    left = funded.uses - sum(rows["draw"]) - sum(rows.get("prepayment_received", [0.0]))
    return _built(plan, borrowed, initial_dsra, share, borrowed["mezzanine"] / left)


def _shares(loan: Loan) -> bool:
    """Whether a loan draws its share of each need."""
    return loan.advance_rate is None and not loan.draws


def _built(
    plan: SitePlan, borrowed: dict[str, float], initial_dsra: float, share: float, junior_share: float = 0.0
) -> FundedStack:
    asked = sum(borrowed[loan.name] for loan in plan.loans if _shares(loan))
    amounts = {
        loan.name: Amounts(
            borrowed[loan.name],
            share * borrowed[loan.name] / asked if _shares(loan) and asked > 0.0 else 0.0,
        )
        for loan in plan.loans
    }
    if plan.mezzanine is not None:
        amounts["mezzanine"] = Amounts(borrowed["mezzanine"], junior_share)
    terms = terms_of(plan, amounts, initial_dsra)
    unlimited = terms._replace(loans=tuple(loan._replace(limit=math.inf) for loan in terms.loans))
    run = build(plan, unlimited)
    need = tuple(run.rows["uses_of_funds"])
    return FundedStack(amounts, need, sum(need), run.final, run)
