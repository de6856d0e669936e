"""In what do two sites differ over the same worlds: how likely they fail, what their lenders lose, what owners get?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Chart, Headline, Screen, Table
from overbuild.questions.charts import NAVY, ORANGE, amounts, chart, coloured, headed, mark
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.compare.cases import ValueOfTwo
from overbuild.questions.prose import m, pct
from overbuild.questions.stress.answer import answered
from overbuild.questions.stress.story import ends_in_short
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.measures import DEFAULTS, KINDS
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.site_worlds.same_worlds import CommonWorlds, in_common
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "Worlds are the same where drivers have the same names: what only one of the cases draws, it draws alone.",
    "Each case is sized by itself: a difference is between two sites, not the effect of one input.",
)


def compare_worlds(
    a: Path | str,
    b: Path | str,
    *,
    settings: StressSettings,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Two cases over the same worlds: both distributions, and in how many worlds either fails alone.

    `sets` (`path=value`) edit both cases before they are sized. Raises as `stress`, for either file.
    """
    found_a, found_b = (
        stressed(run_case(Path(file), sets, workspace=workspace), settings, progress) for file in (a, b)
    )
    answer_a, answer_b = answered(found_a, workspace), answered(found_b, workspace)
    both, common = _values(answer_a, answer_b), in_common(found_a, found_b)
    values: dict[str, Cell] = {"scenarios": found_a.summary.scenarios, "worlds_in_common": common.worlds}
    values |= {"p_both": common.both, "p_a_alone": common.first_alone, "p_b_alone": common.second_alone}
    for name in ("low", "high"):
        values[f"difference.p_default.{name}"] = getattr(common.difference, name)
    for side in ("a", "b", "difference"):
        values |= {f"{side}.{one.id}": getattr(one, side) for one in both}
    said = (f"A: {answer_a.headline.text}", f"B: {answer_b.headline.text}")
    return Answer(
        question="compare",
        headline=Headline(
            "difference.p_default", common.difference.value, "decimal", _sentence(found_a, found_b, common)
        ),
        values=values,
        status={name: "not a number in both cases" for name, value in values.items() if value is None},
        tables=(_table(both), _common(common)),
        facts=tuple(sorted({*answer_a.facts, *answer_b.facts})),
        assumptions=tuple(dict.fromkeys((*answer_a.assumptions, *answer_b.assumptions))),
        limits=(*LIMITS, *dict.fromkeys(answer_a.limits + answer_b.limits)),
        notes=said,
        charts=_pictures(found_a, found_b),
        screen=Screen(_main(both), _ends(found_a, found_b), (), "How each ends"),
    )


def _ends(a: SiteDistribution, b: SiteDistribution) -> tuple[str, ...]:
    return f"A: {ends_in_short(a)}.", f"B: {ends_in_short(b)}."


def _sentence(a: SiteDistribution, b: SiteDistribution, common: CommonWorlds) -> str:
    one, other = a.basis.sized.name, b.basis.sized.name
    off = common.difference
    every = common.worlds == a.summary.counted
    both = "Both" if every else f"Of the first {common.worlds:,}, both"
    return (
        f"A ({one}) defaults in {pct(a.default.value, 1)} and B ({other}) in {pct(b.default.value, 1)} of the same "
        f"{a.summary.counted:,} {'world' if a.summary.counted == 1 else 'worlds'}. {both} default in {pct(common.both, 1)}, A alone in "
        f"{pct(common.first_alone, 1)}, B alone in {pct(common.second_alone, 1)}: of all, B less A is "
        f"{100.0 * off.value:.1f} points ({100.0 * off.low:.1f} to {100.0 * off.high:.1f})."
    )


def _values(a: Answer, b: Answer) -> list[ValueOfTwo]:
    labels, units = {**a.labels, **b.labels}, {**a.units, **b.units}
    names = dict.fromkeys((*a.values, *b.values))
    return [ValueOfTwo(name, labels[name], units[name], a.values.get(name), b.values.get(name)) for name in names]


def _table(both: Sequence[ValueOfTwo]) -> Table:
    columns = (
        unprinted("id"),
        column("label", "value"),
        column("unit", "unit"),
        column("a", "A"),
        column("b", "B"),
        column("difference", "B less A"),
    )
    return table("values", "Both distributions", columns, both)


_FIRST = (
    "p_default",
    "p_equity_hurdle",
    "min_dscr.p5",
    "min_dscr.p50",
    "equity_npv.mean",
    "equity_npv.p5",
    "expected_loss",
)


def _main(both: Sequence[ValueOfTwo]) -> Table:
    """The values that one asks for first, in the units in which they are said."""
    lost = [
        one for one in both if one.id.startswith(("expected_loss.", "loss_cvar_99.")) and one.difference is not None
    ]
    known = {one.id: one for one in both}
    columns = (
        column("label", "value"),
        column("a", "A", fill=lambda one: _said(one.a, one.unit)),
        column("b", "B", fill=lambda one: _said(one.b, one.unit)),
        column("difference", "B less A", fill=lambda one: _apart(one.difference, one.unit)),
    )
    shown = [*(known[name] for name in _FIRST), *lost[:_MOST_LOSSES]]
    return table("first", "Over the same worlds", columns, shown)


_MOST_LOSSES = 6


def _said(value: Cell, unit: str) -> Cell:
    if not isinstance(value, int | float):
        return value
    if unit == "USD":
        return f"{m(value)} USD"
    return pct(value, 1) if unit == "decimal" else f"{value:.2f}x"


def _apart(value: Cell, unit: str) -> Cell:
    """A difference; that of two probabilities in points."""
    if isinstance(value, int | float) and unit == "decimal":
        return f"{100.0 * value:.1f} points"
    return _said(value, unit)


def _common(common: CommonWorlds) -> Table:
    columns = (
        column("which", "which defaults", fill=lambda one: one[0]),
        column("share", "of the worlds", "decimal", lambda one: one[1]),
    )
    shares = {
        "both": common.both,
        "A alone": common.first_alone,
        "B alone": common.second_alone,
        "neither": common.neither,
    }
    return table("common", f"The first {common.worlds:,} worlds", columns, shares.items())


def _pictures(a: SiteDistribution, b: SiteDistribution) -> tuple[Chart, ...]:
    """The share of worlds that have defaulted by the end of each calendar year, of both sites."""
    named = {f"A: {a.basis.sized.name}": a, f"B: {b.basis.sized.name}": b}
    points: list[dict[str, str | float]] = []
    for name, found in named.items():
        rows = [1 + KINDS.index(kind) for kind in DEFAULTS]
        gone, by_year = 0.0, dict[str, float]()
        for place, count in enumerate(found.summary.ended[rows].sum(axis=0)):
            gone += 100.0 * int(count) / max(1, found.summary.counted)
            by_year[found.basis.calendar.label(place)[:4]] = gone
        points += [{"year": year, "case": name, "gone": share} for year, share in by_year.items()]
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    colours = dict(zip(named, (NAVY, ORANGE), strict=True))
    drawing = mark(points, {"type": "line", "strokeWidth": 2.5}, x=x, y=amounts("gone", "% of worlds"),
                   color=coloured("case", colours, labelLimit=300))  # fmt: skip
    finding = f"{pct(a.default.value, 1)} of worlds end in a default of A, {pct(b.default.value, 1)} in one of B"
    measure = "% of the same worlds in which each site has defaulted by the end of the year"
    foot = f"{a.summary.counted:,} worlds, seed {a.settings.seed}"
    return (chart("defaults", finding, headed(finding, measure), width=620, height=260, drawing=drawing, foot=foot),)
