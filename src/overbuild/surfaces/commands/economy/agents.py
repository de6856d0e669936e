"""`overbuild agents`: does an agent pay on this workflow, and what must agents take in all?"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.surfaces.kinds import NEW
from overbuild.surfaces.options import Output, case_options, deliver, examples, output_options
from overbuild.world.presets import AGENTS, PREFIX


@click.command(
    epilog=examples(
        "overbuild agents --preset support-desk",
        "overbuild agents all --set budget=500000",
        "overbuild agents my-desk.yaml --set agent.success=0.7 --chart moves.svg",
    )
)
@case_options(AGENTS)
@click.argument("portfolio", required=False, type=click.Path(path_type=Path))
@click.option(
    "--ask", "as_ask", is_flag=True, help="The ask of a board: money, payback, three assumptions, when to stop."
)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def agents(
    file: Path,
    portfolio: Path | None,
    as_ask: bool,
    sets: tuple[str, ...],
    workspace: Path | None,
    output: Output,
) -> None:
    """Does an agent pay on this workflow, at which values does it stop to pay, and what is the programme worth?

    FILE is a case of your own, or preset:NAME for a workflow that ships (`overbuild new --list`).

    Prints whether it pays first, what a task costs with the agent and without, at which success, token price, loss by a
    wrong answer and cost of a review it breaks even, and what decides it. --full adds the quarters of the programme.

    `overbuild agents all` takes the workflows that ship together: those worth a budget, and the share of all work that agents
    must take for the year's spend on AI to be earned, beside published shares. --set then edits the portfolio; `agents all
    PORTFOLIO` takes one of your own (`overbuild new programmes FILE`).
    """
    if str(file) == ALL:
        if as_ask:
            raise click.UsageError("--ask is of one workflow: overbuild agents FILE --ask")
        _all(portfolio, sets, workspace, output)
        return
    if portfolio is not None:
        raise click.UsageError(
            f"name one workflow, not two; a portfolio is asked for by overbuild agents {ALL} {portfolio}"
        )
    answer, named = ask.agents(file, as_ask=as_ask, sets=sets, workspace=workspace), shlex.quote(str(file))
    following = [
        f"overbuild why agents:cost_per_correct {named}",
        f"overbuild stress agents {named}",
        f"overbuild export agents {named} --xlsx agents-book.xlsx",
    ]
    deliver(answer, output, following)


ALL = "all"
"""The word that stands for every workflow that ships."""


def _all(portfolio: Path | None, sets: tuple[str, ...], workspace: Path | None, output: Output) -> None:
    answer = ask.agents_all(portfolio, sets=sets, workspace=workspace)
    case = str(portfolio or f"{PREFIX}{NEW['programmes'].default}")
    following = [
        f"overbuild why programmes:share_of_tasks_needed {shlex.quote(case)}",
        f"overbuild export programmes {shlex.quote(case)} --xlsx programmes-book.xlsx",
        "overbuild need",
    ]
    deliver(answer, output, following)
