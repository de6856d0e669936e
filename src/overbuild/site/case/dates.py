"""The calendar of a site: when phases, contracts and loans begin and end. Delays act here and nowhere else."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.plan import Loan, OfftakeContract, Phase, SitePlan


class ContractDates(NamedTuple):
    """Agreed first period, first and last period as it comes, and the period in which it is ended for lateness."""

    agreed: int
    begins: int
    ends: int
    stops: int | None


def phase_of(plan: SitePlan, name: str) -> Phase:
    """The phase of this name, or the only one where no name is given.

    >>> from overbuild.site.examples import PLAN
    >>> phase_of(PLAN, "").name
    'hall'
    """
    return next(phase for phase in plan.phases if name in ("", phase.name))


def first_in_service(phase: Phase) -> int:
    """First period in service: the period after the planned completion, and the delay.

        first_in_service = cod + delay + 1

    >>> from overbuild.site.examples import PLAN
    >>> first_in_service(PLAN.phases[0])
    2
    """
    return phase.cod + phase.delay + 1


def availability_end(plan: SitePlan) -> int:
    """The last period in which construction is funded: as agreed, or the last planned completion.

    >>> from overbuild.site.examples import PLAN
    >>> availability_end(PLAN)
    1
    """
    agreed = plan.funding.availability_end
    return max(phase.cod for phase in plan.phases) if agreed is None else agreed


def first_instalment(plan: SitePlan, loan: Loan) -> int:
    """First period of repayment: as agreed, or the period after the availability end.

    >>> from overbuild.site.examples import PLAN
    >>> first_instalment(PLAN, PLAN.loans[0])
    2
    """
    return availability_end(plan) + 1 if loan.first is None else loan.first


def contract_dates(plan: SitePlan, contract: OfftakeContract) -> ContractDates:
    """When a contract begins and ends, with the delay of its phase and of those that it follows.

        begins = the later of the agreed start and the first period in service
        ends   = begins + tenor - 1, or agreed start + tenor - 1 where it ends on a date
        stops  = the long stop, where it has not begun by then

    >>> from overbuild.site.examples import PLAN
    >>> contract_dates(PLAN, PLAN.contracts[0])
    ContractDates(agreed=2, begins=2, ends=6, stops=None)
    """
    phase = phase_of(plan, contract.phase)
    agreed = phase.cod + 1 if contract.start is None else contract.start
    if contract.follows and contract.start is None:
        before = next(one for one in plan.contracts if one.name == contract.follows)
        agreed = contract_dates(plan, before).ends + 1
    begins = max(agreed, first_in_service(phase))
    ends = (agreed if contract.ends == "date" else begins) + contract.tenor - 1
    late = contract.long_stop is not None and begins > contract.long_stop
    return ContractDates(agreed, begins, ends, contract.long_stop if late else None)


def failure_of(plan: SitePlan, contract: OfftakeContract) -> int | None:
    """The period in which the offtaker of a contract fails: contracts of one offtaker fail together, the first decides.

    >>> from overbuild.site.examples import PLAN
    >>> lab = PLAN.contracts[0]._replace(offtaker="one")
    >>> other = lab._replace(name="other", fails_in=4)
    >>> failure_of(PLAN._replace(contracts=(lab, other)), lab)
    4
    """
    together = [one for one in plan.contracts if one is contract or one.offtaker == contract.offtaker != ""]
    return min((one.fails_in for one in together if one.fails_in is not None), default=None)


def tax_year(plan: SitePlan, period: int) -> int:
    """The tax year of a period, counted from that of close, 0.

    >>> from overbuild.site.examples import PLAN
    >>> tax_year(PLAN, 1), tax_year(PLAN, 3)
    (0, 2)
    """
    return tax_year_of(period, plan.horizon.periods_per_year, plan.tax.months_before_close)


def tax_year_of(period: int, periods_per_year: int, months_before_close: int) -> int:
    """The tax year of a period, counted from that of close, 0, so many months of which lie before close.

    >>> tax_year_of(3, 4, 6), tax_year_of(2, 4, 6)
    (1, 0)
    """
    return (months_before_close + max(0, period - 1) * (12 // periods_per_year)) // 12
