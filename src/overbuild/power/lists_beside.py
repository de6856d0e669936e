"""Lists of a zone from a CSV file beside its case: units of the stack, blocks of hours, offers of an auction.

In the case stands the file's name in the place of the list:

    energy: {units: my-units.csv, ...}

The header of the CSV are the names that a block of the list may have; every cell keeps its place for faults.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from overbuild.errors import CaseError, did_you_mean
from overbuild.power.case import BlockPlan, OfferPlan, SupplyPlan
from overbuild.world.tree import Entry, case_text, scalar

_LISTS = {"units": SupplyPlan, "blocks": BlockPlan, "offers": OfferPlan}
"""Lists that may stand in a file beside the case, with what an entry of them is."""


def with_lists(tree: Entry, folder: Path) -> Entry:
    """The tree of a case with every list that names a CSV file read from it.

    Raises CaseError with the CSV's file, line and column for what cannot be read.
    """
    if tree.items is not None:
        return tree._replace(value=[with_lists(one, folder) for one in tree.items])
    block = tree.block
    if block is None:
        return tree
    found = {
        name: _read(name, one, folder) if _is_file(name, one) else with_lists(one, folder)
        for name, one in block.items()
    }
    return tree._replace(value=found)


def _is_file(name: str, entry: Entry) -> bool:
    return name in _LISTS and isinstance(entry.value, str)


def _read(name: str, entry: Entry, folder: Path) -> Entry:
    if not str(entry.value).lower().endswith(".csv"):
        raise entry.fault(
            "bad_value", name, f"a list of blocks, or the name of a CSV file beside the case: {name}.csv", entry.value
        )
    path = folder / str(entry.value)
    try:
        text = case_text(path)
    except CaseError as error:
        raise entry.fault(error.code, name, error.hint, str(path)) from None
    return entry._replace(value=_rows(name, text, str(path), entry), text="")


def _rows(name: str, text: str, file: str, place: Entry) -> list[Entry]:
    record = _LISTS[name]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    try:
        header = [one.strip() for one in next(reader, list[str]())]
        known = record._fields
        for column, one in enumerate(header, start=1):
            if one not in known:
                hint = f"not a column of {name}.{did_you_mean(one, known)} Columns: {', '.join(known)}"
                raise CaseError("unknown_name", f"{name}.{one}", one, hint, file=file, line=1, column=column)
        return [
            _row(cells, header, name, file, reader.line_num) for cells in reader if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise place.fault("syntax", name, f"not a readable CSV: {error}", file) from None


def _row(cells: list[str], header: list[str], name: str, file: str, line: int) -> Entry:
    if len(cells) != len(header):
        hint = f"the header has {len(header)} columns; quote a cell that holds a comma, and write 1000 for 1,000"
        raise CaseError("length_mismatch", name, len(cells), hint, file=file, line=line, column=1)
    found: dict[str, Entry] = {}
    for column, (label, cell) in enumerate(zip(header, cells, strict=True), start=1):
        text = cell.strip()
        if text:
            value = text if label in ("name", "fuel") else scalar(text)
            found[label] = Entry(value, file, line, column, text)
    return Entry(found, file, line, 1)
