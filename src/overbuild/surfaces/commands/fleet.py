"""`overbuild fleet`: what are these chips worth as they age?"""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import FLEETS


@click.command(
    epilog=examples(
        "overbuild fleet --preset h100 --cadence 1", "overbuild fleet my-chips.yaml --life 4 --chart worth.svg"
    )
)
@case_options(FLEETS)
@click.option("--life", type=float, default=None, help="One accounting life in years, in the place of the case's.")
@click.option("--cadence", type=float, default=None, help="Years from one generation to the next, 0.25 to 20.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def fleet(
    file: Path,
    life: float | None,
    cadence: float | None,
    sets: tuple[str, ...],
    workspace: Path | None,
    output: Output,
) -> None:
    """What are these chips worth as they age, how long does it pay to run them, and what do the books say meanwhile?

    FILE is a case of your own, or preset:NAME for a unit that ships (h100, gb300).

    Prints what a unit is worth when bought, for how long it pays to run it, how far the books run ahead of it under each
    accounting life and when the write-down comes, and the three inputs that decide it. --full adds every age.
    """
    answer = ask.fleet(file, life=life, cadence=cadence, sets=sets, workspace=workspace)
    following = [
        f"overbuild why fleet:economic_value@2 {file}",
        f"overbuild fleet {file} --chart worth.svg",
        f"overbuild export fleet {file} --xlsx fleet.xlsx",
    ]
    deliver(answer, output, following)
