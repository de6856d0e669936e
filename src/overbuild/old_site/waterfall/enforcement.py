"""Enforcement: collateral pays the loans that have a lien on it, the rest pays all claims by ranking."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, quotient, total
from overbuild.instruments.ratios import loss_share
from overbuild.instruments.recovery import Lien, Proceeds, Seniority, distribute
from overbuild.old_site.financing.loans import Due
from overbuild.old_site.financing.mezzanine import junior_recovered
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.old_site.waterfall.collateral import collateral_net, enforcement_discount, sold_for
from overbuild.units import PerYear, Usd, UsdStock


class Pledge(NamedTuple):
    """Components that are pledged to the same loans, and those loans with their ranks. All static."""

    components: tuple[str, ...]
    liens: tuple[Lien, ...]


def pledges(shape: Shape) -> tuple[Pledge, ...]:
    """The collateral of a stack, grouped by the loans it is pledged to, in the order of components; unpledged last.

    >>> from overbuild.old_site.examples import STACK
    >>> pledges(STACK)
    (Pledge(components=('it',), liens=(Lien(claim='gpu', rank=2),)), Pledge(components=('shell',), liens=()))
    """
    groups: dict[tuple[Lien, ...], list[str]] = {}
    for component in shape.components:
        held = tuple(Lien(tranche.name, tranche.rank) for tranche in shape.tranches if component in tranche.collateral)
        groups.setdefault(held, []).append(component)
    found = [Pledge(tuple(names), liens) for liens, names in groups.items()]
    return tuple(sorted(found, key=lambda pledge: not pledge.liens))


def recoveries(
    values: dict[str, UsdStock], cash: UsdStock, owing: dict[str, UsdStock], shape: Shape
) -> tuple[UsdStock, dict[str, UsdStock]]:
    """Residual for equity, and what each creditor stays owed, once all collateral is sold.

    Each group of components pays the loans that hold it, by rank, pro rata within a rank. Surpluses, components that
    nobody holds and cash pay what is then still owed, by rank, a prepayment beside the first (`distribute`). `values`
    are net of the cost of enforcement.
    Source: ours, a convention: a prepayment stands beside the first rank; the alternative is behind all loans.

    >>> from overbuild.old_site.examples import STACK
    >>> recoveries({"shell": 30.0, "it": 50.0}, 5.0, {"senior": 60.0, "gpu": 40.0}, STACK)
    (0.0, {'senior': 15.0, 'gpu': 0.0})
    """
    sold = tuple(Proceeds(total(values[name] for name in one.components), one.liens) for one in pledges(shape))
    ranks = [Seniority(tranche.name, tranche.rank) for tranche in shape.tranches]
    if "prepayment" in owing:
        ranks.append(Seniority("prepayment", min((one.rank for one in ranks), default=1)))
    after = distribute(sold, cash, owing, tuple(ranks))
    return after.left, after.owing


def enforced_by_rank(
    shape: Shape,
    cash: tuple[Usd, UsdStock, UsdStock | None],
    debt: tuple[tuple[PerYear, ...], Due],
    state: State,
    case: tuple[Inputs, Terms],
) -> Usd:
    """Residual for equity if the site defaulted in this period; its lines say what each loan would recover.

        {loan}.claim              = balance + accrued interest
        {loan}.recovered          = claim - what stays owed (`recoveries`)
        {loan}.loss_given_default = 1 - recovered / claim
        default_recovery          = sum of recovered

    `cash` is what is available in the period, the reserve for the refresh, and what is owed of a prepayment; `debt`
    has the rates of the loans and what is due. Proceeds are worth what they are at the day of default, at the mean rate
    of the loans.
    Source: ours, a convention: one rate for all claims; the alternative is each at its own, as in `enforce_liens`.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> from overbuild.old_site.financing.loans import due
    >>> enforced_by_rank(SHAPE, (0.0, 0.0, None), ((0.085,), due((85e6,), OPENING, INPUTS)), OPENING, (INPUTS, TERMS)) > 0.0
    True
    """
    available, reserve, prepaid = cash
    rates, owed = debt
    inputs, terms = case
    rate = mean_rate(state, rates)
    collateral_net(inputs, rate, terms)
    net = enforcement_discount(rate, terms)
    values = {
        term.name: sold_for(given, term) * net for given, term in zip(inputs.components, terms.components, strict=True)
    }
    held = line("default_cash", maximum(0.0, available) + state.dsra + reserve)
    claims = {
        loan.name: line(f"{loan.name}.claim", loan.balance + accrued)
        for loan, accrued in zip(state.loans, owed.interests, strict=True)
    }
    beside = {} if prepaid is None else {"prepayment": line("prepayment_claim", prepaid)}
    left, owing = recoveries(values, held, {**claims, **beside}, shape)
    if prepaid is not None:
        line("prepayment_recovered", prepaid - owing["prepayment"])
    recovered: list[UsdStock] = []
    for name, claim in claims.items():
        paid = line(f"{name}.recovered", claim - owing[name])
        line(f"{name}.loss_given_default", loss_share(paid, claim))
        recovered.append(paid)
    claim = line("default_claim", total(claims.values()))
    paid = line("default_recovery", minimum(claim, total(recovered)))
    line("loss_given_default", loss_share(paid, claim))
    return line("default_surplus", junior_recovered(left, state, terms))


def mean_rate(state: State, rates: tuple[PerYear, ...]) -> PerYear:
    """Mean interest rate of the loans, weighted by balance, as a decimal a year; 0 where nothing is owed.

        mean_rate = sum of balance * rate / sum of balance

    Source: ours, a definition: the mean weighted by what is owed.

    Source: ours, a definition: a mean weighted by what is owed at opening.

    >>> from overbuild.old_site.examples import OPENING
    >>> mean_rate(OPENING, (0.085,))
    0.085
    """
    balance = total(loan.balance for loan in state.loans)
    pairs = zip(state.loans, rates, strict=True)
    return quotient(total(loan.balance * rate for loan, rate in pairs), balance, none=0.0)
