"""A zone's case read and run: what the load does by channel, which inputs decide it, the auctions against what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.errors import InputError, did_you_mean
from overbuild.policy.tariff.tariff_run import TariffRun
from overbuild.power.case import ZONES, AuctionPlan, ZonePlan
from overbuild.power.lists_beside import with_lists
from overbuild.power.model import zone_model
from overbuild.power.published import AgainstPublished, against_published
from overbuild.power.tariffs.link import ZoneUnderTariff, under_tariff
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, case_of
from overbuild.world.drivers.record_drivers import RecordDrivers
from overbuild.world.overlay import Overlay, assigned, overlay_of
from overbuild.world.presets import PREFIX, preset_named, presets
from overbuild.world.provenance.input_ends import InputEnds, input_ends
from overbuild.world.tree import Entry, read_case_file

BILL = "household_bill_change_per_month"
"""The result that a zone is asked for first."""


class ZoneLines(NamedTuple):
    """A zone as run: rows by block of hours, and results."""

    hours: dict[str, list[float]]
    results: dict[str, float]


class Between(NamedTuple):
    """The low end, the middle and the high end of a result."""

    low: float
    median: float
    high: float


class ZoneSpread(NamedTuple):
    """Low and high ends of results by id, what they are, and how likely the load moves the price of capacity."""

    ends: Mapping[str, Between]
    said: str
    capacity_moves: float | None = None


UNKNOWN = ZoneSpread(
    {}, "The case has no drivers, so nothing is drawn; the inputs with a range are moved one at a time."
)
"""Where a case says of nothing how uncertain it is."""


def run_lines(plan: ZonePlan) -> ZoneLines:
    """A zone run on floats.

    >>> from overbuild.power.examples import ZONE
    >>> run_lines(ZONE).results["capacity.exists"]
    1.0
    """
    rows = run_compiled(zone_model(plan)).rows
    hours = {name: [number(one) for one in row] for name, row in rows["hours"].items()}
    return ZoneLines(hours, {name: number(row[0]) for name, row in rows["results"].items()})


class ZoneRun:
    """A zone as run: its case, its numbers, and what was changed of the file."""

    def __init__(
        self,
        case: CaseRecord[ZonePlan],
        under: ZoneUnderTariff,
        edits: tuple[Overlay, ...] = (),
        between: ZoneSpread = UNKNOWN,
    ) -> None:
        self.case, self.under, self.edits, self.between = case, under, edits, between
        self.plan = case.record
        self.lines = run_lines(self.plan)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: the blocks of hours, from the highest load to the lowest."""
        return tuple(one.name for one in self.plan.energy.blocks)

    @property
    def deal(self) -> TariffRun | None:
        """The tariff that says what the load pays; None without one."""
        return self.under.deal

    @cached_property
    def model(self) -> Model:
        """The model of the zone."""
        return zone_model(self.plan)

    @cached_property
    def found(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model.reported, self.lines.results)

    @cached_property
    def published(self) -> tuple[AgainstPublished, ...]:
        """Auctions of which something was published, held against it."""
        return tuple(one for one in map(against_published, self.plan.auctions) if one is not None)

    @cached_property
    def by_year(self) -> dict[str, ZoneLines]:
        """The zone with each of its delivery years on the bill, by name."""
        return {
            one.name: self.lines if one.name == self.plan.year else run_lines(self.plan._replace(year=one.name))
            for one in self.plan.auctions
        }

    @property
    def ends(self) -> Mapping[str, Between]:
        """Low and high ends of results, by id; empty where nothing is drawn."""
        return self.between.ends

    @property
    def ends_said(self) -> str:
        """What low and high are, in a sentence."""
        return self.between.said

    def spread(self, between: ZoneSpread) -> ZoneRun:
        """The same run with the ends of its results."""
        return ZoneRun(self.case, self.under, self.edits, between)

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Every input that says a low and a high end, the one that moves a household's bill most first."""
        line = next(one.line for one in self.model.reported if one.id == BILL)
        return input_ends(self.case, lambda plan: run_lines(plan).results[line], alone=True)


