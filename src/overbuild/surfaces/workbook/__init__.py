"""A book as a spreadsheet file: knows operations and layout, no economics."""

from overbuild.surfaces.workbook.write import write_book

__all__ = ["write_book"]
