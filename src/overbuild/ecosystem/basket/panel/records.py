"""What a panel is, and what a file says before it is one."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.basket.comovement import Floats
from overbuild.ecosystem.basket.settings import Form
from overbuild.errors import CaseError


class SourceRow(NamedTuple):
    """One row of a file, as text, and the line it ends on (its number, in a file without lines)."""

    line: int
    cells: tuple[str, ...]


class SourceTable(NamedTuple):
    """The header and the rows of a file."""

    file: str
    header: tuple[str, ...]
    rows: tuple[SourceRow, ...]


class Quoted(NamedTuple):
    """One number of a file: whose, of which day, where it stands; NaN where the file says that there is none."""

    day: str
    name: str
    value: float
    line: int
    column: int


class Observed(NamedTuple):
    """All numbers of a file in the order in which they stand, its faults of form, and the form that it says itself."""

    quoted: tuple[Quoted, ...]
    faults: tuple[CaseError, ...]
    said: Form | None
    wide: bool


class Panel(NamedTuple):
    """Log returns of names on days: `returns` has a row a day and a column a name, NaN where there is none."""

    file: str
    form: Form
    said_by: str
    """Who says what the numbers are: `asked`, `header`, or `nobody`."""

    days: tuple[str, ...]
    names: tuple[str, ...]
    returns: Floats

    def of(self, names: tuple[str, ...]) -> Panel:
        """The panel of some of its names."""
        return self._replace(names=names, returns=self.returns[:, [self.names.index(name) for name in names]])


class FaultList:
    """Faults as they are found: the first few of a kind, and how many more there are of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[str, list[CaseError]] = {}
        self._more: dict[str, int] = {}

    def add(
        self, code: str, path: str, value: object, hint: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        """Keep a fault, or count it where enough of its kind are kept."""
        kept = self._found.setdefault(code, [])
        if len(kept) < MOST_OF_A_KIND:
            kept.append(CaseError(code, path, value, hint, file=self.file, line=line, column=column))
        else:
            self._more[code] = self._more.get(code, 0) + 1

    def all(self) -> list[CaseError]:
        """The faults kept, by their place; the last of a kind says how many more like it there are."""
        for code, more in self._more.items():
            last = self._found[code][-1]
            self._found[code][-1] = CaseError(
                code, last.path, last.value, f"{last.hint}; and {more} more like this",
                file=last.file, line=last.line, column=last.column,
            )  # fmt: skip
        self._more = {}
        kept = [fault for one in self._found.values() for fault in one]
        return sorted(kept, key=lambda fault: (fault.line or 0, fault.column or 0))


MOST_OF_A_KIND = 8
"""As many faults of one kind as are told one by one."""
