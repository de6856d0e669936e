"""The arithmetic of a deal as it is published beside that of the case: one table, one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Table
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.prose import pct, quantity, spelled, times
from overbuild.site.case_run import CaseRun
from overbuild.site.published.beside import NEAR, BesidePublished, beside_published

_COLUMNS = (
    column("figure", "figure", fill=lambda one: spelled(one.figure.name)),
    column("of", "of", fill=lambda one: one.figure.of or None),
    column("published", "published", fill=lambda one: quantity(one.figure.value, one.unit)),
    column("share", "part", "decimal", lambda one: one.figure.share),
    column("part", "that is", fill=lambda one: quantity(one.part, one.unit)),
    column("here", "here", fill=lambda one: quantity(one.here, one.unit)),
    column("difference", "difference", "decimal"),
    column("why", "why", fill=lambda one: one.figure.says or None),
    unprinted("measure", lambda one: one.figure.measure),
    unprinted("value_published", lambda one: one.figure.value),
    unprinted("value_part", lambda one: one.part),
    unprinted("value_here", lambda one: one.here),
    unprinted("unit"),
)


def published_table(basis: CaseRun) -> tuple[Table, ...]:
    """Each published figure with the part of it that the case is, and that of the case; no table without figures."""
    found = beside_published(basis.shocked.published, basis.run)
    note = "part: how much of the published figure the case is; difference: here less that part, over that part"
    title = "As published and as here"
    return (table("published", title, _COLUMNS, found, note=note),) if found else ()


def published_note(basis: CaseRun) -> tuple[str, ...]:
    """How near the case is to the published arithmetic, in one sentence; nothing without published figures."""
    found = beside_published(basis.shocked.published, basis.run)
    return (nearness(found),) if found else ()


def nearness(found: Sequence[BesidePublished]) -> str:
    """How many published figures are met, and each that is not, with why.

    >>> from overbuild.site.case.published.published_plan import PublishedFigure
    >>> loan = PublishedFigure("loan", "debt", 1e9, says="Two of three draws are here.")
    >>> nearness([BesidePublished(loan, "USD", 1e9, 0.89e9), BesidePublished(loan, "USD", 1e9, 1e9)])
    'Of 2 published figures 1 is met within 2%; loan is 11% lower (Two of three draws are here).'
    """
    met = sum(one.is_met for one in found)
    if met == len(found):
        every = "The published figure is" if met == 1 else f"All {met} published figures are"
        return f"{every} met within {pct(NEAR)}."
    are = f"{met or 'none'} {'is' if met < 2 else 'are'}"
    return f"Of {times(len(found), 'published figure')} {are} met within {pct(NEAR)}; {'; '.join(_apart(found))}."


def _apart(found: Sequence[BesidePublished]) -> list[str]:
    said: list[str] = []
    for one in found:
        if not one.is_met:
            why = f" ({one.figure.says.rstrip('.')})" if one.figure.says else ", which the case does not explain"
            how = "higher" if one.difference > 0.0 else "lower"
            said.append(f"{spelled(one.figure.name)} is {pct(abs(one.difference))} {how}{why}")
    return said
