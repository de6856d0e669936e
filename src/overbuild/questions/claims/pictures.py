"""Published sums as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.ecosystem.claims.case import CheckedClaim
from overbuild.ecosystem.need.required_revenue import RequiredRevenue
from overbuild.questions.charts import GREY, NAVY, ORANGE, RED, TEAL, chart, headed, ranged_bars, source_line
from overbuild.questions.claims.story import VERDICTS, number, said_unit
from overbuild.questions.claims.tables import failing, off
from overbuild.questions.prose import BILLION, capitalised, spelled, times
from overbuild.units import UNITS, inside

_COLOURS = {"closes": TEAL, "closes_by_construction": GREY, "does_not_close": RED, "cannot_be_closed": ORANGE}


def of_all(
    checked: Sequence[CheckedClaim], counts: Mapping[str, int], facts: Sequence[FactUsed], day: str | None
) -> tuple[Chart, ...]:
    """How many sums met each verdict; and how far those are off that do not close."""
    foot = source_line(facts, day)
    points: list[dict[str, str | float]] = [
        _bar(capitalised(VERDICTS[name]), name, float(count), str(count)) for name, count in counts.items()
    ]
    finding = f"{counts['closes']} of {len(checked)} published sums close on their own inputs"
    measure = "Number of published analyses, each recomputed from the inputs its author printed."
    drawing = ranged_bars(points, title="published sums", colours=_COLOURS)
    verdicts = chart("claims", finding, headed(finding, measure), width=520, height=140, drawing=drawing, foot=foot)
    return (verdicts, *_differences(checked, foot))


def _differences(checked: Sequence[CheckedClaim], foot: str) -> tuple[Chart, ...]:
    points: list[dict[str, str | float]] = []
    for one in failing(checked):
        share, allowed = off(one), one.verdict.tolerance
        if share is not None and allowed is not None:
            text = f"{share:+.1%} (allowed {allowed:.1%})"
            points.append(_bar(capitalised(spelled(one.claim.id)), "does_not_close", 100 * share, text))
    if not points:
        return ()
    finding = (
        f"{times(len(points), 'published sum')} {'does' if len(points) == 1 else 'do'} not give the printed result"
    )
    measure = "Recomputed less printed, in percent of what was printed; in brackets what rounding allows."
    drawing = ranged_bars(points, title="percent of the printed result", colours=_COLOURS)
    height = 32 * len(points)
    return (
        chart("differences", finding, headed(finding, measure), width=520, height=height, drawing=drawing, foot=foot),
    )


def of_one(one: CheckedClaim, ours: RequiredRevenue | None, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """What was printed with what rounding allows, what its inputs give, and what our model asks; none without inputs."""
    claim, verdict = one
    if verdict.recomputed is None:
        return ()
    known = UNITS.get(claim.unit)
    money = known is not None and known.inside in ("USD", "USD_per_year")
    unit = "USD bn" if money else said_unit(claim.unit) or "ratio"

    def shown(amount: float) -> float:
        return inside(amount, claim.unit) / BILLION if money else amount

    allowed = (verdict.tolerance or 0.0) * abs(verdict.claimed)
    low, high = shown(verdict.claimed - allowed), shown(verdict.claimed + allowed)
    points: list[dict[str, str | float]] = [
        {**_bar("Printed", "closes_by_construction", shown(claim.output), ""), "low": low, "high": high},
        _bar("Recomputed from its inputs", verdict.verdict, shown(verdict.recomputed), ""),
    ]
    if ours is not None and money:
        points.append(_bar("Our model: to earn in year 1, owners", "ours", ours.owner / BILLION, ""))
        points.append(_bar("Our model: to earn in year 1, end users", "ours", ours.end_user / BILLION, ""))
    told = [{**point, "text": number(float(f"{float(point['central']):.4g}"))} for point in points]
    finding = f"{claim.author}: the sum {VERDICTS[verdict.verdict]}"
    measure = [f"{claim.claim.rstrip('.')}, {unit}.", "The line on what was printed is what rounding allows."]
    drawing = ranged_bars(told, title=unit, colours=_COLOURS | {"ours": NAVY})
    height, foot = 34 * len(told), source_line(facts)
    return (chart("claim", finding, headed(finding, measure), width=520, height=height, drawing=drawing, foot=foot),)


def _bar(label: str, kind: str, amount: float, text: str) -> dict[str, str | float]:
    return {"label": label, "kind": kind, "low": amount, "central": amount, "high": amount, "text": text}
