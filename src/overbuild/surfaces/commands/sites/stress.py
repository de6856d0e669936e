"""`overbuild stress`: how likely is a site to fail, how and when, and who loses how much; how far does any result spread?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overbuild import ask
from overbuild.surfaces.options import (
    NamedCase,
    Output,
    deliver,
    examples,
    kind_options,
    output_options,
    worlds_options,
)
from overbuild.surfaces.progress import progress_line

if TYPE_CHECKING:
    from overbuild.answer import Answer


@click.command(
    epilog=examples(
        "overbuild stress --preset neocloud-100mw-gb300",
        "overbuild stress my-site.yaml --scenarios 1000000 --out worlds --chart fan.svg",
        "overbuild stress fleet --preset h100",
        "overbuild stress my-site.yaml --scenarios 100000000 --out worlds --cluster tcp://10.0.0.7:8786",
        "overbuild stress my-site.yaml --scenarios 1000000000 --estimate",
    )
)
@kind_options
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it before anything is drawn."
)
@click.option("--bad", default="", metavar="ID<LEVEL", help="Of a case that is no site: what is bad, as unit_npv<5000.")
@worlds_options(whole=True)
@click.option(
    "--lines", "shown", flag_value="lines", help="Everything, with the fans of every period and every number."
)
@click.option(
    "--estimate", "shown", flag_value="estimate", help="What such a run takes, also on a cluster; starts none."
)
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def stress(
    case: NamedCase,
    sets: tuple[str, ...],
    shocks: tuple[str, ...],
    bad: str,
    worlds: ask.StressSettings,
    shown: str | None,
    workspace: Path | None,
    output: Output,
) -> None:
    """How likely is a site to fail, how and when, and what does each of its lenders lose?

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`). What is uncertain is said in
    the case (`drivers:`), or of a site taken from the defaults. A case of another kind is known by its file, or by its
    kind before it (fleet FILE): then every result is told with its quantiles, how likely it is bad, and what moves it.

    Prints one screen: the probability of a default with its interval, what each lender loses in the mean and in the
    worst 1%, whether owners reach their hurdle, how and when sites end, which drivers move it. --full adds the
    distributions, the fans by period, the drivers with what their numbers rest on. Ctrl-C keeps what is done.
    """
    lines = shown == "lines"
    if shown == "estimate":
        told = ask.stress_estimate(
            case.file, sets=sets, shocks=shocks, settings=worlds, workspace=workspace, kind=case.kind, bad=bad
        )
        return deliver(told, output, [f"overbuild stress {case} --scenarios {told.values['scenarios']} --out worlds"])
    with progress_line() as progress:
        answer = ask.stress(
            case.file,
            sets=sets,
            shocks=shocks,
            settings=worlds,
            workspace=workspace,
            progress=progress,
            kind=case.kind,
            bad=bad,
        )
    following = _following(answer, case)
    hidden = () if lines else ("dscr_fan", "cfads_fan", "timing", "driver_numbers")
    deliver(answer, output._replace(full=output.full or lines), following, hidden=hidden)


def _following(answer: Answer, case: NamedCase) -> list[str]:
    """What one may ask next."""
    if "p_bad" in answer.values:
        return [f"overbuild stress {case} --chart moves.svg --chart-name moves"]
    named = shlex.quote(str(case.file))
    return [
        f"overbuild site {named}",
        f"overbuild stress {named} --chart fan.svg --chart-name fan",
        f"overbuild compare {named} OTHER --scenarios {answer.values['scenarios']}",
    ]
