"""What to ask for: which missing figure, once known, would bring the bounds closest together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.contagion.bounds.corners import class_ends, corners
from overbuild.ecosystem.contagion.bounds.holders import loss_shares, pieces
from overbuild.ecosystem.contagion.bounds.periods import CapexRange, capex_shares, period_corners
from overbuild.ecosystem.contagion.terms.preset import LABELS, EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, POINT, Studied
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import RoundsOutcome


class Question(NamedTuple):
    """Something to ask for: what it is, its range as far as it is known, and how much closer the bounds come, USD.

    `lenders` is what the bounds on the lenders' loss come closer if the answer is the point, `total` those on all losses.
    """

    id: str
    what: str
    low: float
    high: float
    unit: str
    lenders: float
    total: float


class Width(NamedTuple):
    """How far apart bounds are: on what lenders lose, and on all losses. USD."""

    lenders: float
    total: float


class OpenFigure(NamedTuple):
    """A figure with a range: what it is, its ends and unit, and the study in which it is known to be the point.

    `capex` is what is then known of the cut of capex.
    """

    id: str
    what: str
    low: float
    high: float
    unit: str
    known: Studied
    capex: CapexRange


def questions(given: Studied, preset: EcosystemPreset) -> tuple[Question, ...]:
    """Every open number of a study, by how much closer the bounds come once it is known to be what the point takes.

    One at a time. What brings nothing alone is left out.
    """
    capex = capex_shares(preset)
    before, found = width(given, capex), list[Question]()
    for one in _open_figures(given, preset, capex):
        after = width(one.known, one.capex)
        lenders, total = before.lenders - after.lenders, before.total - after.total
        if lenders > 0 or total > 0:
            found.append(Question(one.id, one.what, one.low, one.high, one.unit, lenders, total))
    return tuple(sorted(found, key=lambda one: (-one.lenders, -one.total)))


def width(given: Studied, capex: CapexRange) -> Width:
    """How far apart the bounds of a study are, over both periods."""
    periods = period_corners(given, corners(given), capex)
    both, debts = periods.both, pieces(given)
    ends, first = class_ends(given, both), class_ends(given, periods.first)

    def unpaid(outcome: RoundsOutcome) -> float:
        return sum(one.amount * share for one, share in zip(debts, loss_shares(debts, given, outcome), strict=True))

    lenders = unpaid(both.harsh.outcome) - unpaid(both.gentle.outcome)
    beside = sum(ends.high[name] - ends.low[name] for name in ends.high if name != "vendors")
    vendors = first.high["vendors"] - first.low["vendors"] + periods.sales_high - periods.sales_low
    return Width(lenders, lenders + beside + vendors)


def _open_figures(given: Studied, preset: EcosystemPreset, capex: CapexRange) -> Iterator[OpenFigure]:
    for place, party in enumerate(given.study.parties):
        low, high = (float(given.buffer[end, place]) for end in (LOW, HIGH))
        if low < high and not party.holds:
            known = given._replace(buffer=_known(given.buffer, place), worth=_known(given.worth, place))
            what = f"the capital of {party.label} that bears losses"
            yield OpenFigure(f"capital.{party.id}", what, low, high, "USD", known, capex)
    for place, tie in enumerate(given.ties):
        low, high = (float(given.amount[end, place]) for end in (LOW, HIGH))
        edge = given.study.edges[place]
        payer, payee = (given.study.parties[end].label for end in (edge.payer, edge.payee))
        if low < high:
            what = f"what {payer} pays {payee} a year ({tie.row.type.replace('_', ' ')})"
            known = given._replace(amount=_known(given.amount, place))
            yield OpenFigure(f"contract.{tie.row.id}", what, low, high, "USD", known, capex)
        if given.cut[LOW, place] < given.cut[HIGH, place]:
            what = f"how much {payer} must pay {payee} whatever happens"
            known = given._replace(cut=_known(given.cut, place))
            yield OpenFigure(f"firm.{tie.row.id}", what, tie.firm.low, tie.firm.high, "decimal", known, capex)
    for name, one in (("kept", given.kept), ("estate_share", given.share)):
        sure = one._replace(low=one.central, high=one.central)
        known = given._replace(kept=sure) if name == "kept" else given._replace(share=sure)
        yield OpenFigure(name, LABELS[name], one.low, one.high, "decimal", known, capex)
    for name, one in (("capex_cut", preset.capex_cut), ("vendor_share", preset.vendor_share)):
        low, high = float(one.low or 0.0), float(one.high or 0.0)
        field, value = ("cut", capex.point.cut) if name == "capex_cut" else ("vendors", capex.point.vendors)
        sure_of = CapexRange(*(each._replace(**{field: value}) for each in capex))
        yield OpenFigure(name, LABELS[name], low, high, "decimal", given, sure_of)


def _known(rows: Amounts, place: int) -> Amounts:
    found = rows.copy()
    found[:, place] = rows[POINT, place]
    return found
