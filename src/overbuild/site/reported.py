"""What a site reports, each result once: its id, the line that it is, and when it exists."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.equations.reported import Condition, Reported
from overbuild.site.terms.shape import Shape

_SERVED = Condition("dscr_periods", "no debt service")
_ENDED = Condition("ended", "the site runs to its end")
_PAID_IN = Condition("equity", "no equity is paid in")

_RATE = "the rate at which the flows are worth 0, of all roots in (-0.9999, 10) the one nearest 0; flows of"

OF_SITE = (
    Reported("min_dscr", "min_dscr", (_SERVED,)),
    Reported("avg_dscr", "avg_dscr", (_SERVED,)),
    Reported("uses", "uses"),
    Reported("equity", "equity"),
    Reported("equity_irr_per_year", solved=f"{_RATE} the owners: net_cash_to_equity"),
    Reported("project_irr_per_year", solved=f"{_RATE} the site before tax and debt: project_cash_flow"),
    Reported("equity_npv", "equity_npv"),
    Reported("moic", "moic", (_PAID_IN,)),
    Reported("standby_used", "standby_used"),
    Reported("lc_used", "lc_used"),
    Reported("cures_paid", "cures_paid"),
    Reported("support_paid", "support_paid"),
    Reported("end_period", "end_period_number", (_ENDED,), is_period=True),
    Reported("lgd", "site_loss_given_default", (_ENDED,)),
)
"""Results of every site."""


def reported_of(shape: Shape) -> tuple[Reported, ...]:
    """All results of a site: its own, the first breach of each test, the refinanced share of each balloon.

    >>> from overbuild.site.examples import SHAPE
    >>> [one.id for one in reported_of(SHAPE)][-1]
    'test.test_1.first_period'
    """
    return (*OF_SITE, *_of_tests(shape), *_of_balloons(shape))


def _of_tests(shape: Shape) -> Iterator[Reported]:
    for one in shape.tests:
        breached = Condition(f"{one.name}.periods", "no breach")
        yield Reported(f"test.{one.name}.first_period", f"{one.name}.first_period", (breached,), is_period=True)


def _of_balloons(shape: Shape) -> Iterator[Reported]:
    for one in shape.refinanced:
        yield Reported(f"loan.{one.name}.refinanced_share", f"{one.name}.refinanced_share")
