"""The debt of a plan as formulas meet it: what is static of a loan, and its constants."""

from __future__ import annotations

from overbuild.site.case.collateral import collateral_of
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.terms.paths import mode_of, path_terms
from overbuild.site.terms.shape import LoanShape
from overbuild.site.terms.terms import DebtTerms, RefinancingTerms


def loan_shape(plan: SitePlan, loan: Loan, *, full: bool) -> LoanShape:
    """What is static of a loan; `full`: its balloon is refinanced in full.

    >>> from overbuild.site.examples import PLAN
    >>> loan_shape(PLAN, PLAN.loans[0], full=False).refinancing
    'none'
    """
    new, held = loan.refinancing, set(collateral_of(plan, loan))
    better = [one.name for one in plan.loans if one.rank < loan.rank and held & set(collateral_of(plan, one))]
    return LoanShape(
        name=loan.name,
        rank=loan.rank,
        collateral=collateral_of(plan, loan),
        better=tuple(better),
        rate=mode_of(rate_path(loan)),
        floating=loan.rate is None,
        construction_rate=loan.construction_rate_per_year is not None,
        after_equity=loan.draw == "after_equity",
        refinancing="none" if new is None else "full" if full else "tested",
        new_rate="flat" if new is None else mode_of(new.rate),
        new_ltv=new is not None and new.ltv is not None,
    )


def rate_path(loan: Loan) -> Path:
    """The path of a loan's rate: all-in, or of its floating base.

    >>> from overbuild.site.examples import PLAN
    >>> rate_path(PLAN.loans[0]).value
    0.1
    """
    return (loan.base_rate or Path()) if loan.rate is None else loan.rate


def margin_of(plan: SitePlan, loan: Loan) -> float:
    """Margin of a floating loan: its own, or the mean of the margins that name it, weighted by share.

    >>> from overbuild.site.examples import PLAN
    >>> margin_of(PLAN, PLAN.loans[0]._replace(margin_per_year=0.05))
    0.05
    """
    if loan.margin_per_year is not None:
        return loan.margin_per_year
    named = [one for one in plan.margins if one.loan == loan.name]
    weight = sum(one.contract_share for one in named)
    return sum(one.contract_share * one.margin_per_year for one in named) / weight if weight > 0.0 else 0.0


def draw_share(plan: SitePlan, loan: Loan, amounts: dict[str, float], uses: float) -> float | None:
    """Share of what construction needs that a loan pays before equity.

        pro rata: amount / uses;  equity first: 0;  debt first: amount / sum of amounts

    None for a loan that is drawn after equity.

    >>> from overbuild.site.examples import PLAN
    >>> draw_share(PLAN, PLAN.loans[0], {"senior": 600.0}, 1000.0)
    0.6
    """
    if loan.draw == "after_equity":
        return None
    if plan.funding.rule == "equity_first":
        return 0.0
    of = uses
    if plan.funding.rule == "debt_first":
        of = sum(amounts[one.name] for one in plan.loans if one.draw == "with_equity")
    return amounts[loan.name] / of if of > 0.0 else 0.0


def debt_terms(plan: SitePlan, loan: Loan, amounts: dict[str, float], uses: float) -> DebtTerms:
    """The constants of a loan as sized.

    >>> from overbuild.site.examples import PLAN
    >>> debt_terms(PLAN, PLAN.loans[0], {"senior": 6e8}, 1e9).draw_share
    0.6
    """
    new, floating = loan.refinancing, loan.rate is None
    return DebtTerms(
        name=loan.name,
        amount=amounts[loan.name],
        draw_share=draw_share(plan, loan, amounts, uses),
        rate=path_terms(rate_path(loan)),
        upfront_fee_share=loan.upfront_fee_share,
        commitment_fee_per_year=loan.commitment_fee_per_year,
        floor_per_year=loan.floor_per_year if floating else None,
        margin_per_year=margin_of(plan, loan) if floating else None,
        swap_share=loan.swap_share if floating else None,
        swap_fixed_per_year=loan.swap_fixed_per_year if floating else None,
        construction_rate_per_year=loan.construction_rate_per_year,
        refinancing=new and RefinancingTerms(path_terms(new.rate), new.dscr, new.fee, new.available, new.ltv),
    )
