"""`overbuild rules`: what do rules cost a firm, how bad is a bad year, and do controls pay for themselves?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import RULES


@click.command(
    epilog=examples(
        "overbuild rules --company MSFT",
        "overbuild rules --company AMZN --chart losses.svg",
        "overbuild rules my-rules.yaml --set controls.win_uplift=0",
    )
)
@case_options(RULES, needed=False)
@click.option(
    "--company", metavar="TICKER", help="The turnover of this group, from the facts, in the place of the case's."
)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def rules(
    file: Path | None, company: str | None, sets: tuple[str, ...], workspace: Path | None, output: Output
) -> None:
    """What do rules cost a firm, how bad is a bad year, and do controls pay for themselves?

    FILE is a case of your own, or preset:NAME for one that ships; without one, the rules of December 2026 (ai-rules-2026):
    the EU AI Act as amended, the GDPR, rules on data centres, the US merger guidelines.

    Prints every rule with its ceiling and what it costs in its worst year; what controls bring by part, with their effect
    on sales and funding and without it; the uplift of bids won at which they break even; fines of a bad year. --full adds the
    years, the curve of fines and what decides.
    """
    answer = ask.rules(file, company=company, sets=sets, workspace=workspace)
    shown = shlex.quote(str(file or f"preset:{_default()}"))
    following = [
        f"overbuild why rules:moat_npv {shown}",
        f"overbuild rules {shown} --chart losses.svg",
        f"overbuild export rules {shown} --xlsx rules.xlsx",
    ]
    deliver(answer, output, following)


def _default() -> str:
    from overbuild.policy.rules.rules_run import DEFAULT_RULES

    return DEFAULT_RULES
