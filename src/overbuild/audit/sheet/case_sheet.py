"""The inputs of a case as a worksheet shows them: label, value, unit, what is allowed, what each rests on."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from overbuild.audit.case_kinds import EXPLAINED, KINDS
from overbuild.audit.kind_of_case import SITE
from overbuild.audit.labels import label_of_path, words
from overbuild.audit.sheet.allowed import Allowed, allowed_in_case, allowed_in_site
from overbuild.site.case.file_form.form_read import record_of
from overbuild.site.case.read import site_case
from overbuild.world.case_record import case_of
from overbuild.world.fields import Field, field_at
from overbuild.world.overlay import assigned, overlay_of
from overbuild.world.presets import SITES, preset_named, presets
from overbuild.world.tree import Entry, read_case_file
from overbuild.world.worksheet.grow import PathStep, steps_of
from overbuild.world.worksheet.rows import SheetRow, rows_of


class SheetInput(NamedTuple):
    """An input as it is shown: under which heading, what it is called, its unit, what it may be; empty where unsaid."""

    row: SheetRow
    heading: str
    label: str
    unit: str
    allowed: Allowed


class CaseSheet(NamedTuple):
    """A case to be written as a worksheet: its kind, name and description, and its inputs in their order."""

    kind: str
    name: str
    described: str
    inputs: tuple[SheetInput, ...]


def preset_sheet(kind: str, preset: str, name: str) -> CaseSheet:
    """The worksheet of a preset of a kind, as a case of another name. Raises CaseError `unknown_name` for the preset."""
    folder = SITES if kind == SITE else KINDS[kind].presets
    tree = read_case_file(Path(f"preset:{preset}"), folder)
    named = {**(tree.block or {}), "name": Entry(name, tree.file, 1, 1, name)}
    return case_sheet(kind, tree._replace(value=named))._replace(described=presets(folder)[preset])


def carried_case(kind: str, file: Path, sets: Sequence[str], workspace: Path | str | None) -> CaseSheet:
    """The case of a file with some entries replaced, as an exported workbook carries it: what stands in files beside it too.

    Raises every fault of the file.
    """
    known = EXPLAINED.get(kind)
    tree = read_case_file(file, SITES if kind == SITE else KINDS[kind].presets)
    if known is not None and known.whole is not None and preset_named(file) is None:
        tree = known.whole(tree, file.parent)
    for text in sets:
        tree = assigned(tree, *overlay_of(text))
    return case_sheet(kind, tree, workspace)


def case_sheet(kind: str, tree: Entry, workspace: Path | str | None = None) -> CaseSheet:
    """The worksheet of a tree; its case has no fault, else all of them are raised."""
    shown = _of_site(tree, workspace) if kind == SITE else _of_record(kind, tree, workspace)
    name = (tree.block or {})["name"]
    return CaseSheet(kind, str(name.value), "", tuple(shown.of_row(row) for row in rows_of(tree)))


FROM = "from"
"""The period from which a path grows: it stands beside a value, and is none of the record."""

NO_UNITS = ("word", "true or false")


class _InputsShown(ABC):
    """How the inputs of a kind are shown: by their paths in the file, their fields, units and bounds."""

    @abstractmethod
    def unit_of(self, path: str) -> str:
        """The unit of an input."""

    @abstractmethod
    def field_of(self, path: str) -> Field | None:
        """The field of an input; None where the record has none."""

    @abstractmethod
    def allowed(self, path: str, field: Field | None, unit: str) -> Allowed:
        """What an input may be."""

    def of_row(self, row: SheetRow) -> SheetInput:
        """A row with its labels."""
        steps = steps_of(row.path)
        path = ".".join(step.name for step in steps)
        field, number = self.field_of(path), _is_number(row)
        unit = self.unit_of(path) if number and steps[-1].name != FROM else ""
        unit = "" if unit in NO_UNITS else unit
        allowed = self.allowed(path, field, unit)
        return SheetInput(row, _heading(steps), label_of_path(path), unit, allowed)


class _ShownSite(_InputsShown):
    def __init__(self, tree: Entry, workspace: Path | str | None) -> None:
        self.case = site_case(tree, workspace)
        self.record = type(self.case.form.record)

    def unit_of(self, path: str) -> str:
        return self.case.form.unit_of(path)

    def field_of(self, path: str) -> Field | None:
        return field_at(record_of(path, self.record), path)

    def allowed(self, path: str, field: Field | None, unit: str) -> Allowed:
        drawn = path.partition(".")[0] == "drivers"
        return allowed_in_site(path, field, "" if drawn else unit)


class _ShownRecord(_InputsShown):
    def __init__(self, kind: str, tree: Entry, workspace: Path | str | None) -> None:
        self.kind: Any = KINDS[kind]
        self.case: Any = case_of(tree, self.kind, workspace)

    def unit_of(self, path: str) -> str:
        return self.case.unit_of(path)

    def field_of(self, path: str) -> Field | None:
        return field_at(self.kind.record, path)

    def allowed(self, path: str, field: Field | None, unit: str) -> Allowed:
        return allowed_in_case(path, field, self.kind, self.case.record)


def _of_site(tree: Entry, workspace: Path | str | None) -> _InputsShown:
    return _ShownSite(tree, workspace)


def _of_record(kind: str, tree: Entry, workspace: Path | str | None) -> _InputsShown:
    return _ShownRecord(kind, tree, workspace)


def _is_number(row: SheetRow) -> bool:
    entries = row.series or (row.value,)
    numbers = (one.value for one in entries)
    return any(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers) or (
        "derive" in row.beside and row.series is None
    )


def _heading(steps: tuple[PathStep, ...]) -> str:
    """The block or item that an input stands in: that of its first step, and of the items of lists it is in."""
    if len(steps) == 1:
        return "The case"
    items = [step.name for step in steps if step.in_list]
    first = words(steps[0].name)
    if len(items) > 1 or (items and steps[1].in_list is False):
        lists = [before.name for before, step in itertools.pairwise(steps) if step.in_list]
        return ": ".join((first, *(f"{one} {item}" for one, item in zip(lists, items, strict=True))))
    return f"{first}: {items[0]}" if items else first
