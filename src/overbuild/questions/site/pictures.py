"""A site as pictures: cash against debt service, cover with its levels, balances, revenue by contract, capital stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from overbuild.questions.prose import MILLION, m, spelled
from overbuild.site.case_run import CaseRun
from overbuild.site.parts import balloons_of
from overbuild.site.statements import sources_and_uses

_WIDTH = 620
HIGHEST_DSCR = 3.0
"""The DSCR axis is cut here: above it nobody asks how much."""


def pictures(basis: CaseRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The pictures of a site; those of debt only where there is some."""
    foot = source_line(facts)
    owed = (_cash(basis, foot), _cover(basis, foot), _balances(basis, foot)) if basis.run.min_dscr is not None else ()
    return (*owed, _revenue(basis, foot), _stack(basis, foot))


def _served(basis: CaseRun) -> list[int]:
    """Places with debt service, up to the outcome."""
    return [place for place in range(basis.run.last + 1) if basis.run.lines["debt_is_due"][place] > 0.0]


def _axis(basis: CaseRun, places: Sequence[int]) -> Spec:
    """The axis of periods, with a name every other year."""
    every = max(1, 2 * basis.run.plan.horizon.periods_per_year)
    while len(places) / every > 12:
        every *= 2
    labels = [basis.calendar.label(place) for place in places]
    axis = {"labelAngle": 0, "values": labels[::every], "title": None}
    return {"field": "period", "type": "ordinal", "sort": None, "axis": axis}


def _rows(basis: CaseRun, line: str, name: str, places: Sequence[int]) -> list[dict[str, str | float]]:
    row = basis.run.lines[line]
    return [{"period": basis.calendar.label(one), "series": name, "usd_m": row[one] / MILLION} for one in places]


def _cash(basis: CaseRun, foot: str) -> Chart:
    """CFADS as columns, debt service as a step."""
    places = list(range(_first(basis), basis.run.last + 1))
    colour = coloured("series", {"CFADS": TEAL, "Debt service": NAVY})
    x = _axis(basis, places)
    columns = mark(_rows(basis, "cfads", "CFADS", places), {"type": "bar", "opacity": 0.8}, x=x,
                   y=amounts("usd_m", f"USD m a {basis.calendar.word}"), color=colour)  # fmt: skip
    steps = mark(_rows(basis, "debt_service", "Debt service", _served(basis)),
                 {"type": "line", "interpolate": "step", "strokeWidth": 2.5}, x=x, y=amounts("usd_m"), color=colour)  # fmt: skip
    worst = basis.results.values["min_dscr_period"]
    finding = f"{basis.sized.name}: cash covers debt service least in {worst}"
    return chart("cash", finding, headed(finding, f"USD m a {basis.calendar.word}: CFADS and debt service"), width=_WIDTH, height=260,
                 drawing={"layer": [columns, steps]}, foot=foot)  # fmt: skip


def _first(basis: CaseRun) -> int:
    """The first place in which the site earns or owes."""
    lines = basis.run.lines
    return next((j for j in range(basis.run.last + 1) if lines["revenue"][j] or lines["debt_is_due"][j]), 0)


