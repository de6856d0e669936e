"""`overbuild site`: does this site pay?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options


@click.command(
    epilog=examples(
        "overbuild site preset:leased-shell --chart cash.svg",
        "overbuild site preset:leased-shell --shock power.price=90",
    )
)
@case_options()
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--lines", is_flag=True, help="Everything, with every named line of every period.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def site(
    file: Path, sets: tuple[str, ...], shocks: tuple[str, ...], lines: bool, workspace: Path | None, output: Output
) -> None:
    """Does this site pay its lenders and owners; how much debt can it carry?

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`).

    Prints one screen: the verdict on lenders and owners with debt of every kind, headroom over each test with the
    period it is least, what breaks the site (price, use, cost, rates, delay, a failing offtaker), the three assumptions
    that decide it, limits. --full adds sources and uses, calendar years, loans, balloons, phases and contracts.
    """
    answer = ask.site(file, sets=sets, shocks=shocks, workspace=workspace)
    named = shlex.quote(str(file))
    hidden = () if lines else ("periods",)
    output = output._replace(full=output.full or lines)
    asked = "equity_npv" if answer.values["min_dscr"] is None else "min_dscr"
    following = [
        f"overbuild why site:{asked} {named}",
        f"overbuild site {named} --chart {answer.charts[0].name}.svg",
        f"overbuild export {named} --xlsx book.xlsx",
    ]
    deliver(answer, output, following, hidden=hidden)
