"""The reference page of Python: the public list, and the questions that `overbuild.ask` takes."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import overbuild
from overbuild import ask, instruments

_LINE = 100
"""A signature longer than this is shown with one argument a line."""

_ABOUT = """Generated from the code. A question is a function of `overbuild.ask` and returns an `Answer`, the object that every
command prints:

```python
from overbuild import ask

answer = ask.gap(as_of="2026-01-17")
print(answer.headline.text)
print(answer.values["total_gap"])
```

`values` are in base units (USD, MW, decimals), or none where `status` says why. `as_of` is a day (YYYY-MM-DD) after which
no fact is used, `workspace` a folder with facts of your own, and a site case a file or `preset:NAME`. Faults of the input
are raised as `overbuild.errors.OverbuildError`. `help(ask.gap)` names units, errors and an example."""


_INSTRUMENTS = """Generated from the code. Loans, leases and recoveries by themselves, with no site around them:

```python
from overbuild import instruments

terms = instruments.RepaymentTerms("senior", "straight_line", 4)
print(instruments.unit_service(terms, (0.08,) * 4))
```

prints `(0.33, 0.31, 0.29, 0.27)`. Money is in one currency, rates are decimals. `Usd`, `Share`, `PerYear` and
their like are numbers, named by their unit. The loans of a site are priced by the same functions."""


def python_page() -> str:
    """Every name of the public list and every function of `ask`: its signature and what it is."""
    names = (name for name in overbuild.__all__ if name not in ("ask", "__version__"))
    parts = [
        "# Python",
        _ABOUT,
        "## Questions: `overbuild.ask`",
        *(_entry(f"ask.{name}", question) for name, question in questions()),
        "## The public list: `overbuild`",
        "Beside `overbuild.ask` and `overbuild.__version__`. A room is imported by its name, such as `overbuild.site`.",
        *(_entry(f"overbuild.{name}", getattr(overbuild, name)) for name in names),
    ]
    return "\n\n".join(parts) + "\n"


def instruments_page() -> str:
    """Every name of `overbuild.instruments`, by file: its signature, what it is, its equation and its source."""
    parts = ["# Instruments", _INSTRUMENTS]
    for room, names in _by_room(instruments).items():
        about = (sys.modules[room].__doc__ or "").partition("\n")[0]
        parts += [f"## {room.rpartition('.')[2]}", about]
        parts += [_entry(f"instruments.{name}", getattr(instruments, name), whole=True) for name in names]
    return "\n\n".join(parts) + "\n"


def _by_room(offered: ModuleType) -> dict[str, list[str]]:
    rooms: dict[str, list[str]] = {}
    for name in offered.__all__:
        rooms.setdefault(getattr(offered, name).__module__, []).append(name)
    return rooms


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions of `ask` in the order of its file."""
    for name, found in vars(ask).items():
        if inspect.isfunction(found) and not name.startswith("_"):
            yield name, found


def _entry(name: str, offered: Callable[..., Any], *, whole: bool = False) -> str:
    """Name, signature and first words of what is offered; all its words but the worked number with `whole`."""
    about = (inspect.getdoc(offered) or "").partition("\n>>>" if whole else "\n\n")[0].rstrip()
    return f"### `{name}`\n\n```python\n{signature(name, offered)}\n```\n\n{about}"


def signature(name: str, offered: Callable[..., Any]) -> str:
    """How a function or a class is called; a long signature with one argument a line.

    >>> signature("ask.check", ask.check)
    'ask.check(case: Path | str, *, workspace: Path | str | None = None) -> Answer'
    """
    found = inspect.signature(offered)
    told = list(_arguments(found))
    returned = "" if inspect.isclass(offered) else f" -> {_type(found.return_annotation)}"
    short = f"{name}({', '.join(told)}){returned}"
    if len(short) <= _LINE:
        return short
    return f"{name}(\n" + "".join(f"    {one},\n" for one in told) + f"){returned}"


def _arguments(found: inspect.Signature) -> Iterator[str]:
    by_name = False
    for one in found.parameters.values():
        if one.kind is one.KEYWORD_ONLY and not by_name:
            yield "*"
            by_name = True
        default = "" if one.default is one.empty else f" = {one.default!r}"
        yield f"{one.name}: {_type(one.annotation)}{default}"


def _type(annotation: Any) -> str:
    """A type as the code says it; the fields of a record hold it as a reference."""
    return str(getattr(annotation, "__forward_arg__", annotation))
