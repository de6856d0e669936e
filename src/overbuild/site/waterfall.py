"""The waterfall: who is paid from the cash of a period, in which order, and who makes up for what is missing."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached, line, maximum, minimum, present, total, where
from overbuild.site.cover import Cover, below
from overbuild.site.debt import Due, debt_remains
from overbuild.site.reserves import dsra_draw
from overbuild.site.state import State
from overbuild.site.terms import Inputs, Shape, Terms
from overbuild.units import Count, Flag01, Usd, UsdStock


class Covenant(NamedTuple):
    """The financial covenant: 1 where it stands breached after cures, the cure, the cures used and still open."""

    breach: Flag01
    cure: Usd
    cures_used: Count
    cures_open: Count


class Settled(NamedTuple):
    """Debt service settled as far as it can be: who paid what, what stays unpaid, the cash that is left."""

    free_cash: Usd
    draw: Usd
    from_owners: Usd
    unpaid: Usd
    arrears: Usd
    payment_default: Flag01
    cures_used: Count


def cures_open(state: State, terms: Terms) -> Count:
    """Cures that owners may use in this period: those left, and no more than so many in any four periods.

        cures_open = max(0, min(cures_left, cures_in_four - cures used in the last three periods))

    Source: ours.

    >>> from overbuild.site.examples import OPENING, TERMS
    >>> from overbuild.site.state import Cured
    >>> terms = TERMS._replace(waterfall=TERMS.waterfall._replace(cures_in_four=1.0))
    >>> cures_open(OPENING._replace(cures_left=5.0, cured=(Cured(0.0), Cured(1.0), Cured(0.0))), terms)
    0.0
    """
    if not state.cured:
        return state.cures_left
    recent = total(period.used for period in state.cured)
    return maximum(0.0, minimum(state.cures_left, terms.waterfall.cures_in_four - recent))


def covenant(covered: Cover, state: State, shape: Shape, terms: Terms) -> Covenant:
    """The covenant on cover over twelve months; in mode `cure` owners restore it while they have cures.

        breach        = dscr_12m below default_dscr
        covenant_cure = breach * min(1, cures_open) * max(0, default_dscr * debt_service_12m - cfads_12m)

    A cure counts as CFADS of the test and enters the cash available. Source: ours.

    >>> from overbuild.site.examples import OPENING, SHAPE, TERMS
    >>> covenant(Cover(1.0, 100.0, 100.0, 1.0, 1.0, ()), OPENING, SHAPE, TERMS).breach
    0.0
    """
    allowed = cures_open(state, terms)
    if shape.covenant == "none":
        return Covenant(0.0, 0.0, 0.0, allowed)
    level = terms.waterfall.default_dscr
    met = line("covenant_breach", below(covered, level))
    if shape.covenant != "cure":
        return Covenant(met, 0.0, 0.0, allowed)
    used = met * minimum(1.0, allowed)
    missing = maximum(0.0, level * covered.debt_service_12m - covered.cfads_12m)
    return Covenant(met - used, line("covenant_cure", used * missing), used, allowed - used)


def accelerated(test: Covenant, shape: Shape) -> Flag01:
    """1 where lenders call the loan for a breached covenant: in mode `accelerate`, and where no cure is left.

    >>> from overbuild.site.examples import SHAPE
    >>> breached = Covenant(1.0, 0.0, 0.0, 0.0)
    >>> accelerated(breached, SHAPE), accelerated(breached, SHAPE._replace(covenant="cure"))
    (0.0, 1.0)
    """
    return test.breach if shape.covenant in ("cure", "accelerate") else 0.0


def settle(available: Usd, owed: Due, cures_left: Count, state: State, terms: Terms) -> Settled:
    """Pay what is due; what is missing comes from the reserve, then from a cure of the owners, or stays unpaid.

        shortfall    = max(0, debt_service - cash_available)
        dsra_draw    = min(dsra, shortfall, debt_service)
        equity_cure  = what still is missing, as a whole, while cures are left
        payment_default where something stays unpaid

    Without debt the owners carry the shortfall (`owner_support`). What lenders miss stays owed to them, what others
    miss are arrears. Source: ours.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> from overbuild.site.debt import due
    >>> settle(300e6, due((85e6,), OPENING, INPUTS), 0.0, OPENING, TERMS).free_cash / 1e6
    15.0
    """
    asked = owed.debt_service
    shortfall = line("shortfall", maximum(0.0, asked - available))
    draw = dsra_draw(state.dsra, shortfall, asked)
    missing = shortfall - draw
    indebted = debt_remains(state, terms)
    scale = where(asked > 0.0, asked, 1.0)
    cures = indebted * minimum(1.0, cures_left)
    cure = line("equity_cure", cures * missing)
    support = line("owner_support", (1.0 - indebted) * missing)
    unmet = missing - cure - support
    unpaid = line("unpaid_debt_service", minimum(unmet, asked - draw))
    return Settled(
        free_cash=maximum(0.0, available - asked),
        draw=draw,
        from_owners=cure + support,
        unpaid=unpaid,
        arrears=line("arrears", unmet - unpaid),
        payment_default=line("payment_default", breached(-unmet, scale)),
        cures_used=cures * present(missing, scale),
    )


def sweep(free_cash: Usd, debt_left: UsdStock, covered: Cover, breach: Flag01, case: tuple[Shape, Terms]) -> Usd:
    """Free cash that prepays the loans: when cover is below its trigger, always, or never, by the mode.

        sweep = min(debt left, free_cash * sweep_share * (dscr_12m below sweep_trigger))

    A breached covenant in mode `sweep_all` takes all of it. Source: ours.

    >>> from overbuild.site.examples import SHAPE, TERMS
    >>> sweep(100.0, 50.0, Cover(1.1, 110.0, 100.0, 1.0, 1.0, ()), 0.0, (SHAPE, TERMS))
    50.0
    """
    shape, terms = case
    share = 0.0
    if shape.sweep == "trigger":
        share = terms.waterfall.sweep_share * below(covered, terms.waterfall.sweep_trigger)
    elif shape.sweep == "always":
        share = terms.waterfall.sweep_share
    if shape.covenant == "sweep_all":
        share = maximum(share, breach)
    return line("sweep", minimum(debt_left, free_cash * share))


def trapped(free_cash: Usd, debt_left: Flag01, covered: Cover, inputs: Inputs, case: tuple[Shape, Terms]) -> Usd:
    """Free cash that is locked up, to be available in the next period; the rest is distributed.

        trapped_cash = free_cash * (dscr_12m below lockup_dscr) * debt_left * (1 - last)

    Source: ours.

    >>> from overbuild.site.examples import INPUTS, SHAPE, TERMS
    >>> trapped(100.0, 1.0, Cover(1.1, 110.0, 100.0, 1.0, 1.0, ()), INPUTS, (SHAPE, TERMS))
    100.0
    """
    shape, terms = case
    if shape.lockup == "none":
        return line("trapped_cash", 0.0)
    locked = line("lockup", below(covered, terms.waterfall.lockup_dscr) * debt_left * (1.0 - inputs.last))
    return line("trapped_cash", free_cash * locked)
