"""What a workbook shows: the rows of a site, of the gap and of what must be earned, with live formulas."""

from overbuild.questions.workbook.site import site_book
from overbuild.questions.workbook.years import gap_book, need_book

__all__ = ["gap_book", "need_book", "site_book"]
