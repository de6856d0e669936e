"""One company as pictures: capex against operating cash flow by quarter, and what another life does."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.company.companies import MeasuredPeriod
from overbuild.questions.charts import GREY, NAVY, ORANGE, RED, TEAL, chart, headed, ranged_bars, source_line
from overbuild.questions.company.tables import CompanyAnswer
from overbuild.questions.prose import BILLION, bn, pct

QUARTERS = 8
"""As many quarters as the picture shows."""


def pictures(asked: CompanyAnswer, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The pictures for which something is known."""
    foot = source_line(facts, asked.case.view.day)
    found = (_cash(asked, foot), _life(asked, foot))
    return tuple(one for one in found if one is not None)


def _point(label: str, kind: str, amount: float, low: float, high: float, said: str) -> dict[str, str | float]:
    ends = {"central": amount / BILLION, "low": low / BILLION, "high": high / BILLION}
    return {"label": label, "kind": kind, **ends, "text": said}


def _cash(asked: CompanyAnswer, foot: str) -> Chart | None:
    shown: list[MeasuredPeriod] = [
        one for one in asked.compared.periods if {"filed_capex", "filed_operating_cash_flow"} <= set(one.lines)
    ][-QUARTERS:]
    points: list[dict[str, str | float]] = []
    for one in shown:
        cash, capex = one.lines["filed_operating_cash_flow"], one.lines["filed_capex"]
        at = one.known.at.label
        points.append(_point(f"{at} operating cash flow", "cash", cash, cash, cash, f"{cash / BILLION:,.1f}"))
        share = f" ({pct(capex / cash)})" if cash > 0 else ""
        kind = "over" if capex > cash else "capex"
        points.append(_point(f"{at} cash capex", kind, capex, capex, capex, f"{capex / BILLION:,.1f}{share}"))
    if not points:
        return None
    beyond = sum(1 for one in shown if one.lines["filed_capex"] > one.lines["filed_operating_cash_flow"])
    finding = f"{asked.case.name}: capex above operating cash flow in {beyond} of {len(shown)} quarters"
    measure = "USD bn by calendar quarter; in brackets capex as a share of operating cash flow."
    drawing = ranged_bars(points, title="USD bn", colours={"cash": TEAL, "capex": NAVY, "over": RED})
    return chart(
        "cash", finding, headed(finding, measure), width=520, height=24 * len(points), drawing=drawing, foot=foot
    )


def _life(asked: CompanyAnswer, foot: str) -> Chart | None:
    plan = asked.case.life
    if plan is None:
        return None
    points: list[dict[str, str | float]] = []
    for one in asked.life:
        said = f"{one.change / BILLION:,.1f} ({one.low / BILLION:,.1f} to {one.high / BILLION:,.1f})"
        points.append(
            _point(f"{one.name.capitalize()}: operating income", "income", one.change, one.low, one.high, said)
        )
        points.append(_point(f"{one.name.capitalize()}: cash", "cash", 0.0, 0.0, 0.0, "0"))
    finding = f"{asked.case.name}: servers over {plan.life_years:g} years instead of {plan.life_before:g} move profit, not cash"
    first = bn(asked.life[0].change, 1)
    measure = [
        f"Change of operating income, USD bn, on the servers bought so far; {first} in the first year.",
        "The line runs over the share of servers in capex.",
    ]
    drawing = ranged_bars(points, title="USD bn", colours={"income": ORANGE, "cash": GREY})
    return chart(
        "life", finding, headed(finding, measure), width=520, height=30 * len(points), drawing=drawing, foot=foot
    )
