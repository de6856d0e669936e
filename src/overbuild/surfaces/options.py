"""The options every question shares, and how an answer leaves the program."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from overbuild.surfaces.streams import say, say_json

if TYPE_CHECKING:
    from overbuild.answer import Answer

F = TypeVar("F", bound=Callable[..., Any])


class Output(NamedTuple):
    """How the user wants to see the answer."""

    as_json: bool
    as_csv: bool
    plain: bool
    chart: Path | None
    overwrite: bool


def output_options(command: F) -> F:
    """`--json`, `--csv`, `--plain`, `--chart FILE` and `--overwrite` on a command; it receives them as `output`.

    A chart path that cannot be used is refused before the command does anything.
    """

    @functools.wraps(command)
    def packed(*, as_json: bool, as_csv: bool, plain: bool, chart: Path | None, overwrite: bool, **others: Any) -> Any:
        if chart is not None:
            from overbuild.surfaces.charts import check_chart_path

            check_chart_path(chart, overwrite=overwrite)
        return command(output=Output(as_json, as_csv, plain, chart, overwrite), **others)

    options: list[Callable[[Any], Any]] = [
        overwrite_option,
        click.option(
            "--chart", type=click.Path(path_type=Path, dir_okay=False), help="Write the chart to FILE.svg or FILE.png."
        ),
        click.option("--plain", is_flag=True, help="Text without colour or boxes."),
        click.option("--csv", "as_csv", is_flag=True, help="The tables as CSV, in base units."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object, in base units."),
    ]
    wrapped: Any = packed
    for option in options:
        wrapped = option(wrapped)
    return wrapped


def overwrite_option(command: F) -> F:
    """`--overwrite` on a command that writes a file."""
    return click.option("--overwrite", is_flag=True, help="Replace the file to write, if it is there.")(command)


def case_options(*, needed: bool = True) -> Callable[[F], F]:
    """FILE and `--preset NAME` on a command; it receives one path as `file`, `preset:NAME` for a preset."""

    def wrap(command: F) -> F:
        @functools.wraps(command)
        def packed(*, file: Path | None, preset: str | None, **others: Any) -> Any:
            return command(file=_case(file, preset, needed=needed), **others)

        option = click.option("--preset", metavar="NAME", help="A case that ships: short for preset:NAME as the FILE.")
        argument = click.argument("file", required=False, type=click.Path(path_type=Path))
        wrapped: Any = argument(option(packed))
        return wrapped

    return wrap


def _case(file: Path | None, preset: str | None, *, needed: bool) -> Path | None:
    from overbuild.world.presets import PREFIX, site_presets

    if file is not None and preset is not None:
        raise click.UsageError(f"the case is either the file {file} or the preset {preset}: name one of them")
    if file is None and preset is None and needed:
        raise click.UsageError(f"name the case: a FILE, or --preset with one of {', '.join(site_presets())}")
    return Path(f"{PREFIX}{preset}") if preset is not None else file


def fact_options(command: F) -> F:
    """`--as-of DAY` and `--workspace DIR` on a command."""
    for option in (
        click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts."),
        click.option("--as-of", metavar="DAY", help="Use only what was known on this day (YYYY-MM-DD)."),
    ):
        command = option(command)
    return command


def deliver(answer: Answer, output: Output, next_commands: Iterable[str] = (), hidden: Collection[str] = ()) -> None:
    """Print the answer the way the user asked, and write its chart if one was asked for.

    Tables named in `hidden` are left out where people read, and stay in JSON and CSV. A chart path
    that cannot be used is refused before anything is printed.
    """
    if output.as_json and output.as_csv:
        raise click.UsageError("choose one of --json and --csv")
    if output.chart is not None:
        from overbuild.surfaces.charts import write_chart

        write_chart(answer, output.chart, overwrite=output.overwrite)
    from overbuild.surfaces import terminal

    if output.as_json:
        say_json(answer.as_json())
        return
    if output.as_csv:
        say(terminal.as_csv(answer))
        return
    answer = replace(answer, tables=tuple(table for table in answer.tables if table.name not in hidden))
    if output.plain or not sys.stdout.isatty():
        say(terminal.as_plain(answer, next_commands))
    else:
        terminal.show(answer, next_commands)
