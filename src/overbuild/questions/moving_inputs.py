"""Inputs that move an answer, one at a time over their ranges: as a table, a picture and sentences, for every kind of case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from overbuild.answer import Chart, Table
from overbuild.questions.charts import Points, chart, headed, tornado
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.deciding import DECISIVE, Ends, decisive, short, three
from overbuild.questions.prose import capitalised
from overbuild.world.provenance.input_ends import InputEnds

InputWords: TypeAlias = Callable[[str], str]
"""An input by its path, in words."""

NOTE = "one at a time, the others as used; the largest first"
MOST_DRAWN = 8
"""Inputs that a picture shows."""

_WIDTH, _BAR = 560, 30


class MovedColumns(NamedTuple):
    """What the table says of the answer at either end: its two headings, and its unit."""

    at_low: str
    at_high: str
    unit: str


def moving_table(
    title: str, inputs: Iterable[InputEnds], words: InputWords, moved: MovedColumns, note: str = NOTE
) -> Table:
    """Inputs with their range, and the answer at either end of it."""
    columns = (
        unprinted("path", lambda one: one.input.path),
        column("input", "input", fill=lambda one: words(one.input.path)),
        column("range", "low, used, high", fill=_range),
        column("at_low", moved.at_low, moved.unit),
        column("at_high", moved.at_high, moved.unit),
    )
    return table("sensitivity", title, columns, inputs, note=note)


def _range(one: InputEnds) -> str:
    return three(one.input.low or 0.0, one.input.value, one.input.high or 0.0, one.unit)


def moving_words(
    inputs: Sequence[InputEnds], words: InputWords, before: str, told: Callable[[float], str], after: str = ""
) -> tuple[str, ...]:
    """The inputs that decide an answer as sentences: each with its value, and the answer at its low and its high end.

    An answer is told as `before`, the number, `after` at the low end; at the high end as the number alone.
    """
    return tuple(
        decisive(
            words(one.input.path),
            Ends(one.input.low or 0.0, one.input.value, one.input.high or 0.0, one.unit),
            f"{before} {told(one.at_low)}{after}",
            told(one.at_high),
        )
        for one in inputs[:DECISIVE]
    )


class MovedAnswer(NamedTuple):
    """The answer that inputs move: as used, the size that it is drawn in, how one is told, the title of its axis.

    `decides` is what the first input does, such as "decides what a unit is worth", and `of` what the picture is of where
    the finding begins with it; `measure` says what is drawn.
    """

    used: float
    size: float
    told: Callable[[float], str]
    axis: str
    decides: str
    measure: str
    of: str = ""


def moving_chart(
    inputs: Sequence[InputEnds], words: InputWords, moved: MovedAnswer, foot: str, most: int = MOST_DRAWN
) -> Chart:
    """The inputs that move an answer, as bars from its low to its high end."""
    shown = [one for one in inputs if one.swing][:most]
    points: Points = [
        {
            "label": capitalised(words(one.input.path)),
            "at_low": one.at_low / moved.size,
            "at_high": one.at_high / moved.size,
            "low_text": f"{short(one.input.low or 0.0, one.unit)}: {moved.told(one.at_low)}",
            "high_text": f"{short(one.input.high or 0.0, one.unit)}: {moved.told(one.at_high)}",
        }
        for one in shown
    ]
    first = capitalised(words(shown[0].input.path)) if shown else "Nothing"
    begins = f"{moved.of}: {first[:1].lower()}{first[1:]}" if moved.of else first
    finding = f"{begins} {moved.decides}"
    measure = [
        f"{moved.measure}; as used {moved.told(moved.used)}.",
        "One at a time, dark at the low end of its range, light at the high end.",
    ]
    drawing = tornado(points, used=moved.used / moved.size, title=moved.axis)
    height = _BAR * max(len(points), 1)
    return chart("moves", finding, headed(finding, measure), width=_WIDTH, height=height, drawing=drawing, foot=foot)
