"""An answer on the terminal: text of a width, with colour where that is wanted; and its tables as CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Answer, Row, Table
from overbuild.surfaces.outlines import note_lines, tree_lines
from overbuild.surfaces.pages import Page, Section
from overbuild.surfaces.safe_text import csv_cell, one_line, with_texts
from overbuild.surfaces.text_tables import is_sum, table_lines

PLAIN_WIDTH = 100
"""Plain text is wrapped the same everywhere, so that two runs can be compared."""

WIDEST = 160
"""Columns that a terminal's text takes at most: longer lines are hard to read."""


def as_csv(answer: Answer) -> str:
    """The answer's tables as CSV blocks, each after a line with its name; numbers in base units."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for position, table in enumerate(answer.tables):
        if position:
            writer.writerow([])
        writer.writerow([one_line(f"# {table.name}")])
        writer.writerow([csv_cell(column.key) for column in table.columns])
        for row in table.rows:
            writer.writerow(["" if row.get(c.key) is None else csv_cell(row.get(c.key)) for c in table.columns])
    return text.getvalue().rstrip("\n")


class _Line(NamedTuple):
    """A line with how it stands out: a title, a head, an aside, a sum, or nothing."""

    text: str
    kind: str = ""


def as_plain(page: Page, width: int = PLAIN_WIDTH) -> str:
    """The page as text without colour or boxes, for files, pipes and logs."""
    page = fitted(with_texts(page, one_line), width)
    head = "\n".join(_wrap(page.headline, width))
    return "\n\n".join([head, *("\n".join(line.text for line in block) for block in _blocks(page, width))])


def show(page: Page) -> None:
    """Print the page in colour, as wide as the terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    width = min(console.width, WIDEST)
    page = fitted(with_texts(page, one_line), width)
    headline = [_Line(line, "headline") for line in _wrap(page.headline, min(width, PLAIN_WIDTH))]
    styles = {"headline": "bold cyan", "title": "bold", "head": "dim", "aside": "dim", "sum": "bold"}
    for place, block in enumerate([headline, *_blocks(page, width)]):
        if place:
            console.print()
        for line in block:
            console.print(Text(line.text, style=styles.get(line.kind, "")), soft_wrap=True)


def fitted(page: Page, width: int) -> Page:
    """The page in as many lines as it may take: the last sentences of its longest blocks are left out, and counted.

    Each block keeps its first sentence, and the last block, of what to type next, two. Where that is not enough the
    last rows of the longest table go, sums and the first four rows apart, and are counted too.

    >>> from overbuild.surfaces.pages import Section
    >>> page = Page("It pays.", None, (), (Section("Why", ("Use.", "Price.", "Rate.")), Section("Next", ("a", "b"))), 9)
    >>> [(one.title, one.lines) for one in fitted(page, 80).closing]
    [('Why (1 more with --full)', ('Use.', 'Price.')), ('Next', ('a', 'b'))]
    """
    if page.most is None:
        return page
    kept = {place: len(section.lines) for place, section in enumerate(page.closing)}
    least = {place: 2 if place == len(page.closing) - 1 else 1 for place in kept}

    def cut() -> Page:
        return page._replace(closing=tuple(_first(one, kept[place]) for place, one in enumerate(page.closing)))

    def height(place: int) -> int:
        return sum(len(_wrap(one, min(width, PLAIN_WIDTH), "  ")) for one in page.closing[place].lines[: kept[place]])

    while _height(cut(), width) > page.most:
        shorter = [place for place, count in kept.items() if count > least[place]]
        if not shorter:
            return _with_fewer_rows(cut(), width, page.most)
        kept[max(shorter, key=height)] -= 1
    return cut()


_LEAST_ROWS = 4
"""Rows that a table keeps however low the screen."""


def _with_fewer_rows(page: Page, width: int, most: int) -> Page:
    """The page with fewer rows in its longest table, as many as its lines ask for; the title says how many are left out."""
    if not page.tables:
        return page
    longest = max(page.tables, key=lambda one: len(one.rows))
    items = [place for place, row in enumerate(longest.rows) if not is_sum(_name_of(longest, row))]
    for left in range(1, len(items) - _LEAST_ROWS + 1):
        gone = items[-left:]
        title = f"{longest.title} ({left} more {'row' if left == 1 else 'rows'} with --full)"
        shown = longest._replace(
            title=title, rows=tuple(row for place, row in enumerate(longest.rows) if place not in gone)
        )
        page = page._replace(tables=tuple(shown if one.name == longest.name else one for one in page.tables))
        if _height(page, width) <= most:
            break
    return page


def _name_of(table: Table, row: Row) -> str:
    return str(row.get(table.columns[0].key, ""))


def _first(section: Section, count: int) -> Section:
    """The first sentences of a block; its title says how many are left out."""
    left = len(section.lines) - count
    return section._replace(
        title=f"{section.title} ({left} more with --full)" if left else section.title, lines=section.lines[:count]
    )


def _height(page: Page, width: int) -> int:
    """The lines that a page takes, those between its blocks among them."""
    blocks = [*_blocks(page, width)]
    return len(_wrap(page.headline, min(width, PLAIN_WIDTH))) + sum(1 + len(block) for block in blocks)


def _blocks(page: Page, width: int) -> Iterator[list[_Line]]:
    """Outline, tables and closing words, each as its lines."""
    if page.outline is not None:
        tree = [
            _Line(one.text, "aside" if one.aside else "") for one in tree_lines(page.outline, min(width, PLAIN_WIDTH))
        ]
        yield from [tree] if tree else []
        for title, notes in page.outline.below.items():
            told = [line for note in notes for line in note_lines(note, min(width, PLAIN_WIDTH))]
            yield [_Line(title, "title"), *(_Line(line) for line in told)]
    for table in page.tables:
        title, *lines = table_lines(table, width)
        kinds = ["sum" if is_sum(line) else "head" if set(line) <= {"-", " "} else "" for line in lines]
        yield [_Line(title, "title"), *(_Line(line, kind) for line, kind in zip(lines, kinds, strict=True))]
    for closing in page.closing:
        told = [line for one in closing.lines for line in _wrap(one, min(width, PLAIN_WIDTH), "  ")]
        yield [*(_Line(line, "title") for line in _wrap(closing.title, width)), *(_Line(line) for line in told)]


def _wrap(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if indent else ""),
        break_on_hyphens=False,
        break_long_words=False,
    )
