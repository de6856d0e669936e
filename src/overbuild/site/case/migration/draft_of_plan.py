"""The plan of a short form as a draft of a file in the general form, with what became of each input.

What is written is what the plan says, field by field; the text of a number is that of the short form wherever the number
is a copy. So no formula of `from_short_form` stands here a second time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from overbuild.site.case.migration.draft import Draft, copied, flowing, scalar, taken, written
from overbuild.site.case.migration.moved_numbers import (
    NEGATED,
    NumberMove,
    growing_from,
    later,
    moved,
    over_calendar,
    reasoned,
    uncited,
)
from overbuild.site.case.migration.moves import AS_REPLACED, NO_COLLATERAL, RENAMED, SAME, Change, PlanMove, move_of
from overbuild.site.case.migration.source_text import WrittenEntry
from overbuild.site.case.paths import START, Path
from overbuild.site.case.read import BESIDE, SiteCase
from overbuild.timeline.calendar import starting
from overbuild.world.fields import Field, fields_of
from overbuild.world.provenance.figures import KnownFigures


class MadeSeries(NamedTuple):
    """A path that is made of several inputs, and how."""

    of: tuple[str, ...]
    words: str


_INDEXED = "With inflation by whole years from opening, to the period in which the GPUs leave"
_MADE = {
    "phases.site.fixed": MadeSeries(
        ("relet.cost_per_mw_year", "costs.insurance_share_per_year", "costs.inflation_per_year"),
        "Insurance while the GPUs run, then what the landlord pays for each MW, with inflation from opening",
    ),
    "costs.staff": MadeSeries(("costs.staff_per_year", "costs.inflation_per_year"), _INDEXED),
    "costs.inflation": MadeSeries(("costs.inflation_per_year",), _INDEXED),
}


_ONE_TEST_EACH = {"share": "waterfall.sweep_trigger", "action": "waterfall.default_dscr"}
"""Fields of a test that the old file says for one of its levels only."""


class PlanDraft:
    """A case drafted in the general form.

    `changes` say what became of what, `placed` where the comments of an entry of the old file went.
    """

    def __init__(self, case: SiteCase, source: WrittenEntry, known: KnownFigures) -> None:
        self.case, self.source, self.known = case, source, known
        self.built = case.plan.phases[0].cod
        self.calendar = starting(case.close, case.plan.horizon.periods + 2)
        self.changes: list[Change] = []
        self.placed: dict[str, Draft] = {}

    def drafted(self) -> Draft:
        """The whole file."""
        entries = {name: self._copy(name, name, PlanMove("same")) for name in ("name", "close")}
        body = self._record(self.case.plan, "")
        return Draft(entries={**entries, **((body.entries if body else None) or {}), **self._beside()})

    def _beside(self) -> dict[str, Draft]:
        """What is published of the deal and what is uncertain, as it is written: drivers name their inputs in either form."""
        self.changes += [Change(one, one, SAME) for one in self.case.inputs if one not in self.case.used]
        names = [name for record in BESIDE for name in record._fields]
        return {name: self._use(name) for name in names if self.source.at(name) is not None}

    def _record(self, record: Any, path: str) -> Draft | None:
        """The fields of a record that are not as where nothing is said, or that the old file says; None for none."""
        kind: Any = record.__class__
        defaults: dict[str, Any] = kind._field_defaults
        entries: dict[str, Draft] = {}
        for name, field in fields_of(kind).items():
            where = f"{path}.{name}" if path else name
            value = getattr(record, name)
            needed = name not in defaults or value != defaults[name]
            if name == "owners_pay_all":
                one = self._said("all", f"{path}.owners_pay") if value else None
                name = "owners_pay"
            else:
                one = self._field(value, field, where, needed=needed)
            if one is not None:
                entries[name] = one
        return self._with_comments(path, Draft(entries=entries)) if entries else None

    def _with_comments(self, path: str, draft: Draft) -> Draft:
        """A block with the comments of the block that it was."""
        old = self.case.written.of(path) if path else ""
        entry = self.source.at(old) if old else None
        if entry is not None and (entry.entries is not None or entry.items is not None):
            self.placed.setdefault(old, taken(entry, draft))
        return draft

    def _field(self, value: Any, field: Field, path: str, *, needed: bool) -> Draft | None:
        if field.is_record and field.many:
            items = [
                self._record(one, f"{path}.{getattr(one, 'name', place)}") for place, one in enumerate(value, start=1)
            ]
            return self._with_comments(path, Draft(items=[one for one in items if one])) if items else None
        if field.kind is Path and value is not None:
            return self._path(value, path, needed=needed)
        if field.is_record and value is not None:
            return self._record(value, path)
        return self._leaf(value, path, needed=needed)

    def _leaf(self, value: Any, path: str, *, needed: bool) -> Draft | None:
        if path.endswith(".maintained"):
            return self._maintained(path) if value else self._given(path, value)
        move = move_of(path)
        given = None if move.how == "said" else self._given(path, value)
        if given is not None:
            return given
        return self._said(value, path) if needed else None

    def _old(self, path: str) -> str:
        """What the old file calls a path; empty where no input of it says the same."""
        move, written = move_of(path), self.case.written
        test, _, field = path.rpartition(".")
        if test.startswith("tests.") and field in _ONE_TEST_EACH:
            return written.of(path) if written.of(f"{test}.level") == _ONE_TEST_EACH[field] else ""
        return move.old if move.old or move.how == "said" else written.of(path)

    def _given(self, path: str, value: Any) -> Draft | None:
        """What the old file says, as it is or counted from close; None where it says nothing, or something else."""
        move, old = move_of(path), self._old(path)
        entry = self.source.at(old) if old else None
        if entry is None:
            return None
        if old not in self.case.inputs:
            return self._copy(old, path, move) if value is None and entry.text in ("null", "~") else None
        number = self.case.inputs[old].value
        if move.how == "later":
            return self._later(old, path, value - number)
        return self._copy(old, path, move) if number == value else None

    def _copy(self, old: str, new: str, move: PlanMove) -> Draft:
        also = old.startswith("components.") and old != new
        self.changes.append(Change(old, new, AS_REPLACED if also else SAME if old == new else RENAMED))
        return self._use(old)

    def _use(self, old: str) -> Draft:
        """An entry of the old file with its comments, which are used once."""
        entry = self.source.at(old)
        assert entry is not None
        draft = taken(entry, copied(entry))
        self.placed.setdefault(old, draft)
        return draft

    def _later(self, old: str, path: str, periods: int) -> Draft:
        """A period from opening on, counted from close."""
        name, number = old.rpartition(".")[2], self.case.inputs[old].value
        said = old if name == "period" else name
        words = f"{said} {number} and {self.built} of construction"
        words += f" and {periods - self.built} more" if periods > self.built else ""
        given = self._use(old)
        draft = self._moved(old, given, later(periods), "period")
        date = "" if path == "horizon.periods" else f"{self.calendar.label(number + periods)}: "
        draft.beside.append(f"# {date}{words}")
        self.placed[old] = draft
        self.changes.append(Change(old, path, f"{number + periods}, counted from close: {words}"))
        return draft

    def _moved(self, old: str, given: Draft, move: NumberMove, unit: str) -> Draft:
        """A number moved, derived from what it cites; where that cannot be, an assumption, and the old block a comment."""
        draft = moved(given, old.rpartition(".")[2], move, unit, self.known)
        if draft is not None:
            return draft
        draft = moved(uncited(given, self.case.inputs[old].value), "", move, unit, self.known) or given
        draft.above.append(f"# {old} was {flowing(given)}")
        return draft.like(entries=reasoned(draft.entries or {}, f"Moved from what {old} cites."))

    def _said(self, value: Any, path: str) -> Draft:
        """What the general form says where the short one says it otherwise, or not at all."""
        move = move_of(path)
        draft = written(value)
        old = self._old(path)
        given = old if old in self.case.inputs else ""
        words = NO_COLLATERAL if draft.items == [] else move.words
        if words and not move.quiet:
            label = f"{self.calendar.label(value)}: " if path.endswith((".first", ".credited_from")) else ""
            draft.beside.append(f"# {label}{words}")
        self.changes.append(Change(given, path, words or f"{flowing(draft)}, as the short form has it"))
        return draft

    def _maintained(self, path: str) -> Draft:
        """A component that the old file says is maintained, itself or among the costs."""
        own = self._given_itself(path)
        if own is not None:
            return own
        said = "costs.maintained" in self.case.inputs
        words = "true: it is named there" if said else "true: the short form maintains `it` and `network`"
        self.changes.append(Change("costs.maintained" if said else "", path, words))
        return self._once("costs.maintained", scalar(True)) if said else scalar(True)

    def _given_itself(self, path: str) -> Draft | None:
        return self._copy(path, path, PlanMove("same")) if self._says(path, True) else None

    def _says(self, path: str, value: object) -> bool:
        return path in self.case.inputs and self.case.inputs[path].value == value

    def _once(self, old: str, draft: Draft) -> Draft:
        """A draft with the comments of an entry that it says otherwise, unless they went elsewhere."""
        entry = self.source.at(old)
        if entry is not None and old not in self.placed:
            self.placed[old] = taken(entry, draft)
        return draft

    def _path(self, value: Path, path: str, *, needed: bool) -> Draft | None:
        if value.kind == "growing":
            return self._growing(value, path)
        made = _MADE.get(path)
        if made and value.kind == "by_period":
            return self._made(value, path, made)
        return self._flat(value, path, needed=needed)

    def _flat(self, value: Path, path: str, *, needed: bool) -> Draft | None:
        """One number, or a series over the calendar."""
        old = self._old(f"{path}.value")
        series = value.by_period[self.built :] or (value.value,)
        said = move_of(path).how == "said" or move_of(f"{path}.value").how == "said"
        if said or old not in self.case.inputs or self.case.inputs[old].numbers != series:
            return self._said(value.value, path) if needed else None
        draft = over_calendar(self._use(old), self.built)
        self.placed[old] = draft
        what = (
            RENAMED if value.kind == "flat" else f"by period from close: the first number holds for {self.built} more"
        )
        if value.kind != "flat":
            draft.beside.append(f"# the first {self.built} periods: construction")
        self.changes.append(Change(old, path, SAME if old == path and value.kind == "flat" else what))
        return draft

    def _growing(self, value: Path, path: str) -> Draft:
        old, fall = self._old(f"{path}.value"), self._old(f"{path}.growth_per_year")
        number = self._number(old, f"{path}.value", value.value)
        growth = self._growth(fall, f"{path}.growth", value.growth_per_year)
        since = "start" if value.since == START else str(value.since)
        draft = growing_from(number, growth, since, value.step)
        if value.since != START:
            draft.beside.append(f"# from period {since}, {self.calendar.label(value.since)}: opening")
        for one in (old, fall):
            if self.placed.get(one) is number:
                self.placed[one] = draft
        return draft

    def _number(self, old: str, path: str, value: float) -> Draft:
        if move_of(path).how != "said" and self._says(old, value):
            return self._copy(old, path, PlanMove("same"))
        return self._said(value, path)

    def _growth(self, old: str, path: str, value: float) -> Draft:
        number = self.case.inputs[old].value
        if number == value:
            return self._copy(old, path, PlanMove("same"))
        given = self._use(old)
        draft = self._moved(old, given, NEGATED, "decimal per year")
        self.placed[old] = draft
        self.changes.append(Change(old, path, "a fall is a growth below 0"))
        return draft

    def _by_years(self, series: tuple[float, ...]) -> Draft:
        """A series with a line for construction, then one for each year of operation, and the periods of each."""
        items = [scalar(one) for one in series]
        starts = [0, *range(self.built, len(series), self.case.plan.horizon.periods_per_year), len(series)]
        for first, last in pairwise(starts):
            end = " on" if last == len(series) else f" to {self.calendar.label(last)}" if last > first + 1 else ""
            items[last - 1].beside.append(f"# {self.calendar.label(first + 1)}{end}")
        return Draft(items=items)

    def _made(self, value: Path, path: str, made: MadeSeries) -> Draft:
        """A series that no growth says, with the inputs it was made of as comments."""
        draft = Draft(entries=reasoned({"by_period": self._by_years(value.by_period)}, f"{made.words}."))
        draft.above.append("# By period from close, made of")
        for old in made.of:
            entry = self.source.at(old)
            if old not in self.case.inputs or entry is None:
                continue
            comments = entry.take_comments()
            draft.above += [f"#   {old}: {flowing(copied(entry))}", *comments]
            self.placed.setdefault(old, draft)
            self.changes.append(Change(old, path, f"by period from close: {made.words[0].lower()}{made.words[1:]}"))
        return draft
