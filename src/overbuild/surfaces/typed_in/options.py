"""What a user types in: numbers, of one grammar on every option, and how a table of his is written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from overbuild.files import in_utf_8
from overbuild.foreign.days import Order
from overbuild.foreign.how_written import HowWritten, pairs_of
from overbuild.foreign.numbers import A_NUMBER, is_number

F = TypeVar("F", bound=Callable[..., Any])

_NO_NUMBERS = frozenset({"nan", "inf", "infinity"})
"""Words that Python takes for numbers: what the number is for refuses them, and says what it may be."""


_MAY_BE_PATHS = frozenset({"given", "zone"})
"""Arguments that are words or paths: a path is opened by the bytes that the system gave."""


def with_plain_numbers(command: click.Command) -> click.Command:
    """The command, whose options and those of its commands take numbers and words by the grammar of every other door."""
    for parameter in command.params:
        if type(parameter.type) is click.types.FloatParamType:
            parameter.type = _PlainFloat()
        elif type(parameter.type) is click.types.IntParamType:
            parameter.type = _PlainInt()
        elif type(parameter.type) is click.types.StringParamType and parameter.name not in _MAY_BE_PATHS:
            parameter.type = _PlainWords()
    if isinstance(command, click.Group):
        for one in command.commands.values():
            with_plain_numbers(one)
    return command


class _PlainFloat(click.types.FloatParamType):
    """A number in ASCII digits: Python would also read 1_000, and the digits of other scripts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not _is_plain(value):
            self.fail(f"{value!r} is no number: {A_NUMBER}.", param, ctx)
        return super().convert(value, param, ctx)


class _PlainInt(click.types.IntParamType):
    """A whole number in ASCII digits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not _is_plain(value):
            self.fail(f"{value!r} is no number: {A_NUMBER}.", param, ctx)
        return super().convert(value, param, ctx)


class _PlainWords(click.types.StringParamType):
    """Words as they were typed: bytes that a poor locale could not read are read as UTF-8; others are no words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return super().convert(value, param, ctx)
        words = in_utf_8(value)
        try:
            value.encode("utf-8", "surrogateescape").decode()
        except UnicodeError:
            self.fail(f"{words} is no text in UTF-8: type it on a terminal that writes UTF-8.", param, ctx)
        return super().convert(words, param, ctx)


def _is_plain(value: object) -> bool:
    text = value.strip() if isinstance(value, str) else "0"
    return is_number(text) or text.lstrip("+-").lower() in _NO_NUMBERS


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
