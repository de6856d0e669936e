"""`overbuild compare`: two site cases side by side."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, output_options


@click.command(
    epilog=examples(
        "overbuild compare preset:leased-shell preset:powered-shell",
        "overbuild compare base.yaml bid.yaml --set power.price=90",
    )
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit both cases before they are sized.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def compare(a: Path, b: Path, sets: tuple[str, ...], workspace: Path | None, output: Output) -> None:
    """In what do two site cases differ?

    A and B are each a file, or preset:NAME for a case that ships (`overbuild new --list`).

    Prints the values that differ, break-evens included, and the inputs that differ. What is equal is left out.
    """
    answer = ask.compare(a, b, sets=sets, workspace=workspace)
    empty = [table.name for table in answer.tables if not table.rows]
    deliver(answer, output, [f"overbuild site {a}", f"overbuild site {b}"], hidden=empty)
