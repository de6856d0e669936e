"""The block function of the economy: draws what is uncertain, runs the rounds in each world, and says who lost what."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.bounds.holders import HOLDING, DebtPiece, lost_shares, pieces, spread_by_room
from overbuild.ecosystem.contagion.bounds.search import within_ceilings
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.market.absorption import absorption_of
from overbuild.ecosystem.contagion.next_year import sales_lost
from overbuild.ecosystem.contagion.terms.balances import capital_where_it_stops, is_known
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, POINT, Studied, Worlds
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.apart import run_apart, sparse_layout
from overbuild.lenders.rounds.batch import RoundsOutcome
from overbuild.lenders.rounds.bearers import CLASSES, LENDERS, Borne, absorbed, borne
from overbuild.lenders.rounds.study import Numbers
from overbuild.stress.economy_worlds.drivers import AI_REVENUE, CAPITAL, Coordinates, coordinates_of, economy_drivers
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.sampling import Sampling, drawn_once
from overbuild.stress.worlds.summaries import Block
from overbuild.stress.worlds.workers.summarised import FAN_SCENARIOS
from overbuild.world.drivers.dependence import mixing
from overbuild.world.drivers.distributions import shares_of
from overbuild.world.drivers.fitting import quantile_of

STOPPED, MOVED, LOST = "stopped", "moved", "lost"
"""Rows that are kept of the first worlds: who stopped, how drivers stood, what each class lost."""

FOLLOWED = ("total", "lenders", *HOLDING, "equity", "vendors", "landlords")
"""Classes whose losses are kept."""


class WorldLosses(NamedTuple):
    """Worlds with their numbers, what became of everyone, and what each class lost, USD."""

    numbers: Numbers
    outcome: RoundsOutcome
    by_class: dict[str, Amounts]


class DrawnEconomy:
    """An economy whose worlds are drawn.

    `fails` are parties that are taken to fail in every world, beside those of the study.
    """

    def __init__(self, case: ContagionCase, sampling: Sampling, fails: tuple[str, ...] = ()) -> None:
        self.case, self.sampling = case, sampling
        self.given: Studied = case.given
        self.forced = np.maximum(
            case.given.forced, np.array([float(one.id in fails) for one in case.given.study.parties])
        )
        self.coordinates: Coordinates = coordinates_of(case.given)
        taken = {name: one.chance for name, one in absorption_of(case).items()}
        self.chances = tuple(
            chance * (1.0 - taken.get(one.id, 0.0))
            for chance, one in zip(self.coordinates.chance, case.given.study.parties, strict=True)
        )
        """Chances of a failure by itself; of labs, of one that nobody takes over."""
        self.loadings = mixing(self.coordinates.correlations)
        self.debts: tuple[DebtPiece, ...] = pieces(case.given)
        self.spread = spread_by_room(self.debts, case.preset)

    def block(self, first: int, count: int) -> Block:
        """So many worlds from the first on."""
        z = self.normals(first, count)
        found = self.losses(z)
        stops = found.outcome.stops
        by_itself = ((found.numbers.forced > 0) & (self.forced[None, :] == 0)).sum(axis=1).astype(float)
        block: dict[str, Row] = {f"loss.{name}": found.by_class[name] for name in FOLLOWED}
        block |= {"stopped_in_all": stops.sum(axis=1), "by_itself": by_itself}
        if first < FAN_SCENARIOS:
            block[STOPPED], block[MOVED] = stops.T, z[list(self.coordinates.once.values())]
            block[LOST] = np.array([found.by_class[name] for name in FOLLOWED])
        return block

    def normals(self, first: int, count: int) -> Row:
        """Correlated standard normals of what is drawn, (coordinate, world)."""
        return drawn_once(self.coordinates.numbers, self.loadings, self.sampling, first, count)

    def losses(self, z: Row) -> WorldLosses:
        """What happens in the worlds of such normals."""
        given, links = self.given, sparse_layout(self.given.study)
        numbers = self.numbers(z)
        outcome = run_apart(given.study, numbers)
        found = borne(given.study, numbers, outcome, links)
        vendors = sales_lost(given, outcome, self._once("capex_cut", z), self._once("vendor_share", z))
        return WorldLosses(numbers, outcome, self._by_class(found, outcome, vendors))

    def numbers(self, z: Row) -> Numbers:
        """The numbers of the worlds; what no driver moves is as at the point."""
        given, links = self.given, sparse_layout(self.given.study)
        earned = self._once(AI_REVENUE, z)
        fallen = np.array([1.0 - (1.0 - one) * earned if lab else 0.0 * earned for one, lab in self._labs()]).T
        factors = self._capital(z)
        buffer, worth = (_scaled(rows[POINT], factors) for rows in (given.buffer, given.worth))
        kept, share = (self._once(name, z)[:, None] for name in ("kept", "estate_share"))
        amount = self._amounts(z)
        cut = np.zeros((len(given.ties), z.shape[1])).T
        firm = self._once("firm_share", z)
        for at, tie in enumerate(given.ties):
            place = given.study.edges[at].payer
            if tie.kind == "flow" and given.study.parties[place].type == "lab":
                sure = firm if tie.firm.low < tie.firm.high else tie.firm.central
                cut[:, at] = fallen[:, place] * (1.0 - sure)
        forced = self._failing(z)
        return Numbers(
            buffer=capital_where_it_stops(buffer, forced),
            worth=capital_where_it_stops(worth, forced),
            unnamed=given.unnamed[None, :],
            revenue=given.revenue[None, :],
            fallen=fallen,
            saved=(amount * cut) @ links.buys,
            forced=forced,
            amount=amount,
            cut=cut,
            limit=given.limit,
            kept=kept,
            share=share,
        )

    def own(self, found: WorldLosses, place: int) -> Amounts:
        """What the owners of a party lose who are no parties themselves."""
        links = sparse_layout(self.given.study)
        numbers, outcome = found.numbers, found.outcome
        lost = absorbed(outcome.loss[:, place], numbers.buffer[:, place], numbers.forced[:, place])
        for at, edge in enumerate(self.given.study.edges):
            if edge.kind == "stake" and edge.payee == place:
                lost = lost - outcome.edge_loss[:, at]
        return np.maximum(0.0, lost) * links.fails[place]

    def _once(self, name: str, z: Row) -> Row:
        given = economy_drivers().driver(name).distribution
        assert given is not None
        return quantile_of(given)(z[self.coordinates.once[name]])

    def _amounts(self, z: Row) -> Amounts:
        """What each contract is about: as at the point, or drawn within its range; no payer pays more than its ceiling."""
        given, places = self.given, np.array(self.coordinates.contract, int)
        drawn = np.flatnonzero(places >= 0)
        if not drawn.size:
            return given.amount[[POINT]]
        amount = np.repeat(given.amount[[POINT]], z.shape[1], axis=0)
        low, point, high = (given.amount[end, drawn] for end in (LOW, POINT, HIGH))
        amount[:, drawn] = within_range(shares_of(z[places[drawn]]).T, low, point, high)
        one = np.ones((1, 1))
        worlds = Worlds(given.buffer[[POINT]], given.worth[[POINT]], amount, given.cut[[POINT]], one, one)
        return within_ceilings(given, self.case.preset, worlds).amount

    def _labs(self) -> list[tuple[float, bool]]:
        return [
            (float(fallen), one.type == "lab")
            for fallen, one in zip(self.given.fallen, self.given.study.parties, strict=True)
        ]

    def _capital(self, z: Row) -> Amounts:
        given = economy_drivers().driver(CAPITAL).distribution
        assert given is not None
        values, one = quantile_of(given), np.ones(z.shape[1])
        return np.array([one if place < 0 else values(z[place]) for place in self.coordinates.capital]).T

    def _failing(self, z: Row) -> Amounts:
        """1 for who fails by itself: the share of its strength lies below the probability that it does."""
        rows = [
            np.full(z.shape[1], always) if place < 0 else np.maximum(always, (shares_of(z[place]) < chance) * 1.0)
            for place, chance, always in zip(self.coordinates.failure, self.chances, self.forced, strict=True)
        ]
        return np.array(rows).T

    def _by_class(self, found: Borne, outcome: RoundsOutcome, vendors: Row) -> dict[str, Amounts]:
        """What each class loses: debts of which nobody is named are spread by the room of each class."""
        lost = lost_shares(self.debts, self.given, outcome)
        losses: dict[str, Amounts] = {}
        for name in HOLDING:
            row = _other_than_debt(found, name)
            for amount, share in zip(self.spread[name], lost, strict=True):
                if amount:
                    row = row + amount * share
            losses[name] = row
        for name in CLASSES:
            if name not in LENDERS:
                losses[name] = found.of(name)
        losses["vendors"] = losses["vendors"] + vendors
        lenders = sum(_other_than_debt(found, name) for name in HOLDING)
        for one, share in zip(self.debts, lost, strict=True):
            lenders = lenders + one.amount * share
        losses["lenders"] = np.asarray(lenders)
        others = [losses[name] for name in CLASSES if name not in LENDERS]
        losses["total"] = losses["lenders"] + sum(others[1:], others[0])
        return losses


def within_range(share: Amounts, low: Amounts, point: Amounts, high: Amounts) -> Amounts:
    """The amount below which this share of worlds lies: half of them evenly below the point, half evenly above.

    Source: ours, a simplification: a range says its ends and its point, and nothing between them.

    >>> within_range(np.array([0.0, 0.25, 0.5, 1.0]), np.array(2.0), np.array(4.0), np.array(10.0)).tolist()
    [2.0, 3.0, 4.0, 10.0]
    """
    below, above = np.minimum(2.0 * share, 1.0), np.maximum(2.0 * share - 1.0, 0.0)
    return low + (point - low) * below + (high - point) * above


def _other_than_debt(found: Borne, name: str) -> Amounts:
    rows = [row for channel, row in found.by_channel[name].items() if channel != "unpaid_debt"]
    return np.asarray(sum(rows[1:], rows[0]))


def _scaled(capital: Amounts, factors: Amounts) -> Amounts:
    """Capital that is known times a factor; what nobody knows stays without end."""
    return np.where(is_known(capital), capital * factors, capital)
