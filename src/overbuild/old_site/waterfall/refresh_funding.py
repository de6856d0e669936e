"""The refresh test: which GPUs are installed, the first ones or those of a refresh that comes only if it is funded."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, line, maximum, total, where
from overbuild.old_site.financing.customer_prepayment import credit_due
from overbuild.old_site.financing.loans import principal_due
from overbuild.old_site.terms.inputs import ComponentInputs, Inputs, KeptInputs
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Flag01, Usd


class Renewal(NamedTuple):
    """The inputs of a period after the refresh test; whether the refresh falls due; whether GPUs were ever replaced.

    `replaced` is None where the refresh is committed: then the inputs say it all.
    """

    inputs: Inputs
    due: Flag01
    replaced: Flag01 | None = None


def standing(state: State, inputs: Inputs) -> Inputs:
    """The inputs of a period with the GPUs that are installed when it opens: their age, and whether they are new.

        it_age_years = age of new GPUs where GPUs were replaced, else age of the first ones
        refreshed    = chips_replaced * refreshed

    The claim on a failed offtaker looks ahead on the chips that stand there when it fails: a refresh that is yet to be
    funded does not count.
    Source: ours, a convention: the alternative looks ahead on the chips that are planned.

    >>> from overbuild.old_site.examples import FUNDED_INPUTS, OPENING
    >>> standing(OPENING._replace(chips_replaced=0.0), FUNDED_INPUTS).it_age_years
    4.0
    >>> standing(OPENING._replace(chips_replaced=1.0), FUNDED_INPUTS).it_age_years
    0.0
    """
    kept, new = inputs.kept, state.chips_replaced
    if kept is None or new is None:
        return inputs
    ahead = tuple(
        one._replace(it_age_years=blend(new, one.it_age_years, old.it_age_years), refreshed=new * one.refreshed)
        for one, old in zip(inputs.ahead, kept.ahead, strict=True)
    )
    age = blend(new, inputs.it_age_years, kept.it_age_years)
    return inputs._replace(it_age_years=age, refreshed=new * inputs.refreshed, ahead=ahead)


def refresh_headroom(cash: Usd, interests: tuple[Usd, ...], state: State, inputs: Inputs, terms: Terms) -> Usd:
    """Refresh reserve and cash of the period less the net cost of new GPUs; below 0 they are not funded.

        scheduled    = sum of interest + min(balance, scheduled_principal) over the loans
        headroom     = refresh_reserve + max(0, cash - scheduled) - (cost - old_it_proceeds)

    `cash` is operating cash after credits for what was prepaid. Tax of the period is not looked at: it depends on the
    sale of the old chips, so on the answer. A mezzanine comes after the refresh.
    Source: ours, a simplification: cash before tax stands for cash after tax.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> saved = OPENING._replace(refresh_reserve=500e6)
    >>> refresh_headroom(600e6, (85e6,), saved, INPUTS, TERMS) / 1e6
    35.0
    """
    pairs = zip(state.loans, inputs.loans, strict=True)
    scheduled = total((*interests, *(principal_due(loan, given) for loan, given in pairs)))
    missing = terms.refresh.cost - terms.refresh.old_it_proceeds
    return state.refresh_reserve + maximum(0.0, cash - scheduled) - missing


def renewed(cash: tuple[Usd, Usd], interests: tuple[Usd, ...], state: State, inputs: Inputs, terms: Terms) -> Renewal:
    """Whether the refresh comes, and the inputs of the period after it came or not.

        refresh_headroom = refresh_now * headroom
        refresh_funded   = refresh_now * (1 where refresh_headroom is not below 0, else 0)
        chips_replaced   = chips_replaced before + refresh_funded

    `cash` is operating cash and the contract's revenue, `inputs` those of the chips that stand there. Where the
    refresh does not come the old chips stay: they age, are written off and are collateral as before.
    Source: ours, a convention: on its day the refresh comes whole or never; the alternative is a part or a delay.

    >>> from overbuild.old_site.examples import FUNDED_INPUTS, OPENING, TERMS
    >>> due, state = FUNDED_INPUTS._replace(refresh_now=1.0), OPENING._replace(chips_replaced=0.0)
    >>> [renewed((cash, 0.0), (85e6,), state, due, TERMS).replaced for cash in (1064e6, 1066e6)]
    [0.0, 1.0]
    """
    kept, before = inputs.kept, state.chips_replaced
    if kept is None or before is None:
        return Renewal(inputs, inputs.refresh_now)
    operating_cash, contract_revenue = cash
    at_hand = operating_cash
    if state.prepayment is not None and terms.prepayment is not None:
        at_hand = operating_cash - credit_due(contract_revenue, state.prepayment, inputs, terms.prepayment)
    over = inputs.refresh_now * refresh_headroom(at_hand, interests, state, inputs, terms)
    headroom = line("refresh_headroom", over)
    cost = terms.refresh.cost
    unfunded = breached(headroom, where(cost > 0.0, cost, 1.0))
    funded = line("refresh_funded", inputs.refresh_now * (1.0 - unfunded))
    new = line("chips_replaced", before + funded)
    turned_out = inputs._replace(refresh_now=funded, components=components_held(new, inputs.components, kept))
    return Renewal(turned_out, inputs.refresh_now, new)


def components_held(
    new: Flag01, components: tuple[ComponentInputs, ...], kept: KeptInputs
) -> tuple[ComponentInputs, ...]:
    """The components after the refresh test: the old GPUs leave only where new ones come.

        series of the old GPUs  = new * series if they leave + (1 - new) * series if they stay
        placed, held of the new = new * placed, held

    What never was placed has no value, so lives and sales of the new chips need no flag.
    Source: ours, an identity: one of two plans, chosen by a flag of 0 or 1.

    >>> from overbuild.old_site.examples import FUNDED_INPUTS
    >>> [[one.held for one in components_held(new, FUNDED_INPUTS.components, FUNDED_INPUTS.kept)] for new in (0.0, 1.0)]
    [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]
    """
    *first, fresh = components
    old = kept.chips
    held = [
        ComponentInputs(one.name, *(blend(new, goes, stays) for goes, stays in zip(one[1:], old[1:], strict=True)))
        if one.name == old.name
        else one
        for one in first
    ]
    return (*held, fresh._replace(placed=new * fresh.placed, held=new * fresh.held))
