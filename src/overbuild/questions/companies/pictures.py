"""The companies as pictures: capex against operating cash flow, capex by definition, leases not started."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.company.companies import CompaniesCase, ComparedCompany
from overbuild.questions.charts import GREY, NAVY, ORANGE, RED, TEAL, Points, chart, headed, ranged_bars, source_line
from overbuild.questions.prose import BILLION, bn, pct


def pictures(case: CompaniesCase, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The pictures for which something is known."""
    foot = source_line(facts, case.view.day)
    drawn = (_cash(case, foot), _definitions(case, foot), _leases(case, foot))
    return tuple(one for one in drawn if one is not None)


def bar(
    label: str, kind: str, amount: float, said: str = "", low: float | None = None, high: float | None = None
) -> dict[str, str | float]:
    """A bar in billions, with its range where it has one."""
    ends = {"low": (amount if low is None else low) / BILLION, "high": (amount if high is None else high) / BILLION}
    return {
        "label": label,
        "kind": kind,
        "central": amount / BILLION,
        **ends,
        "text": said or f"{amount / BILLION:,.0f}",
    }


def _drawn(
    name: str, finding: str, measure: Sequence[str], points: Points, colours: dict[str, str], foot: str
) -> Chart:
    drawing = ranged_bars(points, title="USD bn", colours=colours)
    return chart(
        name, finding, headed(finding, measure), width=520, height=28 * len(points), drawing=drawing, foot=foot
    )


def _cash(case: CompaniesCase, foot: str) -> Chart | None:
    known = [one for one in case.companies if one.line("trailing_capex") and one.line("trailing_operating_cash_flow")]
    known.sort(key=lambda one: -(one.line("trailing_operating_cash_flow") or 0.0))
    points: list[dict[str, str | float]] = []
    for one in known:
        capex, cash = one.line("trailing_capex") or 0.0, one.line("trailing_operating_cash_flow") or 0.0
        at = one.newest.known.at.label if one.newest else ""
        points.append(bar(f"{one.name}: operating cash flow, to {at}", "cash", cash))
        points.append(
            bar(
                f"{one.name}: cash capex",
                "over" if capex > cash else "capex",
                capex,
                f"{capex / BILLION:,.0f} ({pct(capex / cash)})",
            )
        )
    if not points:
        return None
    beyond = [one.name for one in known if (one.line("trailing_free_cash_flow") or 0.0) < 0]
    finding = (
        f"{' and '.join(beyond)} spend more on property than operations bring"
        if beyond
        else "All pay their capex from operations"
    )
    measure = ["USD bn over the newest four quarters of each company; in brackets the share of operating cash flow."]
    return _drawn("cash", finding, measure, points, {"cash": TEAL, "capex": NAVY, "over": RED}, foot)


def _definitions(case: CompaniesCase, foot: str) -> Chart | None:
    points = [point for one in case.companies for point in _defined(one)]
    if not points:
        return None
    finding = "One company's capex is three different numbers"
    measure = [
        "USD bn. Cash paid and with finance leases: the newest four quarters. Guided: the year named, in the company's words;",
        "the line is its low to high end.",
    ]
    return _drawn("definitions", finding, measure, points, {"cash": NAVY, "both": GREY, "guided": ORANGE}, foot)


def _defined(one: ComparedCompany) -> Iterator[dict[str, str | float]]:
    """Cash and with leases over the newest four quarters for which both are known, else cash alone; then what is guided."""
    cash, both = "trailing_capex", "trailing_capex_with_finance_leases"
    with_cash = [period for period in one.periods if cash in period.lines]
    period = next((found for found in reversed(with_cash) if both in found.lines), with_cash[-1] if with_cash else None)
    if period is None:
        return
    at, guided = period.known.at.label, one.guidance
    yield bar(f"{one.name}: cash paid, to {at}", "cash", period.lines[cash])
    if both in period.lines:
        yield bar(f"{one.name}: with finance leases, to {at}", "both", period.lines[both])
    if guided:
        low, high = guided.ends
        said = f"{low / BILLION:,.0f}" if low == high else f"{low / BILLION:,.0f} to {high / BILLION:,.0f}"
        yield bar(f"{one.name}: guided for {guided.period}", "guided", (low + high) / 2, said, low, high)


def _leases(case: CompaniesCase, foot: str) -> Chart | None:
    known = [(one, found) for one in case.companies if (found := one.stock("lease_commitments_not_commenced"))]
    known.sort(key=lambda pair: -pair[1].value)
    points: list[dict[str, str | float]] = []
    for one, found in known:
        cash = one.line("trailing_operating_cash_flow")
        said = f"{found.value / BILLION:,.0f}" + (f" ({found.value / cash:.1f} years of cash flow)" if cash else "")
        points.append(bar(f"{one.name}, {found.end}", "leases", found.value, said))
    if not points:
        return None
    first, most = known[0]
    finding = f"{first.name} has signed leases of {bn(most.value)} USD that have not started"
    measure = [
        "USD bn, payments under leases signed and not commenced, on no balance sheet; in brackets over a year's operating",
        "cash flow. Days differ, so that they are not added.",
    ]
    return _drawn("leases", finding, measure, points, {"leases": ORANGE}, foot)
