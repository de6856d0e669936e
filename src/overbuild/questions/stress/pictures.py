"""A site over many worlds as pictures: the fan of DSCR with its levels, when it ends, what lenders lose, owners' value."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.questions.charts import (
    GREY,
    NAVY,
    ORANGE,
    RED,
    TEAL,
    Points,
    Spec,
    amounts,
    chart,
    coloured,
    headed,
    mark,
    source_line,
)
from overbuild.questions.prose import m, pct, times
from overbuild.questions.stress.histogram import Histogram, HistogramSides, histogram
from overbuild.questions.stress.tables import ENDS
from overbuild.stress.site_worlds.measures import DSCR, EQUITY_NPV, KINDS
from overbuild.stress.site_worlds.results import FAN_SHARES, FanPlace, SiteDistribution

_WIDTH, _HEIGHT = 620, 260
_LOWEST, _HIGHEST = -0.5, 3.0
_COLOURS = {"payment": NAVY, "covenant": TEAL, "maturity": ORANGE, "unfunded": RED, "closed": GREY}
_BANDS = (("1 to 99%", 0.01, 0.99), ("5 to 95%", 0.05, 0.95), ("25 to 75%", 0.25, 0.75))


def pictures(found: SiteDistribution, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The pictures of a site over many worlds; those of debt only where there is some."""
    foot = _foot(found, facts)
    return (*_fan(found, foot), *_timing(found, foot), *_losses(found, foot), *_value(found, foot))


def _foot(found: SiteDistribution, facts: Sequence[FactUsed]) -> str:
    return f"{found.summary.counted:,} worlds, seed {found.settings.seed}. {source_line(facts)}"


def _periods(found: SiteDistribution, places: Sequence[int]) -> Spec:
    """The axis of periods, with at most twelve names."""
    labels = [found.basis.calendar.label(place) for place in places]
    every = found.basis.calendar.periods_per_year
    while len(labels) / every > 12:
        every *= 2
    axis = {"labelAngle": 0, "values": labels[::every], "title": None}
    return {"field": "period", "type": "ordinal", "sort": None, "axis": axis, "scale": {"domain": labels}}


def _fan(found: SiteDistribution, foot: str) -> tuple[Chart, ...]:
    """DSCR by period over the worlds that still owe, and how many these are."""
    places = [one for one in found.fan(DSCR) if one.there > 0.002]
    if not places:
        return ()
    x = _periods(found, [one.place for one in places])
    highest = max(1.5, min(_HIGHEST, max(_at(one, 0.95) for one in places)))
    scale = {"domain": [_LOWEST, highest], "clamp": True, "nice": False}
    layers = [_band(found, places, low, high, x, scale) for _, low, high in _BANDS]
    middle = [{"period": found.basis.calendar.label(one.place), "dscr": _at(one, 0.5)} for one in places]
    layers.append(
        mark(middle, {"type": "line", "color": NAVY, "strokeWidth": 2.5}, x=x, y=amounts("dscr", scale=scale))
    )
    case = _case_line(found, [one.place for one in places])
    layers.append(mark(case, {"type": "line", "color": ORANGE, "strokeWidth": 1.5, "strokeDash": [2, 2]}, x=x,
                       y=amounts("dscr", scale=scale)))  # fmt: skip
    layers += _levels(found, places, x, scale)
    y: Spec = amounts("there", "owe, %", scale={"domain": [0, 100]}, axis={"tickCount": 2})
    still = [{"period": found.basis.calendar.label(one.place), "there": 100.0 * one.there} for one in places]
    below = mark(still, {"type": "area", "color": GREY}, x=x, y=y)
    finding = f"{found.basis.sized.name}: {_finding(places, found.basis.calendar.word)}"
    measure = [
        "DSCR by period over the worlds that still owe; shades hold 98, 90 and 50% of them, the line is the middle;",
        f"dotted: the case itself; beyond {_LOWEST:g}x and {highest:.1f}x values are drawn at the edge; "
        "below: the share of worlds that owe",
    ]
    drawing: Spec = {"vconcat": [
        {"width": _WIDTH, "height": _HEIGHT, "layer": layers},
        {"width": _WIDTH, "height": 46, **below},
    ], "spacing": 8}  # fmt: skip
    return (_stacked("fan", finding, measure, drawing, foot),)


def _stacked(name: str, finding: str, measure: Sequence[str], drawing: Spec, foot: str) -> Chart:
    """A chart of two panels: the shell of one, with its panels in place."""
    made = chart(name, finding, headed(finding, measure), width=_WIDTH, height=_HEIGHT, drawing={}, foot=foot)
    panels: list[Spec] = drawing["vconcat"]
    foot_title = made.spec["vconcat"][0]["title"]
    spec = {**made.spec, "vconcat": [*panels[:-1], {**panels[-1], "title": foot_title}], "spacing": drawing["spacing"]}
    return made._replace(spec=spec)


def _at(one: FanPlace, share: float) -> float:
    return one.quantiles[FAN_SHARES.index(share)]


def _band(found: SiteDistribution, places: Sequence[FanPlace], low: float, high: float, x: Spec, scale: Spec) -> Spec:
    points = [
        {"period": found.basis.calendar.label(one.place), "low": _at(one, low), "high": _at(one, high)}
        for one in places
    ]
    shape: Spec = {"type": "area", "color": TEAL, "opacity": 0.22}
    return mark(points, shape, x=x, y=amounts("low", "DSCR", scale=scale), y2={"field": "high"})


def _case_line(found: SiteDistribution, places: Sequence[int]) -> Points:
    lines = found.basis.run.lines
    return [
        {"period": found.basis.calendar.label(place), "dscr": lines["dscr"][place]}
        for place in places
        if lines["debt_is_due"][place] > 0.0
    ]


