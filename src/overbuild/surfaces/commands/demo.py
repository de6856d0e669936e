"""`overbuild demo [ROLE]`: an answer for whoever is asking, offline, in seconds."""

from __future__ import annotations

import click

from overbuild import ask
from overbuild.errors import InputError, did_you_mean
from overbuild.surfaces.options import Output, deliver, examples, output_options

ROLES = {
    "lender": "site",
    "equity": "companies",
    "stability": "contagion",
    "utility": "grid",
    "cfo": "agents",
}
"""Who asks, and which question is theirs."""

BUILT = {"lender": "site", "equity": "companies", "stability": "contagion", "cfo": "agents"}
"""Roles whose question is built."""


@click.command(epilog=examples("overbuild demo", "overbuild demo lender --chart cover.png"))
@click.argument("role", required=False)
@output_options
def demo(role: str | None, output: Output) -> None:
    """What does an answer look like, offline and in seconds? The gap, or what a ROLE asks: lender, equity, stability, cfo.

    The gap sets the table of the article of January 2026 beside today's figures, with both of its sums.
    """
    if role is not None and role not in ("gap", *BUILT):
        _refuse(role)
    if role == "lender":
        _lender(output)
        return
    if role in _BY_ROLE:
        _BY_ROLE[role](output)
        return
    from overbuild.questions.demo import gap_then_and_now

    following = [
        "overbuild gap                       with ranges, overlaps and leases",
        "overbuild gap --as-of 2026-01-17    on what was known the day of the article",
        "overbuild facts show MSFT capex     where a number comes from",
        "overbuild facts search lease        find figures by words",
    ]
    deliver(gap_then_and_now(), output, following)


def _lender(output: Output) -> None:
    from overbuild.questions.demo import financed_site

    following = [
        "overbuild new --list             the cases that ship; run one: site preset:NAME",
        "overbuild new site my.yaml       a case of your own, copied from one of them",
        "overbuild check my.yaml          every fault with its place; where numbers come from",
        "overbuild stress FILE            over many worlds: how likely, when, who loses",
        "overbuild schema site            the names a case may use, for your editor",
    ]
    hidden = ("periods", "stress_dscr_fan", "stress_cfads_fan", "stress_timing", "stress_driver_numbers")
    deliver(financed_site(), output, following, hidden=hidden)


def _equity(output: Output) -> None:
    following = [
        "overbuild company AMZN --life 4                  another life of servers: profit moves, not cash",
        "overbuild company MSFT --price 500 --shares 7.43e9     what revenue a price asks",
        "overbuild companies --metric free_cash_flow      one metric by calendar quarter",
        "overbuild why company:AMZN.free_cash_flow_ttm    where a number comes from, down to its filings",
        "overbuild export companies --xlsx companies.xlsx the measures as live formulas",
    ]
    deliver(ask.companies(), output, following, hidden=("newest",))


def _stability(output: Output) -> None:
    following = [
        "overbuild contagion --fail OPENAI --ask          what to ask firms for first",
        "overbuild contagion --shock ai_revenue=-40%      a fall of AI revenue",
        "overbuild contagion --fail ORCL --full           every table, contract and source",
        "overbuild export contagion --fail OPENAI --xlsx openai.xlsx    the clearing as live formulas",
        "overbuild contagion my-network.yaml --fail X     a network of your own, on your machine only",
    ]
    deliver(ask.contagion(fail="OPENAI"), output, following)


def _cfo(output: Output) -> None:
    case = f"preset:{ASKED_FOR}"
    following = [
        f"overbuild export agents {case} --xlsx ask.xlsx    the workbook for FP&A, live formulas",
        "overbuild new agents my-desk.yaml                a workflow of your own, with comments",
        "overbuild agents my-desk.yaml --ask              your ask on one screen",
        f"overbuild stress agents {case}    over many worlds: how likely it is lost",
        "overbuild agents all                             every workflow, one budget",
    ]
    deliver(ask.agents(case, as_ask=True), output, following)


ASKED_FOR = "claims-processing"
"""The workflow of the demonstration."""

_BY_ROLE = {"equity": _equity, "stability": _stability, "cfo": _cfo}


def _refuse(role: str) -> None:
    built = ", ".join(BUILT)
    if role not in ROLES:
        hint = f"no such role.{did_you_mean(role, ROLES)} Roles: {', '.join(ROLES)}; built: {built}"
        raise InputError("unknown_name", "role", role, hint)
    hint = f"the question of this role, `{ROLES[role]}`, is not built yet. Built: {built}"
    raise InputError("not_built", "role", role, hint)
