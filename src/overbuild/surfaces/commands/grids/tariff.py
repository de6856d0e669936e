"""`overbuild tariff`: who pays under this rule?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import TARIFFS


@click.command(
    epilog=examples(
        "overbuild tariff --preset aep-ohio --chart who-pays.svg",
        "overbuild tariff my-rule.yaml --set tariff.delivery.min_take=0.9",
        "overbuild tariff --preset entergy-meta --set load.leaves_after_years=15",
    )
)
@case_options(TARIFFS)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def tariff(file: Path, sets: tuple[str, ...], workspace: Path | None, output: Output) -> None:
    """Who pays under this tariff when a large load comes late, small, not at all, or leaves?

    FILE is a case of your own, or preset:NAME for a tariff that ships (aep-ohio, dominion-gs5, ...).

    Prints what other customers and a household bear if the load comes as planned, at half its size, late, not at all, or
    leaves; the rule in words; the three inputs that decide it. --full adds who pays by class and every year.
    """
    answer, named = ask.tariff(file, sets=sets, workspace=workspace), shlex.quote(str(file))
    following = [
        f"overbuild grid solve --tariff {named} --for min_take",
        f"overbuild why tariff:others_worse_off {named}",
        f"overbuild export tariff {named} --xlsx tariff-book.xlsx",
    ]
    deliver(answer, output, following)
