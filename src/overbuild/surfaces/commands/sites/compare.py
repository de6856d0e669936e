"""`overbuild compare`: two site cases side by side."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, output_options, worlds_options
from overbuild.surfaces.progress import progress_line


@click.command(
    epilog=examples(
        "overbuild compare preset:leased-shell preset:powered-shell",
        "overbuild compare base.yaml bid.yaml --scenarios 20000",
    )
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit both cases before they are sized.")
@worlds_options()
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def compare(
    a: Path, b: Path, sets: tuple[str, ...], worlds: ask.StressSettings, workspace: Path | None, output: Output
) -> None:
    """In what do two site cases differ?

    A and B are each a file, or preset:NAME for a case that ships (`overbuild new --list`).

    Prints the values that differ, break-evens included, and the inputs that differ. What is equal is left out. With
    --scenarios both are run over the same worlds, and what is printed is both distributions.
    """
    if worlds.scenarios is None and worlds != ask.StressSettings():
        raise click.UsageError("--scenarios N says over how many worlds both are compared")
    asked = None if worlds.scenarios is None else worlds
    with progress_line() as progress:
        answer = ask.compare(a, b, sets=sets, worlds=asked, workspace=workspace, progress=progress)
    empty = [table.name for table in answer.tables if not table.rows]
    following = dict.fromkeys(f"overbuild site {shlex.quote(str(one))}" for one in (a, b))
    deliver(answer, output, list(following), hidden=empty)
