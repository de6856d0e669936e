"""The tables of a site over many worlds: its lenders, its ends, its distributions, its fans, what was drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from overbuild.answer import Cell, Column, Row, Table
from overbuild.questions.columns import Fill, column, table, unprinted
from overbuild.questions.prose import spelled
from overbuild.questions.stress.case.story import FEWEST_MOVED
from overbuild.stress.site_worlds.measures import CFADS, DSCR, EQUITY_NPV, KINDS, MIN_DSCR, SUPPORT
from overbuild.stress.site_worlds.results import FAN_SHARES, TAIL, EndOfSite, FanPlace, SiteDistribution
from overbuild.stress.worlds.distribution import ValueDistribution
from overbuild.stress.worlds.intervals import too_few

MAIN = "lenders"
"""The table of the first screen."""

ENDS = {
    "unfunded": "construction is not funded",
    "payment": "default on payment",
    "covenant": "default on a covenant",
    "maturity": "balloon not refinanced",
    "closed": "closed by its owners, no debt left",
}
"""How a site ends before its time, in a few words."""

_SHOWN = (0.01, 0.05, 0.5, 0.95, 0.99)


def tables(found: SiteDistribution) -> tuple[Table, ...]:
    """All tables of the answer, that of the lenders first."""
    return (
        *_lenders(found),
        _ends(found),
        _cover(found),
        _money(found),
        *_tests(found),
        *_moves(found),
        *_fans(found),
        *_timing(found),
        *_failed(found),
    )


def _lenders(found: SiteDistribution) -> tuple[Table, ...]:
    few = too_few(found.summary.counted, 1.0 - TAIL, "a CVaR 99")
    columns = (
        column("lender", "lender", fill=lambda one: one.name),
        column("lent", "lent", "USD_m"),
        column("chance", "loses in", "decimal", lambda one: one.chance.value),
        column("expected", "mean", "USD_m", lambda one: one.expected.value),
        unprinted("expected_low", lambda one: _there(one.expected.low)),
        unprinted("expected_high", lambda one: _there(one.expected.high)),
        column("expected_share", "of lent", "decimal", lambda one: _share(one.expected.value, one.lent)),
        column("worst", "worst 1%", "USD_m", lambda one: None if few else one.worst),
        column("worst_share", "of lent", "decimal", lambda one: None if few else _share(one.worst, one.lent)),
    )
    losses = list(found.losses())
    note = few or "worst 1%: the mean of the worst 1% of all worlds; unpaid interest counts"
    return (table(MAIN, "What lenders lose", columns, losses, note=note),) if losses else ()


def _share(amount: float, lent: float) -> float | None:
    return amount / lent if lent > 0.0 else None


def _ends(found: SiteDistribution) -> Table:
    def by(name: str, share: float) -> Fill:
        def fill(one: EndOfSite) -> Cell:
            ended = round(one.chance.value * found.summary.counted)
            return "few" if too_few(ended, share, "") else found.basis.calendar.label(getattr(one, name))

        return fill

    columns = (
        column("how", "how it ends before its time", fill=lambda one: ENDS[one.kind]),
        column("chance", "in", "decimal", lambda one: one.chance.value),
        column("low", "low", "decimal", lambda one: one.chance.low),
        column("high", "high", "decimal", lambda one: one.chance.high),
        column("early", "5% of these by", fill=by("early", 0.05)),
        column("median", "half by", fill=by("median", 0.5)),
        column("late", "95% by", fill=by("late", 0.95)),
    )
    return table(
        "ends",
        "How it ends",
        columns,
        found.ends(),
        note="low and high: the interval of 95%; few: too few ends to say",
    )


def _cover(found: SiteDistribution) -> Table:
    return _distribution("cover", "Cover over all worlds", "ratio", {MIN_DSCR: "minimum DSCR"}, found)


def _money(found: SiteDistribution) -> Table:
    names = {EQUITY_NPV: "owners' NPV", SUPPORT: "owners' support"}
    return _distribution("money", "Owners over all worlds", "USD_m", names, found)


def _distribution(name: str, title: str, unit: str, names: dict[str, str], found: SiteDistribution) -> Table:
    columns = (
        Column("what", "what"),
        Column("case", "in the case", unit),
        Column("mean", "mean", unit),
        *(Column(f"p{share:g}", f"P{100 * share:g}", unit) for share in _SHOWN),
        Column("missing", "worlds without", "count"),
    )
    totals = {MIN_DSCR: found.basis.run.min_dscr, EQUITY_NPV: found.basis.run.totals["equity_npv"],
              SUPPORT: found.basis.run.totals["equity_support_total"]}  # fmt: skip
    rows: list[Row] = []
    for measure, label in names.items():
        one = found.measure(measure)
        rows.append(
            {
                "what": label,
                "case": totals[measure],
                "mean": _there(one.mean),
                **{f"p{share:g}": _quantile_of(one, share) for share in _SHOWN},
                "missing": one.missing,
            }
        )
    note = "P5: 5% of the worlds lie below; a quantile stands from so many worlds on that one lies beyond it"
    return Table(name, title, columns, tuple(rows), note)


def _quantile_of(one: ValueDistribution, share: float) -> float | None:
    return None if too_few(one.size, share, "") else _there(one.quantile(share))


def _there(value: float) -> float | None:
    return None if math.isnan(value) else value


def _tests(found: SiteDistribution) -> tuple[Table, ...]:
    tests = found.basis.run.plan.tests
    rows: list[Row] = [
        {"test": one.test, "level": one.level, "action": one.action, "chance": chance.value,
         "low": chance.low, "high": chance.high}
        for one, (_, chance) in zip(tests, found.breaches(), strict=True)
    ]  # fmt: skip
    columns = (
        Column("test", "test"),
        Column("level", "level", "ratio"),
        Column("action", "lenders may"),
        Column("chance", "breached in", "decimal"),
        Column("low", "low", "decimal"),
        Column("high", "high", "decimal"),
    )
    note = "ever breached, up to the end of the site"
    return (Table("tests", "Tests of the lenders", columns, tuple(rows), note),) if rows else ()


def _moves(found: SiteDistribution) -> tuple[Table, ...]:
    columns = (
        column("name", "driver", fill=lambda one: spelled(one.name)),
        column("lowest", "default where it is lowest", "decimal"),
        column("highest", "default where it is highest", "decimal"),
    )
    moves = found.moves() if found.summary.counted >= FEWEST_MOVED else []
    note = "in the fifth of the worlds in which a driver is lowest, in the mean of its path, and in the highest fifth"
    return (table("moves", "What moves default", columns, moves, note=note),) if moves else ()


def _fans(found: SiteDistribution) -> Iterator[Table]:
    for row, title, unit, there in (
        (DSCR, "DSCR by period", "ratio", "owes in"),
        (CFADS, "CFADS by period", "USD_m", "runs in"),
    ):
        columns = (
            column("period", "period", fill=lambda one: found.basis.calendar.label(one.place)),
            column("there", there, "decimal"),
            *(
                column(f"p{share:g}", f"P{100 * share:g}", unit, _quantile(place, _sample(found)))
                for place, share in enumerate(FAN_SHARES)
            ),
        )
        places = [one for one in found.fan(row) if one.there > 0.0]
        if places:
            yield table(f"{row}_fan", title, columns, places, note=_sampled(found))


def _quantile(place: int, sampled: int) -> Fill:
    def fill(one: FanPlace) -> Cell:
        there = round(one.there * sampled)
        return None if too_few(there, FAN_SHARES[place], "") else _there(one.quantiles[place])

    return fill


def _sampled(found: SiteDistribution) -> str:
    return f"of the first {_sample(found):,} worlds, those that are still there"


def _sample(found: SiteDistribution) -> int:
    """Worlds of which every period was kept."""
    fan = found.worlds.fan
    return 0 if fan is None else next(iter(fan.rows.values())).shape[1]


def _timing(found: SiteDistribution) -> tuple[Table, ...]:
    """The share of all worlds that end in each period, by kind; periods without an end are left out."""
    ended, counted = found.summary.ended, found.summary.counted
    kinds = [kind for place, kind in enumerate(KINDS, 1) if ended[place].any()]
    rows: list[Row] = []
    gone = 0
    for place in range(ended.shape[1]):
        cells: dict[str, Cell] = {kind: int(ended[1 + KINDS.index(kind), place]) / counted for kind in kinds}
        now = sum(int(ended[1 + KINDS.index(kind), place]) for kind in kinds)
        gone += now
        if now:
            rows.append({"period": found.basis.calendar.label(place), **cells, "gone": gone / counted})
    columns = (
        Column("period", "period"),
        *(Column(kind, kind, "decimal") for kind in kinds),
        Column("gone", "ended so far", "decimal"),
    )
    return (Table("timing", "When it ends", columns, tuple(rows)),) if rows else ()


def _failed(found: SiteDistribution) -> tuple[Table, ...]:
    counts: Sequence[tuple[str, int]] = [
        (reason, int(count))
        for reason, count in zip(found.worlds.asked.every_reason, found.summary.failed, strict=True)
        if count
    ]
    rows: tuple[Row, ...] = tuple({"reason": reason, "scenarios": count} for reason, count in counts)
    columns = (Column("reason", "why a world could not be computed"), Column("scenarios", "worlds", "count"))
    return (Table("failed", "Worlds that count nowhere", columns, rows),) if rows else ()
