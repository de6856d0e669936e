"""A basket before and after a day, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Table
from overbuild.ecosystem.basket.basket_run import BasketRun, OtherBlocks
from overbuild.ecosystem.basket.compared import MEASURES, TOGETHER, MeasureChange
from overbuild.questions.basket.words import (
    MEASURE_WORDS,
    digits,
    level_words,
    lower_words,
    panel_label,
    panel_name,
    signed,
)
from overbuild.questions.columns import FilledColumn, column, table, unprinted


class BasketRow(NamedTuple):
    """A measure of one panel before and after its day."""

    panel: str
    measure: str
    before: float
    after: float
    change: float
    low: float | None
    high: float | None
    p_value: float | None
    way: str
    reading: str


class BlocksRow(NamedTuple):
    """The p values with blocks of one length."""

    block: int
    correlation: float
    pc1: float
    dispersion: float
    used: str


def tables(run: BasketRun, other: BasketRun | None) -> tuple[Table, ...]:
    """All tables of the answer; `beside.` in the name of those of the panel beside."""
    found = [_measures(run, other)]
    for one, before in ((run, ""), (other, "beside.")):
        if one is not None:
            found += [_blocks(one, before), _leave_one_out(one, before), _left_out(one, before), _rolling(one, before)]
    return tuple(one for one in found if one.rows)


def first_table(run: BasketRun, other: BasketRun | None) -> Table:
    """The table of the first screen: of two panels without the ends of intervals, which stand in the headline."""
    whole = _measures(run, other)
    if other is None:
        return whole
    columns = tuple(one for one in whole.columns if one.key not in ("low_said", "high_said"))
    rows = tuple(row for row in whole.rows if row["id"] != "volatility")
    return whole._replace(columns=columns, rows=rows, note="")


_NUMBERS = ("before", "after", "change", "low", "high")


def _said(row: BasketRow, key: str) -> str:
    """A number of a row as it is told: levels plain, changes with their sign, dispersion and volatility in percent."""
    value = getattr(row, key)
    if value is None:
        return ""
    if key in ("before", "after"):
        return level_words(row.measure, value)
    return signed(row.measure, value, max(abs(one) for one in (row.change, row.low or 0.0, row.high or 0.0)))


def _measures(run: BasketRun, other: BasketRun | None) -> Table:
    label: tuple[FilledColumn, ...] = (
        unprinted("panel", lambda one: panel_name(one.panel)),
        unprinted("id", lambda one: one.measure),
    )
    if other is not None:
        label = (*label, column("label", "panel", fill=lambda one: panel_label(one.panel)))
    columns = (
        *label,
        column("measure", "measure", fill=lambda one: MEASURE_WORDS[one.measure]),
        *(unprinted(key) for key in _NUMBERS),
        *(column(f"{key}_said", key, fill=lambda one, key=key: _said(one, key)) for key in _NUMBERS),
        unprinted("p_value"),
        column("p", "p", fill=lambda one: "" if one.p_value is None else digits(one.p_value)),
        unprinted("way"),
        column("reading", "says"),
    )
    records = [row for one in (run, other) if one is not None for row in _rows(one)]
    note = f"low, high: 95% interval of the change; dispersion and volatility in log returns a {run.spacing.name}"
    return table("measures", "Before and after", columns, records, note=note)


def _rows(run: BasketRun) -> Iterator[BasketRow]:
    for one, sign in zip(run.compared.changes, TOGETHER, strict=True):
        yield BasketRow(
            run.panel.file, one.measure, one.before.value, one.after.value, *one.change, one.p_value,
            _way(one, sign), _reading(one, sign),
        )  # fmt: skip
    first, then = run.compared.volatility_before, run.compared.volatility_after
    yield BasketRow(run.panel.file, "volatility", first, then, then - first, None, None, None, "", "")


def _reading(change: MeasureChange, sign: float) -> str:
    """What a change that is shown points to."""
    return _way(change, sign) if change.shown else "not shown"


def _way(change: MeasureChange, sign: float) -> str:
    return "apart" if change.change.value * sign > 0.0 else "together"


def _blocks(run: BasketRun, before: str) -> Table:
    columns = (
        column("block", f"{run.spacing.name}s in a block", "count"),
        unprinted("correlation"),
        unprinted("pc1"),
        unprinted("dispersion"),
        column("correlation_said", "p of average correlation", fill=lambda one: digits(one.correlation)),
        column("pc1_said", "p of PC1 share", fill=lambda one: digits(one.pc1)),
        column("dispersion_said", "p of dispersion", fill=lambda one: digits(one.dispersion)),
        column("used", "used"),
    )
    own = OtherBlocks(run.windows.block, tuple(one.p_value for one in run.compared.changes))
    rows = [
        BlocksRow(one.block, one.p_values[0], one.p_values[1], one.p_values[2], "yes" if one == own else "")
        for one in (*run.blocks, own)
    ]
    title = f"{_of(run, before)}p values with other blocks"
    return table(f"{before}blocks", title, columns, sorted(rows, key=lambda one: one.block))


def _of(run: BasketRun, before: str) -> str:
    return f"{panel_name(run.panel.file)}: " if before else ""


def _leave_one_out(run: BasketRun, before: str) -> Table:
    columns = (
        column("name", "without"),
        *(column(one, f"change of {lower_words(one)}", "ratio") for one in MEASURES),
    )
    title = f"{_of(run, before)}Changes without one name, what moves dispersion most first"
    return table(f"{before}without_a_name", title, columns, run.leave_one_out)


def _left_out(run: BasketRun, before: str) -> Table:
    columns = (column("name", "left out"), column("periods", f"{run.spacing.name}s with a return", "count"))
    title = f"{_of(run, before)}Names that lack some of the {2 * run.windows.length} {run.spacing.name}s measured"
    return table(f"{before}left_out", title, columns, run.left_out)


def _rolling(run: BasketRun, before: str) -> Table:
    columns = (
        column("day", "ends on"),
        column("average_correlation", "average correlation", "ratio"),
        column("pc1_share", "PC1 share", "ratio"),
        column("dispersion", "dispersion", "ratio"),
        column("side", "side of the day"),
    )
    title = f"{_of(run, before)}Windows of {run.windows.rolling} {run.spacing.name}s; dispersion on the last of them"
    return table(f"{before}rolling", title, columns, run.rolling)
