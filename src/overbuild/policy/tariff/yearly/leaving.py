"""What a load owes when it leaves before its term, what secures that, and what is never paid."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.money.annuity import annuity_factor
from overbuild.policy.tariff.yearly.charges import TariffTerms, minimum_bill
from overbuild.policy.tariff.yearly.demand import LoadTerms
from overbuild.units import Ratio, Share, Usd, UsdStock


class ExitFee(NamedTuple):
    """The exit fee of a year: what is due, what collateral pays, what is paid beyond it, what nobody pays."""

    due: Usd
    from_collateral: Usd
    beyond: Usd
    unpaid: Usd


class Security(NamedTuple):
    """What a contract is secured by: minimum charges of a year, what is posted, and the fee that is due on leaving."""

    minimum_bill: Usd
    collateral: UsdStock
    fee: UsdStock


def security_of(load: LoadTerms, tariff: TariffTerms) -> Security:
    """What a load owes at least, has posted, and would owe on leaving.

        collateral = (a MW * contract + years * minimum bill) * (1 - exempt)
        fee years  = min(exit fee years, max(term - leaves after, 0))
        fee        = minimum bill * annuity factor (discount of the fee, fee years)

    Edges: at a discount of 0 the fee is the sum of its years.

    Source: Dominion GS-5 (1.5m USD a MW, rated customers exempt from 70%), Evergy Kansas (two years of minimum bills, all
    to the end of the term), AEP Ohio Schedule DCT of 2025 (three years).

    >>> from overbuild.policy.tariff.examples import LOAD, TARIFF
    >>> gone = LOAD._replace(leaves_after_years=6.0)
    >>> rated = TARIFF._replace(collateral_per_mw=1e6, collateral_exempt_share=0.7)
    >>> [round(one, 3) for one in security_of(gone, rated)]
    [26812800.0, 158043840.0, 80438400.0]
    """
    bill = minimum_bill(load, tariff)
    posted = tariff.collateral_per_mw * load.contract_mw + tariff.collateral_bill_years * bill
    left = maximum(tariff.term_years - load.leaves_after_years, 0)
    years = line("exit_fee_years_due", minimum(tariff.exit_fee_years, left))
    fee = line("exit_fee_at_first_charges", bill * annuity_factor(tariff.exit_fee_discount_per_year, years))
    return Security(bill, line("collateral_posted", posted * (1 - tariff.collateral_exempt_share)), fee)


def exit_fee_in_year(security: Security, beyond: Share, leaving: Share, level: Ratio) -> ExitFee:
    """The exit fee of a year by who pays it. `leaving` is the share of the load that leaves, `level` that of charges.

        due             = leaving * fee * charge level
        from collateral = min(due, leaving * collateral)
        beyond          = (due - from collateral) * share paid beyond the collateral

    Source: ours, a definition; what a load pays beyond its collateral is for the case to say.

    >>> exit_fee_in_year(Security(25.0, 25.0, 75.0), 0.5, 1.0, 1.0)
    ExitFee(due=75.0, from_collateral=25.0, beyond=25.0, unpaid=25.0)
    """
    due = line("fee.due", leaving * security.fee * level)
    held = line("fee.from_collateral", minimum(due, leaving * security.collateral))
    paid = line("fee.beyond", (due - held) * beyond)
    return ExitFee(due, held, paid, line("fee.unpaid", due - held - paid))
