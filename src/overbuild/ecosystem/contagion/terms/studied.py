"""A study of one shock on one day: parties, contracts and guarantees, and the ranges of all numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.balances import BN, Buffer, buffer_of, capital_where_it_stops
from overbuild.ecosystem.contagion.terms.edges import Hole, Tie, Ties, Window, named_debt, ties_of, yearly_limit
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.derived_ranges import Range
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.network.read import Network
from overbuild.lenders.network.records import HOLDERS, SECTORS, ContractRow, EntityRow
from overbuild.lenders.rounds.batch import saved_by
from overbuild.lenders.rounds.study import ContractEdge, Cover, Numbers, Party, Study

LOW, POINT, HIGH = 0, 1, 2


class Shock(NamedTuple):
    """What happens: who is taken to fail, and the share of their AI revenue that labs lose."""

    fails: tuple[str, ...] = ()
    ai_revenue: float = 0.0


class Studied(NamedTuple):
    """A study with the range of every number: arrays have a row for the low end, the point and the high end.

    `unnamed` is the debt of each party without a named holder; `ties` are the contracts of the edges, in their order.
    """

    study: Study
    entities: tuple[EntityRow, ...]
    ties: tuple[Tie, ...]
    guarantees: tuple[ContractRow, ...]
    buffers: tuple[Buffer, ...]
    buffer: Amounts
    worth: Amounts
    amount: Amounts
    cut: Amounts
    limit: Amounts
    unnamed: Amounts
    revenue: Amounts
    fallen: Amounts
    forced: Amounts
    kept: Range
    share: Range
    holes: tuple[Hole, ...]
    shock: Shock
    window: Window


def studied(network: Network, preset: EcosystemPreset, shock: Shock, window: Window) -> Studied:
    """The study of a shock on a network as it was known on a day."""
    entities = {one.id: one for one in network.entities}
    found = ties_of(entities, network.contracts, preset, window)
    debts = named_debt(network.contracts)
    parties = tuple(Party(one.id, one.label, one.type, _holds(one)) for one in network.entities)
    places = {one.id: place for place, one in enumerate(parties)}
    edges = tuple(_edge(tie, places) for tie in found.ties)
    covers, limits = _covers(found, places, window)
    buffers = tuple(buffer_of(one, debts.get(one.id, 0.0), preset) for one in network.entities)
    lost = np.array([shock.ai_revenue if one.type == "lab" else 0.0 for one in network.entities])
    cuts = [_cut(tie, entities, shock) for tie in found.ties]
    given = Studied(
        study=Study(parties, edges, covers),
        entities=network.entities,
        ties=found.ties,
        guarantees=tuple(row for row in found.guarantees if row.id in {one.id for one in covers}),
        buffers=buffers,
        buffer=_rows([one.amount for one in buffers]),
        worth=_rows([one.worth for one in buffers]),
        amount=_rows([tie.amount for tie in found.ties]),
        cut=_rows(cuts),
        limit=np.array([limits]),
        unnamed=np.array([_unnamed(one, network.contracts) for one in network.entities]),
        revenue=np.array([found.revenue.get(one.id, 0.0) for one in network.entities]),
        fallen=lost,
        forced=np.zeros(len(parties)),
        kept=_ends(preset.kept),
        share=_ends(preset.estate_share),
        holes=(*_balance_holes(parties, buffers), *found.holes, *_guarantee_holes(found, covers)),
        shock=shock,
        window=window,
    )
    return taken_to_fail(given, shock.fails)


def taken_to_fail(given: Studied, fails: tuple[str, ...]) -> Studied:
    """The study in which some parties are taken to fail; of their capital only what is known is counted as lost."""
    forced = np.array([float(one.id in fails) for one in given.study.parties])
    buffer, worth = given.buffer.copy(), given.worth.copy()
    buffer[POINT] = capital_where_it_stops(buffer[POINT], forced)
    worth[POINT] = capital_where_it_stops(worth[POINT], forced)
    return given._replace(buffer=buffer, worth=worth, forced=forced, shock=given.shock._replace(fails=fails))


class EndOf(NamedTuple):
    """Which end each kind of number stands at in a world: LOW, POINT or HIGH."""

    buffer: int = POINT
    amount: int = POINT
    cut: int = POINT
    kept: int = POINT
    share: int = POINT


class Worlds(NamedTuple):
    """Worlds by what differs between them: a row each."""

    buffer: Amounts
    worth: Amounts
    amount: Amounts
    cut: Amounts
    kept: Amounts
    share: Amounts


def worlds_at(given: Studied, ends: EndOf) -> Worlds:
    """One world with each kind of number at one end."""
    return Worlds(
        given.buffer[[ends.buffer]],
        given.worth[[ends.buffer]],
        given.amount[[ends.amount]],
        given.cut[[ends.cut]],
        np.array([[given.kept[ends.kept]]]),
        np.array([[given.share[ends.share]]]),
    )


def numbers_of(given: Studied, worlds: Worlds, saved: Amounts | None = None) -> Numbers:
    """The numbers of worlds; what is saved follows from what is cut, unless it is given."""
    return Numbers(
        buffer=worlds.buffer,
        worth=worlds.worth,
        unnamed=given.unnamed[None, :],
        revenue=given.revenue[None, :],
        fallen=given.fallen[None, :],
        saved=saved_by(given.study, worlds.amount, worlds.cut) if saved is None else saved,
        forced=given.forced[None, :],
        amount=worlds.amount,
        cut=worlds.cut,
        limit=given.limit,
        kept=worlds.kept,
        share=worlds.share,
    )


def _holds(row: EntityRow) -> bool:
    """Whether a party loses without failing: a holder, a sector, or a name for all others without a balance sheet."""
    blank = all(getattr(row, name) is None for name in row._fields if name.endswith("_usd_bn"))
    return row.type in (*HOLDERS, *SECTORS) or (row.status == "assumption" and blank)


def _edge(tie: Tie, places: dict[str, int]) -> ContractEdge:
    senior = tie.kind == "debt" and tie.row.rank == "senior_secured"
    return ContractEdge(tie.row.id, tie.kind, places[tie.row.payer], places[tie.row.payee], senior)


def _cut(tie: Tie, entities: dict[str, EntityRow], shock: Shock) -> Range:
    """The share of a flow that a lab gives up when its revenue falls: of what is not firm, as much as revenue falls."""
    if tie.kind != "flow" or entities[tie.row.payer].type != "lab" or not shock.ai_revenue:
        return Range(0.0, 0.0, 0.0)
    low, central, high = (shock.ai_revenue * (1.0 - firm) for firm in (tie.firm.high, tie.firm.central, tie.firm.low))
    return Range(low, central, high)


def _unnamed(row: EntityRow, contracts: tuple[ContractRow, ...]) -> float:
    """Debt whose holders nobody names: that of the balance sheet less what was named by its day; later loans are on top.

    A vehicle has named debt only: the rest is a plan.
    """
    if row.type == "spv" or row.total_debt_usd_bn is None:
        return 0.0
    on_sheet = tuple(one for one in contracts if not (row.as_of and one.known_at > row.as_of))
    return max(0.0, row.total_debt_usd_bn * BN - named_debt(on_sheet).get(row.id, 0.0))


def _covers(found: Ties, places: dict[str, int], window: Window) -> tuple[tuple[Cover, ...], list[float]]:
    """Guarantees, each with the contracts it covers: those that name the guarantor, else all that pay its beneficiary.

    A guarantee that names its contracts covers no others: of one whose rent is not published, nothing can be counted.
    """
    covers: list[Cover] = []
    limits: list[float] = []
    for row in found.guarantees:
        own = [
            at
            for at, tie in enumerate(found.ties)
            if tie.row.guarantor == row.payer and row.payee in (tie.row.payee, tie.row.payer)
        ]
        others = [
            at
            for at, tie in enumerate(found.ties)
            if tie.kind == "flow" and tie.row.payee == row.payee and tie.row.payer != row.payer
        ]
        if row.overlaps and not own:
            named = row.overlaps.split()
            others = [at for at in others if found.ties[at].row.id in named]
        if own or others:
            beneficiary = found.ties[own[0]].row.payee if own else row.payee
            covers.append(Cover(row.id, places[row.payer], places[beneficiary], tuple(own or others)))
            limits.append((row.total_usd_bn or 0.0) * BN if own else yearly_limit(row, window))
    return tuple(covers), limits


def _balance_holes(parties: Sequence[Party], buffers: Sequence[Buffer]) -> tuple[Hole, ...]:
    return tuple(
        Hole(party.id, f"the capital of {party.label}", buffer.rests_on)
        for party, buffer in zip(parties, buffers, strict=True)
        if buffer.missing and not party.holds
    )


def _guarantee_holes(found: Ties, covers: Sequence[Cover]) -> tuple[Hole, ...]:
    """Guarantees that name what they cover, of which no amount is published."""
    counted = {one.id for one in covers}
    return tuple(
        Hole(
            row.payer,
            f"what {row.payer} would pay {row.payee} under its guarantee of up to {row.total_usd_bn:g}bn",
            "left out: nobody says what the contract that it covers is worth",
        )
        for row in found.guarantees
        if row.overlaps and row.id not in counted
    )


def _ends(found: object) -> Range:
    low, value, high = (float(getattr(found, name) or 0.0) for name in ("low", "value", "high"))
    return Range(low, value, high)


def _rows(ranges: Sequence[Range]) -> Amounts:
    return np.array([[float(getattr(one, end)) for one in ranges] for end in ("low", "central", "high")])
