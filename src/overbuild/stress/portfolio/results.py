"""What a lender's book comes to over common worlds: its losses, what each holding adds, who is shared."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from overbuild.lenders.clearing.payment_system import Places
from overbuild.stress.portfolio.case import LoanBook
from overbuild.stress.portfolio.held_sites import HeldSite
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.intervals import SampleEstimate, mean_of, quantile_of, share_of
from overbuild.stress.worlds.run import WorldsRun
from overbuild.stress.worlds.settings import StressSettings
from overbuild.world.case_record import CaseRecord

TAIL = 0.01
BOOK, HELD, DOWN, GONE = "book", "held", "down", "gone"
"""Rows of the first worlds: what the book loses, each holding, which sites default, which companies fail."""

_POINTS = 10_000.0


class HoldingLoss(NamedTuple):
    """A holding over the worlds: what was lent, its chance of a default, its losses alone, and its part of the book's tail. USD."""

    name: str
    exposure: float
    part: float
    default: SampleEstimate
    expected: SampleEstimate
    worst: float
    in_tail: float


class SharedCompany(NamedTuple):
    """A company that pays sites of the book: what rests on it, which sites, and what the book loses where it fails. USD.

    `limit` is the most that may rest on it; `loss_if_fails` is NaN where it fails in too few worlds.
    """

    name: str
    sites: tuple[str, ...]
    exposure: float
    part: float
    limit: float
    fails: SampleEstimate
    loss_if_fails: float

    @property
    def over(self) -> bool:
        """Whether more rests on it than the lender allows itself."""
        return self.part > self.limit + 1e-9


class SiteShare(NamedTuple):
    """A site, called by its holdings, and the part of the book that all loans to it are."""

    name: str
    part: float


class SitePair(NamedTuple):
    """Two sites: how often both default, and how often they would if one said nothing about the other."""

    one: str
    other: str
    both: float
    apart: float
    correlation: float


class BookDistribution(NamedTuple):
    """A book over many worlds."""

    book: CaseRecord[LoanBook]
    held: tuple[HeldSite, ...]
    companies: tuple[str, ...]
    settings: StressSettings
    worlds: WorldsRun

    @property
    def exposure(self) -> float:
        """What was lent in all."""
        return sum(one.exposure for one in self.held)

    @property
    def expected(self) -> SampleEstimate:
        """The mean loss."""
        return mean_of(self.worlds.summary.measures["loss"])

    @property
    def p99(self) -> SampleEstimate:
        """What is lost or more in one of a hundred worlds."""
        return quantile_of(self.worlds.summary.measures["loss"], 1.0 - TAIL)

    @property
    def worst(self) -> float:
        """The mean loss in the worst 1% of worlds."""
        return self.worlds.summary.measures["loss"].worst_mean(TAIL)

    @property
    def alone(self) -> float:
        """The sum of what each holding loses in its own worst 1% of worlds."""
        return sum(one.worst for one in self.holdings())

    def holdings(self) -> Iterator[HoldingLoss]:
        """Every holding, in the order of the file."""
        tail, rows = self._tail(), self._rows(HELD)
        for place, one in enumerate(self.held):
            found = self.worlds.summary.measures[f"loss.{one.holding.name}"]
            down = self.worlds.summary.measures[f"default.{one.holding.name}"]
            yield HoldingLoss(
                one.holding.name,
                one.exposure,
                one.exposure / self.exposure if self.exposure else 0.0,
                share_of(round(down.total), down.size),
                mean_of(found),
                found.worst_mean(TAIL),
                float(rows[place][tail].mean()),
            )

    def shared(self) -> tuple[SharedCompany, ...]:
        """Who pays the sites, the greatest exposure first."""
        limit, gone, loss = self.book.record.limits.one_customer, self._rows(GONE), self._rows(BOOK)[0]
        found: list[SharedCompany] = []
        for name in dict.fromkeys(customer for one in self.held for customer in one.customers):
            amounts = {one.holding.name: one.exposure * one.customers.get(name, 0.0) for one in self.held}
            sites = tuple(site for site, amount in amounts.items() if amount > 0)
            exposure = sum(amounts.values())
            row = gone[self.companies.index(name)] > 0 if name in self.companies else np.zeros(loss.size, bool)
            lost = float(loss[row].mean()) if row.sum() >= _FEWEST else math.nan
            part = exposure / self.exposure if self.exposure else 0.0
            fails = share_of(int(row.sum()), row.size)
            found.append(SharedCompany(name, sites, exposure, part, limit, fails, lost))
        return tuple(sorted(found, key=lambda one: -one.exposure))

    def sites(self) -> tuple[SiteShare, ...]:
        """Every site once, however many loans to it are held."""
        found: dict[str, list[HeldSite]] = {}
        for one in self.held:
            found.setdefault(one.read.site, []).append(one)
        whole = self.exposure
        return tuple(
            SiteShare(
                ", ".join(one.holding.name for one in loans),
                sum(one.exposure for one in loans) / whole if whole else 0.0,
            )
            for loans in found.values()
        )

    def pairs(self) -> Iterator[SitePair]:
        """Every two sites."""
        down = self._rows(DOWN) > 0
        for at, one in enumerate(self.held):
            for beside, other in enumerate(self.held[:at]):
                a, b = float(down[at].mean()), float(down[beside].mean())
                both = float((down[at] & down[beside]).mean())
                scale = math.sqrt(a * (1.0 - a) * b * (1.0 - b))
                correlation = (both - a * b) / scale if scale else math.nan
                yield SitePair(other.holding.name, one.holding.name, both, a * b, correlation)

    def hhi_of_customers(self) -> float:
        """How concentrated the book is on who pays, points of HHI."""
        return _POINTS * sum(one.part * one.part for one in self.shared())

    def _tail(self) -> Places:
        loss = self._rows(BOOK)[0]
        return np.argsort(-loss, kind="stable")[: max(1, round(TAIL * loss.size))]

    def _rows(self, name: str) -> Row:
        assert self.worlds.fan is not None
        return self.worlds.fan.rows[name]


_FEWEST = 30
"""Worlds that a mean needs."""
