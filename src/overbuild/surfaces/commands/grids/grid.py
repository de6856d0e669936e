"""`overbuild grid`: what does a large load do to its grid?"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.commands.grids.grid_solve import solve
from overbuild.surfaces.options import Output, deliver, examples, output_options


@click.group(
    invoke_without_command=True,
    epilog=examples(
        "overbuild grid --zone PJM --add-gw 5",
        "overbuild grid --zone PJM --add-gw 5 --preset dominion-gs5 --chart-name tariffs --chart who-pays.svg",
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
@click.option("--tariff", metavar="FILE", help="The case of a tariff that says what the load pays towards wires.")
@click.option(
    "--preset", metavar="NAME", help="A tariff that ships (aep-ohio, dominion-gs5, ...), in the place of FILE."
)
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
    tariff: str | None,
    preset: str | None,
    years: tuple[str, ...],
    output: Output,
    **asked: Any,
) -> None:
    """What does a large load do to its grid: prices, capacity, the bills of others, carbon?

    Prints what the load adds to the bill of a household by channel (energy, capacity, network, dilution), low to high; which
    tariff moves it back to the load; what it does to the price of energy and in the capacity auction; what of a target is
    missed on which basis; and the three inputs that decide it. --full adds every delivery year, classes, tariffs side by
    side, the queue, the stack.
    """
    if ctx.invoked_subcommand is not None:
        return
    if tariff and preset:
        raise click.UsageError("name one tariff: --tariff FILE, or --preset NAME")
    if "" in (tariff, preset):
        raise click.UsageError("name the tariff: --tariff FILE, or --preset NAME, such as --preset aep-ohio")
    under = tariff or preset or ""
    wanted = [one.strip() for year in years for one in year.split(",") if one.strip()]
    answer = ask.grid(zone, tariff=under, years=wanted, **asked)
    case = zone if Path(zone).suffix else f"preset:{zone.lower()}" if ":" not in zone else zone
    added = asked["add_gw"]
    edits = [
        *asked["sets"],
        *([f"network.tariff={under}"] if under else []),
        *([f"load.mw={added * 1000.0:.12g}"] if added is not None else []),
    ]
    own = _words("--workspace", [asked["workspace"]] if asked["workspace"] else [])
    number = "load_pays.delivery" if under else "cost_to_others"
    following = [
        f"overbuild why grid:{number} {shlex.quote(case)}{_words('--shock', edits)}{own}",
        f"overbuild grid --zone {shlex.quote(zone)} --charts",
        f"overbuild export grid {shlex.quote(case)}{_words('--set', edits)}{own} --xlsx grid.xlsx",
    ]
    deliver(answer, output, following)


def _words(option: str, values: Iterable[object]) -> str:
    """An option with each of its values, as one types them behind a command."""
    return "".join(f" {option} {shlex.quote(str(one))}" for one in values)


grid.add_command(solve)
