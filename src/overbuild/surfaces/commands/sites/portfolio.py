"""`overbuild portfolio`: what does a lender lose on all its sites together, and on whom does its book rest?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options, worlds_options
from overbuild.surfaces.progress import progress_line
from overbuild.world.presets import PORTFOLIOS


@click.command(
    epilog=examples(
        "overbuild portfolio preset:three-loans --scenarios 4096",
        "overbuild portfolio my-book.yaml --chart book.svg",
    )
)
@case_options(PORTFOLIOS)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the book: holdings.NAME.share=0.1.")
@worlds_options()
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def portfolio(
    file: Path, sets: tuple[str, ...], worlds: ask.StressSettings, workspace: Path | None, output: Output
) -> None:
    """What does a lender lose on all its sites together, and on whom does its book rest?

    FILE lists what is held: a site case each, the loan, and the share or the amount of it; limits on one customer and one
    site. All sites run in the same worlds, quarter by quarter of the calendar: prices, rates and regimes are one draw, and a
    company that several sites name as their offtaker fails in all of them together.

    Prints one screen: the mean loss, the worst 1% of worlds against that of each holding alone, who pays how much of the
    book, which limits are passed, which sites default together.
    """
    with progress_line() as progress:
        answer = ask.portfolio(file, sets=sets, settings=worlds, workspace=workspace, progress=progress)
    named = shlex.quote(str(file))
    heavy = f"overbuild portfolio {named} --t-copula 4    extremes come together"
    following = [
        *([] if worlds.freedom else [heavy]),
        f"overbuild portfolio {named} --chart book.svg",
    ]
    deliver(answer, output, following)
