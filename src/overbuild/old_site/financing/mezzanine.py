"""Mezzanine inside a site: drawn after the senior loans, paid after the sweep, recovered after all senior claims."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, present
from overbuild.instruments.mezzanine import MezzanineTerms, mezzanine_period
from overbuild.instruments.ratios import cover_ratio, loss_share
from overbuild.old_site.financing.discount_factors import opening_value
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.state import BuildState, MezzanineBuild, State
from overbuild.old_site.terms.terms import MezzanineLoan, Terms
from overbuild.units import Count, Usd, UsdStock


class Junior(NamedTuple):
    """A period of the mezzanine: cash left after it; its interest, payments and rounding residual, if there is one."""

    left: Usd
    interest: tuple[Usd, ...] = ()
    paid: tuple[Usd, ...] = ()
    dust: tuple[Usd, ...] = ()
    closing: UsdStock | None = None


def accrued(balance: UsdStock, terms: MezzanineLoan, periods_per_year: Count) -> Usd:
    """Interest of a period on the opening balance at the contract rates, cash and PIK.

        interest = balance * (cash_rate_per_year + pik_rate_per_year) / periods_per_year

    The premium on what is not paid in cash comes on top, in the books and not for tax.
    Source: ours, a convention: simple interest, an equal part of the year's rate in each period.

    >>> accrued(200.0, MezzanineLoan(200.0, 0.1, 0.08, 0.04, 0.015), 1.0)
    24.0
    """
    return balance * (terms.cash_rate_per_year + terms.pik_rate_per_year) / periods_per_year


class JuniorDraw(NamedTuple):
    """The mezzanine in a construction period: where there is one, its draw, its interest and its balance."""

    draw: tuple[Usd, ...] = ()
    interest: tuple[Usd, ...] = ()
    after: MezzanineBuild | None = None


def mezzanine_drawn(state: BuildState, left: Usd, terms: Terms) -> JuniorDraw:
    """Draw of the mezzanine on the uses that the senior loans leave, and its balance after the draw.

        mezzanine.draw = min(draw_share * uses left, amount - drawn)
        balance        = balance before + capitalised interest + draw

    While the site is built all its interest, cash and PIK, is added to the balance: a financing cost, no use of funds.
    Source: ours, a convention: the alternative is interest paid in cash, a use of funds.

    >>> from overbuild.old_site.examples import BUILD_OPENING, TERMS
    >>> mezzanine_drawn(BUILD_OPENING, 100.0, TERMS)
    JuniorDraw(draw=(), interest=(), after=None)
    """
    if state.mezzanine is None or terms.mezzanine is None:
        return JuniorDraw()
    before, term = state.mezzanine, terms.mezzanine
    added = line("mezzanine.capitalised_interest", accrued(before.balance, term, terms.site.periods_per_year))
    draw = line("mezzanine.draw", minimum(term.draw_share * left, maximum(0.0, term.amount - before.drawn)))
    after = MezzanineBuild(before.drawn + draw, before.balance + added + draw)
    return JuniorDraw((draw,), (added,), after)


def junior_interest(state: State, terms: Terms) -> tuple[Usd, ...]:
    """Interest of the mezzanine that tax deducts, at the contract rates; empty without a mezzanine.

    Source: its parts: `accrued`.

    >>> from overbuild.old_site.examples import OPENING, TERMS
    >>> junior_interest(OPENING, TERMS)
    ()
    """
    if state.mezzanine is None or terms.mezzanine is None:
        return ()
    return (line("mezzanine.interest", accrued(state.mezzanine, terms.mezzanine, terms.site.periods_per_year)),)


def junior_paid(free_cash: Usd, state: State, inputs: Inputs, terms: Terms) -> Junior:
    """Mezzanine debt service from the cash left after the sweep, before lock-up and distribution (`mezzanine_period`).

    From its maturity on all that is left repays it; what is not paid stays owed and is no default of the senior loans.
    Source: ours, a convention: the alternative, a mezzanine behind the lock-up, gets nothing of trapped cash.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> junior_paid(100.0, OPENING, INPUTS, TERMS).left
    100.0
    """
    if state.mezzanine is None or terms.mezzanine is None or inputs.mezzanine is None:
        return Junior(free_cash)
    term = terms.mezzanine
    rates = MezzanineTerms(
        term.cash_rate_per_year, term.pik_rate_per_year, term.pik_premium_per_year, terms.site.periods_per_year
    )
    found = mezzanine_period(state.mezzanine, free_cash, inputs.mezzanine.matures, rates)
    cash = line("mezzanine.cash_interest", found.cash_interest)
    pik = line("mezzanine.pik_interest", found.pik_interest)
    repaid = line("mezzanine.principal", found.repaid)
    closing = line("mezzanine.balance", found.closing)
    line("mezzanine.shortfall", found.shortfall)
    dust = state.mezzanine + pik - repaid - closing
    return Junior(found.to_equity, (cash + pik,), (cash + repaid,), (dust,), closing)


def junior_lines(flows: tuple[Usd, Usd], state: State, case: tuple[Inputs, Terms]) -> None:
    """DSCR of the mezzanine, on CFADS after senior debt service; no lines without a mezzanine.

        mezzanine.cash = cfads - debt service
        due            = balance * cash_rate / p + (balance * (1 + pik_rate / p) once it matures)
        mezzanine.dscr = cash / due

    `flows` are CFADS and the senior debt service.
    Source: ours, the standard definition of DSCR, on the cash left for a rank and not on all of it.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> junior_lines((100.0, 50.0), OPENING, (INPUTS, TERMS))
    """
    inputs, terms = case
    if state.mezzanine is None or terms.mezzanine is None or inputs.mezzanine is None:
        return
    cfads, senior = flows
    term, p = terms.mezzanine, terms.site.periods_per_year
    cash = line("mezzanine.cash", cfads - senior)
    bullet = inputs.mezzanine.matures * state.mezzanine * (1.0 + term.pik_rate_per_year / p)
    due = line("mezzanine.debt_service", state.mezzanine * term.cash_rate_per_year / p + bullet)
    cover = line("mezzanine.dscr", cover_ratio(cash, due))
    line("mezzanine.rank_dscr", cover)
    line("mezzanine.covered", state.alive * present(due, term.amount))
    worth = opening_value(term.cash_rate_per_year + term.pik_rate_per_year, inputs, terms)
    line("mezzanine.owed_cash", cash * worth * inputs.mezzanine.runs)


def junior_recovered(left: UsdStock, state: State, terms: Terms) -> UsdStock:
    """Residual for equity in a default once the mezzanine is paid, after all senior claims.

        mezzanine.claim     = balance + interest accrued
        mezzanine.recovered = min(claim, what senior claims leave)

    Source: ours, a convention: absolute priority, so that the owners come after the whole claim.

    >>> from overbuild.old_site.examples import OPENING, TERMS
    >>> junior_recovered(100.0, OPENING, TERMS)
    100.0
    """
    if state.mezzanine is None or terms.mezzanine is None:
        return left
    interest = accrued(state.mezzanine, terms.mezzanine, terms.site.periods_per_year)
    claim = line("mezzanine.claim", state.mezzanine + interest)
    paid = line("mezzanine.recovered", minimum(claim, left))
    line("mezzanine.loss_given_default", loss_share(paid, claim))
    return left - paid


def junior_scheduled(state: State, inputs: Inputs, terms: Terms) -> UsdStock | None:
    """Balance after a period in which the mezzanine is serviced as agreed, as sizing assumes; None without one.

        balance = (1 - matures) * balance before * (1 + pik_rate_per_year / periods_per_year)

    Source: ours, a simplification: cash interest is always paid, and the last period repays all.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> junior_scheduled(OPENING, INPUTS, TERMS) is None
    True
    """
    if state.mezzanine is None or terms.mezzanine is None or inputs.mezzanine is None:
        return None
    grown = state.mezzanine * (1.0 + terms.mezzanine.pik_rate_per_year / terms.site.periods_per_year)
    return (1.0 - inputs.mezzanine.matures) * grown
