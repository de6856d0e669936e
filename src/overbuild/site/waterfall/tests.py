"""Tests of the covenants: which are breached, and what is missing to put them right."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached, line, maximum, present, quotient, total
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import CovenantShape, Shape
from overbuild.site.terms.terms import CovenantTerms, Terms
from overbuild.units import Flag01, Ratio, Share, Usd, UsdStock


class Tested(NamedTuple):
    """What tests look at: whether debt was owed and is, cash and service of twelve months, debt and what stands against it.

    `open` is 1 where the site is complete and past construction.
    """

    indebted: Flag01
    owes: Flag01
    open: Flag01
    cash_12m: Usd
    due_12m: Usd
    debt: UsdStock
    value: UsdStock
    outlook: Ratio
    contracted: Share
    scale: UsdStock
    alive: Flag01


class Breaches(NamedTuple):
    """What breaches mean: lock-up, share swept; cash that cover is missing, debt that is too much, what money cannot mend."""

    lockup: Flag01
    sweep: Share
    missing_cash: Usd
    excess_debt: UsdStock
    hopeless: Flag01


class BreachOf(NamedTuple):
    """A test in a period: whether it is made, what it finds, breached or not; what puts it right: cash, or less debt."""

    counts: Flag01
    met: Ratio
    flag: Flag01
    cash: Usd
    debt: UsdStock


def cover_breach(tested: Tested, level: Ratio) -> BreachOf:
    """Cover of the last twelve months below its level, where debt was owed at the opening and something was due.

        breach = open * indebted * present(due_12m) * breached(cash_12m / due_12m - level)
        cash   = breach * max(0, level * due_12m - cash_12m)

    Source: standard; balloons and their refinancing are left out.

    >>> from overbuild.site.examples import TESTED
    >>> cover_breach(TESTED, 2.0)
    BreachOf(counts=1.0, met=1.18, flag=1.0, cash=82.0, debt=0.0)
    """
    counts = tested.open * tested.indebted * present(tested.due_12m, tested.scale)
    met = quotient(tested.cash_12m, tested.due_12m, none=0.0)
    flag = counts * breached(met - level, 1.0)
    return BreachOf(counts, met, flag, flag * maximum(0.0, level * tested.due_12m - tested.cash_12m), total(()))


def value_breach(tested: Tested, level: Ratio) -> BreachOf:
    """Loan to value above its level, after the payments of the period.

        breach = open * owes * breached(level * value - debt)
        debt   = breach * max(0, debt - level * value)

    Source: standard; value is cost spent less decay, sold in order.

    >>> from overbuild.site.examples import TESTED
    >>> value_breach(TESTED, 0.5)
    BreachOf(counts=1.0, met=0.6, flag=1.0, cash=0.0, debt=50.0)
    """
    counts, met = tested.open * tested.owes, quotient(tested.debt, tested.value, none=0.0)
    flag = counts * breached(level * tested.value - tested.debt, tested.scale)
    return BreachOf(counts, met, flag, total(()), flag * maximum(0.0, tested.debt - level * tested.value))


def life_breach(tested: Tested, level: Ratio, present_value: UsdStock) -> BreachOf:
    """Loan life cover below its level: cash of the base case to the last maturity, scaled by the outlook, over debt.

        breach = open * owes * breached(outlook * present_value - level * debt)
        debt   = breach * max(0, debt - outlook * present_value / level)

    Source: standard; ours, a simplification of the lenders' updated case: base case times outlook.

    >>> from overbuild.site.examples import TESTED
    >>> life_breach(TESTED, 1.5, 600.0)
    BreachOf(counts=1.0, met=1.25, flag=1.0, cash=0.0, debt=50.0)
    """
    counts, met = tested.open * tested.owes, quotient(tested.outlook * present_value, tested.debt, none=0.0)
    flag = counts * breached(tested.outlook * present_value - level * tested.debt, tested.scale)
    return BreachOf(
        counts, met, flag, total(()), flag * maximum(0.0, tested.debt - tested.outlook * present_value / level)
    )


def ahead_breach(tested: Tested, level: Ratio, cash_ahead: Usd, due_ahead: Usd) -> BreachOf:
    """Cover of the next twelve months below its level: of the base case, scaled by the outlook. Money cannot mend it.

        breach = open * owes * present(due_ahead) * breached(outlook * cash_ahead - level * due_ahead)

    Source: ours, a simplification of the lenders' updated case: base case times outlook.

    >>> from overbuild.site.examples import TESTED
    >>> ahead_breach(TESTED, 1.3, 120.0, 100.0).flag
    1.0
    """
    counts = tested.open * tested.owes * present(due_ahead, tested.scale)
    met = quotient(tested.outlook * cash_ahead, due_ahead, none=0.0)
    flag = counts * breached(tested.outlook * cash_ahead - level * due_ahead, tested.scale)
    return BreachOf(counts, met, flag, total(()), total(()))


def contract_breach(tested: Tested, level: Share) -> BreachOf:
    """Share of the hours that contracts take below its level. Money cannot mend it.

        breach = open * owes * breached(contracted_share - level)

    Source: ours, a definition.

    >>> from overbuild.site.examples import TESTED
    >>> contract_breach(TESTED, 0.8).flag
    0.0
    """
    counts = tested.open * tested.owes
    flag = counts * breached(tested.contracted - level, 1.0)
    return BreachOf(counts, tested.contracted, flag, total(()), total(()))


def run_tests(shape: Shape, tested: Tested, inputs: Inputs, terms: Terms) -> Breaches:
    """All tests of a period: the worst of each action counts.

        lockup = max of breaches;  sweep = max of breach * share
        {test}.counts where it is made, {test}.met what it finds, {test}.breached where that is a breach
        missing_cash, excess_debt = max over default tests;  hopeless = max over those that money cannot mend

    Source: ours, a convention: a bad quarter trips each action once, whatever breaches.

    >>> from overbuild.site.examples import INPUTS, SHAPE, TERMS, TESTED
    >>> run_tests(SHAPE, TESTED, INPUTS, TERMS).lockup
    1.0
    """
    lockup, sweep, hopeless = total(()), total(()), total(())
    cash, debt = total(()), total(())
    for row, term in zip(shape.tests, terms.tests, strict=True):
        found = _breach(row, tested, inputs, term)
        flag = found.flag
        line(f"{row.name}.counts", tested.alive * found.counts)
        line(f"{row.name}.met", found.met)
        line(f"{row.name}.breached", tested.alive * flag)
        if row.action == "lockup":
            lockup = maximum(lockup, flag)
        if row.action == "sweep":
            sweep = maximum(sweep, flag * term.share)
        if row.action == "default":
            cash, debt = maximum(cash, found.cash), maximum(debt, found.debt)
            if row.test in ("dscr_ahead", "contracted_share"):
                hopeless = maximum(hopeless, flag)
    return Breaches(lockup, sweep, cash, debt, hopeless)


def _breach(row: CovenantShape, tested: Tested, inputs: Inputs, term: CovenantTerms) -> BreachOf:
    match row.test:
        case "dscr_12m":
            return cover_breach(tested, term.level)
        case "ltv":
            return value_breach(tested, term.level)
        case "llcr":
            return life_breach(tested, term.level, inputs.base.present_value)
        case "dscr_ahead":
            return ahead_breach(tested, term.level, inputs.base.cash_ahead, inputs.base.due_ahead)
        case "contracted_share":
            return contract_breach(tested, term.level)
