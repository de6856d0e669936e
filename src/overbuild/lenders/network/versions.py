"""Which version of each contract, and which balance sheets, were known on a day."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.lenders.network.read import Network
from overbuild.lenders.network.records import ContractRow, EntityRow

GONE = ("cancelled", "terminated")


def versions_on(contracts: Sequence[ContractRow], day: str | None) -> tuple[ContractRow, ...]:
    """The versions in force on a day, or on the newest day where none is given.

    Known are the rows whose `known_at` is not later than the day; of those, one that another known row replaces is out. A
    row that says a deal is off removes what it replaces, and is out itself; proposals stay out.

    >>> first = ContractRow("a1", "X", "Y", "loan", total_usd_bn=3.0, known_at="2025-01-01", version_state="superseded")
    >>> second = first._replace(id="a2", total_usd_bn=5.0, supersedes="a1", known_at="2025-06-01", version_state="current")
    >>> [row.id for day in ("2024-12-31", "2025-03-01", None) for row in versions_on((first, second), day)]
    ['a1', 'a2']
    """
    known = [row for row in contracts if day is None or not row.known_at or row.known_at <= day]
    replaced = {other for row in known for other in row.supersedes.split()}
    standing = (row for row in known if row.id not in replaced and row.version_state not in (*GONE, "proposed"))
    if day is None:
        standing = (row for row in standing if row.version_state != "superseded")
    return tuple(standing)


def network_on(network: Network, day: str | None) -> Network:
    """The network as far as it was known on a day. A balance sheet published later is blank on it."""
    entities = tuple(_entity_on(one, day) for one in network.entities)
    return network._replace(entities=entities, contracts=versions_on(network.contracts, day))


def _entity_on(row: EntityRow, day: str | None) -> EntityRow:
    if day is None or not row.known_at or row.known_at <= day:
        return row
    blank = {name: None for name in row._fields if name.endswith("_usd_bn")}
    return row._replace(**blank, note=f"balance sheet known on {row.known_at} only, after {day}")
