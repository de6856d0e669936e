"""A panel of returns from a file of the user: read whole, or refused with every fault at its place."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.basket.panel.layout import observed
from overbuild.ecosystem.basket.panel.records import FaultList, Observed, Panel, Quoted
from overbuild.ecosystem.basket.panel.sense import by_name, duplicates, gaps, slips
from overbuild.ecosystem.basket.panel.source_text import source_table
from overbuild.ecosystem.basket.settings import FORMS, Form, PanelAsked
from overbuild.errors import CaseError, InputError, did_you_mean, raise_all


def names_in(path: Path) -> tuple[str, ...]:
    """The names of a file, in the order in which they stand. Raises as `source_table`."""
    return _known(observed(source_table(path), prices=False))


def read_panel(path: Path, asked: PanelAsked | None = None, *, elsewhere: Collection[str] = ()) -> Panel:
    """A panel from CSV or Parquet, long or wide. Names `elsewhere`, in another panel, may be left out here too.

    Raises every fault at once as CaseError or InputErrors, located: `duplicate`, `gap`, `bad_value` (percent, prices),
    `nonpositive_price`, `bad_period`, `length_mismatch`, `missing`; `unknown_name` for a name the file lacks.
    """
    asked = asked or PanelAsked()
    wanted_form = _form(asked.form)
    table = source_table(path)
    found = observed(table, prices=wanted_form == "prices")
    raise_all(found.faults)
    form: Form = wanted_form or found.said or "simple"
    said_by = "asked" if asked.form else "header" if found.said else "nobody"
    wanted = _wanted(found, asked, table.file, elsewhere)
    quoted = [one for one in found.quoted if one.name in wanted]
    rows = by_name(quoted)
    days = sorted({one.day for one in quoted})
    _check(quoted, rows, days, FaultCheck(form, found.wide, asked.pairwise, table.file))
    return _panel(rows, days, form)._replace(file=table.file, said_by=said_by)


def _form(word: str | None) -> Form | None:
    """The form asked for. Raises InputError `unknown_name`."""
    form: Form | None = next((one for one in FORMS if one == word), None)
    if word is not None and form is None:
        hint = f"what the numbers are is one of {', '.join(FORMS)}.{did_you_mean(word, FORMS)}"
        raise InputError("unknown_name", "form", word, hint)
    return form


class FaultCheck(NamedTuple):
    """What the faults of a panel depend on beside its numbers."""

    form: Form
    wide: bool
    pairwise: bool
    file: str


def _check(quoted: list[Quoted], rows: dict[str, list[Quoted]], days: list[str], how: FaultCheck) -> None:
    """Raise all faults of sense at once."""
    faults = FaultList(how.file)
    duplicates(quoted, faults, wide=how.wide)
    if len(rows) < 2:
        hint = "a basket has two names or more: each column of a wide panel, each ticker of a long one, is a name"
        faults.add("missing", "names", ", ".join(rows) or None, hint, line=1, column=1)
    if len(days) < 2:
        faults.add("window_too_short", "days", len(days), "a panel has many days, one a row", line=1, column=1)
    else:
        gaps(rows, days, faults, kept=how.pairwise)
        slips(rows, days, faults, how.form)
    raise_all(faults.all())


def _known(found: Observed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in found.quoted))


def _wanted(found: Observed, asked: PanelAsked, file: str, elsewhere: Collection[str]) -> set[str]:
    """The names to measure. Raises CaseError `unknown_name` for each name that no file has, all at once."""
    known = _known(found)
    unknown = [
        CaseError("unknown_name", option, name, f"the file has no such name.{did_you_mean(name, known)}", file=file)
        for option, names in (("names", asked.names), ("without", asked.without))
        for name in names
        if name not in known and not (option == "without" and name in elsewhere)
    ]
    raise_all(unknown)
    return set(asked.names or known) - set(asked.without)


def _panel(rows: dict[str, list[Quoted]], days: list[str], form: Form) -> Panel:
    """Log returns on a grid of days and names; the first day of prices has none and is left out."""
    place = {day: at for at, day in enumerate(days)}
    grid = np.full((len(days), len(rows)), np.nan)
    for column, found in enumerate(rows.values()):
        for one in found:
            grid[place[one.day], column] = one.value
    if form == "prices":
        return Panel("", form, "", tuple(days[1:]), tuple(rows), log_returns(grid))
    returns = np.log1p(grid) if form == "simple" else grid
    return Panel("", form, "", tuple(days), tuple(rows), returns)


def log_returns(
    prices: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Log returns from one day to the next.

        log_return = ln(price / price of the day before)

    Valid: prices above zero; none on a day without a price, nor on the day after it. Source: standard.

    >>> log_returns(np.array([[100.0, 50.0], [110.0, 50.0]])).round(6).tolist()
    [[0.09531, 0.0]]
    """
    return np.diff(np.log(prices), axis=0)
