"""One sheet being written: its cells, its frame, and the count of its live formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from overbuild.audit.book.book import Book
from overbuild.equations.reading.cells import Pieces
from overbuild.surfaces.safe_text import shortened
from overbuild.surfaces.workbook.addresses import CHECKS, HEADER, READ_ME, SHEETS, STATUS, TITLE, Addresses
from overbuild.surfaces.workbook.formats import DUST, Formats
from overbuild.surfaces.workbook.paper import ACROSS, ROW, Paper, on_few_pages, set_up
from overbuild.surfaces.workbook.xlsx import letters

Head = tuple[str, float]
"""A column's head and its width in characters."""

ALL_PASS = "all checks pass"
"""What the status line of every sheet says while no check is red."""

_HEADS: dict[str, str] = {
    **dict.fromkeys(("value", "apart", "let pass", "low", "high", "one value"), "head_right"),
    **dict.fromkeys(("note", "verdict", "kind", "document", "place in it", "known"), "head_said"),
    "as exported": "head_was",
    "as sized": "head_was",
    "when changed": "head_effect",
}
"""Looks of heads that are not plain: as the cells below them, what was exported in grey, what a change does in green."""

_LITERAL = 250
"""Most characters of words in a formula."""

_LINE, _TALLEST = 12.75, 409.0
"""Heights: of a line of text, and of the tallest row."""


class Sheet:
    """A worksheet with the formats and the addresses of its book."""

    def __init__(self, name: str, page: Any, formats: Formats, addresses: Addresses, status: str) -> None:
        self.name, self.page, self.formats, self.addresses = name, page, formats, addresses
        self.status = status
        self.formulas = 0
        self.dusty: dict[str, list[str]] = {}
        self.paper = ACROSS
        self.heights: dict[int, float] = {}

    def frame(self, title: str, heads: Sequence[Head], *, wide: bool = False, paper: Paper = ACROSS) -> None:
        """Title, status line, column heads, widths, frozen panes and print set-up."""
        page, formats = self.page, self.formats
        page.set_default_row(ROW)
        page.hide_gridlines(2)
        page.write_string(TITLE, 0, title, formats.of("title"))
        self.paper = paper
        self.tall(TITLE, 21.0)
        if self.name != CHECKS:
            self.formula_text(STATUS, 0, f"={CHECKS}!$A$2", self.status, formats.of("id"))
        self.marks(STATUS, 0)
        for column, (head, width) in enumerate(heads):
            page.set_column(column, column, width)
            if head:
                page.write_string(HEADER, column, head, formats.of(_HEADS.get(head, "head")))
        page.freeze_panes(HEADER + 1, 3 if wide else 0)
        set_up(page, paper, f"&L&8{title.replace('&', '&&')}&R&8&A, page &P of &N")

    def marks(self, line: int, column: int) -> None:
        """Red unless the cell says that all checks pass."""
        cell = f"${letters(column)}${line + 1}"
        for sign, look in (("<>", "red"), ("=", "green")):
            rule = {"type": "formula", "criteria": f'={cell}{sign}"{ALL_PASS}"', "format": self.formats.change(look)}
            self.page.conditional_format(line, column, line, column, rule)

    def no_dust(self, number: str, line: int, first: int, last: int) -> None:
        """Show cells of a number format that are 0 but for rounding as the 0 that they are."""
        if number in DUST:
            self.dusty.setdefault(number, []).append(f"{letters(first)}{line + 1}:{letters(last)}{line + 1}")

    def tall(self, line: int, height: float) -> None:
        """Give a row its height."""
        self.heights[line] = height
        self.page.set_row(line, height)

    def fit(self, lines: int) -> None:
        """Print the first lines on as few pages as a readable size allows."""
        own = sum(height for line, height in self.heights.items() if line < lines)
        height = own + ROW * (lines - len([line for line in self.heights if line < lines]))
        on_few_pages(self.page, self.paper, height)

    def finish(self) -> None:
        """Write the rules that hold for many rows: one a number format."""
        for number, cells in self.dusty.items():
            half, shown = DUST[number]
            form = self.formats.workbook.add_format({"num_format": shown})
            rule = {"type": "cell", "criteria": "between", "minimum": -half, "maximum": half, "format": form}
            at = cells[0].split(":")[0]
            self.page.conditional_format(f"{at}:{at}", {**rule, "multi_range": " ".join(cells)})

    def heading(self, line: int, text: str, columns: int) -> None:
        """A heading over some columns."""
        for column in range(columns):
            self.page.write_blank(line, column, None, self.formats.of("heading"))
        self.page.write_string(line, 0, text, self.formats.of("heading"))

    def texts(self, line: int, texts: Iterable[object], look: str = "text") -> None:
        """Words from the first column on."""
        for column, text in enumerate(texts):
            form = self.formats.of("id" if column == 0 and look == "text" else look)
            if isinstance(text, int | float) and not isinstance(text, bool):
                self.page.write_number(line, column, text, form)
            elif text not in ("", None):
                self.page.write_string(line, column, str(text), form)

    def value(self, line: int, column: int, value: object, form: Any) -> None:
        """A number, a flag or words as they are."""
        if value is None:
            self.page.write_string(line, column, "none", form)
        elif isinstance(value, bool):
            self.page.write_boolean(line, column, value, form)
        elif isinstance(value, int | float):
            self.page.write_number(line, column, value, form)
        else:
            self.page.write_string(line, column, str(value), form)

    def formula(
        self, line: int, column: int, pieces: Pieces, value: object, form: Any, place: int | None = None
    ) -> None:
        """A live formula with the value that the program computed."""
        self.formula_text(line, column, self.addresses.formula(pieces, self.name, place), value, form)

    def formula_text(self, line: int, column: int, text: str, value: object, form: Any = None) -> None:
        """A live formula given as text."""
        self.formulas += 1
        self.page.write_formula(line, column, text, form, value)


def literal(text: str) -> str:
    """Words inside a formula, in quotes, as long as a formula takes them.

    >>> print(literal('so "good"!'))
    "so ""good""!"
    """
    return '"' + shortened(text, _LITERAL).replace('"', '""') + '"'


def height_of(lines: float) -> float:
    """Height of a row for some lines of text, as far as a sheet has it."""
    return min(_LINE * lines, _TALLEST)


def wide_enough(texts: Iterable[str], least: float, most: float = 60.0) -> float:
    """Width of a column for its longest text, within bounds.

    >>> wide_enough(("short", "x" * 100), 12.0)
    60.0
    """
    return min(most, max(least, *(1.0 + 0.95 * len(text) for text in texts), least))


def sheets_of(book: Book, workbook: Any, formats: Formats, status: str) -> dict[str, Sheet]:
    """The sheets of a book by name, in the order of the contract, still empty; `status` is said on each."""
    addresses = Addresses(book)
    sheets = {name: Sheet(name, workbook.add_worksheet(name), formats, addresses, status) for name in SHEETS}
    sheets[READ_ME].page.activate()
    return sheets
