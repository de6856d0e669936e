"""What a run over many worlds takes, before any is started: core-hours, traffic, the scheduler's load, memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.answer import Answer, Cell, Column, Headline, Screen, Table
from overbuild.audit.case_kinds import explained_kind
from overbuild.audit.kind_of_case import SITE, kind_of_case
from overbuild.errors import InputError
from overbuild.site.case_run import run_case
from overbuild.stress.case_worlds.deciding_result import decided_by
from overbuild.stress.case_worlds.run import prepared_case
from overbuild.stress.cluster.arithmetic import HANDED_OUT, MeasuredRun, OnCores, measured_run, on_cores
from overbuild.stress.cluster.run import cluster_of
from overbuild.stress.site_worlds.run import prepared
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.written.run_out import PlannedRun

CORES = (1, 2, 16, 128, 1024)
"""Cores for which a run is worked out, beside those that are asked for."""

LIMITS = (
    "A world is timed on one core of this machine, as busy as it is now; other processors take half or twice as long.",
    f"That a part costs a scheduler {1000 * HANDED_OUT:.0f} ms is assumed, between its CPU and its clock time here.",
    "Starting processes, reading the case and making its machine code come on top: some 5 s a process, all at once.",
)


def stress_estimate(
    file: Path | str,
    *,
    sets: Sequence[str] = (),
    shocks: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    kind: str = "",
    bad: str = "",
) -> Answer:
    """What `stress` with the same words takes, here and on clusters of several sizes. Raises as `stress`; runs a few blocks."""
    chosen, known = settings or StressSettings(), kind or kind_of_case(Path(file))
    local = 0 if chosen.cluster is None else cluster_of(chosen).local
    if known == SITE:
        if bad:
            raise InputError(
                "refused", "bad", bad, "what is bad of a site is a default; `bad` is of other kinds of case"
            )
        planned = prepared(run_case(Path(file), sets, shocks, workspace=workspace), chosen).planned
    else:
        if shocks:
            raise InputError("refused", "shock", ", ".join(shocks), f"a {known} takes --set: nothing is sized before")
        verdict = decided_by(bad) if bad else explained_kind(known).verdict
        explained = explained_kind(known).explain(Path(file), sets, workspace)
        planned = prepared_case(explained, chosen, verdict=verdict).planned
    return _answered(planned, measured_run(planned), local)


class EstimateValue(NamedTuple):
    """A number of the answer: its id, what it is called, its unit."""

    id: str
    label: str
    unit: str
    value: Cell


def _answered(planned: PlannedRun, found: MeasuredRun, local: int) -> Answer:
    scenarios = planned.wanted.scenarios
    counts = {*CORES, local} - {0}
    rows = [on_cores(found, scenarios, cores) for cores in sorted(counts)]
    values = list(_values(scenarios, found))
    return Answer(
        question="stress",
        headline=Headline("core_hours", values[1].value, "hours", _headline(scenarios, found, rows)),
        values={one.id: one.value for one in values},
        status={one.id: "this system does not tell" for one in values if one.value is None},
        tables=(_table(rows),),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        notes=(),
        units={one.id: one.unit for one in values},
        labels={one.id: one.label for one in values},
        screen=Screen(_table(rows), _moves(found), _takes(found), "What was measured"),
    )


def _values(scenarios: int, found: MeasuredRun) -> Iterator[EstimateValue]:
    yield EstimateValue("scenarios", "Worlds", "count", scenarios)
    yield EstimateValue("core_hours", "Time of one core", "hours", found.each * scenarios / 3600.0)
    yield EstimateValue("seconds_a_world", "Time of one core for a world", "seconds", found.each)
    yield EstimateValue("sent_a_process", "Sent to each process, once", "bytes", found.sent)
    yield EstimateValue("returned_a_part", "Comes back of each part", "bytes", found.summary)
    yield EstimateValue("memory_a_process", "Most memory of this process so far", "bytes", found.memory)


def _headline(scenarios: int, found: MeasuredRun, rows: Sequence[OnCores]) -> str:
    one = found.each * scenarios
    many = next(row for row in rows if row.cores == CORES[3])
    return (
        f"{scenarios:,} worlds take one core {_time(one)} ({one / 3600.0:.2g} core-hours), "
        f"and {many.cores} cores {_time(many.seconds)}; nothing was started."
    )


def _table(rows: Sequence[OnCores]) -> Table:
    columns = (
        Column("cores", "Cores", "count"),
        Column("hours", "Takes", "hours"),
        Column("part", "Worlds a part", "count"),
        Column("parts", "Parts", "count"),
        Column("sent", "Sent", "MB"),
        Column("returned", "Comes back", "MB"),
        Column("scheduler", "Scheduler busy", "decimal"),
        Column("merging", "Adding up busy", "decimal"),
    )
    cells = tuple(
        {
            "cores": row.cores,
            "hours": _three(row.seconds / 3600.0),
            "part": row.part,
            "parts": row.parts,
            "sent": _three(row.sent / 1e6),
            "returned": _three(row.returned / 1e6),
            "scheduler": _three(row.scheduler),
            "merging": _three(row.merging),
        }
        for row in rows
    )
    return Table("cores", "On so many cores", columns, cells, spare=("part", "sent"))


def _moves(found: MeasuredRun) -> tuple[str, ...]:
    memory = "not told by this system" if found.memory is None else f"{_size(found.memory)} at most until now"
    return (
        f"A world takes {1e6 * found.each:.2g} microseconds of one core; memory of this process: {memory}.",
        f"Each process is sent {_size(found.sent)} once; of each part {_size(found.summary)} come back.",
        "Memory does not grow with the number of worlds: parts are added up as they come.",
    )


def _takes(found: MeasuredRun) -> tuple[str, ...]:
    return (
        f"A scheduler hands out about {1 / HANDED_OUT:,.0f} parts a second; this process adds up "
        f"{1 / max(found.merging, 1e-9):,.0f}.",
    )


def _three(value: float) -> float:
    """A number to three digits: no more is known of it."""
    return float(f"{value:.3g}")


def _time(seconds: float) -> str:
    """How long, in the unit that one says.

    >>> _time(0.3), _time(4000.0), _time(200.0), _time(1e6)
    ('0.3 s', '1.1 hours', '3.3 minutes', '11.6 days')
    """
    for upto, unit, name in ((100.0, 1.0, "s"), (3600.0, 60.0, "minutes"), (172_800.0, 3600.0, "hours")):
        if seconds < upto:
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds / 86_400.0:.1f} days"


def _size(count: float) -> str:
    """How many bytes, in the unit that one says.

    >>> _size(500.0), _size(2_500_000.0), _size(3e9)
    ('0.5 kB', '2.5 MB', '3.0 GB')
    """
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if count >= unit:
            return f"{count / unit:,.1f} {name}"
    return f"{count / 1e3:.1f} kB"
