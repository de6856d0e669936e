"""Rules on a firm as a model: its years, what fines, burdens and controls come to in each, and what that is worth."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, power
from overbuild.equations.model import Left, Model, Stage
from overbuild.equations.reported import Condition, Reported
from overbuild.policy.governance.moat import (
    ControlTerms,
    ControlYear,
    LossesOfYear,
    Moat,
    MoatParts,
    MoatTotals,
    discounted_parts,
    moat,
)
from overbuild.policy.rules.burdens import Burdens, YearOfRules, burdens_of_year, merger_presumed
from overbuild.policy.rules.fines import fine_ceiling, fines_of_year
from overbuild.policy.rules.terms import RulesTerms
from overbuild.units import Flag01, Usd, UsdStock, Years


class RulesYear(NamedTuple):
    """A year counted from 1, and the tail value at risk of its fines, without controls and with them in full."""

    number: Years
    is_first: Flag01
    tail: Usd
    tail_with_controls: Usd


class RunningTotals(NamedTuple):
    """Discounted sums up to a year: the parts of the controls, what an uplift of 1 brings, and the burdens."""

    moat: MoatTotals
    burdens: Burdens


class RulesResults(NamedTuple):
    """What rules and controls come to: ceilings of fines, the moat, what each merger rule presumes."""

    ceilings: tuple[UsdStock, ...]
    moat: Moat
    presumed: tuple[Flag01, ...]


NOTHING = RunningTotals(MoatTotals(MoatParts(0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0), Burdens(0.0, 0.0, 0.0))
"""Before the first year."""


def controls_in_money(terms: RulesTerms) -> ControlTerms:
    """The controls with their amounts in money.

        amount = share of turnover * turnover of the group

    Source: ours, a convention, so that the same case is asked of firms of different size.

    >>> from overbuild.policy.rules.examples import TERMS
    >>> controls_in_money(TERMS).opex
    2000000.0
    """
    turnover, shares = terms.firm.turnover, terms.shares
    return terms.controls._replace(
        pipeline=shares.pipeline * turnover,
        launch_margin=shares.launch_margin * turnover,
        debt=shares.debt * turnover,
        capex=shares.capex * turnover,
        opex=shares.opex * turnover,
    )


def year_of_rules(state: RunningTotals, inputs: RulesYear, terms: RulesTerms) -> RunningTotals:
    """A year: expected fines, burdens, and what controls bring and cost.

    Source: equation by equation at its line; sums up to a year are ours, an identity.

    >>> from overbuild.policy.rules.examples import TERMS
    >>> found = year_of_rules(NOTHING, RulesYear(1.0, 1.0, 40e6, 20e6), TERMS)
    >>> round(found.moat.parts.loss), round(found.burdens.compliance)
    (3054545, 454545)
    """
    factor = line("discount_factor_of_year", power(1 + terms.controls.discount_rate, 0 - inputs.number))
    fines = fines_of_year(terms.fines, terms.firm, inputs.number)
    losses = LossesOfYear(fines.without, inputs.tail, fines.with_controls, inputs.tail_with_controls)
    now = discounted_parts(controls_in_money(terms), losses, ControlYear(inputs.number, inputs.is_first, factor))
    burdens = burdens_of_year(terms.burdens, terms.firm, YearOfRules(inputs.number, inputs.is_first))
    line("tail_value_at_risk", inputs.tail * 1)
    line("tail_value_at_risk_with_controls", inputs.tail_with_controls * 1)
    before = state.moat
    parts = MoatParts(*(sofar + one for sofar, one in zip(before.parts, now.parts, strict=True)))
    return RunningTotals(
        MoatTotals(parts, before.wins_per_uplift + now.wins_per_uplift),
        Burdens(*(sofar + factor * one for sofar, one in zip(state.burdens, burdens, strict=True))),
    )


def rules_results(opening: RunningTotals, terms: RulesTerms) -> RulesResults:
    """Ceilings of fines, the burdens over all years, the moat by part, what each merger rule presumes.

    Source: equation by equation at its line.

    >>> from overbuild.policy.rules.examples import TERMS
    >>> found = rules_results(year_of_rules(NOTHING, RulesYear(1.0, 1.0, 40e6, 20e6), TERMS), TERMS)
    >>> round(found.ceilings[0]), found.presumed
    (60000000, (0.0,))
    """
    ceilings = tuple(line(f"{one.name}.fine_ceiling", fine_ceiling(one, terms.firm)) for one in terms.fines)
    for name, amount in opening.moat.parts._asdict().items():
        if name != "cost":
            line(f"moat_{name}", amount * 1)
    for name, amount in zip(Burdens._fields, opening.burdens, strict=True):
        line(f"{name}_cost_present_value", amount * 1)
    worth = moat(opening.moat, controls_in_money(terms))
    merger = terms.merger
    presumed = () if merger is None else tuple(merger_presumed(one, merger) for one in terms.mergers)
    return RulesResults(ceilings, worth, presumed)


def rules_model(terms: RulesTerms, tails: RulesYear) -> Model:
    """Rules on a firm over some years; `tails` has a list of each column, one entry a year.

    >>> from overbuild.policy.rules.examples import TERMS
    >>> [stage.name for stage in rules_model(TERMS, RulesYear([1.0], [1.0], [40e6], [20e6])).stages]
    ['years', 'results']
    """
    stages = (
        Stage("years", year_of_rules, None, terms, NOTHING, tails),
        Stage("results", rules_results, None, terms, Left("years")),
    )
    return Model(stages, reported_of_rules(terms))


def reported_of_rules(terms: RulesTerms) -> tuple[Reported, ...]:
    """What rules report; expected loss and the bad year are found on the grid of losses, outside the formulas."""
    on_grid = "the losses added up on a grid, in the last year of the case"
    moves = (Condition("sales_can_move", "nothing is sold to regulated buyers: no uplift of wins can pay"),)
    found = [
        Reported(name, solved=on_grid, unit="USD per year")
        for name in ("expected_loss", "var_99", "tvar_99", "expected_loss_with_controls", "var_99_with_controls")
    ]
    found.append(Reported("tvar_99_with_controls", solved=on_grid, unit="USD per year"))
    found.append(Reported("chance_of_no_fine", solved=on_grid, unit="share"))
    found += [Reported(f"fine_ceiling.{one.name}", f"{one.name}.fine_ceiling") for one in terms.fines]
    found += [
        Reported("moat_npv", "moat_npv"),
        Reported("moat_npv_without_sales_effect", "moat_npv_without_sales_effect"),
        Reported("breakeven_uplift", "breakeven_uplift", moves),
    ]
    found += [Reported(f"moat.{name}", f"moat_{name}") for name in MoatParts._fields]
    found += [Reported(f"{name}_cost", f"{name}_cost_present_value") for name in Burdens._fields]
    if terms.merger is not None:
        for one in terms.mergers:
            found.append(Reported(f"merger.{one.name}.presumed", f"{one.name}.presumed"))
            found.append(Reported(f"merger.{one.name}.hhi_rise", f"{one.name}.hhi_rise"))
            found.append(Reported(f"merger.{one.name}.hhi_after", f"{one.name}.hhi_after"))
            found.append(
                Reported(f"merger.{one.name}.target_share_at_threshold", f"{one.name}.target_share_at_threshold")
            )
    return tuple(found)
