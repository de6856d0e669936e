"""A case file in the names of its records: paths, dates, words that people write. Places stay those of the file."""

from __future__ import annotations

from typing import Any

from overbuild.errors import CaseError, InputError
from overbuild.site.case.file_form.everyday_words import LISTS_OF_BLOCKS, WORDS
from overbuild.site.case.file_form.path_form import LISTS, WRITTEN_AS, path_form
from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.plan import GpuFleet, OfftakeContract, Path
from overbuild.site.case.published.published_plan import MEASURES, PublishedFigure
from overbuild.timeline.calendar import parsed
from overbuild.world.fields import Field, fields_of
from overbuild.world.tree import Entry

FIRST_YEAR = 1000
"""A yearly case writes dates as years, which are numbers: from here on a number is a year and no count of periods."""


class TreeForm:
    """What was met while a tree was put into the names of its records.

    `written` says what the file calls a path, `units` the unit of each number of a path, `meant` the fields for which
    another word was written, `faults` what cannot be read.
    """

    def __init__(self, close: int | None, periods_per_year: int) -> None:
        self.close, self.periods_per_year = close, periods_per_year
        self.faults: list[CaseError] = []
        self.written = WrittenPaths()
        self.units: dict[str, str] = {}
        self.meant: set[str] = set()

    def formed(self, entry: Entry, record: Any, path: str = "") -> Entry:
        """The tree of a record in its names."""
        if entry.block is None:
            return entry
        fields, words = fields_of(record), WORDS.get(record, {})
        found: dict[str, Entry] = {}
        for name, one in entry.block.items():
            where = f"{path}.{name}" if path else name
            if name in fields:
                found[name] = self._field(one, fields[name], where, record)
            elif name in words:
                self.faults.append(one.fault("unknown_name", where, words[name].hint))
                self.meant.add(f"{path}.{words[name].field}")
            else:
                found[name] = one
        self._of_this_record(found, record, path)
        return entry._replace(value=found)

    def _of_this_record(self, found: dict[str, Entry], record: Any, path: str) -> None:
        """What one kind of record alone says in a way of its own."""
        if record is GpuFleet and "owners_pay" in found and found["owners_pay"].value == "all":
            pays = found.pop("owners_pay")
            found["owners_pay_all"] = pays._replace(value=True)
            self.written[f"{path}.owners_pay_all"] = f"{path}.owners_pay"
        if record is OfftakeContract and "unit" in found and found["unit"].value == "kw_month":
            for each in [each for each in self.units if each.startswith(f"{path}.price")]:
                self.units[each] = "USD per kW-month" if self.units[each].startswith("USD") else self.units[each]
        if record is PublishedFigure:
            self._measured(found, path)

    def _measured(self, figure: dict[str, Entry], path: str) -> None:
        """The unit of a published figure is that of its measure; without one it is 1, so that it has no second fault."""
        word = figure["measure"].value if "measure" in figure else None
        if isinstance(word, str) and word in MEASURES:
            self.units[f"{path}.value"] = MEASURES[word].unit
        elif "value" in figure:
            figure["value"] = figure["value"]._replace(value=1.0, text="1")

    def _field(self, entry: Entry, field: Field, path: str, record: Any) -> Entry:
        if field.kind is Path:
            return self._path(entry, field, path, in_contract=record is OfftakeContract)
        if field.is_record and field.many:
            if entry.items is None:
                hint = f"a list of blocks is needed: {LISTS_OF_BLOCKS.get(path, '- {name: one}')}"
                self.faults.append(entry.fault("bad_value", path, hint))
                return entry._replace(value=[])
            return entry._replace(value=[self.formed(one, field.kind, name) for name, one in _named(entry.items, path)])
        if field.is_record:
            return self.formed(entry, field.kind, path)
        return self.period(entry, path) if field.unit == "period" else entry

    def _path(self, entry: Entry, field: Field, path: str, *, in_contract: bool) -> Entry:
        if field.nullable and entry.block is None and entry.value is None:
            return entry
        form = path_form(entry, path, self.period, in_contract=in_contract)
        self.faults += form.faults
        unit = "USD per GPU-hour" if field.unit == "USD per GPU-hour or per kW-month" else field.unit
        self.written[f"{path}.kind"] = path
        if form.kind == "flat":
            self.written[f"{path}.value"] = path
            self.units[path] = unit
            return form.block
        for name, word in WRITTEN_AS.items():
            self.written[f"{path}.{name}"] = f"{path}.{word}"
        for name in ("value", *LISTS):
            self.units[f"{path}.{name}"] = unit
        self.units[f"{path}.growth"], self.units[f"{path}.from"] = "decimal per year", "period"
        return form.block

    def period(self, entry: Entry, path: str) -> Entry:
        """The entry with the number of its period, where a date is written: `2027Q3`, counted from close."""
        block = entry.block
        if block is not None:
            return (
                entry._replace(value={**block, "value": self.period(block["value"], path)})
                if "value" in block
                else entry
            )
        text = entry.value
        if self.periods_per_year == 1 and type(text) is int and text >= FIRST_YEAR:
            text = str(text)
        if not isinstance(text, str):
            return entry
        try:
            number = parsed(text, self.periods_per_year)
        except InputError as error:
            hint = f"a period is a number, counted from close, or a date, {error.hint.removeprefix('a period is ')}"
            self.faults.append(entry.fault("bad_period", path, hint, entry.value))
            return entry._replace(value=1)
        if self.close is None:
            return entry._replace(value=1)
        if number <= self.close:
            self.faults.append(entry.fault("bad_period", path, "a date after close is needed", entry.value))
            return entry._replace(value=1)
        return entry._replace(value=number - self.close)


def _named(items: list[Entry], path: str) -> list[tuple[str, Entry]]:
    """The items of a list with their paths: by their names, else by their places."""
    names = [(one.block or {}).get("name") for one in items]
    return [
        (f"{path}.{name.value if name else place + 1}", one)
        for place, (name, one) in enumerate(zip(names, items, strict=True))
    ]
