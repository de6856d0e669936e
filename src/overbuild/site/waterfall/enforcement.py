"""A default: collateral sold in haste, pots and accounts to the lenders, the rest to those behind them."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, power, quotient, total
from overbuild.instruments.ratios import loss_share
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.debt.junior import accrued_of
from overbuild.site.debt.service import DebtService
from overbuild.site.funding.building import Built
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import AssetState, State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.ranks import paid_by_rank
from overbuild.units import Flag01, PerYear, Share, Usd, UsdStock, Years


class EnforcementGiven(NamedTuple):
    """What enforcement finds: pledged accounts, the prepayment owed, what owners still owe, the mezzanine's claim."""

    accounts: Usd
    prepaid: UsdStock
    callable: Usd
    junior_claim: Usd


class Recovered(NamedTuple):
    """What a default brings: to lenders in all, to the prepayment, to the mezzanine, to owners, what these are called for.

    `closing` is what owners get where they close a site without debt.
    """

    claim: UsdStock
    recovered: Usd
    collateral: Usd
    accounts: Usd
    prepaid: Usd
    junior: Usd
    called: Usd
    surplus: Usd
    closing: Usd


def hasty_value(spent: UsdStock, liquidation_share: Share, decay_per_year: PerYear, age_years: Years) -> UsdStock:
    """What a sale of a component in haste brings, before its costs.

        value = liquidation_share * spent * (1 - decay_per_year)^age_years

    Valid: a decay below 1. Source: ours, a simplification of a forced-sale appraisal.

    >>> hasty_value(600.0, 0.5, 0.5, 1.0)
    150.0
    """
    return liquidation_share * spent * power(1.0 - decay_per_year, age_years)


def hasty_values(
    shape: Shape,
    components: tuple[AssetState, ...],
    finished: dict[str, Flag01],
    inputs: Inputs,
    terms: Terms,
) -> dict[str, Usd]:
    """What the sale of each component in haste brings net of its costs, less where its phase is not finished.

        value = hasty_value * (1 - cost_share) * (1 where the phase is finished, else incomplete_share)

    Source: its part: `hasty_value`.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> hasty_values(SHAPE, OPENING.components, {"hall": 1.0}, INPUTS, TERMS)["it"] / 1e6
    202.5
    """
    kept, half = 1.0 - terms.enforcement.cost_share, terms.enforcement.incomplete_share
    found: dict[str, Usd] = {}
    rows = zip(shape.components, components, inputs.components, terms.components, strict=True)
    for modes, asset, given, term in rows:
        done = finished[modes.phase]
        value = hasty_value(asset.spent, term.liquidation_share, term.decay_per_year, given.value_age_years)
        found[modes.name] = value * kept * (done + (1.0 - done) * half)
    return found


def finished_phases(inputs: Inputs, unfunded: Flag01) -> dict[str, Flag01]:
    """Whether each phase is finished: in service, or finished with this period where that was paid.

        finished = running + finishes * (1 - unfunded)

    Source: ours, a definition.

    >>> from overbuild.site.examples import INPUTS
    >>> finished_phases(INPUTS, 0.0)
    {'hall': 1.0}
    """
    return {one.name: one.running + one.finishes * (1.0 - unfunded) for one in inputs.phases}


