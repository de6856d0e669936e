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


PALETTE = (NAVY, ORANGE, TEAL, RED, GREY)
"""Colours of lines that have no meaning of their own, in order."""

_LABELLED = 16
"""As many points as have their amount written beside them."""


def dated(points: Points, *, day_title: str, amount_title: str, stepped: bool = False) -> Spec:
    """Figures along days: filled points where `standing` is `in force`, hollow ones elsewhere, joined by `line`.

    A point has `day`, `amount`, `line` and `standing`. Lines join what is in force, or, where `stepped`, every figure
    until the next replaces it. Few points are labelled with their amounts.
    """
    named = list(dict.fromkeys(str(point["line"]) for point in points))
    colours = dict(zip(named, PALETTE, strict=False)) if len(named) <= len(PALETTE) else None
    filled = [point for point in points if point["standing"] == "in force"]
    hollow = [point for point in points if point["standing"] != "in force"]
    amount_of = [float(point["amount"]) for point in points]
    from_zero = min(amount_of) < 0.6 * max(amount_of)
    day: Spec = {"field": "day", "type": "temporal", "title": day_title, "scale": {"padding": 28}}
    day["axis"] = {"format": "%b %Y", "labelAngle": 0}
    channels: Spec = {
        "x": day,
        "y": amounts("amount", amount_title, scale={"zero": from_zero}),
        "color": coloured("line", colours, labelLimit=_WIDE),
    }
    line: Spec = {"type": "line", "strokeWidth": 1.5, **({"interpolate": "step-after"} if stepped else {})}
    layers = [
        mark(points if stepped else filled, line, **channels),
        mark(filled, {"type": "point", "filled": True, "size": 60, "opacity": 1}, **channels),
        mark(hollow, {"type": "point", "filled": False, "size": 60, "opacity": 1}, **channels),
    ]
    if len(points) <= _LABELLED:
        told: Spec = {"field": "amount", "type": "quantitative", "format": ",.4~g"}
        layers += [
            mark(filled, {"type": "text", "dx": -4, "dy": -11, "align": "right"}, **channels, text=told),
            mark(hollow, {"type": "text", "dx": 6, "dy": 13, "align": "left"}, **channels, text=told),
        ]
    return {"layer": layers}
