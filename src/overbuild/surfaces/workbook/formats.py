"""How cells look: numbers by their unit, inputs in blue, what is fixed in amber, what failed in red."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True},
    "head_right": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "align": "right"},
    "head_said": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "align": "left", "indent": 1},
    "head_was": {"bold": True, "bg_color": "#7F7F7F", "font_color": "#FFFFFF", "align": "right"},
    "head_effect": {"bold": True, "bg_color": "#2E6B34", "font_color": "#FFFFFF", "align": "left", "indent": 1},
    "heading_right": {"bold": True, "bg_color": "#DCE6F1", "align": "right"},
    "heading": {"bold": True, "bg_color": "#DCE6F1"},
    "id": {"font_color": "#7F7F7F"},
    "text": {},
    "wrap": {"text_wrap": True},
    "strong": {"bold": True, "text_wrap": True},
    "input": {"font_color": "#0000FF", "bg_color": "#FFFBE6", "align": "right", "shrink": True},
    "input_word": {"font_color": "#0000FF", "bg_color": "#FFFBE6"},
    "fixed": {"font_color": "#7F4A00", "bg_color": "#FBE9D0", "align": "right"},
    "fixed_said": {"font_color": "#7F4A00", "bg_color": "#FBE9D0"},
    "was_said": {"font_color": "#7F7F7F", "bg_color": "#F2F2F2", "italic": True},
    "live": {},
    "word": {"align": "right"},
    "red": {"bg_color": "#C00000", "font_color": "#FFFFFF", "bold": True},
    "green": {"bg_color": "#E2F0D9", "font_color": "#375623"},
    "ghost": {"font_color": "#BFBFBF"},
    "was": {"font_color": "#7F7F7F", "bg_color": "#F2F2F2", "align": "right", "italic": True, "shrink": True},
    "follows": {"font_color": "#375623", "bg_color": "#E2F0D9", "align": "left", "indent": 1},
    "stays": {"font_color": "#1F4E79", "bg_color": "#DDEBF7", "align": "left", "indent": 1},
    "again": {"font_color": "#7F4A00", "bg_color": "#FBE9D0", "align": "left", "indent": 1, "bold": True},
    "said": {"align": "left", "indent": 1},
    "told": {"align": "left", "indent": 1, "text_wrap": True},
}
_RED_NEGATIVE = "{0};[Red]-{0};-"
_MILLION = 1e6


class Dust(NamedTuple):
    """Half of the last digit that a number format shows, and what is shown of numbers below."""

    half: float
    shown: str


def number_form(unit: str, values: Iterable[object] = ()) -> str:
    """Number format of a unit; money of a size is shown in millions, marked m, and kept in full.

    >>> number_form("share"), number_form("USD per period", (2e9,))
    ('0.0%', '#,##0.0,,"m";[Red]-#,##0.0,,"m";-')
    """
    sizes = [abs(value) for value in values if isinstance(value, float | int)]
    if unit in ("USD", "USD per period", "USD per year", "USD_per_year"):
        large = max(sizes, default=0.0) >= _MILLION
        return _RED_NEGATIVE.format('#,##0.0,,"m"' if large else "#,##0.00")
    if unit in ("share", "decimal", "decimal per year", "decimal_per_year"):
        return "0.0%" if unit == "share" else "0.00%"
    if unit in ("count", "0 or 1", "period", "periods", "rank", "number", "constant"):
        return "0"
    if unit in ("MWh per period", "GPU-hours per period", "million GPU-hours"):
        return _RED_NEGATIVE.format("#,##0")
    return "#,##0.00##" if max(sizes, default=0.0) < _MILLION else _RED_NEGATIVE.format("#,##0")


TRUTH = '"TRUE";"TRUE";"FALSE"'
"""Number format of a flag, for programs that keep it as 0 or 1."""

RELATIVE = '[=0]"-";0.0E+00'
"""Number format of how far two numbers are apart."""

DUST = {
    number_form("USD", (_MILLION,)): Dust(5e4, '"-"'),
    number_form("USD"): Dust(5e-3, '"-"'),
    number_form("MWh per period"): Dust(0.5, '"-"'),
    number_form("share"): Dust(5e-4, '"0.0%"'),
    number_form("decimal"): Dust(5e-5, '"0.00%"'),
    number_form("ratio"): Dust(5e-5, '"0.00"'),
}
"""What numbers smaller than the last digit that their format shows are shown as: never as -0.0."""


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.made: dict[tuple[str, str], Any] = {}

    def of(self, look: str, number: str = "") -> Any:
        """The format of a look with a number format."""
        key = (look, number)
        if key not in self.made:
            numbered = {"num_format": number} if number else {}
            self.made[key] = self.workbook.add_format({**_FONT, **_LOOKS[look], **numbered})
        return self.made[key]

    def change(self, look: str) -> Any:
        """A format for a condition: the look alone, over whatever the cell has."""
        key = (look, "change")
        if key not in self.made:
            self.made[key] = self.workbook.add_format(_LOOKS[look])
        return self.made[key]
