"""`overbuild gap`: spend against revenue, with both of its sums."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
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
    answer = ask.gap(year=year, as_of=as_of, workspace=workspace)
    following = ["overbuild gap --as-of 2026-01-17", "overbuild facts show MSFT capex", "overbuild gap --chart gap.svg"]
    deliver(answer, output, following)
