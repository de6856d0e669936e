"""`overbuild site`, `check` and `schema`: run a site case, check it, describe it to an editor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from overbuild.surfaces.options import Output, case_options, deliver, output_options


@click.command()
@case_options()
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--lines", is_flag=True, help="Print every named line of every period too.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def site(
    file: Path, sets: tuple[str, ...], shocks: tuple[str, ...], lines: bool, workspace: Path | None, output: Output
) -> None:
    """Does this site pay its lenders and owners; how much debt can it carry?

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`).

    Prints the verdict first: pays or not, least cover and when, loan life cover, debt, owners' return, default and
    loss; then what breaks first (the change of price, use, cost or power that brings cover to 1 or the owners' value
    to 0), sources and uses, headroom, and the years.
    """
    from overbuild.questions.site import site as ask

    answer = ask(file, sets=sets, shocks=shocks, workspace=workspace)
    hidden = () if lines else ("periods", "construction")
    following = [
        f"overbuild site {file} --shock site.pue=1.4",
        f"overbuild check {file}",
        f"overbuild site {file} --json",
    ]
    deliver(answer, output, following, hidden=hidden)


@click.command()
@case_options()
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def check(file: Path, workspace: Path | None, output: Output) -> None:
    """Check a case file: every fault at once with file, line and column; without one, where each input comes from.

    FILE is a case of your own, or preset:NAME for one that ships (`overbuild new --list`).

    A value outside every source known for what it is (9 years of book life where companies say 4 to 6) is no fault,
    but it is named, with the sources; `reason:` beside the value says why it is kept.
    """
    from overbuild.questions.site import check as ask

    deliver(ask(file, workspace=workspace), output, [f"overbuild site {file}"], hidden=("outside_sources",))


@click.command()
@click.argument("kind", type=click.Choice(["site"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of case file, for completion and checks in an editor."""
    from overbuild.site.plan import SitePlan
    from overbuild.world.record import schema as describe

    found = describe(SitePlan, f"overbuild {kind} case")
    found["properties"] = {"name": {"type": "string"}, "close": {"type": "string"}, **found["properties"]}
    found["required"] = ["name", "close", *found["required"]]
    click.echo(json.dumps(found, indent=2))
