"""A study: who may fail, which contracts tie whom, and the numbers that one world puts on them."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.lenders.clearing.payment_system import Amounts


class Party(NamedTuple):
    """Somebody in a study. Who `holds` loses and does not fail: sectors, banks, funds, insurers."""

    id: str
    label: str
    type: str
    holds: bool


class ContractEdge(NamedTuple):
    """A contract between two parties by their places: a `flow` of payments, a `debt`, or a `stake` (payer the investor)."""

    id: str
    kind: str
    payer: int
    payee: int
    senior: bool = False


class Cover(NamedTuple):
    """A guarantee: who pays, to whom, and the edges whose losses it covers, by their places."""

    id: str
    guarantor: int
    beneficiary: int
    edges: tuple[int, ...]


class Study(NamedTuple):
    """Everything static of a study."""

    parties: tuple[Party, ...]
    edges: tuple[ContractEdge, ...]
    covers: tuple[Cover, ...]

    def place(self, party: str) -> int:
        """The place of a party by its id. Raises KeyError."""
        return {one.id: place for place, one in enumerate(self.parties)}[party]


class Numbers(NamedTuple):
    """The numbers of one world or of many: the last axis runs over parties, edges or covers. USD and shares.

    `buffer` is what a party can lose before it fails, `worth` what its owners hold, `unnamed` its debt whose holders nobody
    names, `revenue` what it earns from outside and `fallen` the share of that which is lost, `forced` is 1 for who is taken
    to fail. `amount` is what an edge is about, `cut` the share of a flow that its payer gives up without failing, and
    `saved` what a party so saves (`saved_by`); `limit` is what a guarantee pays at most. `kept` is what suppliers save or
    resell of a lost flow, `share` what a failure leaves of an estate.
    """

    buffer: Amounts
    worth: Amounts
    unnamed: Amounts
    revenue: Amounts
    fallen: Amounts
    saved: Amounts
    forced: Amounts
    amount: Amounts
    cut: Amounts
    limit: Amounts
    kept: Amounts
    share: Amounts
