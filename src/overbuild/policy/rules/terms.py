"""A case of rules as the model takes it."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.policy.governance.moat import ControlTerms
from overbuild.policy.rules.burdens import BurdenRules, CapRule, CostRule, DelayRule, MergerRule, PlannedMerger
from overbuild.policy.rules.case import FinePlan, RulesPlan, ScopePlan
from overbuild.policy.rules.days import start_of
from overbuild.policy.rules.fines import FinedFirm, FineRule
from overbuild.policy.rules.rule import RuleScope
from overbuild.units import Share


class ControlShares(NamedTuple):
    """Amounts of the controls as shares of turnover, before they are money."""

    pipeline: Share
    launch_margin: Share
    debt: Share
    capex: Share
    opex: Share


class RulesTerms(NamedTuple):
    """Everything that is constant of a case: firm, fines, burdens, controls, and mergers.

    The money of `controls` stands in `shares`, of the turnover, until a year or the results are computed.
    """

    firm: FinedFirm
    fines: tuple[FineRule, ...]
    burdens: BurdenRules
    controls: ControlTerms
    shares: ControlShares
    mergers: tuple[MergerRule, ...]
    merger: PlannedMerger | None


def rules_terms(plan: RulesPlan) -> RulesTerms:
    """The numbers of a case as the model takes them."""
    of = plan.controls
    return RulesTerms(
        firm=fined_firm(plan),
        fines=tuple(fine_rule(plan, one) for one in plan.fines),
        burdens=_burdens(plan),
        controls=ControlTerms(
            discount_rate=of.discount_rate_per_year,
            ramp=of.ramp,
            capital_charge=of.capital_charge_per_year,
            pipeline=0.0,
            regulated_share=of.regulated_share,
            win_uplift=of.win_uplift,
            margin=of.margin,
            time_saved=of.months_saved,
            launch_margin=0.0,
            debt=0.0,
            spread_saving=of.spread_saving_per_year,
            capex=0.0,
            opex=0.0,
        ),
        shares=ControlShares(
            pipeline=of.pipeline_of_turnover,
            launch_margin=of.launch_margin_of_turnover,
            debt=of.debt_of_turnover,
            capex=of.capex_of_turnover,
            opex=of.opex_of_turnover,
        ),
        mergers=tuple(MergerRule(one.name, one.hhi_above, one.rise_above, one.share_above) for one in plan.mergers),
        merger=PlannedMerger(*plan.merger) if plan.merger is not None else None,
    )


def fined_firm(plan: RulesPlan) -> FinedFirm:
    """The firm as fines see it."""
    return FinedFirm(plan.firm.turnover, float(plan.firm.is_small_or_medium), plan.firm.power, plan.firm.usd_per_eur)


def fine_rule(plan: RulesPlan, fine: FinePlan) -> FineRule:
    """A fine as the model takes it."""
    return FineRule(
        name=fine.name,
        scope=_scope(plan, fine.jurisdiction, fine.scope),
        start=start_of(fine.when, plan.as_of),
        fixed_eur=fine.fixed_eur,
        fixed_usd=fine.fixed_usd,
        share_of_turnover=fine.share_of_turnover,
        lesser_if_small=float(fine.lesser_if_small_or_medium),
        breaches=fine.breaches_per_year,
        breaches_with_controls=fine.breaches_with_controls,
        fine_shares=fine.fine_shares,
        fine_probabilities=fine.fine_probabilities,
    )


def touches(operates_in: tuple[str, ...], jurisdiction: str) -> bool:
    """Whether a firm works in a jurisdiction, or in one that it is part of.

    >>> touches(("EU", "US"), "US TX"), touches(("US TX",), "US"), touches(("EU",), "US")
    (True, True, False)
    """
    return any(
        f"{one} ".startswith(f"{jurisdiction} ") or f"{jurisdiction} ".startswith(f"{one} ") for one in operates_in
    )


def _scope(plan: RulesPlan, jurisdiction: str, scope: ScopePlan) -> RuleScope:
    return RuleScope(float(touches(plan.firm.operates_in, jurisdiction)), scope.turnover_above, scope.power_above)


def _burdens(plan: RulesPlan) -> BurdenRules:
    return BurdenRules(
        costs=tuple(
            CostRule(
                name=one.name,
                scope=_scope(plan, one.jurisdiction, one.scope),
                start=start_of(one.when, plan.as_of),
                once=one.once,
                a_year=one.per_year,
                once_per_mw=one.once_per_mw,
                per_mw_year=one.per_mw_year,
                power=one.power,
            )
            for one in plan.costs
        ),
        delays=tuple(
            DelayRule(
                one.name,
                _scope(plan, one.jurisdiction, one.scope),
                start_of(one.when, plan.as_of),
                one.months,
                one.power,
            )
            for one in plan.delays
        ),
        caps=tuple(
            CapRule(
                one.name,
                _scope(plan, one.jurisdiction, one.scope),
                start_of(one.when, plan.as_of),
                one.planned,
                one.most,
            )
            for one in plan.caps
        ),
        margin_per_mw_year=plan.firm.margin_per_mw_year,
    )
