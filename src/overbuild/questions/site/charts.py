"""A site's answer as pictures: cash against debt service, and balances."""

from __future__ import annotations

from typing import Any

from overbuild.questions.answer import Chart
from overbuild.site.case_run import CaseRun

_MILLION = 1e6
_CONFIG: dict[str, Any] = {"view": {"stroke": None}, "font": "sans-serif"}
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def charts(basis: CaseRun) -> tuple[Chart, ...]:
    """CFADS against debt service with the cover ratio, and the balances of loan and reserves."""
    return (_cover(basis), _balances(basis))


def _alive(basis: CaseRun) -> list[int]:
    return [j for j, flag in enumerate(basis.run.operating["alive"]) if flag > 0]


def _axis(basis: CaseRun) -> dict[str, Any]:
    every = 4 * max(1, basis.run.plan.site.periods_per_year)
    labels = [basis.label(j + 1) for j in _alive(basis)]
    return {"labelAngle": 0, "values": labels[:: max(1, every // 2)], "title": None}


def _cover(basis: CaseRun) -> Chart:
    rows = basis.run.operating
    cash: list[dict[str, Any]] = []
    ratios: list[dict[str, Any]] = []
    for j in _alive(basis):
        period = basis.label(j + 1)
        cash.append({"period": period, "flow": "CFADS", "usd_m": rows["cfads"][j] / _MILLION})
        if rows["debt_service"][j] > 0:
            cash.append({"period": period, "flow": "Debt service", "usd_m": rows["debt_service"][j] / _MILLION})
            ratios.append({"period": period, "flow": "DSCR (right)", "dscr": rows["dscr"][j]})
    x = {"field": "period", "type": "ordinal", "sort": None, "axis": _axis(basis)}
    colour = {
        "field": "flow",
        "type": "nominal",
        "title": None,
        "sort": None,
        "scale": {"domain": ["CFADS", "Debt service", "DSCR (right)"], "range": ["#2e8b9a", "#1f4e79", "#d9822b"]},
        "legend": {"orient": "bottom"},
    }
    layers = [
        {
            "data": {"values": [one for one in cash if one["flow"] == "CFADS"]},
            "mark": {"type": "bar", "opacity": 0.75},
            "encoding": {
                "x": x,
                "y": {"field": "usd_m", "type": "quantitative", "title": "USD m a period"},
                "color": colour,
            },
        },
        {
            "data": {"values": [one for one in cash if one["flow"] != "CFADS"]},
            "mark": {"type": "line", "interpolate": "step", "strokeWidth": 2.5},
            "encoding": {"x": x, "y": {"field": "usd_m", "type": "quantitative"}, "color": colour},
        },
    ]
    cover = {
        "data": {"values": ratios},
        "mark": {"type": "line", "point": True, "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            "y": {"field": "dscr", "type": "quantitative", "title": "DSCR", "axis": {"orient": "right", "grid": False}},
            "color": colour,
        },
    }
    title = {"text": f"{basis.sized.name}: cash against debt service", "anchor": "start"}
    spec: dict[str, Any] = {
        "$schema": _SCHEMA,
        "title": title,
        "width": 620,
        "height": 280,
        "layer": [{"layer": layers}, cover],
        "resolve": {"scale": {"y": "independent"}},
        "config": _CONFIG,
    }
    return Chart("cover", "Cash against debt service", spec)


def _balances(basis: CaseRun) -> Chart:
    rows = basis.run.operating
    names = {
        "debt_balance": "Loan",
        "dsra_balance": "Debt service reserve",
        "refresh_reserve_balance": "Refresh reserve",
    }
    points = [
        {"period": basis.label(j + 1), "balance": label, "usd_m": rows[name][j] / _MILLION}
        for j in _alive(basis)
        for name, label in names.items()
    ]
    spec: dict[str, Any] = {
        "$schema": _SCHEMA,
        "title": {"text": f"{basis.sized.name}: balances at the end of each period", "anchor": "start"},
        "width": 620,
        "height": 240,
        "data": {"values": points},
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "x": {"field": "period", "type": "ordinal", "sort": None, "axis": _axis(basis)},
            "y": {"field": "usd_m", "type": "quantitative", "title": "USD m"},
            "color": {
                "field": "balance",
                "type": "nominal",
                "title": None,
                "sort": None,
                "legend": {"orient": "bottom"},
            },
        },
        "config": _CONFIG,
    }
    return Chart("balances", "Balances", spec)
