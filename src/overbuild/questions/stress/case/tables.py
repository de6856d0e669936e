"""What comes of a case over many worlds, as tables: every result, what moves it, what is drawn, what was lost."""

from __future__ import annotations

from overbuild.answer import Column, Row, Table
from overbuild.questions.columns import Fill, column, table, unprinted
from overbuild.questions.drivers.record_tables import record_drivers_tables
from overbuild.questions.prose import pct, quantity, spelled
from overbuild.questions.stress.case.story import FEWEST_MOVED
from overbuild.stress.case_worlds.distribution import QUANTILES, CaseDistribution, ResultDistribution

MAIN = "results"


def tables(found: CaseDistribution) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (
        results_table(found, found.ids),
        *_moves(found),
        *record_drivers_tables(found.worlds.drivers, found.worlds.case.drawn_from),
        *_correlations(found),
        *_failed(found),
    )


def results_table(found: CaseDistribution, ids: tuple[str, ...]) -> Table:
    """Some results: the case itself, then the mean and what 5, 50 and 95% of the worlds lie below."""
    note = "of the worlds where a result exists; `case`: the case itself, nothing drawn"
    few = next((one.untold(0.95) for one in map(found.result, ids) if one.values.size and one.untold(0.95)), "")
    note += f"; few: {few}" if few else ""
    shown = table(MAIN, "What comes of it", _RESULTS, [found.result(name) for name in ids], note=note)
    return shown._replace(spare=("mean_said",))


def _said(one: ResultDistribution, value: float | None) -> str:
    if value is None or value != value:
        return "none"
    if one.asked.unit == "year":
        return f"{value:.0f}"
    return quantity(value, one.asked.unit).removesuffix(" USD").removesuffix(" years")


def _quantile_said(place: int) -> Fill:
    """A quantile as said; `few` where too few worlds would have to tell it."""

    def said(one: ResultDistribution) -> str:
        if one.values.size and one.untold(QUANTILES[place]):
            return "few"
        return _said(one, one.quantiles[place].value)

    return said


def _there(value: float) -> float | None:
    """A number; None where there is none."""
    return None if value != value else value


def _share(value: float) -> str:
    return "-" if value != value else pct(value, 1)


def _label(one: ResultDistribution) -> str:
    unit = one.asked.unit
    return f"{one.asked.label}, {unit}" if unit in ("USD", "years") else one.asked.label


_RESULTS = (
    unprinted("id", lambda one: one.asked.id),
    unprinted("unit", lambda one: one.asked.unit),
    unprinted("at_case", lambda one: one.at_base),
    unprinted("mean", lambda one: _there(one.mean.value)),
    unprinted("mean_low", lambda one: _there(one.mean.low)),
    unprinted("mean_high", lambda one: _there(one.mean.high)),
    *(
        unprinted(f"p{name}{end}", lambda one, place=place, which=which: _there(getattr(one.quantiles[place], which)))
        for place, name in enumerate(("5", "50", "95"))
        for end, which in (("", "value"), ("_low", "low"), ("_high", "high"))
    ),
    unprinted("below_zero", lambda one: _there(one.below_zero.value)),
    unprinted("not_existing", lambda one: _there(one.not_existing.value)),
    column("label", "result", fill=_label),
    column("case_said", "case", fill=lambda one: _said(one, one.at_base)),
    column("mean_said", "mean", fill=lambda one: _said(one, one.mean.value)),
    column("p5_said", "P5", fill=_quantile_said(0)),
    column("p50_said", "P50", fill=_quantile_said(1)),
    column("p95_said", "P95", fill=_quantile_said(2)),
    column("below_said", "below 0", fill=lambda one: _share(one.below_zero.value)),
    column("none_said", "none in", fill=lambda one: _share(one.not_existing.value)),
)


def _moves(found: CaseDistribution) -> tuple[Table, ...]:
    """What each driver has to do with the result that decides."""
    moves = found.moves(found.verdict.id) if found.run.summary.counted >= FEWEST_MOVED else []
    unit = found.result(found.verdict.id).asked.unit
    columns = (
        column("name", "driver", fill=lambda one: spelled(one.name)),
        unprinted("lowest", lambda one: _there(one.lowest)),
        unprinted("highest", lambda one: _there(one.highest)),
        column("lowest_said", "mean where it is lowest", fill=lambda one: quantity(one.lowest, unit)),
        column("highest_said", "mean where it is highest", fill=lambda one: quantity(one.highest, unit)),
    )
    note = "in the fifth of the worlds in which a driver is lowest, and in the highest fifth"
    title = f"What moves it: {found.result(found.verdict.id).asked.label}"
    return (table("moves", title, columns, moves, note=note),) if moves else ()


def _correlations(found: CaseDistribution) -> tuple[Table, ...]:
    names, matrix = found.worlds.names, found.worlds.bound.drawn.correlations
    rows: list[Row] = [
        {"one": names[column], "other": names[row], "value": float(matrix[row, column])}
        for row in range(len(names))
        for column in range(row)
        if matrix[row, column]
    ]
    columns = (Column("one", "driver"), Column("other", "moves with"), Column("value", "correlation", "ratio"))
    return (Table("correlations", "What moves together", columns, tuple(rows)),) if rows else ()


def _failed(found: CaseDistribution) -> tuple[Table, ...]:
    counts = zip(found.run.asked.every_reason, found.run.summary.failed, strict=True)
    rows: tuple[Row, ...] = tuple({"reason": reason, "scenarios": int(count)} for reason, count in counts if count)
    columns = (Column("reason", "why a world could not be computed"), Column("scenarios", "worlds", "count"))
    return (Table("failed", "Worlds that count nowhere", columns, rows),) if rows else ()
