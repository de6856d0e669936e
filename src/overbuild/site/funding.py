"""Funding construction: the circle of fees, interest and debt, solved in one step or by a contraction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.site.case import Amounts, shape_of, terms_of
from overbuild.site.construction import before_close, construct
from overbuild.site.inputs import build_inputs
from overbuild.site.plan import SitePlan
from overbuild.site.state import BuildState
from overbuild.site.terms import Terms
from overbuild.timeline.run import Run, run_periods

_MOST_PASSES = 50
_SETTLED = 4e-15


class Funded(NamedTuple):
    """Construction as funded: uses by period from close on, their sum, and what the site opens with."""

    draw_share: float
    need: tuple[float, ...]
    uses: float
    built: BuildState
    run: Run[BuildState]


def build(plan: SitePlan, terms: Terms, names: Sequence[str] | None = None) -> Run[BuildState]:
    """Run construction.

    >>> from overbuild.site.examples import PLAN, TERMS
    >>> len(build(PLAN, TERMS).rows["capex"])
    3
    """
    shape = shape_of(plan)
    return run_periods(partial(construct, shape), before_close(shape), build_inputs(plan), terms, names)


def fund(plan: SitePlan, amount: float, initial_dsra: float) -> Funded:
    """Find the share of each need that the loan pays so that it is drawn in full when the site opens.

        draw_share * uses(draw_share) = amount, by secants

    Raises InputError (`debt_exceeds_uses`) where the loan is not below the uses.

    >>> from overbuild.site.examples import PLAN
    >>> round(fund(PLAN, 1e9, 0.0).built.loans[0].balance / 1e6, 9)
    1000.0
    """
    if not plan.loans:
        return _built(plan, {}, 0.0, 0.0)
    name = plan.loans[0].name
    share, before = 0.0, (0.0, -amount)
    for _ in range(_MOST_PASSES):
        funded = _built(plan, {name: Amounts(amount, share)}, initial_dsra, share)
        if amount >= funded.uses:
            hint = f"the loan must stay below the uses of funds, {funded.uses:.0f}"
            raise InputError("debt_exceeds_uses", f"loans.{name}", amount, hint)
        missing = share * funded.uses - amount
        if abs(missing) <= _SETTLED * funded.uses:
            return funded
        share, before = next_share(share, missing, before, amount / funded.uses), (share, missing)
    raise InputError("no_convergence", f"loans.{name}", share, "the share of uses that the loan pays does not settle")


def next_share(share: float, missing: float, before: tuple[float, float], plain: float) -> float:
    """The secant through the last two shares, or the plain step where there is none.

    `before` is the share before and what was missing then.

    >>> next_share(0.5, -10.0, (0.0, -110.0), 0.6)
    0.55
    """
    earlier, then = before
    if share == earlier or missing == then:
        return plain
    return share - missing * (share - earlier) / (missing - then)


def facility_for_share(plan: SitePlan, debt_share: float, dsra_per_debt: float) -> float:
    """The loan that is a given share of the uses, whose fees and interest it pays in part: one affine solve.

        balance at opening = a + b * amount, so amount = a / (1 - b)

    `dsra_per_debt` is the first filling of the reserve per unit of the loan. Raises InputError
    (`infeasible_gearing`) where each dollar lent calls for a further dollar.

    >>> from overbuild.site.examples import PLAN
    >>> amount = facility_for_share(PLAN, 0.5, 0.0)
    >>> round(amount / fund(PLAN, amount, 0.0).uses, 12)
    0.5
    """
    step = sum(component.cost for component in plan.components)
    fixed = _balance_at_opening(plan, debt_share, 0.0, 0.0)
    slope = (_balance_at_opening(plan, debt_share, step, dsra_per_debt * step) - fixed) / step
    if slope >= 1.0:
        hint = "fees, interest and reserve on the loan need more than the loan brings; lower the share"
        raise InputError("infeasible_gearing", f"loans.{plan.loans[0].name}.debt_share", debt_share, hint)
    return fixed / (1.0 - slope)


def _balance_at_opening(plan: SitePlan, share: float, amount: float, initial_dsra: float) -> float:
    terms = terms_of(plan, {plan.loans[0].name: Amounts(amount, share)}, initial_dsra)
    unlimited = terms._replace(loans=(terms.loans[0]._replace(limit=math.inf),))
    return float(build(plan, unlimited).final.loans[0].balance)  # pyright: ignore[reportArgumentType]


def _built(plan: SitePlan, amounts: dict[str, Amounts], initial_dsra: float, share: float) -> Funded:
    terms = terms_of(plan, amounts, initial_dsra)
    unlimited = terms._replace(loans=tuple(loan._replace(limit=math.inf) for loan in terms.loans))
    run = build(plan, unlimited)
    need = tuple(run.rows["uses_of_funds"])
    return Funded(share, need, sum(need), run.final, run)
