"""`overbuild stack`: who keeps the margin when a layer is shocked, and does owning layers pay?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import STACKS


@click.command(
    epilog=examples(
        "overbuild stack --shock cloud_price=+30%",
        "overbuild stack --shock energy_cost=+50% --chart margins.svg",
        "overbuild stack my-stack.yaml --set integration.assets=3e9",
    )
)
@case_options(STACKS, needed=False)
@click.option(
    "--shock",
    "shocks",
    multiple=True,
    metavar="LAYER_cost|LAYER_price=±X%",
    help="A rise of a layer's own cost, or of its price, in the place of the shocks of the case.",
)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def stack(
    file: Path | None,
    shocks: tuple[str, ...],
    sets: tuple[str, ...],
    workspace: Path | None,
    output: Output,
) -> None:
    """Who keeps the margin when a layer of the stack is shocked, and does owning layers pay?

    FILE is a case of your own, or preset:NAME for a stack that ships; without one, that of 2026 (ai-stack-2026).

    Prints margins of every layer and of firms that own some of them, before and after; who comes out better of a shock, the
    owner of layers or the one that buys them; and what owning them is worth once their assets are charged for. --full adds
    each shock by itself, what each layer buys and what decides.
    """
    answer = ask.stack(file, shocks=shocks, sets=sets, workspace=workspace)
    shown = shlex.quote(str(file or f"preset:{_default()}"))
    following = [
        f"overbuild why stack:integration_npv {shown}",
        f"overbuild stack {shown} --shock model_price=+30%",
        f"overbuild export stack {shown} --xlsx stack.xlsx",
    ]
    deliver(answer, output, following)


def _default() -> str:
    from overbuild.demand.stack.stack_run import DEFAULT_STACK

    return DEFAULT_STACK
