"""`overbuild need`: what must be earned, and when it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, fact_options, output_options


def _shares(ctx: click.Context, parameter: click.Parameter, text: str | None) -> tuple[float, ...] | None:
    if text is None:
        return None
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a list of decimals such as 0.5,0.6") from None


@click.command(epilog=examples("overbuild need --hurdle 0.12 --life 4", "overbuild need --growth 0.6 --chart path.svg"))
@click.option("--hurdle", type=float, default=None, help="After-tax return asked, a decimal a year, 0 to 0.5 (0.10).")
@click.option("--life", type=float, default=None, help="Years that chips and servers earn, 1 to 15.")
@click.option(
    "--margins",
    callback=_shares,
    default=None,
    help="Gross margins of the layers to the end user, in order, each 0 to 0.95 (0.4,0.5).",
)
@click.option(
    "--price-decline",
    type=float,
    default=None,
    help="Yearly fall of what chips rent for, a decimal, -0.2 to 0.9 (0.25).",
)
@click.option("--growth", type=float, default=None, help="Yearly growth of AI revenue, a decimal, -0.5 to 3 (0.4).")
@click.option("--year", type=int, default=None, help="Calendar year of the capex; the preset's year without it.")
@fact_options
@output_options
def need(year: int | None, as_of: str | None, workspace: Path | None, output: Output, **given: Any) -> None:
    """What revenue must be earned for a hurdle return, and when does it break even?

    Prints what the year's capex must earn in its first year at the owners' and the end users' door, beside what is
    earned, what moves the year in which the two meet, and the assumptions that decide it. `--full` adds the charge by
    class of asset, the path year by year, payback, the range of the spenders' guidance, and the naive multiplier.
    """
    answer = ask.need(year=year, as_of=as_of, workspace=workspace, **given)
    deliver(
        answer,
        output,
        ["overbuild need --price-decline 0 --life 6", "overbuild need --chart need.svg", "overbuild claims"],
    )