def zone_named(name: str) -> Path:
    """The case of a zone by its name: a preset in any case of letters, or the path of a file.

    Raises InputError `unknown_name` for a bare name that is neither.

    >>> zone_named("PJM"), zone_named("my-zone.yaml")
    (PosixPath('preset:pjm'), PosixPath('my-zone.yaml'))
    """
    known = {one.lower(): one for one in presets(ZONES.presets)}
    if not name.strip():
        raise InputError(
            "missing", "zone", name, f"a zone is needed: {', '.join(sorted(known))}, or the file of a case"
        )
    known |= {short: full for short, full in _SHORT.items() if full in known}
    found = known.get(name.lower())
    if found is not None:
        return Path(f"{PREFIX}{found}")
    path = Path(name)
    if path.suffix or preset_named(path) is not None or path.exists():
        return path
    hint = f"no zone of this name, and no such file.{did_you_mean(name.lower(), known)} Zones that ship: {', '.join(sorted(known))}"
    raise InputError("unknown_name", "zone", name, hint)


_SHORT = {"ie": "ireland"}


def run_zone(
    file: Path,
    sets: Sequence[str] = (),
    *,
    add_gw: float | None = None,
    tariff: str = "",
    years: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> ZoneRun:
    """Read and run a zone's case.

    An input that is set is not drawn. `add_gw` is the load that is added in GW, in the place of the case's; `years` are the
    delivery years that are looked at, the last of them on the bill; none for all. `tariff` is a tariff that ships or the file
    of one, in the place of `network.tariff`.

    Raises CaseError for every fault of the file, located; InputError for a year that the case has not.
    """
    edits = [overlay_of(text) for text in sets]
    if add_gw is not None:
        edits.append(overlay_of(f"load.mw={add_gw * 1000.0!r}"))
    if tariff:
        edits.append(overlay_of(f"network.tariff={tariff}"))
    tree = read_case_file(file, ZONES.presets)
    if preset_named(file) is None:
        tree = with_lists(tree, file.parent)
    for one in edits:
        tree = assigned(tree, one.path, one.entry)
    paths = [one.path for one in edits]
    under = under_tariff(tree, paths, workspace)
    case = case_of(_undrawn(under.tree, [*paths, *under.gave]), ZONES, workspace)
    run = ZoneRun(case, under, tuple(edits))
    return _of_years(run, years) if years else run


def _undrawn(tree: Entry, paths: Sequence[str]) -> Entry:
    """The tree of a case without the drivers of what stands at, or under, paths that were set."""
    block = tree.block or {}
    drivers = block.get("drivers")
    drawn = (drivers.block or {}).get("drawn") if drivers is not None else None
    if drivers is None or drawn is None or drawn.items is None or not paths:
        return tree
    kept = [one for one in drawn.items if not _is_under(str((one.block or {}).get("input", one).value), paths)]
    inner = {**(drivers.block or {}), "drawn": drawn._replace(value=kept)}
    return tree._replace(value={**block, "drivers": drivers._replace(value=inner)})


def _is_under(driven: str, paths: Sequence[str]) -> bool:
    return any(driven == path or driven.startswith(f"{path}.") for path in paths)


def _of_years(run: ZoneRun, years: Sequence[str]) -> ZoneRun:
    from dataclasses import replace

    known = [one.name for one in run.plan.auctions]
    for year in years:
        if year not in known:
            hint = f"no such delivery year.{did_you_mean(year, known)} The case has {', '.join(known) or 'none'}"
            raise InputError("unknown_name", "years", year, hint)
    kept = tuple(one for one in run.plan.auctions if one.name in years)
    plan = run.plan._replace(auctions=kept, year=kept[-1].name)
    case = replace(run.case, record=plan, drivers=_of_kept(run.case.drivers, kept))
    return ZoneRun(case, run.under, run.edits)


def _of_kept(drivers: RecordDrivers | None, kept: tuple[AuctionPlan, ...]) -> RecordDrivers | None:
    """The drivers without those of auctions that are not looked at."""
    if drivers is None:
        return None
    ours = [f"auctions.{one.name}." for one in kept]
    drawn = [one for one in drivers.drawn if not one.input.startswith("auctions.") or one.input.startswith(tuple(ours))]
    names = {one.name for one in drawn}
    pairs = [one for one in drivers.correlations if {one.one, one.other} <= names]
    return drivers._replace(drawn=tuple(drawn), correlations=tuple(pairs))
