"""`overbuild basket`: do the shares of a basket still move together?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, output_options


def _words(ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Names given one by one, or several with commas between."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


@click.command(
    epilog=examples(
        "overbuild basket returns.csv --day 2024-12-31",
        "overbuild basket ai.csv --day 2024-12-31 --without SPY,QQQ --beside fibre.csv --beside-day 2000-03-31",
        "overbuild basket prices.parquet --form prices --names MSFT,GOOGL,META,AMZN --chart rolling.svg",
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--day", metavar="DAY", help="The last day before (YYYY-MM-DD, YYYY-MM) [the middle of the panel].")
@click.option("--beside", type=click.Path(path_type=Path), help="A second panel, such as that of an earlier boom.")
@click.option("--beside-day", metavar="DAY", help="The last day before, in the panel beside.")
@click.option("--form", metavar="log|simple|prices", help="What the numbers are [what the header says, else simple].")
@click.option("--names", multiple=True, callback=_words, metavar="A,B", help="Only these names.")
@click.option("--without", multiple=True, callback=_words, metavar="A,B", help="Without these names.")
@click.option("--pairwise", is_flag=True, help="Keep names with gaps: each pair on the days that both have.")
@click.option("--window", type=int, metavar="N", help="Periods each side [as many as the shorter side has].")
@click.option("--block", type=int, metavar="N", help="Periods in a block [cube root of the window].")
@click.option("--draws", type=int, default=2000, metavar="N", help="Draws of the bootstrap [2,000].")
@click.option("--seed", type=int, default=1, metavar="N", help="Another seed draws other blocks [1].")
@click.option("--rolling", type=int, metavar="N", help="Periods of the rolling measures [half the window].")
@output_options
def basket(
    file: Path | None,
    day: str | None,
    beside: Path | None,
    beside_day: str | None,
    output: Output,
    **more: Any,
) -> None:
    """Do the shares of a basket still move together: correlation and dispersion, before and after a day?

    FILE is a panel of yours, CSV or Parquet: a column of days and a column a name, or a row a day and name. None ships.

    Prints whether the basket no longer moves together, with both sides: average correlation and the share of the first
    principal component on one, dispersion on the other, each with its interval and the p value of a block bootstrap.
    """
    panel = {name: more.pop(name) for name in ask.PanelAsked._fields}
    answer = ask.basket(
        file,
        day=day,
        beside=beside,
        beside_day=beside_day,
        asked=ask.PanelAsked(**panel),
        test=ask.BasketTest(**more),
    )
    again = _again(file, answer.values["day"], panel)
    twice = 2 * int(answer.values["block"] or 1)
    deliver(answer, output, [f"{again} --chart rolling.svg", f"{again} --block {twice}"])


def _again(file: Path | None, day: object, panel: dict[str, Any]) -> str:
    """The command that asks the same of the same file."""
    words = ["overbuild", "basket", str(file), "--day", str(day)]
    words += ["--form", str(panel["form"])] if panel["form"] else []
    for option in ("names", "without"):
        words += [f"--{option}", ",".join(panel[option])] if panel[option] else []
    return shlex.join([*words, *(["--pairwise"] if panel["pairwise"] else [])])
