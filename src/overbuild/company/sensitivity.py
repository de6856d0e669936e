"""What moves a company's answer: the assumptions behind a change of life and behind a price, each at its ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.company.case import CompanyCase
from overbuild.company.life.change import LifeEffect, life_change
from overbuild.company.life.plan import life_terms
from overbuild.company.preset import ASSUMED
from overbuild.company.share_price import growth_of
from overbuild.world.sourced import Sourced


class LifeRange(NamedTuple):
    """A year of a change of life, with the share of servers in capex at its low end, as used, and at its high end."""

    at_low: LifeEffect
    central: LifeEffect
    at_high: LifeEffect

    @property
    def name(self) -> str:
        """The year in words."""
        return self.central.name.replace("_", " ")

    @property
    def change(self) -> float:
        """The change of operating income."""
        return float(self.central.operating_income_change)

    @property
    def low(self) -> float:
        """The lesser of the changes of operating income at the ends."""
        return float(min(self.at_low.operating_income_change, self.at_high.operating_income_change))

    @property
    def high(self) -> float:
        """The greater of them."""
        return float(max(self.at_low.operating_income_change, self.at_high.operating_income_change))


class PriceMove(NamedTuple):
    """One assumption of a price with its range, and the revenue asked at either end; None where no growth explains it."""

    assumption: str
    unit: str
    low: float
    value: float
    high: float
    asked_at_low: float | None
    asked_at_high: float | None

    @property
    def swing(self) -> float:
        """How far the revenue asked moves; without bound where one end has none."""
        if self.asked_at_low is None or self.asked_at_high is None:
            return float("inf")
        return abs(self.asked_at_high - self.asked_at_low)


def life_at(case: CompanyCase, **changed: float) -> tuple[LifeEffect, ...]:
    """The change of life, year by year, with other numbers in the place of some (`server_share`, `life_years`)."""
    if case.life is None:
        return ()
    return life_change(life_terms(case.life, case.ticker, case.preset, changed.get))


def life_ranges(case: CompanyCase) -> tuple[LifeRange, ...]:
    """The change of life over the range of the share of servers in capex."""
    share = case.preset.servers_of(case.ticker)
    ends = (life_at(case, server_share=float(end or share.value)) for end in (share.low, share.value, share.high))
    return tuple(LifeRange(*years) for years in zip(*ends, strict=True))


def price_moves(case: CompanyCase) -> tuple[PriceMove, ...]:
    """What is assumed of a price at the ends of its range, the one that moves the revenue asked most first."""
    return tuple(sorted(_price_moves(case), key=lambda one: -one.swing))


def _price_moves(case: CompanyCase) -> Iterator[PriceMove]:
    if case.price is None or case.price.growth is None:
        return
    for name in ASSUMED:
        one: Sourced = getattr(case.preset, name)
        if one.low is not None and one.high is not None:
            yield PriceMove(
                name,
                one.unit,
                one.low,
                one.value,
                one.high,
                *(asked_at(case, {name: end}) for end in (one.low, one.high)),
            )


def asked_at(case: CompanyCase, changed: dict[str, float]) -> float | None:
    """The revenue that the price asks in the last year of the horizon with other assumptions."""
    if case.price is None:
        return None
    lines = case.lines
    growth = growth_of(case.price, lines, case.preset, changed)
    return None if growth is None else case.revenue_priced * (1.0 + growth) ** case.preset.horizon_years
