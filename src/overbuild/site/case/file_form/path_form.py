"""A path as it is written in a file, in the names of the record `Path`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.errors import CaseError, did_you_mean
from overbuild.site.case.file_form.everyday_words import WORDS
from overbuild.site.case.paths import START, Path
from overbuild.world.record import BLOCK
from overbuild.world.tree import Entry

PATH_FORM = "a path is a number, {value: 2.5, growth: -0.05, from: close, step: year}, {by_year: [2.5, 2.4]} or {by_period: [...]}"
LISTS = ("by_year", "by_period")
MOVES = ("growth", "from", "step")

WRITTEN_AS = {"growth_per_year": "growth", "since": "from"}
"""Fields of the record that a file calls otherwise; `from` cannot be the name of a field."""


class PathForm(NamedTuple):
    """A path read: its block in the names of the record, its kind, and the faults of its form."""

    block: Entry
    kind: str
    faults: tuple[CaseError, ...]


def path_form(entry: Entry, path: str, period_of: Callable[[Entry, str], Entry], *, in_contract: bool) -> PathForm:
    """A path as the block of its record; a faulty one as 0, so that it has no second fault.

    `period_of` gives the number of a period that is written as a date.

    >>> one = Entry({"value": Entry(2.5, "my.yaml", 1, 9), "growth": Entry(-0.1, "my.yaml", 1, 22)}, "my.yaml", 1, 1)
    >>> form = path_form(one, "market.price", lambda entry, path: entry, in_contract=False)
    >>> form.kind, sorted(form.block.value), form.faults
    ('growing', ['growth_per_year', 'kind', 'value'], ())
    """
    faults = tuple(_faults(entry, path, in_contract=in_contract))
    kind = _kind(entry)
    if faults:
        return PathForm(_as_block(entry, "flat", {"value": entry._replace(value=0.0)}), "flat", faults)
    block = entry.block or {}
    if kind == "flat":
        return PathForm(_as_block(entry, kind, {"value": entry}), kind, ())
    if kind in LISTS:
        return PathForm(_as_block(entry, kind, {kind: _with_origin(entry, kind)}), kind, ())
    fields = {"value": _with_origin(entry, "value")}
    if "growth" in block:
        fields["growth_per_year"] = block["growth"]
    if "step" in block:
        fields["step"] = block["step"]
    if _says_from(block):
        fields["since"] = _since(block["from"], f"{path}.from", period_of)
    return PathForm(_as_block(entry, kind, fields), kind, ())


def _as_block(entry: Entry, kind: str, fields: dict[str, Entry]) -> Entry:
    return entry._replace(value={"kind": entry._replace(value=kind, text=kind), **fields}, text="")


def _kind(entry: Entry) -> str:
    block = entry.block or {}
    lists = [name for name in LISTS if name in block]
    return lists[0] if lists else "growing" if any(_moves(block)) else "flat"


def _says_from(block: dict[str, Entry]) -> bool:
    """Whether `from` is where growth counts from; operands of a line of arithmetic are a mapping."""
    return "from" in block and block["from"].block is None


def _moves(block: dict[str, Entry]) -> list[str]:
    return [name for name in MOVES if name in block and (name != "from" or _says_from(block))]


def _with_origin(entry: Entry, name: str) -> Entry:
    """The number or the list of a path, with what the path says of its origin."""
    block = entry.block or {}
    own = {one: beside for one, beside in block.items() if one in BLOCK and one not in _moves(block)}
    if name not in LISTS:
        return block["value"] if set(own) == {"value"} else entry._replace(value=own)
    return block[name] if not own else entry._replace(value={**own, "value": block[name]})


def _since(entry: Entry, path: str, period_of: Callable[[Entry, str], Entry]) -> Entry:
    words = {"close": 1, "start": START}
    if isinstance(entry.value, str) and entry.value in words:
        return entry._replace(value=words[entry.value])
    return period_of(entry, path)


def _faults(entry: Entry, path: str, *, in_contract: bool) -> list[CaseError]:
    block = entry.block
    if block is None:
        if isinstance(entry.value, list):
            hint = "a list says what it counts: {by_year: [...]} or {by_period: [...]}"
            return [entry.fault("bad_path", path, hint)]
        if isinstance(entry.value, str | bool):
            return [entry.fault("bad_path", path, PATH_FORM, entry.value)]
        return []
    faults = [_unknown(one, name, path) for name, one in block.items() if name not in (*BLOCK, *LISTS, *MOVES)]
    values = [name for name in ("value", *LISTS) if name in block]
    if "derive" in block and not values:
        values = ["derive"]
    if len(values) != 1 and not faults:
        given = f"it has {' and '.join(values)}" if values else "it has no value"
        faults.append(entry.fault("bad_path", path, f"{PATH_FORM}; {given}"))
    if "value" in block and block["value"].items is not None:
        hint = "a list says what it counts: {by_year: [...]} or {by_period: [...]}"
        faults.append(block["value"].fault("bad_path", f"{path}.value", hint))
    return faults or _list_faults(block, path) + _move_faults(block, path, in_contract=in_contract)


def _unknown(entry: Entry, name: str, path: str) -> CaseError:
    meant = WORDS[Path].get(name)
    if meant is not None:
        return entry.fault("unknown_name", f"{path}.{name}", meant.hint)
    hint = f"not a name of a path.{did_you_mean(name, ('value', *LISTS, *MOVES))} {PATH_FORM[0].upper()}{PATH_FORM[1:]}"
    return entry.fault("unknown_name", f"{path}.{name}", hint)


def _list_faults(block: dict[str, Entry], path: str) -> list[CaseError]:
    faults: list[CaseError] = []
    for name in (name for name in LISTS if name in block):
        given = (block[name].block or {}).get("value", block[name])
        if given.items is None or not given.items:
            hint = f"one number a {name.removeprefix('by_')}, the last one holds: {name}: [2.5, 2.4]"
            faults.append(block[name].fault("bad_path", f"{path}.{name}", hint))
        for move in _moves(block):
            hint = f"a list says each number itself; leave out {move}"
            faults.append(block[move].fault("bad_path", f"{path}.{move}", hint))
    return faults


def _move_faults(block: dict[str, Entry], path: str, *, in_contract: bool) -> list[CaseError]:
    moves = _moves(block)
    if any(name in block for name in LISTS):
        return []
    if moves and "growth" not in moves:
        hint = "`from` and `step` say how growth counts; give `growth`, a year"
        return [block[moves[0]].fault("bad_path", f"{path}.{moves[0]}", hint)]
    if "from" not in moves:
        return []
    since = block["from"]
    if since.value == "start" and not in_contract:
        hint = "only a contract has a start; say close, or a period"
        return [since.fault("bad_path", f"{path}.from", hint, since.value)]
    if isinstance(since.value, int | float) and (isinstance(since.value, bool) or since.value < 1):
        hint = "growth counts from close, from the start of a contract, or from a period, 1 or later"
        return [since.fault("bad_path", f"{path}.from", hint, since.value)]
    return []
