"""The published figures of a deal beside those of the case as run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from overbuild.site.case.published.published_plan import MEASURES, PublishedFigure
from overbuild.site.published import built, lent, sold
from overbuild.site.run import SiteRun

NEAR = 0.02
"""A figure is met within this share of what is published."""


class BesidePublished(NamedTuple):
    """A published figure, the part of it that the case is, what the case has, both in `unit`; the difference is a share."""

    figure: PublishedFigure
    unit: str
    part: float
    here: float

    @property
    def difference(self) -> float:
        """Ours less the published part, a share of that part: 0.05 where ours is 5 percent more."""
        return self.here / self.part - 1.0

    @property
    def is_met(self) -> bool:
        """Whether ours is within two percent of what is published."""
        return abs(self.difference) <= NEAR


def beside_published(figures: Iterable[PublishedFigure], run: SiteRun) -> tuple[BesidePublished, ...]:
    """Each published figure with that of the case as run.

        part = value * share
        difference = here / part - 1

    Units are those of the measures. Source: ours, a definition.

    The loan of a deal of 1.25bn USD of which the case is half, beside 600m drawn:

    >>> from overbuild.site.examples import RUN
    >>> found = beside_published([PublishedFigure("loan", "debt", 1.25e9, share=0.5)], RUN)[0]
    >>> found.part / 1e6, found.here / 1e6, round(found.difference, 6), found.is_met
    (625.0, 600.0, -0.04, False)
    """
    return tuple(
        BesidePublished(one, MEASURES[one.measure].unit, one.value * one.share, _HERE[one.measure](run, one))
        for one in figures
    )


Here: TypeAlias = Callable[[SiteRun, PublishedFigure], float]

_HERE: Mapping[str, Here] = MappingProxyType(
    {
        "contract_value": sold.contract_value,
        "contract_value_per_year": sold.contract_value_per_year,
        "contract_value_per_mw_year": sold.contract_value_per_mw_year,
        "contract_value_per_gpu": sold.contract_value_per_gpu,
        "price_per_gpu_hour": sold.first_price,
        "rent_per_kw_month": sold.first_price,
        "lease_payment_per_year": sold.lease_payment_per_year,
        "market_price": sold.market_price,
        "prepayment": sold.prepayment,
        "it_mw": built.it_mw,
        "site_mw": built.site_mw,
        "gpus": built.gpus,
        "gpu_cost": built.cost,
        "gpu_cost_per_mw": built.cost_per_mw,
        "hall_cost": built.cost,
        "hall_cost_per_site_mw": built.cost_per_site_mw,
        "capex": built.cost,
        "capex_per_mw": built.cost_per_mw,
        "opex_per_mw_year": built.costs_per_mw_year("opex"),
        "power_cost_per_mw_year": built.costs_per_mw_year("power_cost"),
        "ebitda_margin": built.ebitda_margin,
        "debt": lent.debt,
        "debt_share": lent.debt_share,
        "debt_to_cost": lent.debt_to_cost,
        "rate": lent.rate,
        "tenor_years": sold.tenor_years,
        "dscr_covenant": lent.dscr_covenant,
    }
)
"""What the case has of each measure."""
