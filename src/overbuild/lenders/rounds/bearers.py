"""Who bears a loss in the end: holders of paper, owners of companies, and whole sectors; each loss once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from overbuild.equations import maximum, minimum
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import NetworkLayout, RoundsOutcome, layout
from overbuild.lenders.rounds.study import Numbers, Study
from overbuild.units import Flag01, UsdStock

CLASS_OF = {
    "bank": "banks",
    "private_credit": "private_credit",
    "insurer": "insurers",
    "bond_fund": "bond_holders",
    "chip_vendor": "vendors",
    "server_maker": "vendors",
    "landlord": "landlords",
    "utility": "utilities",
    "household": "households",
    "enterprise": "enterprises",
    "government": "public",
}
"""The class that bears what a party of this type loses, for itself or for its owners; others are `equity`."""

LENDERS = ("banks", "private_credit", "insurers", "bond_holders", "unnamed")
"""Classes of those who lend. `unnamed` are debts of which no page names the holder."""

CLASSES = (*LENDERS, "equity", "vendors", "landlords", "utilities", "households", "enterprises", "public")

CHANNELS = ("failure", "lost_revenue", "unpaid_debt", "stakes", "guarantees")
"""How a loss arrives: the failing party's own capital or fallen revenue, customers who stop, debtors, holdings, guarantees."""


class Borne(NamedTuple):
    """The final loss of each class, by channel, in each world; and what falls on nobody's known capital. USD."""

    by_channel: Mapping[str, Mapping[str, Amounts]]
    beyond: Amounts

    def of(self, name: str) -> Amounts:
        """The loss of a class over all channels; `lenders` and `total` are sums of classes."""
        if name == "total":
            return np.asarray(sum(self.of(one) for one in CLASSES))
        if name == "lenders":
            return np.asarray(sum(self.of(one) for one in LENDERS))
        return np.asarray(sum(self.by_channel[name].values()))

    def through(self, channel: str) -> Amounts:
        """The loss of all classes through one channel."""
        return np.asarray(sum(self.by_channel[name][channel] for name in CLASSES))


def absorbed(loss: UsdStock, buffer: UsdStock, forced: Flag01) -> UsdStock:
    """What of a party's loss its own capital bears: no more than there is, and all of it where it is taken to fail.

        absorbed = min(max(loss, forced * buffer), buffer)

    USD. Source: definition; limited liability.

    >>> absorbed(3.0, 4.0, 0.0), absorbed(9.0, 4.0, 0.0), absorbed(0.0, 4.0, 1.0)
    (3.0, 4.0, 4.0)
    """
    return minimum(maximum(loss, forced * buffer), buffer)


def borne(study: Study, numbers: Numbers, found: RoundsOutcome, links: NetworkLayout | None = None) -> Borne:
    """The final losses of a run, each counted once.

    What a company loses is borne by its owners as far as its capital goes, and by its creditors beyond: so a lease that
    fails is a loss of the landlord's owners and lenders, not of both the lease and the loan. What owners who are parties
    themselves write off is their loss, and is taken out of the company's.
    """
    links, worlds = links or layout(study), len(found.loss)
    own = absorbed(found.loss, numbers.buffer, numbers.forced)
    insiders = (links.stake * found.edge_loss) @ links.payees
    holds = links.fails == 0
    final = np.where(holds, found.loss, np.maximum(0.0, own - insiders))
    shares = _channel_shares(links, found, own)
    totals = {name: {channel: np.zeros(worlds) for channel in CHANNELS} for name in CLASSES}
    for place, party in enumerate(study.parties):
        name = class_of(party.id, party.type)
        for channel in CHANNELS:
            bearer = "equity" if name == "unnamed" and channel == "stakes" else name
            totals[bearer][channel] = totals[bearer][channel] + final[:, place] * shares[channel][:, place]
    unpaid = numbers.unnamed * (1.0 - found.paid_junior)
    totals["unnamed"]["unpaid_debt"] = totals["unnamed"]["unpaid_debt"] + unpaid.sum(axis=1)
    debts = numbers.amount @ (links.senior_of + links.junior_of) + numbers.unnamed
    beyond = np.where(holds, 0.0, np.maximum(0.0, found.loss - numbers.buffer - debts))
    return Borne(totals, beyond.sum(axis=1))


def class_of(party: str, kind: str) -> str:
    """The class that bears a party's losses. Buyers of bonds whom nobody names are `unnamed`."""
    return "unnamed" if party == "INSTITUTIONAL" else CLASS_OF.get(kind, "equity")


def _channel_shares(links: NetworkLayout, found: RoundsOutcome, own: Amounts) -> dict[str, Amounts]:
    """What share of each party's loss came through which channel; guarantees it was paid are taken off all."""
    flows, debts, stakes = ((kind * found.edge_loss) @ links.losers for kind in (links.flow, links.debt, links.stake))
    guarantees = found.call @ links.called_by
    itself = np.maximum(
        0.0, np.maximum(found.loss, own) - flows - debts - stakes - guarantees + found.call @ links.paid_to
    )
    parts = dict(zip(CHANNELS, (itself, flows, debts, stakes, guarantees), strict=True))
    whole = np.asarray(sum(parts.values()))
    none = whole <= 0
    return {name: np.where(none, 0.0, part / np.where(none, 1.0, whole)) for name, part in parts.items()}
