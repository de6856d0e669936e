"""What of a sheet is printed, and how large: a sheet is as wide as its page, and what is not printed stays on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from overbuild.surfaces.workbook.addresses import HEADER, STATUS

LEFT, TOP, BOTTOM = 0.4, 0.5, 0.6
"""Margins, in inches; that on the right is that on the left."""

LEAST_SCALE = 0.555
"""The share of their size below which cells are not readable on paper, with a little to spare."""

ROW = 12.75
"""Height of a row of one line, in points."""

_INCH = 72.0
_FULL = 0.99
"""The share of the page's height that is counted on."""


class Paper(NamedTuple):
    """A page of A4 paper; sizes in points."""

    portrait: bool

    @property
    def width(self) -> float:
        """What is left between the margins."""
        return (595.3 if self.portrait else 841.9) - 2 * LEFT * _INCH

    @property
    def height(self) -> float:
        """What is left between the margins."""
        return (841.9 if self.portrait else 595.3) - (TOP + BOTTOM) * _INCH

    def scale(self, widths: Sequence[float]) -> float:
        """The share of their size at which columns are as wide as the page: 1 at most.

        >>> round(Paper(portrait=False).scale((100.0, 150.0)), 2)
        0.59
        """
        return min(1.0, self.width / sum(map(points, widths)))


def points(width: float) -> float:
    """Width of a column, given in characters, in points.

    >>> points(10.0)
    56.25
    """
    return (int(width * 7 + 0.5) + 5) * 0.75


UPRIGHT, ACROSS = Paper(portrait=True), Paper(portrait=False)


def set_up(page: Any, paper: Paper, footer: str) -> None:
    """Paper, margins, footer and the line of heads on every page."""
    if paper.portrait:
        page.set_portrait()
    else:
        page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(HEADER)
    page.set_margins(left=LEFT, right=LEFT, top=TOP, bottom=BOTTOM)
    page.set_footer(footer)
    page.fit_to_pages(1, 0)


def printed(page: Any, lines: int, columns: int) -> None:
    """Print the first lines and columns of a sheet."""
    page.print_area(0, 0, lines - 1, columns - 1)


def on_few_pages(page: Any, paper: Paper, height: float) -> None:
    """As wide as the page, and on as few pages as a readable size allows; `height` of what is printed, in points."""
    page.fit_to_pages(1, math.ceil(height * LEAST_SCALE / (_FULL * paper.height)))


def unprinted(page: Any) -> None:
    """Print nothing of a sheet: its print area is the empty line above the heads."""
    page.print_area(STATUS + 1, 0, STATUS + 1, 0)
