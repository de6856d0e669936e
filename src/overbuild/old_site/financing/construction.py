"""Construction: uses and sources of funds, and the site at the start of operation."""

from __future__ import annotations

from overbuild.equations import line, minimum, quotient, total
from overbuild.old_site.financing.customer_prepayment import prepaid
from overbuild.old_site.financing.discount_factors import owners_factor
from overbuild.old_site.financing.draws import draws, spending_on
from overbuild.old_site.financing.interest_rates import opening_discounts
from overbuild.old_site.financing.mezzanine import mezzanine_drawn
from overbuild.old_site.terms.inputs import BuildInputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import (
    BuildLoan,
    BuildState,
    ComponentState,
    Cured,
    LoanState,
    MezzanineBuild,
    MinDscr,
    Past,
    State,
)
from overbuild.old_site.terms.terms import LoanTerms, Terms
from overbuild.units import Count, Usd


def financing_cost(loan: BuildLoan, terms: LoanTerms, inputs: BuildInputs, p: Count) -> Usd:
    """Interest during construction, commitment fee and upfront fee of a loan, all paid from the sources of funds.

        capitalised_interest = balance * construction_rate_per_year / p
        commitment_fee       = (amount - balance) * commitment_fee_per_year / p
        upfront_fee          = amount * upfront_fee_share, at close

    Source: standard.

    >>> from overbuild.old_site.examples import BUILDING, TERMS
    >>> financing_cost(BuildLoan("senior", 500e6), TERMS.loans[0], BUILDING, 1.0) / 1e6
    48.75
    """
    interest = line(f"{loan.name}.capitalised_interest", loan.balance * terms.construction_rate_per_year / p)
    undrawn = inputs.building * (terms.amount - loan.balance)
    commitment = line(f"{loan.name}.commitment_fee", undrawn * terms.commitment_fee_per_year / p)
    upfront = line(f"{loan.name}.upfront_fee", inputs.at_close * terms.amount * terms.upfront_fee_share)
    return interest + commitment + upfront


def construct(shape: Shape, state: BuildState, inputs: BuildInputs, terms: Terms) -> BuildState:
    """One construction period; the first entry is the instant of financial close.

        uses_of_funds = capex + financing cost + delay cost + initial DSRA funding in the last period
        draw          = sum of the draws of the loans (`draws.py`)
        equity        = uses_of_funds - prepayment - draws, that of the mezzanine included
        delay_equity  = min(equity, interest, fees and cost of delay) in the periods of a delay
        funding_gap   = uses_of_funds - prepayment - draws - equity, which is 0

    Loans are drawn pro rata with equity.
    Source: ours, an identity: sources are uses in every period, and equity closes them.

    >>> from overbuild.old_site.examples import BUILD_OPENING, BUILDING, SHAPE, TERMS
    >>> construct(SHAPE, BUILD_OPENING, BUILDING, TERMS).equity > 0.0
    True
    """
    p = terms.site.periods_per_year
    capex = line("capex", spending_on(shape.components, inputs, terms))
    pairs = list(zip(state.loans, terms.loans, strict=True))
    costs = total(financing_cost(loan, term, inputs, p) for loan, term in pairs)
    delay = line("delay_cost", inputs.delayed * terms.site.delay_cost_per_period)
    reserve = line("initial_dsra", inputs.last * terms.waterfall.initial_dsra)
    uses = line("uses_of_funds", capex + costs + delay + reserve)
    before = prepaid(uses, state, inputs, terms)
    parts = draws(shape, state, inputs, terms, before.need)
    drawn = line("draw", total(parts))
    junior = mezzanine_drawn(state, before.need - drawn, terms)
    equity = line("equity_draw", before.need - total((drawn, *junior.draw)))
    line("delay_equity", inputs.delayed * minimum(equity, costs + delay))
    line("funding_gap", uses - total((*before.received, drawn, *junior.draw, equity)))
    line("financing_cost", total((costs + delay, *junior.interest)))
    line("construction.owners_factor", owners_factor(inputs.years_from_close, terms))
    loans = tuple(BuildLoan(loan.name, loan.balance + draw) for loan, draw in zip(state.loans, parts, strict=True))
    financed = total((state.financing_cost + costs + delay, *junior.interest))
    return BuildState(loans, financed, state.equity + equity, junior.after, before.owed)


def before_close(shape: Shape) -> BuildState:
    """The state before financial close: nothing is drawn and nothing is spent.

        balance of each loan = financing_cost = equity = 0

    Source: ours, a convention: the first dollar is drawn at close.

    >>> from overbuild.old_site.examples import SHAPE
    >>> before_close(SHAPE).loans
    (BuildLoan(name='senior', balance=0.0),)
    """
    junior = None if shape.mezzanine == "none" else MezzanineBuild(0.0, 0.0)
    owed = None if shape.prepayment == "none" else 0.0
    return BuildState(tuple(BuildLoan(name, 0.0) for name in shape.loans), 0.0, 0.0, junior, owed)


def opening(shape: Shape, built: BuildState, terms: Terms) -> State:
    """The site at the start of operation: financing cost is spread over the components by cost, for books and tax.

        basis = cost * (1 + financing_cost / sum of cost)

    Source: ours, a convention: financing cost follows cost; the alternative is an asset of its own beside them.

    >>> from overbuild.old_site.examples import BUILT, SHAPE, TERMS
    >>> round(opening(SHAPE, BUILT, TERMS).components[0].book_basis / 1e6, 6)
    1000.0
    """
    cost = total(component.built * component.cost for component in terms.components)
    spread = line("financing_cost_spread", quotient(built.financing_cost, cost, none=0.0))
    components: list[ComponentState] = []
    for component in terms.components:
        basis = line(f"{component.name}.book_basis", component.built * component.cost * (1.0 + spread))
        taxed = component.built * component.cost * (1.0 + terms.tax.financing_cost_share * spread)
        tax_basis = line(f"{component.name}.tax_basis", taxed)
        components.append(ComponentState(component.name, basis, tax_basis, basis, tax_basis))
    return State(
        alive=1.0,
        cures_left=terms.waterfall.cures,
        receivable=0.0,
        contract_receivable=0.0,
        payable=0.0,
        interest_carry=0.0,
        nol=0.0,
        refresh_reserve=0.0,
        dsra=terms.waterfall.initial_dsra,
        trapped_cash=0.0,
        arrears=0.0,
        equity=built.equity,
        components=tuple(components),
        loans=tuple(LoanState(loan.name, loan.balance) for loan in built.loans),
        past=tuple(Past(0.0, 0.0) for _ in range(shape.periods_per_year - 1)),
        cured=() if shape.cure_window == "none" else (Cured(0.0), Cured(0.0), Cured(0.0)),
        min_dscr=MinDscr(0.0, 0.0),
        discounts=opening_discounts(shape),
        prepayment=built.prepayment,
        mezzanine=None if built.mezzanine is None else built.mezzanine.balance,
        chips_replaced=0.0 if shape.refresh == "if_funded" else None,
    )
