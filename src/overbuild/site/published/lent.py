"""What is lent: debt, its rate, the covenant."""

from __future__ import annotations

from overbuild.equations import number
from overbuild.site.case.dates import first_instalment
from overbuild.site.case.published.published_parts import covenant_of, loans_beside
from overbuild.site.case.published.published_plan import PublishedFigure
from overbuild.site.published.built import cost
from overbuild.site.published.weighted import weighted_mean
from overbuild.site.run import SiteRun


def debt(run: SiteRun, figure: PublishedFigure) -> float:
    """What is drawn of the loans of a figure, USD.

    >>> from overbuild.site.examples import RUN
    >>> debt(RUN, PublishedFigure("loan", "debt", 6e8)) / 1e6
    600.0
    """
    return sum(_drawn(run, figure))


def debt_share(run: SiteRun, figure: PublishedFigure) -> float:
    """What is drawn over all uses of funds."""
    return debt(run, figure) / number(run.results.uses)


def debt_to_cost(run: SiteRun, figure: PublishedFigure) -> float:
    """What is drawn over the cost of all components."""
    return debt(run, figure) / cost(run, figure._replace(of=""))


def rate(run: SiteRun, figure: PublishedFigure) -> float:
    """All-in rate of the loans at their first instalment, the mean by what is drawn; a decimal a year.

    >>> from overbuild.site.examples import RUN
    >>> rate(RUN, PublishedFigure("rate", "rate", 0.1))
    0.1
    """
    loans = loans_beside(run.plan, figure)
    rates = [run.lines[f"{one.name}.rate"][first_instalment(run.plan, one)] for one in loans]
    return weighted_mean(rates, _drawn(run, figure))


def dscr_covenant(run: SiteRun, figure: PublishedFigure) -> float:
    """Level of the first test of cover that calls a default, else of the first that locks up; 0 without any."""
    found = covenant_of(run.plan)
    return 0.0 if found is None else found.level


def _drawn(run: SiteRun, figure: PublishedFigure) -> list[float]:
    names = {one.name for one in loans_beside(run.plan, figure)}
    return [number(one.debt) for one in run.results.loans if one.name in names]
