"""Give me the model: a workbook with live formulas of a site, of the gap, of what must be earned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.audit.book import Book
from overbuild.audit.cited_facts import facts_of
from overbuild.audit.site_book import book_of
from overbuild.questions.site import tables
from overbuild.questions.site.answer import LIMITS
from overbuild.site.case_run import CaseRun, run_case

SITE = "Does this site pay its lenders and owners; how much debt can it carry?"
_READING = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once, with the debt as it was sized.",
    "Where the column 'when changed' says 'export again', the book cannot follow: change the case file and export.",
    "A check that turns red says what it means. 'Sized on other inputs' is a shock: cover is that of the old schedule.",
    "Grey columns of Model are periods after a payment default: the lines run on, and nothing counts them.",
)


def site_book(
    file: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Book:
    """Everything the workbook of a site shows. Money in USD, rates as decimals; places from close, 0, on.

    Raises as `site`.
    """
    case = run_case(Path(file), sets, shocks)
    facts_of(case.shocked, workspace)
    book = book_of(case, workspace)
    return book._replace(title=f"{book.title}: {SITE}", read_me=_read_me(case))


def _read_me(case: CaseRun) -> tuple[tuple[str, str], ...]:
    said = [("Question", SITE), ("Answer when exported", tables.headline(case))]
    said.append(("Case", f"{case.shocked.name}, close {case.shocked.close}"))
    said += [("Shock", f"{path}={entry.value}") for path, entry in case.shocks]
    said += [("How to read", line) for line in _READING]
    said += [("Limit", line) for line in LIMITS]
    return tuple(said)
