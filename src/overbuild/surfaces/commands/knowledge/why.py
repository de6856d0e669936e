"""`overbuild why`: where a number comes from."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import (
    Output,
    case_options,
    deliver,
    examples,
    fact_options,
    output_options,
    worlds_options,
)


@click.command(
    epilog=examples(
        "overbuild why gap:total_gap --depth 3",
        "overbuild why site:min_dscr preset:leased-shell",
        "overbuild why stress:p_default preset:leased-shell --scenarios 20000",
    )
)
@click.argument("number", metavar="ID")
@case_options(needed=False, any_kind=True)
@click.option(
    "--depth",
    type=int,
    default=2,
    show_default=True,
    help="Levels of lines that are opened; inputs go down to their source.",
)
@click.option(
    "--shock",
    "shocks",
    multiple=True,
    metavar="FILE|PATH=VALUE",
    help="As for `site`; of a company life=4 or price=500; of contagion fail=OPENAI or ai_revenue=-40%.",
)
@worlds_options()
@fact_options
@output_options
def why(
    number: str,
    file: Path | None,
    depth: int,
    shocks: tuple[str, ...],
    worlds: ask.StressSettings,
    as_of: str | None,
    workspace: Path | None,
    output: Output,
) -> None:
    """Where does a number come from?

    Its formula, operands with values, inputs, and facts with source, date and page.

    Prints a tree with notes: a part is opened once, where it stands nearest to the number, and a part that is 0 when it
    is asked for; --json and --csv have every row.

    ID is `gap:total_gap`, `site:cfads@2029Q3 FILE`, `site:min_dscr FILE`, `site.pue FILE`, `stress:p_default FILE`,
    `stress:world.17 FILE`, `company:MSFT.capex@2025Q3`, `contagion:ORCL.all_losses` (`oai_orcl.paid`, `CRWV.senior_paid`;
    `@2` after round 2) or `fact:KEY`; FILE is a case of your own, or preset:NAME for one that ships.
    """
    answer = ask.why(number, file, depth=depth, shocks=shocks, as_of=as_of, workspace=workspace, worlds=worlds)
    deliver(answer, output)
