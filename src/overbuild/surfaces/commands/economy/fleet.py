"""`overbuild fleet`: what are these chips worth as they age?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import FLEETS, presets


@click.command(
    epilog=examples(
        "overbuild fleet --preset h100 --cadence 1",
        "overbuild fleet my-chips.yaml --life 4 --chart worth.svg",
        "overbuild fleet --company MSFT",
        "overbuild fleet --company all",
    )
)
@case_options(FLEETS, needed=False)
@click.option("--company", metavar="TICKER", help="The AI chips of a spender by year of purchase, or of `all`.")
@click.option("--as-of", metavar="DAY", help="With --company: only what was known on this day (YYYY-MM-DD).")
@click.option("--life", type=float, default=None, help="One accounting life in years, in the place of the case's.")
@click.option("--cadence", type=float, default=None, help="Years from one generation to the next, 0.25 to 20.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def fleet(
    file: Path | None,
    company: str | None,
    as_of: str | None,
    life: float | None,
    cadence: float | None,
    sets: tuple[str, ...],
    workspace: Path | None,
    output: Output,
) -> None:
    """What are these chips worth as they age, how long does it pay to run them, and what do the books say meanwhile?

    FILE is a case of your own, or preset:NAME for a unit that ships (h100, gb300).

    Prints what a unit is worth when bought, for how long it pays to run it, how far the books run ahead of it under each
    accounting life and when the write-down comes, and the three inputs that decide it. --full adds every age.

    With --company, in the place of FILE: a spender's AI chips by year of purchase, from its capex and the life it books them
    over: when does the write-down come, how large, and what must be believed of rents for its books to be right.
    """
    if company is not None:
        _of_company(file, company, cadence, output, life=life, sets=sets, as_of=as_of, workspace=workspace)
        return
    if file is None:
        raise click.UsageError(
            f"name the case: a FILE, --preset with one of {', '.join(presets(FLEETS))}, or --company"
        )
    if as_of is not None:
        raise click.UsageError("--as-of goes with --company; a case file says itself on which facts it leans")
    answer = ask.fleet(file, life=life, cadence=cadence, sets=sets, workspace=workspace)
    named = shlex.quote(str(file))
    following = [
        f"overbuild why fleet:economic_value@2 {named}",
        f"overbuild fleet {named} --chart worth.svg",
        f"overbuild export fleet {named} --xlsx fleet-book.xlsx",
    ]
    deliver(answer, output, following)


def _of_company(file: Path | None, company: str, cadence: float | None, output: Output, **asked: Any) -> None:
    if file is not None or cadence is not None:
        other = "FILE or --preset" if file is not None else "--cadence"
        raise click.UsageError(
            f"--company stands in the place of a case: leave out {other}; --set edits its generations"
        )
    if company == "all":
        deliver(
            ask.spenders(**asked),
            output,
            ["overbuild fleet --company MSFT", "overbuild fleet --company all --chart years.svg"],
        )
        return
    name = company.upper()
    following = [
        f"overbuild why vintages:worth@2028 company:{name}",
        f"overbuild fleet --company {name} --chart worth.svg",
        f"overbuild export vintages company:{name} --xlsx {name.lower()}.xlsx",
    ]
    deliver(ask.vintages(company, **asked), output, following)
