"""Draws on the loans during construction: as stated, then against components, then pro rata with equity."""

from __future__ import annotations

from overbuild.equations import line, maximum, minimum, total
from overbuild.instruments.draw_limits import draw_allowed
from overbuild.old_site.terms.inputs import BuildInputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import BuildState
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Usd


def spending_on(names: tuple[str, ...], inputs: BuildInputs, terms: Terms) -> Usd:
    """Capex of a construction period on the named components.

        spending = sum of spend_share * cost

    Source: ours, a definition: a stated share of the cost of what is built.

    >>> from overbuild.old_site.examples import BUILDING, TERMS
    >>> spending_on(("it",), BUILDING, TERMS) / 1e6
    1000.0
    """
    return total(
        given.spend_share * term.built * term.cost
        for given, term in zip(inputs.components, terms.components, strict=True)
        if term.name in names
    )


def draws(shape: Shape, state: BuildState, inputs: BuildInputs, terms: Terms, uses: Usd) -> tuple[Usd, ...]:
    """Draw of each loan on the uses of a construction period.

        draw = min(draw_share * uses left, limit - balance)
        draw = min(advance_rate * spending on its components, limit - balance) of a loan that advances on them

    Loans with stated draws draw those (as far as the limit), then those that advance; `uses left` is what they leave.
    USD a period.
    Source: ours, a convention: loans draw in this order; the alternative is one share of the uses for each.

    >>> from overbuild.old_site.examples import BUILD_OPENING, BUILDING, SHAPE, TERMS
    >>> draws(SHAPE, BUILD_OPENING, BUILDING, TERMS, 600e6)
    (300000000.0,)
    """
    pairs = list(zip(state.loans, terms.loans, strict=True))
    drawn: dict[str, Usd] = {}
    for given, term in zip(inputs.loans, terms.loans, strict=False):
        if given.draw is not None:
            balance = next(loan.balance for loan in state.loans if loan.name == term.name)
            drawn[term.name] = line(f"{term.name}.draw", minimum(given.draw, maximum(0.0, term.limit - balance)))
    for tranche, (loan, term) in zip(shape.tranches, pairs, strict=True):
        if tranche.draw == "advance":
            wanted = term.advance_rate * spending_on(tranche.advances_on, inputs, terms)
            allowed = draw_allowed(wanted, term.limit - loan.balance, wanted, 1.0)
            drawn[loan.name] = line(f"{loan.name}.draw", allowed)
    left = line("uses_left", uses - total(drawn.values()))
    for tranche, (loan, term) in zip(shape.tranches, pairs, strict=True):
        if tranche.draw == "pro_rata":
            asked = minimum(term.draw_share * left, maximum(0.0, term.limit - loan.balance))
            drawn[loan.name] = line(f"{loan.name}.draw", asked)
    return tuple(drawn[loan.name] for loan in state.loans)