def _levels(found: SiteDistribution, places: Sequence[FanPlace], x: Spec, scale: Spec) -> list[Spec]:
    """The levels at which lenders act, their words set apart along the axis."""
    told = [(1.0, "1.00x: paid in full")]
    told += [
        (one.level, f"{one.level:.2f}x: {one.action.replace('lockup', 'lock-up')}")
        for one in found.basis.run.plan.tests
        if one.test == "dscr_12m"
    ]
    apart = max(1, len(places) // (len(told) + 1))
    y, drawn = amounts("level", scale=scale), list[Spec]()
    for row, (level, words) in enumerate(told):
        at = found.basis.calendar.label(places[min((row + 1) * apart, len(places) - 1)].place)
        point: Points = [{"level": level, "told": words, "period": at}]
        drawn.append(mark(point, {"type": "rule", "strokeDash": [5, 3], "color": RED}, y=y))
        text: Spec = {"type": "text", "align": "left", "dy": -6 if row else 10, "color": RED}
        halo: Spec = {**text, "stroke": "white", "strokeWidth": 4}
        drawn += [mark(point, one, x=x, y=y, text={"field": "told"}) for one in (halo, text)]
    return drawn


def _finding(places: Sequence[FanPlace], period: str) -> str:
    low = sum(_at(one, 0.05) < 1.0 for one in places)
    if not low:
        return "DSCR stays above 1.00x in nineteen of twenty worlds that owe"
    return f"one world in twenty has a DSCR below 1.00x in {low} of {times(len(places), period)}"


def _timing(found: SiteDistribution, foot: str) -> tuple[Chart, ...]:
    """The share of all worlds that end in each calendar year, by how they end."""
    ended, counted = found.summary.ended, max(1, found.summary.counted)
    by_year: dict[tuple[str, str], float] = {}
    for place in range(ended.shape[1]):
        year = found.basis.calendar.label(place)[:4]
        for kind in KINDS:
            share = 100.0 * int(ended[1 + KINDS.index(kind), place]) / counted
            by_year[year, kind] = by_year.get((year, kind), 0.0) + share
    kinds = [kind for kind in _COLOURS if any(share for (_, one), share in by_year.items() if one == kind)]
    if not kinds:
        return ()
    years = sorted({year for (year, _), share in by_year.items() if share})
    points: list[dict[str, str | float]] = [
        {"year": str(year), "how": ENDS[kind], "share": by_year.get((str(year), kind), 0.0)}
        for year in range(int(years[0]), int(years[-1]) + 1)
        for kind in kinds
    ]
    x: Spec = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    drawing = mark(points, {"type": "bar"}, x=x, y=amounts("share", "% of all worlds", stack="zero"),
                   color=coloured("how", {ENDS[kind]: _COLOURS[kind] for kind in kinds}, columns=2, labelLimit=300))  # fmt: skip
    likely = max(years, key=lambda year: sum(by_year[year, kind] for kind in kinds))
    share = sum(by_year[likely, kind] for kind in kinds)
    finding = f"{found.basis.sized.name}: most worlds that end early end in {likely}, {share:.1f}% of all"
    measure = "% of all worlds that end before their time in each calendar year"
    return (
        chart("timing", finding, headed(finding, measure), width=_WIDTH, height=_HEIGHT, drawing=drawing, foot=foot),
    )


def _losses(found: SiteDistribution, foot: str) -> tuple[Chart, ...]:
    """What each lender loses in the mean and in the worst 1%, in shares of what it lent."""
    losses = [one for one in found.losses() if one.lent > 0.0]
    if not losses:
        return ()
    names = {"mean of all worlds": NAVY, "mean of the worst 1%": ORANGE}
    points: list[dict[str, str | float]] = []
    for one in losses:
        for name, amount in zip(names, (one.expected.value, one.worst), strict=True):
            told = f"{pct(amount / one.lent)}, {m(amount)}"
            points.append({"lender": one.name, "of": name, "share": 100.0 * amount / one.lent, "told": told})
    y: Spec = {"field": "lender", "type": "nominal", "title": None, "sort": None, "axis": {"labelFontSize": 12}}
    most = max(float(point["share"]) for point in points)
    x = amounts("share", "% of what was lent", scale={"domain": [0.0, max(1.0, 1.25 * most)], "nice": False})
    offset: Spec = {"field": "of", "sort": list(names)}
    bars = mark(points, {"type": "bar"}, y=y, yOffset=offset, x=x, color=coloured("of", names))
    words = mark(points, {"type": "text", "align": "left", "dx": 5}, y=y, yOffset=offset, x=amounts("share"),
                 text={"field": "told"})  # fmt: skip
    lost, lent = (m(sum(row)) for row in zip(*((one.expected.value, one.lent) for one in losses), strict=True))
    finding = f"{found.basis.sized.name}: in the mean lenders lose {lost} of {lent} USD"
    measure = "Loss in % of what was lent, interest that was not paid included; beside it USD"
    return (chart("losses", finding, headed(finding, measure), width=_WIDTH, height=60 * len(losses),
                  drawing={"layer": [bars, words]}, foot=foot),)  # fmt: skip


def _value(found: SiteDistribution, foot: str) -> tuple[Chart, ...]:
    """The owners' NPV over the worlds, as columns between its 0.5 and 99.5% quantiles."""
    told = Histogram(
        "value",
        f"{found.basis.sized.name}: owners reach their hurdle in {pct(found.reaches_hurdle.value, 1)} of worlds",
        "Owners' NPV at their hurdle over all worlds",
        "owners' NPV at their hurdle, USD m",
        HistogramSides("does not pay", "pays"),
    )
    return histogram(found.measure(EQUITY_NPV), told, float(found.basis.run.totals["equity_npv"]), foot, size=1e6)
