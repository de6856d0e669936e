"""A workbook opened: the names of its sheets, and the cells of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from overbuild.errors import InputError, did_you_mean
from overbuild.foreign.workbook.cells import Cell, MergedRange
from overbuild.foreign.workbook.package import Package
from overbuild.foreign.workbook.parts import Contents, SheetPlace, read_contents, read_styles, read_texts
from overbuild.foreign.workbook.sheet import SharedParts, SheetRows


class Workbook:
    """An .xlsx file, open for reading.

        with Workbook(path) as book:
            for row in book.rows("Inputs"):
                for cell in row:
                    cell.address, cell.kind, cell.value

    Raises InputError, whatever the file holds: `missing`, `unreadable`, `too_large`, `refused` (macros, links to other
    workbooks, a password, entities), `unknown_name` for a sheet. A sheet is a stream: memory does not grow with its rows.
    """

    def __init__(self, path: Path, name: str = "file") -> None:
        self._package = Package(path, name)
        try:
            self._contents: Contents = read_contents(self._package)
            texts, shown = read_texts(self._package), read_styles(self._package)
            self._shared = SharedParts(texts, shown.days, self._contents.from_1904, shown.percent)
        except BaseException:
            self.close()
            raise
        self._merged: dict[str, tuple[MergedRange, ...]] = {}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._package.__exit__(None, None, None)

    @property
    def sheets(self) -> tuple[SheetPlace, ...]:
        """Every sheet of cells in the order of the tabs, hidden ones too."""
        return self._contents.sheets

    @property
    def uncalculated(self) -> bool:
        """Whether a program wrote the file and left its formulas to be calculated when a person opens it."""
        return self._contents.uncalculated

    def sheet(self, name: str = "") -> SheetPlace:
        """The sheet of a name, capitals aside; the first that is not hidden without one. Raises `unknown_name`."""
        if not name:
            return next((one for one in self.sheets if not one.hidden), self.sheets[0])
        exact = next((one for one in self.sheets if one.name == name), None)
        found = exact or next((one for one in self.sheets if one.name.casefold() == name.casefold()), None)
        if found is None:
            names = [one.name for one in self.sheets]
            hint = f"no such sheet.{did_you_mean(name, names)} The workbook has {', '.join(names[:20])}"
            raise InputError("unknown_name", "sheet", name, hint, file=str(self._package.path))
        return found

    def rows(self, name: str = "") -> Iterator[list[Cell]]:
        """The rows of a sheet that hold anything, each the list of its cells that do."""
        place = self.sheet(name)
        reading = SheetRows(self._package, place.part, place.name, self._shared)
        yield from reading
        self._merged[place.name] = tuple(reading.merged)

    def merged(self, name: str = "") -> tuple[MergedRange, ...]:
        """The merged ranges of a sheet; the sheet is read to its end where it was not yet."""
        place = self.sheet(name)
        if place.name not in self._merged:
            for _ in self.rows(place.name):
                pass
        return self._merged[place.name]

    def cells(self, name: str = "") -> dict[str, Cell]:
        """All cells of a sheet by their addresses, in memory: for sheets that a person fills in."""
        return {cell.address: cell for row in self.rows(name) for cell in row}
