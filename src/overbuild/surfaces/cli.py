"""The command line: `overbuild QUESTION [options]`.

Commands are imported when they are used, so that `--help` costs nothing. Errors go to stderr, exit code 2 for
input one can mend and 3 for an answer that was withheld; with `--json` they are `{"errors": [...]}`. Output that cannot
be written is an error too (2); a pipe that its reader closed is none.
"""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Sequence
from typing import Any

import click

from overbuild.errors import InputErrors, OverbuildError, did_you_mean
from overbuild.foreign.watch import WATCH
from overbuild.surfaces.options import ARGUMENTS
from overbuild.surfaces.progress import told_on_terminal
from overbuild.surfaces.safe_text import one_line
from overbuild.surfaces.streams import give_up_output, prepare_streams, say, say_fault, say_json
from overbuild.surfaces.typed_in import with_plain_numbers
from overbuild.version import __version__

COMMANDS = {
    "demo": "An answer for your role, offline, in seconds.",
    "gap": "How big is the gap between AI spend and AI revenue?",
    "need": "What must be earned for a hurdle return; when does it break even?",
    "claims": "Whose published sum closes?",
    "companies": "Who spends, out of which cash; who diverges?",
    "company": "One company: cash, leases, lives, what its price asks.",
    "site": "Does this site pay its lenders and owners?",
    "stress": "How likely is it to fail, how and when, and who loses?",
    "portfolio": "What does a lender lose on all its sites together?",
    "fleet": "What are these chips worth as they age?",
    "agents": "Does an agent pay on this workflow; what must agents take in all?",
    "grid": "What does a large load do to prices, bills and carbon?",
    "stack": "Who keeps the margin of the stack; does owning it pay?",
    "rules": "What do rules cost; how bad is a bad year; do controls pay?",
    "tariff": "Who pays under this tariff of a large load?",
    "contagion": "Who is hurt when a payer of the AI economy fails?",
    "basket": "Do the shares of a basket still move together?",
    "new": "A case file to start from, copied from a preset.",
    "check": "Is this case file sound, and where do its numbers come from?",
    "schema": "The JSON Schema of a kind of case file.",
    "compare": "In what do two site cases differ?",
    "export": "A workbook with live formulas of a site, a fleet, gap or need.",
    "why": "Where does this number come from?",
    "facts": "What is known: list, show, search, check, add, log, pull, ...",
    "glossary": "What does this word mean here?",
}
"""Every command, by the name of its file, and what it answers. Only commands that run are listed."""

ROOMS = {
    "": ("demo",),
    "build_out": ("gap", "need", "claims", "companies", "company"),
    "sites": ("site", "stress", "portfolio", "compare"),
    "economy": ("fleet", "agents", "stack", "rules", "contagion", "basket"),
    "grids": ("grid", "tariff"),
    "cases": ("new", "check", "schema", "export"),
    "knowledge": ("facts", "why", "glossary"),
}
"""By the room of `commands` the commands whose files lie in it; `demo` stands before them all."""


_NUL = "null byte"
"""What the system says of a path that holds the character NUL."""


class _Questions(click.Group):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        room = next(room for room, names in ROOMS.items() if cmd_name in names)
        place = ".".join(part for part in ("overbuild.surfaces.commands", room, cmd_name) if part)
        return with_plain_numbers(getattr(importlib.import_module(place), cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            known = ", ".join(COMMANDS)
            raise click.UsageError(f"no such command {args[0]!r}.{did_you_mean(args[0], COMMANDS)} Commands: {known}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Questions, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="overbuild")
def cli() -> None:
    """Does the AI build-out pay for itself, under which assumptions, what breaks first, and who is hurt?"""


def main(args: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit code."""
    prepare_streams()
    if not _has_output():
        say_fault("output cannot be written: standard output is closed")
        sys.exit(2)
    arguments = list(sys.argv[1:] if args is None else args)
    WATCH.set(told_on_terminal())
    try:
        code = _answered(arguments)
    except BrokenPipeError:
        give_up_output()
        sys.exit(0)
    except OSError as error:
        what = "output cannot be written" if error.filename is None else one_line(str(error.filename))
        say_fault(f"{what}: {error.strerror or error}")
        give_up_output()
        sys.exit(2)
    sys.exit(code)


def _has_output() -> bool:
    """Whether there is a standard output; without one Python has None in its place."""
    output: object = sys.stdout
    return output is not None


def _answered(arguments: list[str]) -> int:
    """The exit code of a command that was run, its error reported. Raises OSError where nothing can be printed."""
    as_json = "--json" in arguments
    streams = sys.stdout, sys.stderr
    try:
        code = cli.main(arguments, prog_name="overbuild", standalone_mode=False)
        sys.stdout.flush()
    except OverbuildError as error:
        _report(error, as_json=as_json)
        return error.exit_code
    except click.ClickException as error:
        _report_usage(error, as_json=as_json)
        return 2
    except ValueError as error:
        if _NUL not in str(error) and not isinstance(error, UnicodeEncodeError):
            raise
        _report_usage(click.UsageError("a path holds a character that no path can have"), as_json=as_json)
        return 2
    except click.Abort:
        return 130
    except SystemExit:
        if sys.stdout is streams[0]:
            raise
        sys.stdout, sys.stderr = streams  # click puts others in their place when a pipe was closed
        raise BrokenPipeError from None
    return code if isinstance(code, int) else 0


def _report(error: OverbuildError, *, as_json: bool) -> None:
    errors = error.errors if isinstance(error, InputErrors) else (error,)
    if as_json:
        say_json({"errors": [one.record() for one in errors]}, err=True)
        return
    for one in errors:
        say(f"error: {one_line(str(one))}", err=True)
    if len(errors) > 1:
        say(f"{len(errors)} faults; nothing was done", err=True)


def _report_usage(error: click.ClickException, *, as_json: bool) -> None:
    if as_json:
        record: dict[str, Any] = {
            "code": "usage", "path": "command line", "value": None, "hint": error.format_message(),
            "file": None, "line": None, "column": None,
        }  # fmt: skip
        say_json({"errors": [record]}, err=True)
    else:
        shown = io.StringIO()
        error.show(shown)
        say(shown.getvalue().rstrip("\n"), err=True)
