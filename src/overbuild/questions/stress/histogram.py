"""A number over many worlds as columns, coloured by the side of a level on which they stand."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.answer import Chart
from overbuild.questions.charts import NAVY, ORANGE, TEAL, amounts, chart, coloured, headed, mark
from overbuild.stress.worlds.distribution import ValueDistribution

_BARS = 40
_WIDTH, _HEIGHT = 620, 220
_OFF = 0.005


class HistogramSides(NamedTuple):
    """What it is called to lie below a level, and at or above it; which of these is bad is drawn dark."""

    below: str
    above: str
    level: float = 0.0
    bad_is_below: bool = True


class Histogram(NamedTuple):
    """What a histogram is called, finds and measures, with the title of its axis."""

    name: str
    finding: str
    measure: str
    axis: str
    sides: HistogramSides


def histogram(
    values: ValueDistribution, told: Histogram, of_case: float | None, foot: str, *, size: float = 1.0
) -> tuple[Chart, ...]:
    """Columns between the 0.5 and 99.5% quantiles; nothing where all worlds have one value. Amounts are told in `size`s."""
    low, high = values.quantile(_OFF), values.quantile(1.0 - _OFF)
    if not high > low:
        return ()
    width = (high - low) / _BARS
    counts = [0] * _BARS
    for least, greatest, count in zip(values.least, values.greatest, values.counts, strict=True):
        middle = 0.5 * (least + greatest)
        counts[min(_BARS - 1, max(0, math.floor((middle - low) / width)))] += int(count)
    sides = told.sides
    points: list[dict[str, str | float]] = [
        {
            "from": (low + place * width) / size,
            "to": (low + (place + 1) * width) / size,
            "share": 100.0 * count / values.size,
            "is": sides.above if low + (place + 0.5) * width >= sides.level else sides.below,
        }
        for place, count in enumerate(counts)
    ]
    x = amounts("from", f"{told.axis}; the ends hold what lies beyond", scale={"zero": False, "nice": False})
    colours = {sides.below: NAVY, sides.above: TEAL} if sides.bad_is_below else {sides.below: TEAL, sides.above: NAVY}
    bars = mark(points, {"type": "bar", "binSpacing": 1}, x=x, x2={"field": "to"}, y=amounts("share", "% of worlds"),
                y2={"datum": 0}, color={**coloured("is", colours), "legend": None})  # fmt: skip
    layers = [bars]
    if of_case is not None:
        case = [{"case": min(max(of_case, low), high) / size, "told": "the case"}]
        layers.append(
            mark(case, {"type": "rule", "color": ORANGE, "strokeWidth": 2, "strokeDash": [2, 2]}, x=amounts("case"))
        )
        word = {"type": "text", "color": ORANGE, "align": "left", "dx": 5, "dy": 8, "fontWeight": "bold"}
        layers.append(mark(case, word, x=amounts("case"), y={"value": 0}, text={"field": "told"}))
    heading = headed(told.finding, told.measure)
    drawing = {"layer": layers}
    return (chart(told.name, told.finding, heading, width=_WIDTH, height=_HEIGHT, drawing=drawing, foot=foot),)
