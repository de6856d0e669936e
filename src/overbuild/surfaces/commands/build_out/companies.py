"""`overbuild companies`: who spends, out of which cash, and who diverges."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, fact_options, output_options


@click.command(
    epilog=examples(
        "overbuild companies",
        "overbuild companies MSFT ORCL --metric free_cash_flow",
        "overbuild companies --frequency annual --metric capex --as-of 2025-12-31",
    )
)
@click.argument("tickers", metavar="[TICKER]...", nargs=-1)
@click.option(
    "--metric", metavar="NAME", help="One metric over the newest periods, such as capex or revenue_growth_ttm."
)
@click.option(
    "--frequency",
    metavar="quarterly|annual",
    default="quarterly",
    show_default=True,
    help="Calendar quarters, or fiscal years as filed.",
)
@fact_options
@output_options
def companies(
    tickers: tuple[str, ...],
    metric: str | None,
    frequency: str,
    as_of: str | None,
    workspace: Path | None,
    output: Output,
) -> None:
    """Who spends, out of which cash, under which definition of capex; and who diverges?

    Without TICKERs the spenders of the AI build-out. Each stands at its newest four quarters, on the calendar by the day
    on which a fiscal quarter ends: cash capex against operating cash flow, what is guided, leases signed and not started,
    contracted revenue, and a rank with its interval. --full has every metric, capex by definition and the lives of servers.
    """
    answer = ask.companies(tickers, metric=metric, frequency=frequency, as_of=as_of, workspace=workspace)
    first = tickers[0] if tickers else "AMZN"
    following = [
        f"overbuild company {first} --life 4",
        "overbuild companies --metric free_cash_flow",
        "overbuild companies --chart leases.svg --chart-name leases",
    ]
    deliver(answer, output, following, hidden=("newest",))
