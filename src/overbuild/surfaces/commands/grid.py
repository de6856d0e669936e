"""`overbuild grid`: what does a large load do to its grid?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.commands.grid_solve import solve
from overbuild.surfaces.options import Output, deliver, examples, output_options


@click.group(
    invoke_without_command=True,
    epilog=examples(
        "overbuild grid --zone PJM --add-gw 5",
        "overbuild grid --zone ercot --add-gw 2 --full",
        "overbuild grid --zone my-zone.yaml --years 2027/28 --chart bill.svg",
    ),
)
@click.option(
    "--zone",
    default="PJM",
    show_default=True,
    metavar="NAME|FILE",
    help="A zone that ships (PJM, ERCOT, Ireland), preset:NAME, or a case file.",
)
@click.option("--add-gw", type=float, metavar="GW", help="The load that is added, in GW, in the place of the case's.")
@click.option(
    "--years",
    multiple=True,
    metavar="YEAR",
    help="A delivery year such as 2027/28, or several (2026/27,2027/28); the last is on the bill.",
)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
@click.pass_context
def grid(
    ctx: click.Context,
    zone: str,
    add_gw: float | None,
    years: tuple[str, ...],
    sets: tuple[str, ...],
    workspace: Path | None,
    output: Output,
) -> None:
    """What does a large load do to its grid: prices, capacity, the bills of others, carbon?

    Prints what the load adds to the bill of a household by channel (energy, capacity, network, dilution), low to high; what
    it does to the price of energy and in the capacity auction; what of a target is missed on which basis; and the three
    inputs that decide it. --full adds every delivery year, classes, the queue, the stack.
    """
    if ctx.invoked_subcommand is not None:
        return
    asked = [one.strip() for year in years for one in year.split(",") if one.strip()]
    answer = ask.grid(
        zone, add_gw=add_gw, years=asked, sets=sets, workspace=None if workspace is None else str(workspace)
    )
    case = zone if Path(zone).suffix else f"preset:{zone.lower()}" if ":" not in zone else zone
    following = [
        f"overbuild why grid:cost_to_others {shlex.quote(case)}",
        f"overbuild grid --zone {shlex.quote(zone)} --charts",
        f"overbuild export grid {shlex.quote(case)} --xlsx grid.xlsx",
    ]
    deliver(answer, output, following)


grid.add_command(solve)
