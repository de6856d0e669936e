"""`overbuild site`: does this site pay?"""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options


@click.command(
    epilog=examples(
        "overbuild site preset:leased-shell", "overbuild site my-site.yaml --shock site.pue=1.4 --chart cover.svg"
    )
)
@case_options()
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--lines", is_flag=True, help="Print every named line of every period too.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def site(
    file: Path, sets: tuple[str, ...], shocks: tuple[str, ...], lines: bool, workspace: Path | None, output: Output
) -> None:
    """Does this site pay its lenders and owners; how much debt can it carry?

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`).

    Prints the verdict first: pays or not, least cover and when, loan life cover, debt, owners' return, default and
    loss; then what breaks first (the change of price, use, cost or power that brings cover to 1 or the owners' value
    to 0), sources and uses, headroom, and the years.
    """
    answer = ask.site(file, sets=sets, shocks=shocks, workspace=workspace)
    hidden = () if lines else ("periods",)
    following = [
        f"overbuild site {file} --shock site.pue=1.4",
        f"overbuild check {file}",
        f"overbuild site {file} --json",
    ]
    deliver(answer, output, following, hidden=hidden)
