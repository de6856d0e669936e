"""The options every question shares, and how an answer leaves the program."""

from __future__ import annotations

import functools
import shlex
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from overbuild.errors import InputError, OverbuildError
from overbuild.surfaces.pages import PARTS, Part, first_page, full_page, part_page
from overbuild.surfaces.streams import say, say_json
from overbuild.surfaces.typed_in.changes import tell_changes

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
    full: bool = False
    parts: tuple[Part, ...] = ()
    charts: bool = False
    chart_name: str | None = None


def output_options(command: F) -> F:
    """How an answer is printed, on a command; it receives the choices as `output`: one screen, `--full` or a part of it.

    A chart path that cannot be used is refused before the command does anything.
    """

    @functools.wraps(command)
    def packed(*, chart: Path | None, chart_name: str | None, **others: Any) -> Any:
        flags = {name: bool(others.pop(name)) for name in ("as_json", "as_csv", "plain", "overwrite", "full", "charts")}
        asked = {part: bool(others.pop(part)) for part in PARTS}
        if chart_name is not None and chart is None:
            raise click.UsageError("--chart-name picks the chart that --chart FILE writes: give both")
        if flags["as_json"] and flags["as_csv"]:
            raise click.UsageError("choose one of --json and --csv")
        if chart is not None:
            from overbuild.surfaces.charts import check_chart_path

            check_chart_path(chart, overwrite=flags["overwrite"])
        return command(
            output=Output(
                chart=chart, chart_name=chart_name, parts=tuple(part for part in PARTS if asked[part]), **flags
            ),
            **others,
        )

    options: list[Callable[[Any], Any]] = [
        overwrite_option,
        click.option("--chart-name", metavar="NAME", default=None, help="The chart that --chart writes, by its name."),
        click.option(
            "--chart",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write the first chart to FILE.svg or FILE.png.",
        ),
        click.option("--charts", is_flag=True, help="Only the names of the charts, with what each says."),
        click.option("--limits", is_flag=True, help="Only what the answer cannot tell."),
        click.option("--facts", is_flag=True, help="Only the facts used, with their sources."),
        click.option("--assumptions", is_flag=True, help="Only what is assumed and not sourced."),
        click.option("--tables", is_flag=True, help="Only the tables, all of them."),
        click.option("--full", is_flag=True, help="Everything: all tables, assumptions and limits."),
        click.option("--plain", is_flag=True, help="Text without colour, 100 columns wide."),
        click.option("--csv", "as_csv", is_flag=True, help="The tables as CSV, in base units."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object, in base units."),
    ]
    wrapped: Any = packed
    for option in options:
        wrapped = option(wrapped)
    return wrapped


def examples(*commands: str) -> str:
    """The end of a command's help: commands to type, each on a line of its own.

    >>> examples("overbuild gap").splitlines()[1:]
    ['Examples:', '  overbuild gap']
    """
    return "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])


def overwrite_option(command: F) -> F:
    """`--overwrite` on a command that writes a file."""
    return click.option("--overwrite", is_flag=True, help="Replace the file to write, if it is there.")(command)


def case_options(kind: str = "sites", *, needed: bool = True, any_kind: bool = False) -> Callable[[F], F]:
    """FILE and `--preset NAME` on a command; it receives one path as `file`, `preset:NAME` for a preset of the kind.

    Where it fails on a case of another kind, that is what is told, but for a command that takes `any_kind`.
    """

    def wrap(command: F) -> F:
        @functools.wraps(command)
        def packed(*, file: Path | None, preset: str | None, **others: Any) -> Any:
            named = _case(file, preset, kind, needed=needed)
            try:
                return command(file=named, **others)
            except OverbuildError:
                if named is not None and not any_kind:
                    from overbuild.surfaces.typed_in.another_kind import another_kind

                    fault = another_kind(named, kind)
                    if fault is not None:
                        raise fault from None
                raise

        option = click.option("--preset", metavar="NAME", help="A case that ships: short for preset:NAME as the FILE.")
        argument = click.argument("file", required=False, type=click.Path(path_type=Path))
        wrapped: Any = argument(option(packed))
        return wrapped

    return wrap


def _case(file: Path | None, preset: str | None, kind: str, *, needed: bool) -> Path | None:
    from overbuild.world.presets import PREFIX, presets

    if file is not None and preset is not None:
        raise click.UsageError(f"the case is either the file {file} or the preset {preset}: name one of them")
    if file is None and preset is None and needed:
        raise click.UsageError(f"name the case: a FILE, or --preset with one of {', '.join(presets(kind))}")
    if file is not None:
        tell_changes(file)
    return Path(f"{PREFIX}{preset}") if preset is not None else file


class NamedCase(NamedTuple):
    """A case as it is named: its kind, empty where it is not said, and its file."""

    kind: str
    file: Path

    def __str__(self) -> str:
        """As one writes it."""
        return f"{self.kind} {shlex.quote(str(self.file))}".strip()


def kind_options(command: F) -> F:
    """`[KIND] FILE` and `--preset NAME` on a command; it receives both as `case`."""

    @functools.wraps(command)
    def packed(*, given: tuple[str, ...], preset: str | None, **others: Any) -> Any:
        folder, kind = "sites", ""
        alone = len(given) == 1 and preset is None
        if given and (not alone or (given[0].isidentifier() and not Path(given[0]).exists())):
            folder, kind = _kind_of(given[0])
        rest = given[1:] if kind else given
        if len(rest) > 1:
            raise click.UsageError(f"name one case, not {len(rest)}: {' '.join(rest)}")
        file = _case(Path(rest[0]) if rest else None, preset, folder, needed=True)
        assert file is not None
        return command(case=NamedCase(kind, file), **others)

    option = click.option("--preset", metavar="NAME", help="A case that ships: short for preset:NAME as the FILE.")
    wrapped: Any = click.argument("given", metavar="[KIND] FILE", nargs=-1)(option(packed))
    return wrapped


def _kind_of(word: str) -> tuple[str, str]:
    """The folder of presets of a kind of case, and the kind; that of sites and nothing for a word that is none."""
    from overbuild.audit.case_kinds import KINDS

    return (KINDS[word].presets, word) if word in KINDS else ("sites", "site" if word == "site" else "")


def worlds_options(*, whole: bool = False) -> Callable[[F], F]:
    """How many worlds are drawn, and how, on a command; it receives them as `worlds`. `whole` runs may stop and go on."""

    def wrap(command: F) -> F:
        @functools.wraps(command)
        def packed(*, t_copula: float | None, **others: Any) -> Any:
            from overbuild.ask import StressSettings

            given = {name: others.pop(name) for name in StressSettings._fields if name in others}
            return command(worlds=StressSettings(**given, freedom=t_copula), **others)

        wrapped: Any = packed
        for option in (*(_WHOLE_RUN if whole else ()), *_WORLDS):
            wrapped = option(wrapped)
        return wrapped

    return wrap


_WORLDS: tuple[Callable[[Any], Any], ...] = (
    click.option("--threads", type=int, metavar="N", help="Threads to run on [one a core, at most 8]."),
    click.option("--t-copula", type=float, metavar="N", help="Extremes come together: degrees of freedom [none]."),
    click.option("--seed", type=int, default=1, metavar="N", help="Another seed draws other worlds [1]."),
    click.option("--sampler", default="random", metavar="random|sobol", help="sobol is for means [random]."),
    click.option("--scenarios", type=int, metavar="N", help="Worlds to draw [100,000; 65,536 with sobol]."),
)
_WHOLE_RUN: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="A folder that keeps blocks, a killed run goes on; or FILE.parquet|.arrow, a row a world.",
    ),
    click.option("--until-error", type=float, metavar="X", help="Stop when P(early end) is known to within X (0.001)."),
    click.option(
        "--cluster", metavar="ADDRESS|local:N", help="Run on a dask cluster, or on N processes [threads here]."
    ),
)


