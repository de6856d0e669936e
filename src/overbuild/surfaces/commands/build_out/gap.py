"""`overbuild gap`: spend against revenue, with both of its sums."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, fact_options, output_options


@click.command(
    epilog=examples(
        "overbuild gap", "overbuild gap --as-of 2026-01-17 --full", "overbuild gap --chart moves.svg --chart-name moves"
    )
)
@click.option("--year", type=int, default=None, help="Calendar year of the table; the preset's year without it.")
@fact_options
@output_options
def gap(year: int | None, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """How big is the gap between AI spend and AI revenue, on the facts known on a day?

    Prints what AI earns the owners of the machines and what it costs them in the year, what would close the gap, and
    the assumptions that decide it. `--full` adds the table of the article that started the question with both of its
    sums, every figure held against the evidence, what may be counted twice, and the leases that the table leaves out.
    """
    answer = ask.gap(year=year, as_of=as_of, workspace=workspace)
    then = "overbuild gap" if as_of else "overbuild gap --as-of 2026-01-17"
    following = [then, "overbuild facts show MSFT capex", "overbuild gap --chart gap.svg"]
    deliver(answer, output, following)
