"""Charts as Vega-Lite: one palette, the few marks that answers use, and the shell round them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from overbuild.answer import Chart

NAVY, TEAL, GREY, ORANGE, RED = "#1f4e79", "#2e8b9a", "#9aa5b1", "#d9822b", "#b22222"
"""What is owed or required; what is earned before debt; the rest; what it is held against; a warning."""

Points: TypeAlias = Sequence[Mapping[str, str | float]]
"""The data of a mark: one mapping of fields to values a point."""

Spec: TypeAlias = dict[str, Any]
"""A part of a Vega-Lite specification."""

_WIDE = 260
"""Most pixels of a label."""


def chart(name: str, title: str, heading: Spec, *, width: int, height: int, drawing: Spec) -> Chart:
    """A chart: the shell round a drawing (a mark, or layers of marks)."""
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {**heading, "anchor": "start"},
        "width": width,
        "height": height,
        **drawing,
        "config": {"view": {"stroke": None}, "font": "sans-serif"},
    }
    return Chart(name, title, spec)


def mark(points: Points, shape: Spec, **encoding: Spec) -> Spec:
    """A mark on some points: its shape, and which field is drawn on which channel."""
    return {"data": {"values": list(points)}, "mark": shape, "encoding": encoding}


def amounts(field: str, title: str | None = None, **more: Any) -> Spec:
    """A channel of amounts. A channel that another mark has titled needs no title."""
    return {"field": field, "type": "quantitative", **({"title": title} if title else {}), **more}


def coloured(field: str, colours: Mapping[str, str] | None = None, **legend: Any) -> Spec:
    """A channel of colours, with the colour of each value or those of the surface, and a legend below."""
    scale = {"scale": {"domain": list(colours), "range": list(colours.values())}} if colours else {}
    below = {"orient": "bottom", **legend}
    return {"field": field, "type": "nominal", "title": None, "sort": None, **scale, "legend": below}


def bars(points: Points, *, bar: str, part: str, amount: str, title: str, colours: Mapping[str, str]) -> Spec:
    """Horizontal bars, each stacked of parts."""
    return mark(
        points,
        {"type": "bar", "height": 34},
        y={"field": bar, "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": _WIDE}},
        x=amounts(amount, title, stack="zero"),
        color=coloured(part, colours, columns=2, labelLimit=_WIDE),
    )


def lines(
    points: Points, *, x: str, line: str, amount: str, title: str, colours: Mapping[str, str], crossings: Points = ()
) -> Spec:
    """Lines over an axis of words; `crossings` are circled and told by their `text`."""
    axis: Spec = {"field": x, "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    drawn = mark(
        points,
        {"type": "line", "point": True, "strokeWidth": 2.5},
        x=axis,
        y=amounts(amount, title),
        color=coloured(line, colours, labelLimit=_WIDE),
    )
    if not crossings:
        return {"layer": [drawn]}
    circle: Spec = {"type": "point", "size": 220, "color": RED, "strokeWidth": 2}
    words: Spec = {"type": "text", "dx": -12, "dy": -14, "align": "right", "color": RED, "fontWeight": "bold"}
    told: Spec = {"field": "text", "type": "nominal"}
    marks = [
        mark(crossings, circle, x=axis, y=amounts(amount)),
        mark(crossings, words, x=axis, y=amounts(amount), text=told),
    ]
    return {"layer": [drawn, *marks]}
