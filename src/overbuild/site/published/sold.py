"""What is sold and rented: contracts, their value and prices, market, prepayment, lease."""

from __future__ import annotations

from overbuild.site.case.dates import contract_dates, first_in_service, first_instalment, phase_of
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.site.case.published.published_parts import contracts_beside, loans_beside, phases_beside
from overbuild.site.case.published.published_plan import PublishedFigure
from overbuild.site.published.built import gpus
from overbuild.site.published.weighted import weighted_mean
from overbuild.site.run import SiteRun


def contract_value(run: SiteRun, figure: PublishedFigure) -> float:
    """Revenue of contracts from their first period to their last, as run, USD; to the outcome where the site ends before.

    100 MW at 1 kW a GPU sell 8760 hours at 0.50 USD for five years:

    >>> from overbuild.site.examples import RUN
    >>> contract_value(RUN, PublishedFigure("value", "contract_value", 2.2e9)) / 1e6
    2190.0
    """
    return sum(_revenue(run, one) for one in contracts_beside(run.plan, figure))


def contract_value_per_year(run: SiteRun, figure: PublishedFigure) -> float:
    """The revenue of each contract over the years of its term, USD a year.

    >>> from overbuild.site.examples import RUN
    >>> contract_value_per_year(RUN, PublishedFigure("value", "contract_value_per_year", 4.4e8)) / 1e6
    438.0
    """
    contracts = contracts_beside(run.plan, figure)
    return sum(_revenue(run, one) / _years(run.plan, one.tenor) for one in contracts)


def contract_value_per_mw_year(run: SiteRun, figure: PublishedFigure) -> float:
    """Contract value a year for each MW of IT load that the contracts take, USD per MW and year.

    >>> from overbuild.site.examples import RUN
    >>> contract_value_per_mw_year(RUN, PublishedFigure("value", "contract_value_per_mw_year", 4.4e6)) / 1e6
    4.38
    """
    taken = sum(_mw(run.plan, one) for one in contracts_beside(run.plan, figure))
    return contract_value_per_year(run, figure) / taken


def contract_value_per_gpu(run: SiteRun, figure: PublishedFigure) -> float:
    """Contract value for each GPU that the contracts take, USD per GPU.

    >>> from overbuild.site.examples import RUN
    >>> contract_value_per_gpu(RUN, PublishedFigure("value", "contract_value_per_gpu", 2.2e4))
    21900.0
    """
    taken = 0.0
    for contract in contracts_beside(run.plan, figure):
        hall = PublishedFigure("gpus", "gpus", 1.0, of=phase_of(run.plan, contract.phase).name)
        taken += gpus(run, hall) * contract.share
    return contract_value(run, figure) / taken


def first_price(run: SiteRun, figure: PublishedFigure) -> float:
    """Price of the first period of each contract, the mean by MW; USD per GPU-hour or per kW-month.

    >>> from overbuild.site.examples import RUN
    >>> first_price(RUN, PublishedFigure("price", "price_per_gpu_hour", 0.5))
    0.5
    """
    contracts, last = contracts_beside(run.plan, figure), run.plan.horizon.periods
    prices = [run.lines[f"{one.name}.price"][min(contract_dates(run.plan, one).begins, last)] for one in contracts]
    return weighted_mean(prices, [_mw(run.plan, one) for one in contracts])


def tenor_years(run: SiteRun, figure: PublishedFigure) -> float:
    """Years of a contract as agreed, or of the repayment of a loan: from its first instalment to its last.

    >>> from overbuild.site.examples import RUN
    >>> [tenor_years(RUN, PublishedFigure("term", "tenor_years", 5.0, of=name)) for name in ("lab", "senior")]
    [5.0, 4.0]
    """
    plan = run.plan
    for contract in plan.contracts:
        if contract.name == figure.of:
            return _years(plan, contract.tenor)
    loan = loans_beside(plan, figure)[0]
    return _years(plan, loan.maturity - first_instalment(plan, loan) + 1)


def market_price(run: SiteRun, figure: PublishedFigure) -> float:
    """Market price of the first period in which a phase of the figure is in service, USD per GPU-hour."""
    first = min(first_in_service(one) for one in phases_beside(run.plan, figure))
    return run.lines["market_price"][min(first, run.plan.horizon.periods)]


def prepayment(run: SiteRun, figure: PublishedFigure) -> float:
    """What the offtaker prepays, USD; 0 without a prepayment."""
    return 0.0 if run.plan.prepayment is None else run.plan.prepayment.amount


def lease_payment_per_year(run: SiteRun, figure: PublishedFigure) -> float:
    """First rent of the leased shell, USD a year; 0 without a lease."""
    return 0.0 if run.plan.lease is None else run.plan.lease.payment_per_year


def _revenue(run: SiteRun, contract: OfftakeContract) -> float:
    dates = contract_dates(run.plan, contract)
    return sum(run.lines[f"{contract.name}.revenue"][dates.begins : min(dates.ends, run.last) + 1])


def _years(plan: SitePlan, periods: int) -> float:
    return periods / plan.horizon.periods_per_year


def _mw(plan: SitePlan, contract: OfftakeContract) -> float:
    return phase_of(plan, contract.phase).it_mw * contract.share
