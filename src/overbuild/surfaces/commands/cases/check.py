"""`overbuild check`: is this case file sound?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.kinds import EXPLAINED_KINDS, asked_of
from overbuild.surfaces.options import NamedCase, Output, deliver, examples, kind_options, output_options, without_chart


@click.command(
    epilog=examples(
        "overbuild check my-site.yaml",
        "overbuild check preset:leased-shell --tables",
        "overbuild check my-site.yaml --migrate my-site-with-phases.yaml",
        "overbuild check fleet my-chips.yaml",
        "overbuild check my-book.yaml",
    )
)
@kind_options
@click.option(
    "--migrate",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Write a case of the short form (`site:`) to OUT in the general form (`phases:`), and say what became of what.",
)
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def check(case: NamedCase, migrate: Path | None, workspace: Path | None, output: Output) -> None:
    """Is this case file sound, and where does each of its numbers come from?

    Every fault is told at once, with its file, line and column.

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`), of whatever kind; the kind may
    stand before it (fleet FILE).

    A value outside every source known for what it is (9 years of book life where companies say 4 to 6) is no fault,
    but it is named, with the sources; `reason:` beside the value says why it is kept.

    With --migrate a sound case of the short form is written to OUT in the general form: the same plan, number for
    number, with its comments and sources. OUT is kept if it is there, unless --overwrite.
    """
    if migrate is not None:
        from overbuild.questions.check.migration import migrate as asked

        without_chart(output, "check --migrate")
        answer = asked(case.file, migrate, workspace=workspace, overwrite=output.overwrite)
        following = [
            f"overbuild check {migrate}",
            f"overbuild compare {shlex.quote(str(case.file))} {shlex.quote(str(migrate))}",
            f"overbuild site {migrate}",
        ]
        deliver(answer, output, following)
        return
    answer = ask.check(case.file, workspace=workspace, kind=case.kind)
    kind = str(answer.values["kind"])
    following = [asked_of(kind, case.file)]
    if kind in ("site", *EXPLAINED_KINDS):
        following.append(f"overbuild stress {shlex.quote(str(case.file))}")
    deliver(answer, output, following, hidden=("outside_sources",))
