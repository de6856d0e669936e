"""After the availability end: cash by order of payment, from the cure to the distribution."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, present, total
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.debt.service import DebtService
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.mezzanine import JuniorPaid, pay_junior
from overbuild.site.waterfall.outcome import Outcome
from overbuild.site.waterfall.owed import Owed
from overbuild.site.waterfall.ranks import paid_by_rank
from overbuild.site.waterfall.shortfall import Shortfall
from overbuild.units import Flag01, Usd, UsdStock


class ReserveAccounts(NamedTuple):
    """Letter of credit, reserve and its target after a period, and the free cash that is left."""

    free: Usd
    lc: UsdStock
    target: UsdStock
    dsra: UsdStock


class Cascade(NamedTuple):
    """What a period after construction leaves: balances by name, accounts, sweep, mezzanine, distribution.

    `repaid` is what loans are paid beside their schedule: of `prepay` as much as they owe, and the sweep.
    """

    balances: dict[str, UsdStock]
    prepay: Usd
    repaid: Usd
    sweep: Usd
    lc: UsdStock
    target: UsdStock
    dsra: UsdStock
    trapped: UsdStock
    distribution: Usd
    junior: JuniorPaid


def fill_reserve(
    free: Usd,
    balances: dict[str, UsdStock],
    service: DebtService,
    short: Shortfall,
    state: State,
    inputs: Inputs,
    terms: Terms,
) -> ReserveAccounts:
    """Letter of credit made whole, then the reserve brought to its target.

        lc     = drawn - min(free, drawn)
        target = min(debt service of the base case ahead, sum of balance * (1 + rate * periods of the reserve))
        dsra   = min((1 - lc_share) * target, dsra - draw + free)

    Source: ours, a convention: a reserve never holds more than the loans owe until then.

    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> service = debt_service(SHAPE, OPENING, INPUTS, TERMS)
    >>> short = Shortfall(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    >>> fill_reserve(9.0, {"senior": 4e8}, service, short, OPENING, INPUTS, TERMS).free
    9.0
    """
    drawn = state.lc_drawn + short.lc_draw
    back = minimum(free, drawn)
    held = total(balances[one.name] * (1.0 + one.rate * terms.reserve.periods) for one in service.debts)
    target = line("dsra_target", minimum(inputs.base.reserve_target, held))
    kept = state.dsra - short.dsra_draw
    dsra = minimum((1.0 - terms.reserve.lc_share) * target, kept + free - back)
    return ReserveAccounts(free - back + kept - dsra, drawn - back, target, dsra)


def cascade(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    cash: CashOfPeriod,
    owed: Owed,
    outcome: Outcome,
    junior_draw: Usd,
) -> Cascade:
    """Prepayment, letter of credit, reserve, sweep, mezzanine, lock-up, distribution.

        prepay = own + used * max(0, cure - unpaid), to the loans by rank
        free   = max(0, at hand - owed) - own + what prepay has no loan for
        sweep  = min(balances, free * max(sweep_always, sweep tests)), by rank
        lock   = debt left * (1 - last) * max(lock-up tests, 1 - complete)
        trapped = lock * free;  distribution = free - trapped - mezzanine

    With no debt left the whole reserve is free. Source: ours, a convention: the order of payments of a common terms
    agreement.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.lines["distribution"][2] / 1e6, 6)
    128.0
    """
    service, short, balances = cash.service, owed.short, owed.balances
    prepay = line("prepayment_of_loans", outcome.own + maximum(0.0, outcome.cure - outcome.used * short.unpaid))
    beyond = maximum(0.0, prepay - total(balances.values()))
    balances = paid_by_rank(prepay, balances, shape.ranks).owing
    free = maximum(0.0, short.at_hand - short.owed) - outcome.own + beyond
    reserve = fill_reserve(free, balances, service, short, state, inputs, terms)
    free, dsra = reserve.free, reserve.dsra
    share = maximum(outcome.breaches.sweep, terms.sweep_always)
    sweep = minimum(total(balances.values()), free * share)
    balances = paid_by_rank(sweep, balances, shape.ranks).owing
    balances = {name: balance * present(balance, service.scale) for name, balance in balances.items()}
    remains = present(total(balances.values()), service.scale)
    free = free - sweep + (1.0 - remains) * dsra
    lock = lockup(remains, outcome.breaches.lockup, inputs)
    junior = pay_junior((1.0 - lock) * free, junior_draw, state, inputs, terms)
    return Cascade(
        balances=balances,
        prepay=prepay,
        repaid=prepay - beyond + sweep,
        sweep=sweep,
        lc=reserve.lc,
        target=reserve.target,
        dsra=dsra * remains,
        trapped=lock * free,
        distribution=junior.left,
        junior=junior,
    )


def lockup(remains: Flag01, breached_lockup: Flag01, inputs: Inputs) -> Flag01:
    """Whether free cash is trapped: a lock-up test is breached, or a phase is not complete, while debt is left.

        lock = remains * (1 - building) * (1 - last) * max(breach, 1 - complete)

    Source: ours, a convention: one good test releases all.

    >>> from overbuild.site.examples import INPUTS
    >>> lockup(1.0, 1.0, INPUTS), lockup(1.0, 0.0, INPUTS)
    (1.0, 0.0)
    """
    runs = remains * (1.0 - inputs.building) * (1.0 - inputs.last)
    return line("lockup", runs * maximum(breached_lockup, 1.0 - inputs.complete))