def _cover(basis: CaseRun, foot: str) -> Chart:
    """DSCR by period, the levels of the tests, the lowest point; the axis is cut where cover is ample."""
    run, places = basis.run, _served(basis)
    x, lines = _axis(basis, places), run.lines
    highest = max(1.5, min(HIGHEST_DSCR, max(lines["dscr"][j] for j in places)))
    lowest = max(-1.0, min(0.9, min(lines["dscr"][j] for j in places) - 0.1))
    scale = {"domain": [lowest, highest], "clamp": True}
    points = [{"period": basis.calendar.label(j), "dscr": min(lines["dscr"][j], highest)} for j in places]
    y = amounts("dscr", "DSCR", scale=scale)
    drawn = mark(
        points, {"type": "line", "strokeWidth": 2, "color": TEAL, "point": {"size": 18, "color": TEAL}}, x=x, y=y
    )
    levels = _levels(basis, places)
    rules = mark(levels, {"type": "rule", "strokeDash": [5, 3], "color": NAVY}, y=amounts("level", scale=scale))
    words = [
        mark(
            [one],
            {"type": "text", "align": "left", "dy": -5 if row else 9, "color": NAVY},
            x=x,
            y=amounts("level", scale=scale),
            text={"field": "told"},
        )
        for row, one in enumerate(levels)
    ]
    worst = str(basis.results.values["min_dscr_period"])
    least = float(basis.results.values["min_dscr"] or 0.0)
    low: Points = [{"period": worst, "dscr": max(least, -1.0), "told": f"{least:.2f}x in {worst}"}]
    side = "right" if places.index(basis.calendar.place(worst)) > len(places) / 2 else "left"
    ring = mark(low, {"type": "point", "size": 160, "color": RED, "strokeWidth": 2}, x=x, y=y)
    told = mark(
        low,
        {
            "type": "text",
            "dy": _beside(least, levels, lowest, highest),
            "align": side,
            "color": RED,
            "fontWeight": "bold",
        },
        x=x,
        y=y,
        text={"field": "told"},
    )
    cut = f"; higher values are drawn at {highest:g}x" if max(lines["dscr"][j] for j in places) > highest else ""
    finding = f"{basis.sized.name}: minimum DSCR {least:.2f}x in {worst}"
    return chart("cover", finding, headed(finding, f"DSCR by {basis.calendar.word}, with the levels at which lenders act{cut}"),
                 width=_WIDTH, height=260, drawing={"layer": [rules, drawn, *words, ring, told]}, foot=foot)  # fmt: skip


def _beside(least: float, levels: Sequence[Mapping[str, str | float]], lowest: float, highest: float) -> int:
    """Where the lowest point is told: under it where no level is near, for the line runs above it; else over it."""
    under = max((float(one["level"]) for one in levels if float(one["level"]) < least), default=lowest)
    return 18 if (least - under) / (highest - lowest) >= _ROOM else -16


_ROOM = 0.12
"""The share of the height that words take."""


