"""`overbuild company TICKER`: one company, another life of its servers, and what its price asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, fact_options, output_options


@click.command(
    epilog=examples(
        "overbuild company AMZN --life 4",
        "overbuild company NVDA --life 4 --life-before 6 --life-from 2027Q1",
        "overbuild company MSFT --price 500 --shares 7.43e9",
    )
)
@click.argument("ticker", metavar="TICKER")
@click.option(
    "--period", metavar="PERIOD", help="A calendar quarter, 2025Q3, or a fiscal year, FY2025; else the newest."
)
@click.option("--life", type=float, help="Another useful life of its servers, in years.")
@click.option("--life-before", type=float, help="The life in force before, where no fact says it.")
@click.option("--life-from", metavar="QUARTER", help="The calendar quarter of the change; else the next to come.")
@click.option("--price", type=float, help="Price of a share in USD: what revenue does it ask?")
@click.option(
    "--shares",
    type=float,
    help="Shares outstanding, where no fact says them (7.43e9): for a price, and for profit a share.",
)
@click.option("--net-debt", type=float, help="Net debt in USD, with --price; negative is net cash.")
@click.option("--margin", type=float, help="Operating margin, with --price, as a decimal; else that of four quarters.")
@fact_options
@output_options
def company(
    ticker: str, period: str | None, as_of: str | None, workspace: Path | None, output: Output, **own: Any
) -> None:
    """What does one company spend, owe and promise; what does another life of servers do; what does its price ask?

    Prints its quarters on the calendar, with capex under its filed definitions, what is guided and promised, and what
    another life of its servers does: profit moves, cash does not. With --price also the growth of revenue that the price
    asks, over ten years. --full has every metric, every change of life it disclosed beside the model, and what it guides.
    """
    answer = ask.company(ticker, period=period, as_of=as_of, workspace=workspace, **own)
    name = ticker.upper()
    following = [
        f"overbuild why company:{answer.headline.id}",
        f"overbuild company {name} --life 4 --chart life.svg --chart-name life",
        f"overbuild export company {name} --xlsx {name.lower()}.xlsx",
    ]
    deliver(answer, output, following)