def enforce(
    shape: Shape,
    service: DebtService,
    values: dict[str, Usd],
    given: EnforcementGiven,
    terms: Terms,
) -> Recovered:
    """Who gets what in a default; always computed, it counts where there is one.

        claims   = balance + interest of each loan
        pots     pay their holders by rank, those with the fewest holders first; their values are divided by
                 (1 + rate)^lag_years, rate = p * interest / opening debt
        accounts pay the loans by rank
        pool     = what these leave, and what no loan holds;  paid = min(pool, deficiency + prepaid), pro rata
        called   = min(what owners still owe, what is still missing), for the lenders alone
        mezzanine, then owners, get pool - paid
        {loan}.loss_given_default = 1 - recovered / claim

    Sources: marshalling between secured creditors of one debtor (Black's Law Dictionary), with nested liens; ours, a
    convention: deficiency and prepayment stand beside each other.

    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> service = debt_service(SHAPE, OPENING, INPUTS, TERMS)
    >>> nothing = EnforcementGiven(60.0, 0.0, 0.0, 0.0)
    >>> enforce(SHAPE, service, {"shell": 0.0, "it": 220.0}, nothing, TERMS).recovered
    280.0
    """
    rate = terms.horizon.periods_per_year * quotient(service.interest, service.opening, none=0.0)
    discounted = power(1.0 + rate, -terms.enforcement.lag_years)
    claims = {one.name: one.balance + one.interest for one in service.debts}
    owing, pool = dict(claims), total(())
    for pot in shape.pots:
        after = paid_by_rank(
            total(values[name] for name in pot.components) * discounted, owing, shape.ranks, pot.holders
        )
        owing, pool = after.owing, pool + after.left
    after = paid_by_rank(given.accounts, owing, shape.ranks)
    free = [values[modes.name] for modes in shape.components if not modes.pledged]
    owing, pool = after.owing, pool + after.left + total(free) * discounted
    lack = total(owing.values())
    paid = minimum(pool, lack + given.prepaid)
    lenders = paid * quotient(lack, lack + given.prepaid, none=0.0)
    owing = paid_by_rank(lenders, owing, shape.ranks).owing
    called = minimum(given.callable, total(owing.values()))
    owing = paid_by_rank(called, owing, shape.ranks).owing
    for name, claim in claims.items():
        line(f"{name}.claim", claim)
        paid_to = line(f"{name}.recovered", claim - owing[name])
        line(f"{name}.loss_given_default", loss_share(paid_to, claim))
    claim = total(claims.values())
    left = pool - paid
    junior = line("mezzanine_recovered", minimum(given.junior_claim, left))
    if shape.mezzanine:
        line("mezzanine.claim", given.junior_claim)
        line("mezzanine.loss_given_default", loss_share(junior, given.junior_claim))
    return Recovered(
        claim=line("default_claim", claim),
        recovered=line("default_recovered", claim - total(owing.values())),
        collateral=line("collateral_value", total(values.values()) * discounted),
        accounts=line("pledged_accounts", given.accounts),
        prepaid=line("prepayment_recovered", paid * quotient(given.prepaid, lack + given.prepaid, none=0.0)),
        junior=junior,
        called=called,
        surplus=maximum(0.0, left - junior),
        closing=total(()),
    )


def enforcement(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    cash: CashOfPeriod,
    built: Built,
    at_hand: Usd,
) -> Recovered:
    """A default, or a closing, as it would be in this period: what there is, what is owed, who is called.

        accounts = max(0, cash at hand) + reserve + what was saved for fleets
        called   = what owners still owe where the period is unfunded, and the letter of credit that is not drawn
        closing  = max(0, cash at hand + what was saved + sale in haste - decommissioning)

    Source: its parts: `hasty_values`, `enforce`.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.lines["pledged_accounts"][2] / 1e6, 6)
    338.0
    """
    values = hasty_values(shape, built.components, finished_phases(inputs, built.drawn.stops), inputs, terms)
    saved = total(one.state.reserve for one in cash.fleets.purchases)
    equity = maximum(0.0, terms.funding.equity - state.equity_drawn)
    standby = maximum(0.0, terms.funding.standby - state.standby_drawn)
    letter = maximum(0.0, terms.reserve.lc_share * state.dsra_target - state.lc_drawn)
    junior = total(()) if state.mezzanine is None else state.mezzanine.balance + accrued_of(state, terms)
    given = EnforcementGiven(
        accounts=maximum(0.0, at_hand) + state.dsra + saved,
        prepaid=total(()) if cash.earned.prepaid is None else cash.earned.prepaid,
        callable=built.drawn.stops * (equity + standby) + letter,
        junior_claim=junior,
    )
    found = enforce(shape, cash.service, values, given, terms)
    left = at_hand + saved + total(values.values()) - terms.horizon.decommissioning
    return found._replace(closing=maximum(0.0, left))
