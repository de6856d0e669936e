r"""Text of files made safe for the place it goes to: a terminal, CSV, JSON, a chart, a workbook.

Names, reasons and titles come from files that others wrote. Characters that act instead of being read (escape codes,
controls, marks that turn the direction of writing, halves of characters) are written out, as `\x1b` or `\u202e`: what
a file holds is seen, and does nothing. Every surface calls one function of this page.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

T = TypeVar("T")

_ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, escape codes among them; tab and line feed are layout
    r"\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # direction, and what has no width
    r"\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f"  # separators, annotations, tags
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of characters, and what is no character
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
_BREAKS = re.compile(r"[\t-\r\x85\u2028\u2029]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FORMULA = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}",
            "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip

LONGEST_CELL = 16_000
"""Most characters in a cell of a workbook: half of what a spreadsheet takes, as some characters count twice."""

LONGEST_TITLE = 120
"""Most characters of a title in a workbook."""

LONGEST_LABEL = 300
"""Most characters of a text in a chart."""


def visible(text: str) -> str:
    r"""The text with every acting character written out; tabs and line feeds stay.

    >>> visible("\x1b[31mred\u202e\n")
    '\\x1b[31mred\\u202e\n'
    """
    if text.isascii() and text.isprintable():
        return text
    return _ACTING.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    r"""As `visible`, in one line: a break or a tab is a space.

    >>> one_line("a\r\nb\x00")
    'a b\\x00'
    """
    return visible(_BREAKS.sub(" ", text))


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis.

    >>> shortened("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def csv_cell(value: T) -> T | str:
    r"""A cell of CSV: text in one line, after an apostrophe where a spreadsheet would take it for a formula.

    >>> csv_cell("=1+1"), csv_cell("\t@x"), csv_cell("-4.5"), csv_cell(-4.5)
    ("'=1+1", "' @x", '-4.5', -4.5)
    """
    if not isinstance(value, str):
        return value
    text = one_line(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def json_text(value: object, *, ascii_only: bool = False) -> str:
    r"""The value as JSON: what acts is escaped, and reads back as it was; a half of a character becomes U+FFFD.

    NaN and infinity are refused: they never leave the engine.

    >>> json_text("\u202e \ud800")
    '"\\u202e \\ufffd"'
    """
    text = json.dumps(value, indent=2, allow_nan=False, ensure_ascii=False)
    text = _ACTING.sub(_json_escape, text)
    return _BEYOND_ASCII.sub(_json_escape, text) if ascii_only else text


def _json_escape(found: re.Match[str]) -> str:
    one = found.group()
    return "\\ufffd" if "\ud800" <= one <= "\udfff" else json.dumps(one)[1:-1]


def chart_text(text: str) -> str:
    """A text in a chart: one line, and not without end."""
    return shortened(one_line(text), LONGEST_LABEL)


def workbook_text(text: str) -> str:
    """A text in a cell of a workbook: what XML forbids is written out, and it is no longer than a cell holds."""
    return shortened(visible(text), LONGEST_CELL)


def workbook_title(text: str) -> str:
    """A title of a sheet, a chart or a workbook."""
    return shortened(one_line(text), LONGEST_TITLE)


def with_texts(value: T, change: Callable[[str], str]) -> T:
    """The value with each of its texts changed, names of fields aside; the keys of mappings are texts too.

    >>> with_texts(("a", {"b": 1.0}), str.upper)
    ('A', {'B': 1.0})
    """
    return _changed(value, functools.cache(change))


_WORDLESS = frozenset({float, int, bool, type(None)})


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) in _WORDLESS:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | list):
        items = cast("tuple[Any, ...] | list[Any]", value)
        parts = [
            one if type(one) in _WORDLESS else change(one) if type(one) is str else _changed(one, change)
            for one in items
        ]
        if all(map(operator.is_, parts, items)):
            return items
        kind: Any = type(items)
        return kind._make(parts) if hasattr(kind, "_make") else kind(parts)
    if isinstance(value, Mapping):
        entries = cast("Mapping[Any, Any]", value)
        return {_changed(key, change): _changed(one, change) for key, one in entries.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: _changed(getattr(value, one.name), change) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value
