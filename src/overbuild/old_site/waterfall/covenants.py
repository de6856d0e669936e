"""Covenants: the DSCR test, its cure, the sweep, the lock-up."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, total
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.old_site.waterfall.cover import Cover, below
from overbuild.units import Count, Flag01, Usd, UsdStock


class Covenant(NamedTuple):
    """The financial covenant: 1 where it stays breached after cures, the cure, the cures used and still available."""

    breach: Flag01
    cure: Usd
    cures_used: Count
    cures_open: Count


def cures_open(state: State, terms: Terms) -> Count:
    """Equity cures available in this period: those left, within the limit for any four periods.

        cures_open = max(0, min(cures_left, cures_in_four - cures used in the last three periods))

    Source: ours, a bound: the stricter of two limits, one over the life and one over four periods.

    >>> from overbuild.old_site.examples import OPENING, TERMS
    >>> from overbuild.old_site.terms.state import Cured
    >>> terms = TERMS._replace(waterfall=TERMS.waterfall._replace(cures_in_four=1.0))
    >>> cures_open(OPENING._replace(cures_left=5.0, cured=(Cured(0.0), Cured(1.0), Cured(0.0))), terms)
    0.0
    """
    if not state.cured:
        return state.cures_left
    recent = total(period.used for period in state.cured)
    return maximum(0.0, minimum(state.cures_left, terms.waterfall.cures_in_four - recent))


def covenant(covered: Cover, state: State, shape: Shape, terms: Terms) -> Covenant:
    """The covenant on DSCR over twelve months; in mode `cure` sponsors restore it while they have cures.

        breach        = dscr_12m below default_dscr
        covenant_cure = breach * min(1, cures_open) * max(0, default_dscr * debt_service_12m - cfads_12m)

    A cure counts as CFADS of the test and enters the cash available.
    Source: ours, a convention: the alternative is a cure that prepays the loans.

    >>> from overbuild.old_site.examples import OPENING, SHAPE, TERMS
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
    """1 where lenders accelerate the loans for a breached covenant: in mode `accelerate`, and where no cure is left.

        accelerated = breach in modes `cure` and `accelerate`, else 0

    Source: ours, a simplification of loan agreements: lenders accelerate at once, without grace period or waiver.

    >>> from overbuild.old_site.examples import SHAPE
    >>> breached = Covenant(1.0, 0.0, 0.0, 0.0)
    >>> accelerated(breached, SHAPE), accelerated(breached, SHAPE._replace(covenant="cure"))
    (0.0, 1.0)
    """
    return test.breach if shape.covenant in ("cure", "accelerate") else 0.0


def sweep(free_cash: Usd, debt_left: UsdStock, covered: Cover, breach: Flag01, case: tuple[Shape, Terms]) -> Usd:
    """Cash sweep: free cash that prepays the loans while the DSCR is below its trigger, always, or never, by the mode.

        sweep = min(debt left, free_cash * sweep_share * (dscr_12m below sweep_trigger))

    A breached covenant in mode `sweep_all` takes all of it.
    Source: ours, a convention: below the trigger the whole share is swept; the alternative is a grid by cover.

    >>> from overbuild.old_site.examples import SHAPE, TERMS
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
    """Lock-up: free cash that is trapped and becomes available in the next period; the rest is distributed.

        trapped_cash = free_cash * (dscr_12m below lockup_dscr) * debt_left * (1 - last)

    Source: ours, a convention: one good test releases all; the alternative asks for several in a row.

    >>> from overbuild.old_site.examples import INPUTS, SHAPE, TERMS
    >>> trapped(100.0, 1.0, Cover(1.1, 110.0, 100.0, 1.0, 1.0, ()), INPUTS, (SHAPE, TERMS))
    100.0
    """
    shape, terms = case
    if shape.lockup == "none":
        return line("trapped_cash", 0.0)
    locked = line("lockup", below(covered, terms.waterfall.lockup_dscr) * debt_left * (1.0 - inputs.last))
    return line("trapped_cash", free_cash * locked)
