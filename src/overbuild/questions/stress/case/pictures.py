"""A case of any kind over many worlds as pictures: the result that decides, and what moves it."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.questions.charts import chart, headed, source_line, tornado
from overbuild.questions.prose import BILLION, MILLION, pct, quantity, spelled
from overbuild.questions.stress.case.story import bad_words, name_of
from overbuild.questions.stress.histogram import Histogram, HistogramSides, histogram
from overbuild.stress.case_worlds.distribution import CaseDistribution, ResultDistribution

_MONEY = ((BILLION, "USD bn"), (MILLION, "USD m"))


def pictures(found: CaseDistribution, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """The pictures of the answer."""
    foot = f"{found.run.summary.counted:,} worlds, seed {found.worlds.settings.seed}. {source_line(facts)}"
    return (*_result(found, foot), *_moves(found, foot))


def _scale(one: ResultDistribution) -> tuple[float, str]:
    far = max((abs(each.value) for each in one.quantiles), default=0.0)
    unit = one.asked.unit
    if unit == "USD":
        return next(((size, words) for size, words in _MONEY if far >= size), (1.0, "USD"))
    return 1.0, unit


def _result(found: CaseDistribution, foot: str) -> tuple[Chart, ...]:
    one, verdict = found.result(found.verdict.id), found.verdict
    size, unit = _scale(one)
    finding = f"{name_of(found)}: {one.asked.label} is {bad_words(found)} in {pct(found.bad.value, 1)} of worlds"
    sides = HistogramSides("below", "above", verdict.level, bad_is_below=verdict.bad == "below")
    told = Histogram("distribution", finding, f"{one.asked.label} over all worlds", f"{one.asked.label}, {unit}", sides)
    return histogram(one.values, told, one.at_base, foot, size=size)


def _moves(found: CaseDistribution, foot: str) -> tuple[Chart, ...]:
    one, moves = found.result(found.verdict.id), found.moves(found.verdict.id)
    if not moves or one.mean.value != one.mean.value:
        return ()
    size, unit = _scale(one)
    points: list[dict[str, str | float]] = [
        {
            "label": spelled(each.name),
            "at_low": each.lowest / size,
            "at_high": each.highest / size,
            "low_text": quantity(each.lowest, one.asked.unit),
            "high_text": quantity(each.highest, one.asked.unit),
        }
        for each in moves
        if each.swing == each.swing
    ]
    if not points:
        return ()
    finding = f"{name_of(found)}: {one.asked.label} moves most with {spelled(moves[0].name)}"
    measure = "mean in the fifth of worlds where a driver is lowest (dark), highest (light)"
    drawing = tornado(points, used=one.mean.value / size, title=f"{one.asked.label}, {unit}")
    height = 30 * len(points)
    return (chart("moves", finding, headed(finding, measure), width=460, height=height, drawing=drawing, foot=foot),)
