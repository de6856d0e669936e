"""The reference page of the inputs of a site case, in the two forms that a file may have."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, cast

from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.published.published_plan import MEASURES, PublishedBlock
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.world.drivers.declared import Jumps, LateCase, UncertainInputs
from overbuild.world.fields import Field, fields_of

_KINDS = {float: "number", int: "whole number", bool: "true or false", str: "text"}

_ABOUT = (
    "Generated from the code. A number is bare or a block with `value` and, beside it, `fact`, `derive` with "
    "`from`, `source`, `reason`, `author`, `low`, `high`. A number is held against the fact beside it, or against what "
    "its line of `derive` comes to, in its own unit; it may be left out where that is given. Rates and shares are "
    "decimals. Above both forms stand `name` and `close`, the period of financial close, such as 2026Q4."
)

_GENERAL = (
    "Phases, fleets, contracts and loans are lists. Periods count from close; the date of a period, such as `2027Q3`, "
    "may stand for its number. A **path** is a number, `{value: 2.5, growth: -0.05, from: close, step: year}`, "
    "`{by_year: [...]}` or `{by_period: [...]}`: growth counts from `close`, from the `start` of the contract or from a "
    "period, by whole years (`step: year`) or smoothly; a list stands on the calendar and its last entry holds."
)

_SHORT = (
    "One hall with its GPUs and one contract: `site` in place of `horizon`, `phases` and `fleets`. Periods count from "
    "opening, and one number stands for a whole series. It is read into the general form; `why` and the workbook speak "
    "in the words of the file. Blocks that both forms share are told above."
)


_BESIDE = (
    "Both forms may have a list `published`: what is published of the deal that the case is made after. Each figure is "
    "held against the fact that it cites, and the answer of `overbuild site` shows it beside that of the case as run, "
    "with the difference and why. Nothing is computed with it."
)


_UNCERTAIN = (
    "Both forms may have a block `drivers`: what is uncertain, which `overbuild stress` draws. The base case does not know "
    "it. Without the block the defaults are drawn, `world/presets/drivers-2026.yaml`, as far as the case has what they "
    "move. A driver names one input, as `--shock` does, and one way in which it is drawn: `distribution`, `dynamics`, "
    "`hazard` or `late`. The number of the case is where a driver does nothing: a path of `dynamics` has it as its "
    "median (of what is multiplied) or mean (of what is added), but for regimes and for where its cycle starts; a "
    "`distribution` has the middle that it says. With all spreads 0 every scenario is the case."
)


def inputs_page() -> str:
    """Every input of a site case: its path, what it is, whether it is needed."""
    general, short = fields_of(SitePlan), fields_of(ShortPlan)
    own = [name for name in short if name not in general or short[name].kind is not general[name].kind]
    parts = [
        f"# Inputs of a site case\n\n{_ABOUT}",
        f"## With phases\n\n{_GENERAL}",
        *(_section(SitePlan, name) for name in general),
        f"## One hall, one contract\n\n{_SHORT}",
        *(_section(ShortPlan, name) for name in own),
        f"## As published\n\n{_BESIDE}",
        *(_section(PublishedBlock, name) for name in PublishedBlock._fields),
        _measures(),
        f"## What is uncertain\n\n{_UNCERTAIN}",
        *(_uncertain(name) for name in fields_of(UncertainInputs)),
    ]
    return "\n\n".join(parts) + "\n"


def _measures() -> str:
    """What a published figure may measure."""
    rows = "\n".join(
        f"| `{name}` | {one.said} | {one.unit} | {' or '.join(f'`{block}`' for block in one.of) or 'none'} |"
        for name, one in MEASURES.items()
    )
    return f"| measure | of the case | unit | `of` names one of |\n|---|---|---|---|\n{rows}"


def _uncertain(name: str) -> str:
    """A part of the block of drivers; records within a driver are told on their own."""
    field = fields_of(UncertainInputs)[name]
    if not field.is_record:
        default = _default(UncertainInputs._field_defaults[name])
        return f"### drivers.{name}\n\n{_kind(field)}; default {default}"
    path = f"drivers.{name}.NAME" if name != "correlations" else f"drivers.{name}.NUMBER"
    told = [_told(path, field.kind)]
    told += [_told(f"{path}.{part}", one.kind) for part, one in fields_of(field.kind).items() if one.is_record]
    if name == "drawn":
        told += [_told(f"{path}.dynamics.jumps", Jumps), _told(f"{path}.late.cases.NUMBER", LateCase)]
    return f"### drivers.{name}\n\n" + "\n\n".join(told)


def _told(path: str, record: Any) -> str:
    """A record with its own numbers; the records in it have tables of their own."""
    fields, defaults = fields_of(record), record._field_defaults
    rows = [
        f"| `{path}.{name}` | {_kind(field)} | {field.unit} | {_default(defaults[name]) if name in defaults else 'needed'} |"
        for name, field in fields.items()
        if not field.is_record
    ]
    about = inspect.cleandoc(record.__doc__ or "")
    return "\n".join([about, "", "| input | kind | unit | default |", "|---|---|---|---|", *rows])


def _section(record: Any, name: str) -> str:
    field = fields_of(record)[name]
    path = f"{name}.NAME" if field.many else name
    needed = "" if name in record._field_defaults else " (needed)"
    heading = f"### {name}{needed}"
    if not field.is_record:
        return f"{heading}\n\n{_kind(field)}, {field.unit}; default {_default(record._field_defaults.get(name))}"
    about = inspect.cleandoc(field.kind.__doc__ or "")
    rows = "\n".join(_rows(path, field.kind))
    return f"{heading}\n\n{about}\n\n| input | kind | unit | default |\n|---|---|---|---|\n{rows}"


def _rows(path: str, record: Any) -> Iterator[str]:
    defaults = record._field_defaults
    for name, field in fields_of(record).items():
        if name == "owners_pay_all":
            continue
        if field.is_record and field.kind is not Path:
            yield from _rows(f"{path}.{name}", field.kind)
            continue
        default = _default(defaults[name]) if name in defaults else "needed"
        yield f"| `{path}.{name}` | {_kind(field)} | {field.unit} | {default} |"


def _kind(field: Field) -> str:
    if field.kind is Path:
        return "path"
    if field.words:
        return f"one of {', '.join(f'`{word}`' for word in field.words)}"
    if field.unit == "period":
        return "period or date"
    return f"series of {_KINDS[field.kind]}s" if field.many else _KINDS[field.kind]


def _default(value: object) -> str:
    if isinstance(value, Path):
        return f"{value.value:g}"
    if value is None or value == ():
        return "none"
    return ", ".join(str(one) for one in cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else str(value)
