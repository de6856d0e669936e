"""The one door to the library that writes xlsx files, which states no types."""

# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class _PlainSheet(Worksheet):
    """A sheet whose formulas use only functions that old spreadsheets have: none has a name that Excel spells otherwise.

    The library looks for some thirty such names in every formula, which takes longer than all else that it does.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def new_workbook(data: io.BytesIO, title: str, comments: str, created: datetime) -> Any:
    """An empty workbook that calculates by itself, with its properties; closing it fills `data`."""
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    workbook.worksheet_class = _PlainSheet
    workbook.set_properties({"title": title, "comments": comments, "created": created})
    workbook.set_calc_mode("auto")
    return workbook


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Name of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    return str(xl_col_to_name(column))
