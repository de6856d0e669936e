"""Commands that ask a question and print its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from overbuild.surfaces.options import Output, deliver, fact_options, output_options


@click.command()
@click.option("--year", type=int, default=None, help="Calendar year of the table; the preset's year without it.")
@fact_options
@output_options
def gap(year: int | None, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """How big is the gap between AI spend and AI revenue, on the facts known on a day?

    Prints the table with both of its sums and the item that reconciles them, the annualised version (capex turned
    into the charge it must earn), the range where sources differ, what may be counted twice, and the leases the
    table leaves out. `--as-of 2026-01-17` is the table of the article that started the question.
    """
    from overbuild.questions.gap import gap as ask

    answer = ask(year=year, as_of=as_of, workspace=workspace)
    following = ["overbuild gap --as-of 2026-01-17", "overbuild facts show MSFT capex", "overbuild gap --chart gap.svg"]
    deliver(answer, output, following)


def _shares(ctx: click.Context, parameter: click.Parameter, text: str | None) -> tuple[float, ...] | None:
    if text is None:
        return None
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a list of decimals such as 0.5,0.6") from None


@click.command()
@click.option("--hurdle", type=float, default=None, help="After-tax return asked, a decimal a year (0.10).")
@click.option("--life", type=float, default=None, help="Years that chips and servers earn.")
@click.option(
    "--margins", callback=_shares, default=None, help="Gross margins of the layers to the end user, in order (0.4,0.5)."
)
@click.option("--price-decline", type=float, default=None, help="Yearly fall of what chips rent for, a decimal (0.25).")
@click.option("--growth", type=float, default=None, help="Yearly growth of AI revenue, a decimal (0.4).")
@click.option("--year", type=int, default=None, help="Calendar year of the capex; the preset's year without it.")
@fact_options
@output_options
def need(year: int | None, as_of: str | None, workspace: Path | None, output: Output, **given: Any) -> None:
    """What revenue must be earned for a hurdle return, and when does it break even?

    Prints what the year's capex must earn in its first year at the owner's and the end user's door, by asset class,
    next to what is earned; the path to break-even with each year's spending a new vintage; payback; the range of the
    spenders' guidance; and the naive multiplier beside it.
    """
    from overbuild.ecosystem.need.preset import OwnAssumptions
    from overbuild.questions.need import need as ask

    answer = ask(year=year, as_of=as_of, workspace=workspace, given=OwnAssumptions(**given))
    deliver(
        answer,
        output,
        ["overbuild need --price-decline 0 --life 6", "overbuild need --chart need.svg", "overbuild claims"],
    )
