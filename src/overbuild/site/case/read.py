"""The case file of a site: read into a plan, with the place and the origin of every input."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from overbuild.errors import CaseError, InputError, OverbuildError, raise_all
from overbuild.site.case.checks import CheckedPlan, case_faults
from overbuild.site.case.faults.bands import implausible
from overbuild.site.case.file_form.form_read import FormRead, SiteHeader, plan_of, record_of
from overbuild.site.case.file_form.from_fleet import with_fleets
from overbuild.site.case.file_form.tree_form import TreeForm
from overbuild.site.case.file_form.two_forms import is_short, other_form
from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.file_form.zone_link import on_zone
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.published.published_faults import published_faults
from overbuild.site.case.published.published_plan import PublishedBlock, PublishedFigure
from overbuild.site.case.ranges import out_of_range
from overbuild.site.case.short_form.short_checks import short_faults
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.site.case.short_form.short_written import short_written
from overbuild.site.case.uncertain.named_inputs import CaseForms
from overbuild.site.case.uncertain.uncertain import uncertain_faults
from overbuild.timeline.calendar import PERIODS_PER_YEAR, parsed
from overbuild.world.drivers.declared import DriversBlock, UncertainInputs
from overbuild.world.fields import unit_of_leaf
from overbuild.world.overlay import Overlay, assigned
from overbuild.world.provenance.agreement import Agreement, settled
from overbuild.world.provenance.derived_block import figured
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import Measure
from overbuild.world.provenance.stated_units import unit_faults
from overbuild.world.record import RecordReading, read_record, refuse_another_kind
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry, FilePlaces, read_case_file

BESIDE: tuple[Any, ...] = (PublishedBlock, DriversBlock)
"""Blocks of a file beside its plan, which the base case does not know."""


class SiteCase(NamedTuple):
    """A plan without a fault, with its name, the period of close, and where each input stands and comes from.

    `inputs` and `places` have the paths of the file; `written` says what the file calls a path of the plan, `form` is
    the file as read, in its own form. `drivers` are what the file says is uncertain, which the base case does not know.
    `agreements` says of every sourced input what it was held against; `published` are the figures that are published of
    the deal, which nothing computes with.
    """

    name: str
    close: str
    plan: CheckedPlan
    inputs: dict[str, Sourced]
    places: FilePlaces
    written: WrittenPaths
    form: FormRead
    agreements: tuple[Agreement, ...] = ()
    published: tuple[PublishedFigure, ...] = ()
    drivers: UncertainInputs | None = None

    @property
    def used(self) -> dict[str, Sourced]:
        """The inputs that results of the base case rest on: all but the published figures and the drivers."""
        return {path: one for path, one in self.inputs.items() if record_of(path, SitePlan) not in BESIDE}

    @property
    def forms(self) -> CaseForms:
        """The case in its two forms: its plan, and the record of its file."""
        return CaseForms(self.plan, self.form, self.written)

    def locate(self, error: OverbuildError) -> OverbuildError:
        """The error in the words of the file, with the place of the input it speaks of, as near as it is known."""
        error.path = self.written.of(error.path)
        return self.places.located(error)


def read_site_case(path: Path, overlays: Sequence[Overlay] = (), workspace: Path | str | None = None) -> SiteCase:
    """The case of a file with some entries replaced, held against the facts that it cites.

    `workspace` holds facts of one's own, which a case may cite too. Raises CaseError: one of form at once, else all
    faults of names, types, ranges, sense and sources together, each located.
    """
    tree = read_case_file(path)
    for where, entry in overlays:
        tree = assigned(tree, where, entry)
    return site_case(on_zone(tree, workspace), workspace)


def site_case(tree: Entry, workspace: Path | str | None = None) -> SiteCase:
    """The case of a tree. Raises as `read_site_case`."""
    if not is_short(tree.block or {}):
        refuse_another_kind(tree, "site", SitePlan, [name for one in (SiteHeader, *BESIDE) for name in one._fields])
    tree = with_fleets(tree, workspace)
    reader = _Reader(tree, workspace)
    head = read_record(tree._replace(value=reader.header), SiteHeader, reader.reading)
    beside = read_record(
        reader.form.formed(reader.beside[PublishedBlock], PublishedBlock), PublishedBlock, reader.reading
    )
    drawn = read_record(reader.beside[DriversBlock], DriversBlock, reader.reading)
    found = read_record(reader.form.formed(reader.body, reader.record), reader.record, reader.reading)
    inputs = reader.inputs()
    places = reader.places()
    sourced = settled(inputs, reader.unit_of, reader.known)
    form = reader.faults()
    of_plan = {path: one for path, one in inputs.items() if record_of(path, SitePlan) is not DriversBlock}
    faults: list[OverbuildError] = [*form, *out_of_range(of_plan, reader.unit_of), *sourced.faults]
    faults += unit_faults(inputs, reader.unit_of)
    faults += _asked_about(of_plan, reader.unit_of, faults)
    written, plan = reader.form.written, None
    if found is not None and not form:
        told = {fault.spot for fault in faults}
        plan, written, sense = _sound(found, written, places)
        if plan is not None and beside is not None and not sense:
            sense = [places.located(fault) for fault in published_faults(beside.published, plan)]
        if plan is not None and drawn is not None and drawn.drivers is not None and not sense:
            forms = CaseForms(plan, FormRead(found, reader.form.written, reader.form.units), written)
            sense = [places.located(fault) for fault in uncertain_faults(drawn.drivers, forms)]
        faults += [fault for fault in sense if fault.spot not in told]
    raise_all(sorted(faults, key=lambda fault: fault.spot))
    if head is None or beside is None or drawn is None or found is None or plan is None:
        raise tree.fault("bad_value", "file", "the case could not be read")
    form = FormRead(found, reader.form.written, reader.form.units)
    return SiteCase(
        name=head.name,
        close=head.close,
        plan=CheckedPlan(plan),
        inputs=sourced.inputs,
        places=places,
        written=written,
        form=form,
        agreements=sourced.agreements,
        published=beside.published,
        drivers=drawn.drivers,
    )


def _asked_about(
    inputs: Mapping[str, Sourced], unit_of: Callable[[str], str], told: Sequence[OverbuildError]
) -> list[OverbuildError]:
    """Numbers outside their plausible bands that no other fault speaks of."""
    spoken = {fault.path for fault in told}
    return [fault for fault in implausible(inputs, unit_of) if fault.path not in spoken]


class _Sound(NamedTuple):
    """What a reading means: its plan, what the file calls the paths of the plan, and the faults of sense, located."""

    plan: SitePlan | None
    written: WrittenPaths
    faults: list[OverbuildError]


def _sound(found: ShortPlan | SitePlan, written: WrittenPaths, places: FilePlaces) -> _Sound:
    plan, faults = found, list[OverbuildError]()
    if isinstance(plan, ShortPlan):
        faults += [places.located(fault) for fault in short_faults(plan)]
        if any(fault.path.partition(".")[0] in _MAKES_THE_PLAN and fault.path != "offtake" for fault in faults):
            return _Sound(None, written, faults)
        plan, written = plan_of(plan), short_written(plan)
    told = {fault.spot for fault in faults}
    for fault in case_faults(plan):
        fault.path = written.of(fault.path)
        place = places.located(fault)
        if place.spot not in told:
            faults.append(place)
    return _Sound(plan, written, faults)


_MAKES_THE_PLAN = ("site", "components", "refresh", "relet", "offtake")
"""Blocks of the short form without which there is no plan to look at."""


class _Reader:
    """One reading of a tree: its header, its body in the form that it has, and what is met on the way."""

    def __init__(self, tree: Entry, workspace: Path | str | None) -> None:
        block = dict(tree.block or {})
        self.tree = tree
        self.header = {name: _as_text(block.pop(name)) for name in SiteHeader._fields if name in block}
        self.beside = {
            record: tree._replace(value={one: block.pop(one) for one in record._fields if one in block})
            for record in BESIDE
        }
        self.record: Any = ShortPlan if is_short(block) else SitePlan
        count = _periods_per_year(block)
        self.close_faults, close = _close(self.header.get("close"), count)
        self.form = TreeForm(close, count or 1)
        self.form.faults += other_form(block, self.form)
        self.body = tree._replace(value=block)
        year = Measure(1.0 / count if count else 1.0, (("time", 1),))
        self.known = KnownFigures(workspace, {"period": year, "periods": year})
        self.reading = RecordReading(self._figured)

    def _figured(self, entry: Entry, path: str, unit: str) -> Entry | list[CaseError]:
        where = self.form.written.of(path)
        return figured(self.known)(entry, where, self.form.units.get(where, unit))

    def unit_of(self, path: str) -> str:
        """The unit of an input by its path in the file."""
        if path in self.form.units:
            return self.form.units[path]
        return unit_of_leaf(record_of(path, self.record), path)

    def inputs(self) -> dict[str, Sourced]:
        """The inputs by their paths in the file, without the kinds of paths, which no file says.

        Of published figures the numbers: what their words say stands in the case's `published`.
        """
        form = self.form
        return {
            form.written.of(path): one._replace(path=form.written.of(path))
            for path, one in self.reading.inputs.items()
            if not (path.endswith(".kind") and path in form.written) and not _is_word_beside(path, one)
        }

    def places(self) -> FilePlaces:
        """The places by their paths in the file."""
        found = FilePlaces()
        for path, entry in self.reading.places.items():
            found.setdefault(self.form.written.of(path), entry)
        found[""] = self.tree
        return found

    def faults(self) -> list[OverbuildError]:
        """The faults of form; a field for which another word was written is not missing too."""
        faults: list[OverbuildError] = [*self.close_faults, *self.form.faults]
        for fault in self.reading.faults:
            if fault.code == "missing" and fault.path in self.form.meant:
                continue
            fault.path = self.form.written.of(fault.path)
            faults.append(fault)
        return faults


def _is_word_beside(path: str, one: Sourced) -> bool:
    return not one.numbers and record_of(path, SitePlan) in BESIDE


def _as_text(entry: Entry) -> Entry:
    """A close in a yearly case is a bare year, which YAML reads as a number."""
    return entry._replace(value=str(entry.value)) if type(entry.value) is int else entry


def _periods_per_year(block: dict[str, Entry]) -> int | None:
    """Periods in a year, before the rest is read; None where the case says none that can be."""
    for name in ("horizon", "site"):
        within = (block[name].block or {}) if name in block else {}
        if "periods_per_year" in within:
            given = within["periods_per_year"]
            count = (given.block or {}).get("value", given).value
            return count if type(count) is int and count in PERIODS_PER_YEAR else None
    return 1


def _close(entry: Entry | None, count: int | None) -> tuple[list[CaseError], int | None]:
    """The period of close as a number since year 0, or its fault."""
    if entry is None or count is None or not isinstance(entry.value, str):
        return [], None
    try:
        return [], parsed(entry.value, count)
    except InputError as error:
        return [entry.fault(error.code, "close", error.hint, error.value)], None
