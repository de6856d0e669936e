"""The reference page of Python: the public list, and the questions that `overbuild.ask` takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import overbuild
from overbuild import ask

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


def python_page() -> str:
    """Every name of the public list and every function of `ask`: its signature and what it is."""
    names = (name for name in overbuild.__all__ if name not in ("ask", "__version__"))
    parts = [
        "# Python",
        _ABOUT,
        "## Questions: `overbuild.ask`",
        *(_entry(f"ask.{name}", getattr(ask, name)) for name in ask.__all__),
        "## The public list: `overbuild`",
        "Beside `overbuild.ask` and `overbuild.__version__`. A room is imported by its name, such as `overbuild.site`. "
        "Loans, leases and recoveries by themselves are in `overbuild.instruments`, which has a page of its own.",
        *(_entry(f"overbuild.{name}", getattr(overbuild, name)) for name in names),
    ]
    return "\n\n".join(parts) + "\n"


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions of `ask` in the order in which it lists them."""
    for name in ask.__all__:
        if not inspect.isclass(getattr(ask, name)):
            yield name, getattr(ask, name)


def _entry(name: str, offered: Callable[..., Any]) -> str:
    about = (inspect.getdoc(offered) or "").partition("\n\n")[0]
    return f"### `{name}`\n\n```python\n{signature(name, offered)}\n```\n\n{about}"


def signature(name: str, offered: Callable[..., Any]) -> str:
    """How a function or a class is called; a long signature with one argument a line.

    >>> signature("ask.check", ask.check)
    "ask.check(case: Path | str, *, workspace: Path | str | None = None, kind: str = '') -> Answer"
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
        stars = "**" if one.kind is one.VAR_KEYWORD else ""
        yield f"{stars}{one.name}: {_type(one.annotation)}{default}"


def _type(annotation: Any) -> str:
    """A type as the code says it; the fields of a record hold it as a reference."""
    return str(getattr(annotation, "__forward_arg__", annotation))
