"""Revenue: what the contract pays, what the market pays, and what is recovered when the offtaker fails."""

from __future__ import annotations

from overbuild.equations import line, maximum, power, total
from overbuild.old_site.operations.capacity import gpu_hours
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.terms import MarketTerms, OfftakeTerms, Terms
from overbuild.units import GpuHours, Share, Usd, UsdStock


def contract_revenue(hours: GpuHours, contracted: Share, offtake: OfftakeTerms, inputs: Inputs) -> Usd:
    """Contract revenue: the offtaker pays for what it uses, at least for the take-or-pay share of its volume.

        contract_revenue = contracted * hours * max(utilisation_contract, take_or_pay_share)
                           * price_per_gpu_hour * (1 + escalator_per_year)^whole_years

    Source: ours, the standard definition of take-or-pay, settled in each period: no volume is made up later.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> contract_revenue(1000.0, 0.5, TERMS.offtake, INPUTS)
    900.0
    """
    paid_share = maximum(inputs.utilisation_contract, offtake.take_or_pay_share)
    price = offtake.price_per_gpu_hour * power(1.0 + offtake.escalator_per_year, inputs.whole_years)
    return line("contract_revenue", contracted * hours * paid_share * price)


def merchant_revenue(hours: GpuHours, contracted: Share, market: MarketTerms, inputs: Inputs) -> Usd:
    """Merchant revenue: the market pays for the other capacity, at a price that falls from the start of operation.

        merchant_revenue = (1 - contracted) * hours * utilisation_merchant
                           * price_per_gpu_hour * (1 - decline_per_year)^elapsed_years

    Valid: decline below 1.
    Source: ours, a simplification: the price falls at one rate, whatever chips the site has.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> merchant_revenue(1000.0, 0.5, TERMS.market, INPUTS)
    600.0
    """
    price = line(
        "merchant_price", market.price_per_gpu_hour * power(1.0 - market.decline_per_year, inputs.elapsed_years)
    )
    return line("merchant_revenue", (1.0 - contracted) * hours * inputs.utilisation_merchant * price)


def termination_recovery(inputs: Inputs, terms: Terms) -> Usd:
    """Cash recovered on the termination claim against a failed offtaker, in the period of its failure.

        termination_recovery = offtaker_fails * recovery_share * sum over the periods of the claim of
            contract_runs * contract_share * gpu_hours * take_or_pay_share * price * (1 + escalator)^whole_years

    The periods start with the one of the failure and end with the contract; undiscounted.
    Source: ours, a simplification: a claim that takes years to settle is paid at once.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> termination_recovery(INPUTS, TERMS)
    0.0
    """
    offtake = terms.offtake
    claim = total(
        ahead.contract_runs
        * gpu_hours(terms.site, ahead.it_age_years, ahead.refreshed, terms.refresh.performance_gain)
        * power(1.0 + offtake.escalator_per_year, ahead.whole_years)
        for ahead in inputs.ahead
    )
    owed = offtake.contract_share * offtake.take_or_pay_share * offtake.price_per_gpu_hour * claim
    return line("termination_recovery", inputs.offtaker_fails * offtake.recovery_share * owed)


def bad_debt(contract_receivable: UsdStock, offtake: OfftakeTerms, inputs: Inputs) -> Usd:
    """Loss on the receivables of a failed offtaker: a charge without cash.

        bad_debt = offtaker_fails * (1 - recovery_share) * contract_receivable at the end of the period before

    Source: ours, a simplification: unpaid bills recover the same share as the claim, and at once.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> bad_debt(100.0, TERMS.offtake._replace(recovery_share=0.25), INPUTS._replace(offtaker_fails=1.0))
    75.0
    """
    return line("bad_debt", inputs.offtaker_fails * (1.0 - offtake.recovery_share) * contract_receivable)