def fact_options(command: F) -> F:
    """`--as-of DAY` and `--workspace DIR` on a command."""
    for option in (
        click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts."),
        click.option("--as-of", metavar="DAY", help="Use only what was known on this day (YYYY-MM-DD)."),
    ):
        command = option(command)
    return command


def without_chart(output: Output, question: str) -> None:
    """Refuse a chart of a question that has none, before it writes anything (InputError `missing`)."""
    if output.chart is not None:
        raise InputError("missing", "--chart", str(output.chart), f"the answer to {question} has no chart")


def deliver(answer: Answer, output: Output, next_commands: Iterable[str] = (), hidden: Collection[str] = ()) -> None:
    """Print the answer the way the user asked, and write its chart if one was asked for.

    Tables named in `hidden` are left out where people read, and stay in JSON and CSV. A chart path
    that cannot be used is refused before anything is printed.
    """
    if output.chart is not None:
        from overbuild.surfaces.charts import write_chart

        write_chart(answer, output.chart, name=output.chart_name, overwrite=output.overwrite)
    if output.charts:
        from overbuild.surfaces.charts import list_of_charts

        say(list_of_charts(answer))
    elif output.as_json:
        say_json(answer.as_json())
    elif output.as_csv:
        from overbuild.surfaces.terminal import as_csv

        say(as_csv(answer))
    else:
        _show(
            replace(answer, tables=tuple(one for one in answer.tables if one.name not in hidden)), output, next_commands
        )


def _show(answer: Answer, output: Output, next_commands: Iterable[str]) -> None:
    """Print the part of the answer that people asked for."""
    from overbuild.surfaces import terminal

    if output.parts:
        page = part_page(answer, output.parts)
    elif output.full:
        page = full_page(answer, tuple(next_commands))
    else:
        page = first_page(answer, tuple(next_commands), _full_command())
    if output.plain or not sys.stdout.isatty():
        say(terminal.as_plain(page))
    else:
        terminal.show(page)
    if output.chart is not None:
        say(f"\nWritten: {output.chart}")


def _full_command() -> str:
    """The command that is running, with `--full` in the place of what it says about its output."""
    given = list(click.get_current_context().meta.get(ARGUMENTS, ()))
    kept = [
        word
        for place, word in enumerate(given)
        if word not in _OUTPUT and not word.startswith(_NAMED) and (place == 0 or given[place - 1] not in _NAMED)
    ]
    again = ["--overwrite"] if any(word.partition("=")[0] == "--migrate" for word in kept) else []
    return " ".join(["overbuild", *(shlex.quote(word) for word in kept if word not in _NAMED), *again, "--full"])


ARGUMENTS = "overbuild.arguments"
"""Where a context keeps the words of the command line."""

_OUTPUT = ("--plain", "--overwrite", "--charts")
_NAMED = ("--chart", "--chart-name")
