"""What a driver's input means in a case: paths of the plan, or of the record of the file where that has another form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal, NamedTuple, cast

from overbuild.equations import flatten
from overbuild.errors import CaseError
from overbuild.site.case.file_form.form_read import FormRead
from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.uncertain.moving_paths import moving_paths
from overbuild.world.drivers.declared import DrawnDriver
from overbuild.world.drivers.leaf_paths import EVERY, at, expanded, item_names
from overbuild.world.drivers.moving import STRUCTURAL
from overbuild.world.fields import unit_of_leaf

GPUS = "gpus"
"""What `but` calls the components that are GPUs."""

Of: tuple[str, ...] = ("plan", "file")

_SHAPES = (
    "a date, a count or a word shapes the site and is not drawn; what is drawn of dates is completion "
    "(input: phases.*.delay, late: ...) and the failure of a customer (contracts.NAME.fails_in, hazard: ...)"
)


@dataclass(frozen=True)
class CaseForms:
    """A case in its two forms: its plan, and the record of its file, with what the file calls the paths of either."""

    plan: SitePlan
    form: FormRead
    written: WrittenPaths

    @cached_property
    def series(self) -> dict[str, list[str]]:
        """The paths of the plan that may move from period to period, each with what the file calls it."""
        return {one.where: _words_of(one.where, self) for one in moving_paths(self.plan)}

    @property
    def is_short(self) -> bool:
        """Whether the file has a form of its own."""
        return not isinstance(self.form.record, SitePlan)


class NamedInput(NamedTuple):
    """An input that a driver moves: its path, of the plan or of the record of the file, and what the file calls it."""

    path: str
    of: Literal["plan", "file"]
    written: str


def moving_inputs(driver: DrawnDriver, forms: CaseForms) -> list[NamedInput]:
    """The paths of the plan that a driver with dynamics moves.

    Raises CaseError: `unknown_name` for an input that is no path or that the case does not have.
    """
    words = forms.series
    named = [
        NamedInput(path, "plan", called[0])
        for path, called in words.items()
        if any(_means(driver.input, word) for word in called)
    ]
    found = [one for one in named if not _left_out(driver, one.path, forms.plan)]
    if not found:
        names = [word for called in words.values() for word in called]
        close = difflib.get_close_matches(driver.input, names, 3)
        meant = f" Did you mean {' or '.join(close)}?" if close else ""
        hint = (
            f"no path of this case that can move from period to period.{meant} Paths are prices, use, costs and rates"
        )
        raise CaseError("unknown_name", "input", driver.input, hint)
    for one in found:
        unit = unit_of_leaf(SitePlan, one.path)
        ways = _WAYS.get(unit, ("multiplies",))
        if driver.how not in ways:
            hint = f"a path in {unit} that moves stays what it may be: how: {' or '.join(ways)}"
            raise CaseError("bad_value", "how", driver.how, hint)
    return found


_WAYS = {"share": ("odds",), "decimal per year": ("adds", "multiplies")}
"""How a path may move by its unit: a share stays between 0 and 1, a price above 0, a rate may be anything."""


def _words_of(path: str, forms: CaseForms) -> list[str]:
    """What a path of the plan is called: in the words of the file first, in those of the plan in either form."""
    called = [forms.written.of(f"{path}.{name}") for name in ("value", "by_period")] + [forms.written.of(path)]
    return list(dict.fromkeys([*called, path] if forms.is_short else [path, *called]))


def _means(pattern: str, word: str) -> bool:
    steps, said = pattern.split("."), word.split(".")
    return len(steps) == len(said) and all(fnmatchcase(one, step) for step, one in zip(steps, said, strict=True))


def _left_out(driver: DrawnDriver, path: str, plan: SitePlan) -> bool:
    """Whether `but` leaves out the item of a list that a path is of."""
    without = {one for one in driver.but if one != GPUS}
    if GPUS in driver.but and path.startswith("components."):
        without |= {fleet.component for fleet in plan.fleets}
    return bool(without & set(path.split(".")))


def once_inputs(driver: DrawnDriver, forms: CaseForms) -> list[NamedInput]:
    """The inputs that a driver drawn once for a scenario moves: of the file, or of the plan where the file has none so called.

    Raises CaseError: `unknown_name`, `structural`, `missing` for an input without a value.
    """
    for of in Of:
        record: Any = forms.form.record if of == "file" else forms.plan
        if of == "plan" and forms.is_short and EVERY not in driver.input and not _has(record, driver.input):
            continue
        found = list(_of_record(driver, record, of, forms))
        if found:
            return found
    raise _unknown(driver.input, forms)


def _of_record(driver: DrawnDriver, record: Any, of: Any, forms: CaseForms) -> Iterator[NamedInput]:
    for path in expanded(record, _field_name(record, driver.input)):
        if not _has(record, path) or _left_out(driver, path, forms.plan):
            continue
        _check(record, path, driver)
        called = forms.written.of(path) if of == "plan" else forms.form.written.of(path)
        yield NamedInput(path, of, called)


_WRITTEN_AS = {"growth": "growth_per_year", "from": "since"}


def _field_name(record: Any, path: str) -> str:
    """A number of a path by the name of its field: files write `growth`."""
    before, _, last = path.rpartition(".")
    return f"{before}.{_WRITTEN_AS[last]}" if before and last in _WRITTEN_AS else path


def _has(record: Any, path: str) -> bool:
    try:
        at(record, path)
    except KeyError:
        return False
    return True


def _check(record: Any, path: str, driver: DrawnDriver) -> None:
    value, unit = at(record, path), unit_of_leaf(type(record), path)
    if unit in STRUCTURAL or isinstance(value, bool | int | str) or path.endswith(".name"):
        raise CaseError("structural", "input", driver.input, _SHAPES)
    if value is None:
        raise CaseError(
            "missing", "input", driver.input, "the case gives this input no value; a driver moves one that it has"
        )
    if isinstance(value, Path):
        if value.kind == "growing" and driver.how != "multiplies":
            hint = (
                f"a path that grows can be multiplied; {driver.how} its {driver.input}.value or {driver.input}.growth"
            )
            raise CaseError("bad_value", "how", driver.how, hint)
        return
    if not isinstance(value, float) and not _is_series(value):
        hint = "a block, not one of its numbers; name one"
        raise CaseError("unknown_name", "input", driver.input, hint)


def _is_series(value: Any) -> bool:
    return type(value) is tuple and all(isinstance(one, float) for one in cast("tuple[object, ...]", value))


def _unknown(given: str, forms: CaseForms) -> CaseError:
    record = forms.form.record
    names = [forms.form.written.of(_as_named(record, path)) for path in flatten(record)]
    close = difflib.get_close_matches(given, names, 3)
    hint = f"no input of this case.{' Did you mean ' + ' or '.join(close) + '?' if close else ''}"
    return CaseError("unknown_name", "input", given, hint)


def _as_named(record: Any, path: str) -> str:
    """The path of a leaf in the words of paths, whose list items without names count from 1; a name may hold a dot."""
    steps: list[str] = []
    rest = path
    while rest:
        names = list(getattr(record, "_fields", None) or item_names(record))
        step, _, _ = rest.partition(".")
        named = [name for name in names if rest == name or rest.startswith(f"{name}.")]
        place = int(step) if step.isdigit() else names.index(max(named, key=len))
        taken = step if step.isdigit() else names[place]
        rest = rest[len(taken) + 1 :]
        steps.append(names[place])
        record = record[place]
    return ".".join(steps)