def _levels(basis: CaseRun, places: Sequence[int]) -> list[dict[str, str | float]]:
    """The levels at which lenders act on DSCR, their words set apart along the axis."""
    told = [(1.0, "1.00x: paid in full")]
    told += [
        (one.level, f"{one.level:.2f}x: {one.action.replace('lockup', 'lock-up')}")
        for one in basis.run.plan.tests
        if one.test == "dscr_12m"
    ]
    apart = max(1, len(places) // (len(told) + 1))
    return [
        {"level": level, "told": words, "period": basis.calendar.label(places[min(row * apart, len(places) - 1)])}
        for row, (level, words) in enumerate(told)
    ]


def _balances(basis: CaseRun, foot: str) -> Chart:
    """What is owed by loan, and the reserve."""
    run = basis.run
    names = {f"{one.name}.balance": f"loan {spelled(one.name)}" for one in run.plan.loans}
    renewed = [one for one in run.plan.loans if one.refinancing]
    names |= {f"{one.name}.new.balance": f"loan {spelled(one.name)}, refinanced" for one in renewed}
    places = list(range(run.last + 1))
    points = [row for line, name in names.items() if line in run.lines and max(run.lines[line]) > 0.0
              for row in _rows(basis, line, name, places)]  # fmt: skip
    areas = mark(points, {"type": "area", "opacity": 0.75}, x=_axis(basis, places), y=amounts("usd_m", "USD m", stack="zero"),
                 color=coloured("series", _shades(list(dict.fromkeys(str(one["series"]) for one in points)), "")))  # fmt: skip
    reserve = mark(_rows(basis, "dsra_balance", "Debt service reserve", places), {"type": "line", "color": RED},
                   x=_axis(basis, places), y=amounts("usd_m"))  # fmt: skip
    peak = max(run.lines["debt_balance"])
    last = [place for place in places if run.lines["debt_balance"][place] > 0.5]
    finding = f"{basis.sized.name}: debt peaks at {m(peak)} USD"
    if last and last[-1] < run.last:
        finding += f" and is repaid by {basis.calendar.label(last[-1] + 1)}"
    balloons = [f"{one.loan} balloon {m(one.balloon)} in {basis.calendar.label(one.place)}" for one in balloons_of(run)]
    measure = "; ".join([f"USD m at the end of each {basis.calendar.word}; red: the debt service reserve", *balloons])
    return chart("balances", finding, headed(finding, measure), width=_WIDTH, height=240,
                 drawing={"layer": [areas, reserve]}, foot=foot)  # fmt: skip


def _revenue(basis: CaseRun, foot: str) -> Chart:
    """Revenue by contract, and what the market brings."""
    run = basis.run
    places = list(range(_first(basis), run.last + 1))
    points: list[dict[str, str | float]] = []
    for one in run.plan.contracts:
        points += _rows(basis, f"{one.name}.revenue", spelled(one.name), places)
    contracted = [run.lines["contract_revenue"][place] for place in places]
    total = sum(run.lines["revenue"][place] for place in places)
    market = "market" if total - sum(contracted) > MILLION / 2.0 else ""
    points += [
        {
            "period": basis.calendar.label(place),
            "series": market,
            "usd_m": (run.lines["revenue"][place] - part) / MILLION,
        }
        for place, part in zip(places, contracted, strict=True)
        if market
    ]
    share = sum(contracted) / total if total > 0.0 else 0.0
    finding = f"{basis.sized.name}: contracts bring {share:.0%} of all revenue"
    bars = mark(points, {"type": "bar"}, x=_axis(basis, places), y=amounts("usd_m", f"USD m a {basis.calendar.word}", stack="zero"),
                color=coloured("series", _shades([spelled(one.name) for one in run.plan.contracts], market)))  # fmt: skip
    measure = f"USD m a {basis.calendar.word}, by contract{' and at the market' if market else ''}"
    return chart("revenue", finding, headed(finding, measure), width=_WIDTH,
                 height=240, drawing=bars, foot=foot)  # fmt: skip


_SHADES = (NAVY, ORANGE, TEAL, RED, "#7b5ea7", "#5f6b76", "#8c6d31", "#5aa9ab")


def _shades(names: Sequence[str], rest: str) -> dict[str, str]:
    """A colour for each name, in order, the rest (if there is any) in grey."""
    found = {name: _SHADES[place % len(_SHADES)] for place, name in enumerate(names)}
    return found | {rest: GREY} if rest else found


def _stack(basis: CaseRun, foot: str) -> Chart:
    """Sources beside uses."""
    funds = [one for one in sources_and_uses(basis.run) if one.side in ("use", "source")]
    points: list[dict[str, str | float]] = [
        {"bar": "Uses" if one.side == "use" else "Sources", "part": one.item, "usd_m": one.amount / MILLION}
        for one in funds
    ]
    uses, sources = ([one for one in funds if one.side == side] for side in ("use", "source"))
    shades = dict(
        zip([one.item for one in uses], [GREY, "#a9b4bf", "#8795a3", "#66788a", "#d9dee3", "#4d5f70"], strict=False)
    )
    shades |= dict(zip([one.item for one in sources], [NAVY, TEAL, "#5aa9ab", ORANGE, "#7b5ea7", RED], strict=False))
    bars = mark(
        points,
        {"type": "bar", "height": 44},
        y={"field": "bar", "type": "nominal", "title": None, "sort": ["Uses", "Sources"]},
        x=amounts("usd_m", "USD m", stack="zero"),
        color=coloured("part", shades, columns=3, labelLimit=220, clipHeight=12),
    )
    debt = float(basis.results.values["debt_share"] or 0.0)
    pays = f"senior debt pays {debt:.0%}" if debt > 0.0 else "the owners pay all"
    finding = f"{basis.sized.name}: {pays} of what it costs to build"
    return chart("stack", finding, headed(finding, "Sources and uses of funds to the end of availability, USD m"),
                 width=_WIDTH, height=130, drawing=bars, foot=foot)  # fmt: skip
