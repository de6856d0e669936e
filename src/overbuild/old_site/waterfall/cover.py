"""Debt service cover ratio (DSCR): of a period, over twelve months, and its minimum so far."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, line, maximum, present, total
from overbuild.instruments.ratios import cover_ratio
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.state import MinDscr, Past, State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Count, Flag01, Ratio, Usd


class Cover(NamedTuple):
    """DSCR over the last twelve months; `counts` is 1 where they held debt service, `due` where the period does."""

    dscr_12m: Ratio
    cfads_12m: Usd
    debt_service_12m: Usd
    counts: Flag01
    due: Flag01
    past: tuple[Past, ...]
    least: MinDscr = MinDscr(0.0, 0.0)


def dscr(cfads: Usd, debt_service: Usd) -> Ratio:
    """Debt service cover ratio (DSCR) of one period.

        dscr = cfads / debt_service

    A period without debt service has no ratio: 0 here, and the flag line `debt_is_due` says so.
    Source: standard.

    >>> dscr(120.0, 100.0), dscr(50.0, 0.0)
    (1.2, 0.0)
    """
    return line("dscr", cover_ratio(cfads, debt_service))


def least_so_far(ratio: Ratio, counts: Flag01, period_number: Count, before: MinDscr) -> MinDscr:
    """The minimum DSCR up to this period and the first period that has it, to 1e-9, as two running numbers.

        lower              = counts * (1 where nothing was due before or the ratio is lower by more than 1e-9)
        min_dscr_so_far    = the ratio where lower, else as before
        min_dscr_period    = this period where lower, else as before

    `counts` is 1 where the site is alive and debt service is due.
    Source: ours, a convention: among equals the first period has it; the alternative is the last.

    >>> least_so_far(1.2, 1.0, 3.0, MinDscr(1.3, 1.0)), least_so_far(1.3, 1.0, 3.0, MinDscr(1.3, 1.0))
    (MinDscr(dscr=1.2, period_number=3.0), MinDscr(dscr=1.3, period_number=1.0))
    """
    none_before = 1.0 - present(before.period_number, 1.0)
    lower = counts * maximum(none_before, breached(ratio - before.dscr, 1.0))
    return MinDscr(
        line("min_dscr_so_far", blend(lower, ratio, before.dscr)),
        line("min_dscr_period_so_far", blend(lower, period_number, before.period_number)),
    )


def cover(cfads: Usd, debt_service: Usd, state: State, inputs: Inputs, terms: Terms) -> Cover:
    """DSCR of the period and over the last twelve months, fewer in the first year.

        dscr_12m = sum of cfads / sum of debt_service over the last periods_per_year periods

    Source: standard; ours, a convention: in the first year the test takes the periods that there are.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> cover(120.0, 100.0, OPENING, INPUTS, TERMS).dscr_12m
    1.2
    """
    of_period = dscr(cfads, debt_service)
    borrowed = total(loan.amount for loan in terms.loans)
    due = line("debt_is_due", present(debt_service, borrowed))
    due_12m = debt_service + total(past.debt_service for past in state.past)
    cfads_12m = cfads + total(past.cfads for past in state.past)
    ratio = line("dscr_12m", cover_ratio(cfads_12m, due_12m))
    counts = line("debt_was_due_12m", present(due_12m, borrowed))
    past = (Past(cfads, debt_service), *state.past)[: len(state.past)]
    least = least_so_far(of_period, state.alive * due, inputs.period_number, state.min_dscr)
    return Cover(ratio, cfads_12m, due_12m, counts, due, past, least)


def below(covered: Cover, level: Ratio) -> Flag01:
    """1 where there is a DSCR over twelve months and it is below a level, with the margin of every trigger.

        below = counts * (1 where dscr_12m is under the level by more than 1e-9, else 0)

    Source: ours, a convention: without debt service in twelve months no test is failed.

    Source: ours, a convention: cover at its level, or under it by no more than rounding, is not below it.

    >>> below(Cover(1.1, 110.0, 100.0, 1.0, 1.0, ()), 1.15), below(Cover(0.0, 0.0, 0.0, 0.0, 0.0, ()), 1.15)
    (1.0, 0.0)
    """
    return covered.counts * breached(covered.dscr_12m - level, 1.0)
