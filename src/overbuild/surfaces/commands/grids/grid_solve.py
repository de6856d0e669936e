"""`overbuild grid solve`: which minimum take, exit fee or collateral keeps other customers whole?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, output_options
from overbuild.world.presets import PREFIX


@click.command(
    epilog=examples(
        "overbuild grid solve --preset dominion-gs5 --for min_take",
        "overbuild grid solve --tariff my-rule.yaml --for exit_fee --such-that 'others_worse_off<=5m@P95'",
        "overbuild grid solve --preset evergy-kansas --for min_take --against collateral --chart frontier.svg",
    )
)
@click.option("--tariff", "file", metavar="FILE", type=click.Path(path_type=Path), help="The case of a large load.")
@click.option("--preset", metavar="NAME", help="A tariff that ships, in the place of FILE.")
@click.option("--for", "lever", metavar="LEVER", required=True, help="min_take, exit_fee or collateral.")
@click.option(
    "--such-that",
    "condition",
    metavar="CONDITION",
    default="others_worse_off<=0@P95",
    show_default=True,
    help="A number of the deal, <= or >=, an amount (5m, 2bn) and a level (@P95, @mean).",
)
@click.option("--against", metavar="LEVER", default="", help="The lever of the frontier's other axis.")
@click.option("--scenarios", type=int, default=8192, show_default=True, metavar="N", help="Worlds that are drawn.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Another seed draws other worlds.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def solve(
    file: Path | None,
    preset: str | None,
    lever: str,
    condition: str,
    output: Output,
    **asked: Any,
) -> None:
    """Which minimum take, exit fee or collateral keeps other customers whole, over drawn worlds?

    Whether the load comes, how late, how long it stays, who is good for it, what things cost: drawn once, and run at each
    value of the lever. Prints the least value at which the condition holds, what it comes to when run, on other draws too;
    where none does, the nearest. The frontier of two levers is a picture.
    """
    case = _case(file, preset)
    answer = ask.solve_tariff(case, lever, condition, **asked)
    named = shlex.quote(str(case))
    following = [
        f"overbuild tariff {named}",
        f"overbuild grid solve --tariff {named} --for {lever} --chart frontier.svg",
    ]
    deliver(answer, output, following)


def _case(file: Path | None, preset: str | None) -> Path:
    from overbuild.world.presets import TARIFFS, presets

    if (file is None) == (preset is None):
        names = ", ".join(presets(TARIFFS))
        raise click.UsageError(f"name the case: --tariff FILE, or --preset with one of {names}")
    return file if file is not None else Path(f"{PREFIX}{preset}")
