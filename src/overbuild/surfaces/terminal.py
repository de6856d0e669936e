"""An answer on the terminal: text of a width, with colour where that is wanted; and its tables as CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Answer
from overbuild.surfaces.outlines import note_lines, tree_lines
from overbuild.surfaces.pages import Page
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
    page = with_texts(page, one_line)
    head = "\n".join(_wrap(page.headline, width))
    return "\n\n".join([head, *("\n".join(line.text for line in block) for block in _blocks(page, width))])


def show(page: Page) -> None:
    """Print the page in colour, as wide as the terminal."""
    from rich.console import Console
    from rich.text import Text

    page = with_texts(page, one_line)
    console = Console(highlight=False)
    width = min(console.width, WIDEST)
    headline = [_Line(line, "headline") for line in _wrap(page.headline, min(width, PLAIN_WIDTH))]
    styles = {"headline": "bold cyan", "title": "bold", "head": "dim", "aside": "dim", "sum": "bold"}
    for place, block in enumerate([headline, *_blocks(page, width)]):
        if place:
            console.print()
        for line in block:
            console.print(Text(line.text, style=styles.get(line.kind, "")), soft_wrap=True)


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
