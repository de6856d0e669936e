"""How a user says how his table is written: the options of every command that reads one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from overbuild.foreign.days import Order
from overbuild.foreign.how_written import HowWritten, pairs_of

F = TypeVar("F", bound=Callable[..., Any])


def table_options(command: F) -> F:
    """`--sheet`, `--decimal`, `--dates`, `--encoding`, `--map`, `--fill`; the command receives them as `written`."""

    @functools.wraps(command)
    def packed(*, columns: tuple[str, ...], filled: tuple[str, ...], **others: Any) -> Any:
        said = {name: cast("str", others.pop(name)) for name in ("sheet", "decimal", "encoding")}
        written = HowWritten(
            dates=cast("Order", others.pop("dates")),
            columns=pairs_of(columns, "--map"),
            filled=pairs_of(filled, "--fill"),
            **said,
        )
        return command(written=written, **others)

    options: list[Callable[[Any], Any]] = [
        click.option(
            "--fill",
            "filled",
            metavar="OURS=TEXT",
            multiple=True,
            help="A text for every row; {theirs} in it is a cell.",
        ),
        click.option(
            "--map",
            "columns",
            metavar="THEIRS=OURS",
            multiple=True,
            help="A column of another name; columns not named are left out.",
        ),
        click.option("--encoding", metavar="NAME", default="", help="Code page of a text: cp1250, shift_jis, ..."),
        click.option("--dates", metavar="dmy|mdy", default="", help="What stands first in days like 1/2/2024."),
        click.option("--decimal", metavar="MARK", default="", help="The mark before decimals: . or ,"),
        click.option("--sheet", metavar="NAME", default="", help="Sheet of a workbook; the first one without."),
    ]
    wrapped: Any = packed
    for option in options:
        wrapped = option(wrapped)
    return wrapped
