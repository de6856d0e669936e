"""An Answer on the terminal: rich tables, or plain text where colour and boxes are in the way."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from overbuild.answer import Answer, Outline, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid

from overbuild.surfaces.formats import is_numeric, number, title_and_headings, unit_label
from overbuild.surfaces.outlines import note_lines, tree_lines
from overbuild.surfaces.safe_text import csv_cell, one_line, with_texts

PLAIN_WIDTH = 100
"""Plain text is wrapped the same everywhere, so that two runs can be compared."""


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


def _readable(answer: Answer) -> Answer:
    """The answer with its texts as a terminal may show them."""
    return with_texts(replace(answer, charts=()), one_line)


def as_plain(answer: Answer, next_commands: Iterable[str] = ()) -> str:
    """The answer as text without colour or boxes, for files, pipes and logs."""
    answer, next_commands = _readable(answer), [one_line(one) for one in next_commands]
    width = PLAIN_WIDTH
    parts = [_wrap(answer.headline.text, width)]
    if answer.outline is not None:
        tree = "\n".join(line.text for line in tree_lines(answer.outline, width))
        parts += [tree] if tree else []
        parts += ["\n".join([title, *lines]) for title, lines in _notes(answer.outline, width)]
    parts += [_plain_table(table) for table in _tables(answer)]
    for title, lines in _closing(answer, next_commands):
        parts.append("\n".join([title, *(_wrap(line, width, "  ") for line in lines)]))
    return "\n\n".join(parts)


def _tables(answer: Answer) -> list[Table]:
    """The tables as people read them: without the one that an outline stands for."""
    return [table for table in answer.tables if answer.outline is None or table.name != answer.outline.table]


def _notes(outline: Outline, width: int) -> list[tuple[str, list[str]]]:
    blocks = outline.below.items()
    return [(title, [line for note in notes for line in note_lines(note, width)]) for title, notes in blocks]


def _plain_table(table: Table) -> str:
    title, headings = title_and_headings(table)
    cells = [headings]
    cells += [[number(row.get(column.key), column.unit) for column in table.columns] for row in table.rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
    right = [is_numeric(table, column.key) for column in table.columns]
    lines = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    note = [f"({table.note})"] if table.note else []
    return "\n".join([title, *lines, *note])


def _closing(answer: Answer, next_commands: Iterable[str]) -> list[tuple[str, list[str]]]:
    known = [
        part
        for part in (answer.as_of and f"as of {answer.as_of}", answer.data_until and f"data until {answer.data_until}")
        if part
    ]
    blocks = [
        ("What it means", list(answer.notes)),
        ("Assumed, not sourced", [_assumed(a.id, a.value, a.unit, a.reason) for a in answer.assumptions]),
        ("What this cannot tell you", list(answer.limits)),
        (
            "Facts",
            [f"{len(answer.facts)} facts used; {', '.join(known)}" if known else f"{len(answer.facts)} facts used"],
        ),
        ("Next", list(next_commands)),
    ]
    return [(title, lines) for title, lines in blocks if lines]


def _assumed(name: str, value: float, unit: str, reason: str) -> str:
    return f"{name} = {number(value, unit)} {unit_label(unit)}: {reason}".replace(" %", "%")


def _wrap(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if indent else ""),
        break_on_hyphens=False,
        break_long_words=False,
    )


def show(answer: Answer, next_commands: Iterable[str] = ()) -> None:
    """Print the answer with rich: headline first, then tables, then what it means and what it cannot tell."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.text import Text

    answer, next_commands = _readable(answer), [one_line(one) for one in next_commands]
    console = Console(highlight=False)
    console.print(Panel(Text(answer.headline.text, style="bold"), border_style="cyan"))
    if answer.outline is not None:
        _show_outline(console, answer.outline)
    for table in _tables(answer):
        console.print(_grid(table, console.width))
        console.print()
    for title, lines in _closing(answer, next_commands):
        console.print(Text(title, style="bold"))
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()


def _show_outline(console: Console, outline: Outline) -> None:
    from rich.text import Text

    width = min(console.width, PLAIN_WIDTH)
    for line in tree_lines(outline, width):
        console.print(Text(line.text, style="dim" if line.aside else ""), soft_wrap=True)
    for title, lines in _notes(outline, width):
        console.print(Text(f"\n{title}", style="bold"))
        console.print(Text("\n".join(lines)), soft_wrap=True)
    console.print()


def _grid(table: Table, available: int) -> Grid:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    title, headings = title_and_headings(table)
    rows = [[number(row.get(column.key), column.unit) for column in table.columns] for row in table.rows]
    numeric = [is_numeric(table, column.key) for column in table.columns]
    grid = RichTable(
        title=Text(title),
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=box.SIMPLE_HEAD,
        padding=0,
        pad_edge=False,
        caption=Text(table.note) if table.note else None,
        caption_justify="left",
    )
    widths = _widths(headings, rows, numeric, available - 2 * len(headings))
    for heading, width, to_right in zip(headings, widths, numeric, strict=True):
        grid.add_column(Text(heading), justify="right" if to_right else "left", width=width, overflow="fold")
    for cells, row in zip(rows, table.rows, strict=True):
        is_sum = str(row.get(table.columns[0].key, "")).lower().startswith(("total", "sum"))
        grid.add_row(*(Text(cell) for cell in cells), style="bold" if is_sum else "")
    return grid


def _widths(headings: list[str], rows: list[list[str]], numeric: list[bool], available: int) -> list[int]:
    """Column widths that fit: numbers whole, headings wrapped at spaces, the widest words folded first."""
    widths: list[int] = []
    for position, heading in enumerate(headings):
        word = max((len(word) for word in heading.split()), default=0)
        widths.append(max(word, *(len(row[position]) for row in rows), 1) if rows else len(heading))
    foldable = [position for position in range(len(widths)) if not numeric[position]]
    while sum(widths) > available and any(widths[position] > 12 for position in foldable):
        widest = max(foldable, key=lambda position: widths[position])
        widths[widest] -= 1
    return widths
