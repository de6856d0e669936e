"""Charts as Vega-Lite: one palette, the few marks that answers use, and the shell round them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from overbuild.answer import Chart, FactUsed
from overbuild.questions.prose import times
from overbuild.version import __version__

NAVY, TEAL, GREY, ORANGE, RED = "#123a5e", "#1f8f91", "#c3cad1", "#e79a1c", "#a3201d"
"""What is owed or required; what is earned before debt; the rest; what it is held against; a warning.

Printed in grey they keep five shades, and no two of them are alike to readers who are blind to red or green.
"""

INK = "#333333"
"""The colour of words and of ranges."""

Points: TypeAlias = Sequence[Mapping[str, str | float]]
"""The data of a mark: one mapping of fields to values a point."""

Spec: TypeAlias = dict[str, Any]
"""A part of a Vega-Lite specification."""

_WIDE = 260
"""Most pixels of a label."""


FEW_SOURCES = 3
"""As many sources as a chart names."""


def source_line(facts: Sequence[FactUsed], as_of: str | None = None) -> str:
    """Where the numbers of a picture come from, and of which day they are.

    >>> source_line([FactUsed("a", "sec-2026-filing", "2026-07-29", "day")])[:59]
    'Source: sec-2026-filing; newest known 2026-07-29. overbuild'
    """
    keys = sorted({one.source for one in facts})
    named = ", ".join(keys) if len(keys) <= FEW_SOURCES else f"{times(len(facts), 'fact')} from {len(keys)} documents"
    exact = [one.known_at for one in facts if one.known_at_precision == "day"]
    newest = max(exact or [one.known_at for one in facts], default="")
    day = f" on the facts known on {as_of}" if as_of else ""
    told = f"{'Source' if len(keys) == 1 else 'Sources'}: {named}; newest known {newest}{day}. " if keys else ""
    return f"{told}overbuild {__version__}"


def chart(
    name: str, title: str, heading: Spec, *, width: int, height: int, drawing: Spec, foot: str | Sequence[str] = ""
) -> Chart:
    """A chart: the shell round a drawing (a mark, or layers of marks). `title` says what it shows, in a sentence.

    The heading's `text` says the finding and its `subtitle` the measure and unit; `foot` the sources and their day. The
    parts of a drawing that is made of several, one above the other, have sizes of their own.
    """
    size: Spec = {} if "vconcat" in drawing else {"width": width, "height": height}
    drawn: Spec = {**size, **drawing}
    if foot:
        below = {"text": foot if isinstance(foot, str) else list(foot), "orient": "bottom", "anchor": "start"}
        faint = {"fontSize": 10, "fontWeight": "normal", "color": "#5f6b76", "offset": 14, "limit": width + _WIDE}
        drawn = {"vconcat": [{"title": {**below, **faint}, **drawn}]}
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {**heading, "anchor": "start"},
        **drawn,
        "config": {
            "view": {"stroke": None},
            "font": "sans-serif",
            "title": {
                "fontSize": 15,
                "subtitleFontSize": 12,
                "subtitleColor": "#444444",
                "subtitlePadding": 5,
                "offset": 12,
            },
            "axis": {
                "labelFontSize": 11,
                "titleFontSize": 11,
                "titleFontWeight": "normal",
                "gridColor": "#e6e9ec",
                "tickCount": 8,
            },
            "text": {"fontSize": 11, "color": INK},
        },
    }
    return Chart(name, title, spec)


def headed(finding: str, measure: str | Sequence[str]) -> Spec:
    """The heading of a chart: what it finds, then what is measured and in which unit."""
    return {"text": finding, "subtitle": measure if isinstance(measure, str) else list(measure)}


def mark(points: Points, shape: Spec, **encoding: Spec) -> Spec:
    """A mark on some points: its shape, and which field is drawn on which channel."""
    return {"data": {"values": list(points)}, "mark": shape, "encoding": encoding}


def amounts(field: str, title: str | None = None, **more: Any) -> Spec:
    """A channel of amounts. A channel that another mark has titled needs no title."""
    return {"field": field, "type": "quantitative", **({"title": title} if title else {}), **more}


def coloured(field: str, colours: Mapping[str, str] | None = None, **legend: Any) -> Spec:
    """A channel of colours, with the colour of each value or those of the surface, and a legend above the drawing."""
    scale = {"scale": {"domain": list(colours), "range": list(colours.values())}} if colours else {}
    above = {"orient": "top", "offset": 4, **legend}
    return {"field": field, "type": "nominal", "title": None, "sort": None, **scale, "legend": above}


def ranged_bars(points: Points, *, title: str, colours: Mapping[str, str]) -> Spec:
    """Horizontal bars from 0, each told beside it, with its range drawn as a line from low to high.

    A point has `label`, `kind` (which colours it), `low`, `central`, `high` and `text`; without a range the ends are equal.
    """
    ends = [float(point[end]) for point in points for end in ("low", "high", "central")]
    span = max(*ends, 0.0) - min(*ends, 0.0)
    bar: Spec = {"field": "label", "type": "nominal", "title": None, "sort": None}
    bar["axis"] = {"labelLimit": _WIDE, "labelFontSize": 12, "ticks": False, "domain": False, "labelPadding": 8}
    far = [{**point, "far": max(float(point["high"]), float(point["central"]), 0.0)} for point in points]
    scale = {"domain": [min(*ends, 0.0), max(*ends, 0.0) + 0.34 * span], "nice": False}
    with_range = [point for point in points if point["low"] != point["high"]]
    colour = {**coloured("kind", colours), "legend": None}
    layers = [mark(far, {"type": "bar", "height": 20}, y=bar, x=amounts("central", title, scale=scale), color=colour)]
    if with_range:
        ends_of: Spec = {"y": bar, "x": amounts("low"), "x2": {"field": "high"}}
        layers.append(mark(with_range, {"type": "rule", "color": "white", "strokeWidth": 6}, **ends_of))
        layers.append(mark(with_range, {"type": "rule", "color": INK, "strokeWidth": 2}, **ends_of))
        for end in ("low", "high"):
            tick: Spec = {"type": "tick", "color": INK, "size": 12, "thickness": 2}
            layers.append(mark(with_range, tick, y=bar, x=amounts(end)))
    layers.append(mark(far, {"type": "text", "align": "left", "dx": 7}, y=bar, x=amounts("far"), text=_TOLD))
    return {"layer": layers}


def tornado(points: Points, *, used: float, title: str) -> Spec:
    """What an answer is at the low and the high end of each assumption, against what it is as used.

    A point has `label`, `at_low`, `at_high` (the answers) and `low_text`, `high_text` (what stands at their ends, where
    they move the answer). The low end is drawn dark, the high end light.
    """
    ends = [used, *(float(point[end]) for point in points for end in ("at_low", "at_high"))]
    room = 0.3 * (max(ends) - min(ends))
    scale = {"domain": [min(ends) - room, max(ends) + room], "nice": False, "zero": False}
    bar: Spec = {"field": "label", "type": "nominal", "title": None, "sort": None}
    bar["axis"] = {"labelLimit": _WIDE, "labelFontSize": 12, "ticks": False, "domain": False, "labelPadding": 8}
    layers: list[Spec] = []
    for end, colour in (("low", NAVY), ("high", ORANGE)):
        told: Spec = {"field": f"{end}_text", "type": "nominal"}
        drawn = [{**point, "used": used} for point in points]
        thick: Spec = {"type": "bar", "height": 16, "color": colour}
        layers.append(mark(drawn, thick, y=bar, x=amounts("used", title, scale=scale), x2={"field": f"at_{end}"}))
        for side, align, dx in ((True, "left", 5), (False, "right", -5)):
            beyond = [
                one for one in drawn if float(one[f"at_{end}"]) != used and (float(one[f"at_{end}"]) > used) == side
            ]
            if beyond:
                words: Spec = {"type": "text", "align": align, "dx": dx, "fontSize": 10}
                layers.append(mark(beyond, words, y=bar, x=amounts(f"at_{end}"), text=told))
    line: Spec = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    layers.append(mark([{"used": used}], line, x=amounts("used")))
    return {"layer": layers}


def lines(
    points: Points, *, x: str, line: str, amount: str, title: str, colours: Mapping[str, str], crossings: Points = ()
) -> Spec:
    """Lines over an axis of words, each told at its end; `crossings` are circled and told by their `text`."""
    axis: Spec = {"field": x, "type": "ordinal", "title": None, "sort": None, "axis": {"labelAngle": 0}}
    colour = {**coloured(line, colours), "legend": None}
    last = {str(point[line]): point for point in points}
    shape: Spec = {"type": "line", "point": True, "strokeWidth": 2.5}
    told: Spec = {"field": line, "type": "nominal"}
    layers = [mark(points, shape, x=axis, y=amounts(amount, title), color=colour)]
    ends = [float(point[amount]) for point in last.values()]
    span = max(float(point[amount]) for point in points) - min(0.0, *ends)
    for point, down in zip(last.values(), kept_apart(ends, 0.06 * span), strict=True):
        words: Spec = {"type": "text", "align": "left", "dx": 9, "dy": 15 * down, "fontWeight": "bold", "fontSize": 12}
        layers.append(mark([point], words, x=axis, y=amounts(amount), color=colour, text=told))
    if crossings:
        circle: Spec = {"type": "point", "size": 260, "color": RED, "strokeWidth": 2}
        said: Spec = {"type": "text", "dx": -12, "dy": -16, "align": "right", "color": RED, "fontWeight": "bold"}
        layers.append(mark(crossings, circle, x=axis, y=amounts(amount)))
        layers.append(mark(crossings, said, x=axis, y=amounts(amount), text=_TOLD))
    return {"layer": layers}


def kept_apart(heights: Sequence[float], distance: float) -> list[float]:
    """By how much each label goes down, in rows of this distance, so that each stands a row below the one above it.

    >>> kept_apart([5.0, 0.0, 5.5], 1.0), kept_apart([3.0, 3.0, 3.0], 0.5)
    ([0.5, 0.0, 0.0], [0.0, 1.0, 2.0])
    """
    down = [0.0] * len(heights)
    free = math.inf
    for at in sorted(range(len(heights)), key=lambda at: -heights[at]):
        stands = min(heights[at], free)
        down[at] = (heights[at] - stands) / distance if distance > 0.0 else 0.0
        free = stands - distance
    return down


_TOLD: Spec = {"field": "text", "type": "nominal"}
"""The channel of words that stand in a point's `text`."""


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
    if colours:
        channels["color"]["legend"] = None
        ends = {str(point["line"]): point for point in sorted(points, key=lambda one: str(one["day"]))}
        words: Spec = {"type": "text", "align": "left", "dx": 9, "fontWeight": "bold", "fontSize": 12}
        layers.append(mark(list(ends.values()), words, **channels, text={"field": "line", "type": "nominal"}))
    if len(points) <= _LABELLED:
        told: Spec = {"field": "amount", "type": "quantitative", "format": ",.4~g"}
        layers += [
            mark(filled, {"type": "text", "dx": -4, "dy": -11, "align": "right"}, **channels, text=told),
            mark(hollow, {"type": "text", "dx": 6, "dy": 13, "align": "left"}, **channels, text=told),
        ]
    return {"layer": layers}
