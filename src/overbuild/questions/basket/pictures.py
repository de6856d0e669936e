"""A basket through time, as pictures: rolling correlation and dispersion, and whose pairs part."""

from __future__ import annotations

from overbuild.answer import Chart
from overbuild.ecosystem.basket.basket_run import BasketRun
from overbuild.questions.basket.story import verdict
from overbuild.questions.basket.words import panel_name
from overbuild.questions.charts import NAVY, ORANGE, RED, Points, Spec, amounts, chart, headed, mark, source_line

_WIDTH, _HEIGHT, _CELL = 600, 170, 22

_WHEN: Spec = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%b %Y", "labelAngle": 0}}


def pictures(run: BasketRun, other: BasketRun | None) -> tuple[Chart, ...]:
    """Rolling measures of each panel, and how far each pair of names moved apart."""
    beside = () if other is None else (_rolling(other, "beside"),)
    return (_rolling(run, "rolling"), *beside, _pairs(run))


def _rolling(run: BasketRun, name: str) -> Chart:
    found, period = run.windows, run.spacing.name
    points: Points = [one._asdict() for one in run.rolling]
    finding = f"{panel_name(run.panel.file)}: {verdict(run)} ({found.day}, {found.length} {period}s each side)"
    measure = (
        f"Above: average correlation over {found.rolling} {period}s. Below: dispersion of the {period}, and its mean each side "
        "of the day"
    )
    above = _through_time(points, "average_correlation", "average correlation", NAVY, found.day)
    spread: Points = [{"day": one.day, "dispersion": one.dispersion * 100.0} for one in run.rolling]
    below = _through_time(spread, "dispersion", f"dispersion, % a {period}", ORANGE, found.day)
    above["layer"].append(_day_told(found.day))
    below["layer"].append(_means(run))
    drawing: Spec = {"vconcat": [above, below], "spacing": 12, "resolve": {"scale": {"x": "shared"}}}
    heading = headed(finding, measure)
    return chart(name, finding, heading, width=_WIDTH, height=_HEIGHT, drawing=drawing, foot=_foot(run))


def _foot(run: BasketRun) -> str:
    return f"Source: {panel_name(run.panel.file)}, {len(run.panel.names)} names. {source_line(())}"


def _through_time(points: Points, field: str, title: str, colour: str, day: str) -> Spec:
    """A line along days, with the day marked."""
    ends = [str(point["day"]) for point in points]
    height = amounts(field, title, scale={"zero": field == "dispersion"})
    line: Spec = {"type": "line", "strokeWidth": 2.5, "color": colour}
    layers = [mark(points, line, x=_WHEN, y=height)]
    if ends and ends[0] <= day <= ends[-1]:
        rule: Spec = {"type": "rule", "color": RED, "strokeDash": [5, 3], "strokeWidth": 1.5}
        layers.append(mark([{"day": day}], rule, x=_WHEN))
    return {"width": _WIDTH, "height": _HEIGHT, "layer": layers}


def _day_told(day: str) -> Spec:
    """The day in words, at the top of its mark."""
    words: Spec = {"type": "text", "align": "left", "dx": 5, "dy": 8, "color": RED, "baseline": "top"}
    return mark([{"day": day, "text": day}], words, x=_WHEN, y={"value": 0}, text={"field": "text"})


def _means(run: BasketRun) -> Spec:
    """Dispersion of the two windows that are compared, each as a line from its first to its last period."""
    found, days, apart = run.windows, run.panel.days, run.compared.of("dispersion")
    drawn_from = run.rolling[0].day if run.rolling else found.day
    sides: Points = [
        {
            "from": max(days[found.after - found.length], drawn_from),
            "to": found.day,
            "dispersion": apart.before.value * 100.0,
        },
        {"from": found.day, "to": days[found.after + found.length - 1], "dispersion": apart.after.value * 100.0},
    ]
    rule: Spec = {"type": "rule", "color": NAVY, "strokeWidth": 2}
    from_day: Spec = {"field": "from", "type": "temporal"}
    return mark(sides, rule, x=from_day, x2={"field": "to"}, y=amounts("dispersion"))


def _pairs(run: BasketRun) -> Chart:
    """How the correlation of each pair changed: a square a pair."""
    names = run.panel.names
    points: Points = [
        {"one": one, "other": other, "change": float(run.pairs[at, to])}
        for at, one in enumerate(names)
        for to, other in enumerate(names)
        if at != to
    ]
    rose = sum(float(point["change"]) > 0.0 for point in points) // 2
    finding = (
        f"{panel_name(run.panel.file)}: {rose} of {len(points) // 2} pairs move together more after {run.windows.day}"
    )
    axis: Spec = {
        "type": "nominal",
        "title": None,
        "sort": list(names),
        "axis": {"labelAngle": 0, "domain": False, "ticks": False},
    }
    across: Spec = {**axis, "field": "other", "axis": {**axis["axis"], "labelAngle": -90}}
    scale: Spec = {"domain": [-1, 0, 1], "range": [ORANGE, "#f4f4f2", NAVY], "type": "linear"}
    colour: Spec = {"field": "change", "type": "quantitative", "title": "change", "scale": scale}
    drawing = mark(points, {"type": "rect", "stroke": "white"}, y={**axis, "field": "one"}, x=across, color=colour)
    size = _CELL * len(names)
    heading = headed(finding, "Change of the correlation of each pair of names, after the day less before it")
    return chart("pairs", finding, heading, width=max(size, 300), height=size, drawing=drawing, foot=_foot(run))
