"""Funding construction: uses, fees, interest and debt depend on each other; solved in one step or by secants.

Loans that advance on components or draw as stated come first, the others share what is left, equity pays the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overbuild.equations.model import Model
from overbuild.errors import InputError
from overbuild.old_site.case.plan import Loan, SitePlan
from overbuild.old_site.stages import construction_stage
from overbuild.old_site.terms.from_plan import Amounts, shape_of, terms_of
from overbuild.old_site.terms.schedules import build_inputs
from overbuild.old_site.terms.state import BuildState
from overbuild.old_site.terms.terms import Terms
from overbuild.timeline.run import Run, run_model

_MOST_PASSES = 50
_SETTLED = 4e-15
_TOLERANCE = 1e-9


class Funded(NamedTuple):
    """Construction as funded: amount and pro rata share of each loan, uses by period from close on, and the run."""

    amounts: dict[str, Amounts]
    uses_by_period: tuple[float, ...]
    uses: float
    built: BuildState
    run: Run[BuildState]


def build(plan: SitePlan, terms: Terms, names: Sequence[str] | None = None) -> Run[BuildState]:
    """Run construction.

    >>> from overbuild.old_site.examples import PLAN, TERMS
    >>> len(build(PLAN, TERMS).rows["capex"])
    3
    """
    found = run_model(Model((construction_stage(shape_of(plan), build_inputs(plan), terms),)), names)
    return Run(found.left["construction"], found.rows["construction"])


def fund(plan: SitePlan, borrowed: Mapping[str, float], initial_dsra: float) -> Funded:
    """The funding in which the loans that draw pro rata are fully drawn when the site opens.

        share * sum of uses left by the loans that advance = sum of the loans that draw pro rata, by secants

    Each of them then draws its part of that share, by amount. USD. Raises InputError `debt_exceeds_uses` where the
    loans, with the prepayment, are not below the uses.

    >>> from overbuild.old_site.examples import PLAN, STACK_PLAN
    >>> [round(loan.balance / 1e6, 6) for loan in fund(STACK_PLAN, {"senior": 1e9, "gpu": 6e8}, 0.0).built.loans]
    [1000.0, 600.0]
    >>> fund(PLAN._replace(loans=()), {}, 0.0).uses / 1e6
    3000.0
    """
    asked = sum(borrowed[loan.name] for loan in plan.loans if draws_pro_rata(loan))
    share, earlier_share, earlier_missing = 0.0, 0.0, -asked
    for _ in range(_MOST_PASSES):
        funded = _built(plan, borrowed, initial_dsra, share)
        _check_room(plan, borrowed, funded)
        left = sum(funded.run.rows["uses_left"])
        missing = share * left - asked
        if abs(missing) <= _SETTLED * funded.uses:
            return _with_mezzanine(plan, borrowed, initial_dsra, share, funded)
        plain = asked / left if left > 0.0 else 1.0
        found = next_share(share, missing, earlier_share, earlier_missing, plain)
        share, earlier_share, earlier_missing = found, share, missing
    raise InputError("no_convergence", "loans", share, "the share of uses that the loans pay does not settle")


def next_share(share: float, missing: float, earlier_share: float, earlier_missing: float, plain: float) -> float:
    """The secant through the last two shares and what was missing at each, or the plain step where there is none.

    >>> next_share(0.5, -10.0, earlier_share=0.0, earlier_missing=-110.0, plain=0.6)
    0.55
    """
    if share == earlier_share or missing == earlier_missing:
        return plain
    return share - missing * (share - earlier_share) / (missing - earlier_missing)


def draws_pro_rata(loan: Loan) -> bool:
    """Whether a loan draws pro rata on all uses; the others draw on their components or as stated."""
    return loan.advance_rate is None and not loan.draws


def is_share_of_uses(loan: Loan) -> bool:
    """Whether the amount of a loan is stated as a share of uses."""
    stated = loan.repayment == "sculpted" or loan.amount is not None or not draws_pro_rata(loan)
    return loan.debt_share is not None and not stated


def geared_uses(plan: SitePlan, dsra_per_debt: Mapping[str, float]) -> float:
    """Uses of funds where loans stated as shares of uses also pay their own fees and interest: one solve.

        uses = a + b * uses, so uses = a / (1 - b)

    b is what a dollar of uses adds in fees, interest and DSRA on the part of it that is lent; `dsra_per_debt` is the
    initial DSRA funding per dollar of each of these loans. Other loans are left out: beside them it is where sizing
    starts. USD. Raises InputError (`infeasible_gearing`) where a dollar lent adds a dollar of uses or more.

    >>> from overbuild.old_site.examples import PLAN
    >>> geared = PLAN._replace(loans=(PLAN.loans[0]._replace(amount=None, debt_share=0.5),))
    >>> uses = geared_uses(geared, {"senior": 0.0})
    >>> round(fund(geared, {"senior": 0.5 * uses}, 0.0).uses / uses, 12)
    1.0
    """
    shares = {loan.name: loan.debt_share or 0.0 for loan in plan.loans if is_share_of_uses(loan)}
    step = sum(component.cost for component in plan.components) or 1.0
    fixed = _uses_at(plan, shares, dsra_per_debt, 0.0)
    slope = (_uses_at(plan, shares, dsra_per_debt, step) - fixed) / step if shares else 0.0
    if slope >= 1.0:
        hint = "fees, interest and reserve on the loan need more than the loan brings; lower the share"
        raise InputError("infeasible_gearing", f"loans.{next(iter(shares))}.debt_share", sum(shares.values()), hint)
    return fixed / (1.0 - slope)


def _uses_at(plan: SitePlan, shares: Mapping[str, float], dsra_per_debt: Mapping[str, float], uses: float) -> float:
    """Uses of funds where each loan is its share of `uses`."""
    lent = {name: share * uses for name, share in shares.items()}
    amounts = {loan.name: Amounts(lent.get(loan.name, 0.0), shares.get(loan.name, 0.0)) for loan in plan.loans}
    if plan.mezzanine is not None:
        amounts["mezzanine"] = Amounts(0.0, 0.0)
    reserve = sum(dsra_per_debt[name] * amount for name, amount in lent.items())
    return sum(build(plan, _unlimited(terms_of(plan, amounts, reserve)), ("uses_of_funds",)).rows["uses_of_funds"])


def check_received(plan: SitePlan, rows: dict[str, list[float]]) -> None:
    """Raise InputError `overdraw` for the first period in which the offtaker prepays more than the uses.

    >>> from overbuild.old_site.examples import PLAN
    >>> check_received(PLAN, {})
    """
    if plan.prepayment is None:
        return
    for place, (need, left) in enumerate(zip(rows["uses_of_funds"], rows["uses_after_prepayment"], strict=True)):
        if left < -_TOLERANCE * sum(rows["uses_of_funds"]):
            hint = f"{_when(place)} {need - left:.0f} is prepaid and {need:.0f} needed; let it come in later, or less of it"
            raise InputError("overdraw", "prepayment.received", need - left, hint)


def check_draws(plan: SitePlan, funded: Funded) -> None:
    """Raise InputError `overdraw` for the first period in which prepayment or loans exceed the uses.

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> check_draws(STACK_PLAN, fund(STACK_PLAN, {"senior": 1000e6, "gpu": 600e6}, 0.0))
    """
    rows = funded.run.rows
    check_received(plan, rows)
    needs = rows["uses_of_funds"] if plan.prepayment is None else rows["uses_after_prepayment"]
    for place, (need, drawn) in enumerate(zip(needs, rows["draw"], strict=True)):
        if drawn > need + _TOLERANCE * funded.uses:
            hint = (
                f"{_when(place)} the loans draw more than the {need:.0f} that is needed; "
                "lower an amount or an advance rate"
            )
            raise InputError("overdraw", "loans", drawn, hint)


def _when(place: int) -> str:
    return "at close" if place == 0 else f"in construction period {place}"


def _check_room(plan: SitePlan, borrowed: Mapping[str, float], funded: Funded) -> None:
    lent = sum(borrowed.values())
    debt = lent + (plan.prepayment.amount if plan.prepayment else 0.0)
    if lent <= 0.0 or debt < funded.uses:
        return
    alone = len(borrowed) == 1 and plan.prepayment is None
    path = f"loans.{next(iter(borrowed))}" if alone else "loans"
    who = "loan" if alone else "loans and prepayment together" if plan.prepayment else "loans together"
    raise InputError("debt_exceeds_uses", path, debt, f"the {who} must stay below the uses of funds, {funded.uses:.0f}")


def _with_mezzanine(
    plan: SitePlan, borrowed: Mapping[str, float], initial_dsra: float, share: float, funded: Funded
) -> Funded:
    """The same with the mezzanine drawn in full: its share of what the senior loans leave. No use depends on it."""
    if plan.mezzanine is None:
        return funded
    rows = funded.run.rows
    left = funded.uses - sum(rows["draw"]) - sum(rows.get("prepayment_received", [0.0]))
    return _built(plan, borrowed, initial_dsra, share, borrowed["mezzanine"] / left)


def _built(
    plan: SitePlan, borrowed: Mapping[str, float], initial_dsra: float, share: float, mezzanine_share: float = 0.0
) -> Funded:
    asked = sum(borrowed[loan.name] for loan in plan.loans if draws_pro_rata(loan))
    amounts = {
        loan.name: Amounts(
            borrowed[loan.name],
            share * borrowed[loan.name] / asked if draws_pro_rata(loan) and asked > 0.0 else 0.0,
        )
        for loan in plan.loans
    }
    if plan.mezzanine is not None:
        amounts["mezzanine"] = Amounts(borrowed["mezzanine"], mezzanine_share)
    run = build(plan, _unlimited(terms_of(plan, amounts, initial_dsra)))
    uses_by_period = tuple(run.rows["uses_of_funds"])
    return Funded(amounts, uses_by_period, sum(uses_by_period), run.final, run)


def _unlimited(terms: Terms) -> Terms:
    """Terms under which no loan is cut off before the site opens: shares are still being looked for."""
    return terms._replace(loans=tuple(loan._replace(limit=math.inf) for loan in terms.loans))
