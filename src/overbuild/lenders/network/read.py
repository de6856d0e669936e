"""Entities and contracts from YAML or CSV: one strict reader, every fault with its file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from overbuild.errors import CaseError, OverbuildError, raise_all
from overbuild.lenders.network.faults import network_faults
from overbuild.lenders.network.records import ContractRow, EntityRow, NetworkFile
from overbuild.world.fields import fields_of, word_faults
from overbuild.world.record import RecordReading, read_record
from overbuild.world.tree import Entry, case_text, read_tree, scalar


class Network(NamedTuple):
    """Entities and all versions of their contracts, as far as somebody may know them, and where each row stands."""

    entities: tuple[EntityRow, ...]
    contracts: tuple[ContractRow, ...]
    places: dict[str, Entry]

    def entity(self, name: str) -> EntityRow:
        """An entity by its id. Raises KeyError."""
        return {one.id: one for one in self.entities}[name]


def read_network(path: Path) -> Network:
    """A network from a YAML file, whose lists may stand in CSV files beside it.

    Raises every fault of form and sense at once as CaseError or InputErrors, located. A column of a CSV file is counted
    in cells from 1.
    """
    text = case_text(path)
    tree = read_tree(text, str(path))
    reading = RecordReading()
    found = read_record(tree, NetworkFile, reading)
    if found is None:
        raise_all(reading.faults)
        raise tree.fault("bad_value", "file", "not a list of entities and contracts")
    faults: list[OverbuildError] = list(reading.faults)
    entities, contracts = list(found.entities), list(found.contracts)
    places = _places_of(tree, "entities", found.entities) | _places_of(tree, "contracts", found.contracts)
    for name, record, rows in (
        (found.entities_csv, EntityRow, entities),
        (found.contracts_csv, ContractRow, contracts),
    ):
        if name:
            near = path.parent / name
            more = read_list(case_text(near), str(near), record)
            rows += more.rows
            places |= more.places
            faults += more.faults
    raise_all(faults)
    return checked(Network(tuple(entities), tuple(contracts), places))


@cache
def shipped_network() -> Network:
    """The network that ships with the package, from the tables of facts."""
    folder = files("overbuild.facts").joinpath("tables")
    lists = [
        read_list(folder.joinpath(f"{name}.csv").read_text("utf-8"), f"tables/{name}.csv", record)
        for name, record in (("ecosystem_entities", EntityRow), ("ecosystem_contracts", ContractRow))
    ]
    raise_all([fault for one in lists for fault in one.faults])
    return checked(Network(tuple(lists[0].rows), tuple(lists[1].rows), lists[0].places | lists[1].places))


def checked(network: Network) -> Network:
    """The network, if it makes sense. Raises every fault at once, each at its row."""
    found: list[OverbuildError] = []
    for fault in network_faults(network.entities, network.contracts):
        place = network.places.get(fault.path.partition(":")[0])
        if place is not None:
            fault.file, fault.line, fault.column = place.file, place.line, place.column
        found.append(fault)
    raise_all(found)
    return network


class ListRead(NamedTuple):
    """The rows of a CSV list, where each stands, and the faults of form."""

    rows: list[Any]
    places: dict[str, Entry]
    faults: list[CaseError]


def read_list(text: str, file: str, record: type[EntityRow] | type[ContractRow]) -> ListRead:
    r"""The rows of a CSV text whose header names fields of the record. Blank cells are left out.

    >>> read_list("id,payer,payee,type\na,X,Y,loan\n", "my.csv", ContractRow).rows[0].payee
    'Y'
    """
    reading, rows = RecordReading(), list[Any]()
    fields = fields_of(record)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, list[str]())]
        for cells in reader:
            row = _row(header, cells, file, reader.line_num, fields)
            if len(cells) != len(header):
                hint = f"the header has {len(header)} columns; quote a cell that holds a comma"
                reading.faults.append(row.fault("length_mismatch", "row", hint, len(cells)))
                continue
            found = read_record(row, record, reading, cells[0] if cells else "row")
            if found is not None:
                reading.faults += list(word_faults(found, found.id))
                rows.append((found, row))
    except csv.Error as error:
        place = Entry(None, file, reader.line_num, 1)
        reading.faults.append(place.fault("syntax", "row", f"not a readable CSV row: {error}"))
    located = [reading.places.located(fault) for fault in reading.faults]
    return ListRead([one for one, _ in rows], {one.id: place for one, place in rows}, located)


def _row(header: Sequence[str], cells: Iterable[str], file: str, line: int, fields: Any) -> Entry:
    """A row as a block: words as they are written, numbers by the rules of scalars."""
    block: dict[str, Entry] = {}
    for column, (name, cell) in enumerate(zip(header, cells, strict=False), start=1):
        text = cell.strip()
        if text:
            words = name in fields and fields[name].kind is str
            block[name] = Entry(text if words else scalar(text), file, line, column, text)
    return Entry(block, file, line, 1)


def _places_of(tree: Entry, name: str, rows: Iterable[EntityRow | ContractRow]) -> dict[str, Entry]:
    """Where each row of a list of a YAML file stands."""
    listed = (tree.block or {}).get(name)
    return {row.id: place for row, place in zip(rows, (listed and listed.items) or (), strict=False)}
