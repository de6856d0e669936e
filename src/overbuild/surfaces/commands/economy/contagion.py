"""`overbuild contagion`: who is hurt when a payer fails, with bounds over what is not known."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from overbuild import ask as asked
from overbuild.surfaces.options import Output, deliver, examples, output_options

F = TypeVar("F", bound=Callable[..., Any])

_SHOCK = re.compile(r"ai_revenue=(-?\d+(?:\.\d+)?)%?\Z", re.ASCII)


def fall_of(text: str) -> float:
    """The share of AI revenue that a shock takes away. Raises click.BadParameter for any other shock.

    >>> fall_of("ai_revenue=-40%"), fall_of("ai_revenue=-0.4")
    (0.4, 0.4)
    """
    found = _SHOCK.match(text.strip())
    if found is None:
        raise click.BadParameter(f"{text!r} is no shock of this question; write --shock ai_revenue=-40%")
    amount = float(found[1])
    return -amount / 100 if text.strip().endswith("%") else -amount


def _fall(ctx: click.Context, parameter: click.Parameter, text: str | None) -> float:
    return 0.0 if text is None else fall_of(text)


class _How(NamedTuple):
    """How the answer is found: bounds or a point, what is asked first, worlds where any are drawn."""

    structure: str
    ask: bool
    worlds: asked.StressSettings | None


def _drawing(command: F) -> F:
    """How many worlds are drawn, if any; the command receives that, with its structure, as `how`."""

    @functools.wraps(command)
    def packed(
        *,
        scenarios: int | None,
        sampler: str,
        seed: int,
        threads: int | None,
        t_copula: float | None,
        ask: bool,
        structure: str,
        **others: Any,
    ) -> Any:
        drawn = asked.StressSettings(scenarios, sampler, seed, threads=threads, freedom=t_copula)
        if scenarios is None and drawn != asked.StressSettings():
            raise click.UsageError("--sampler, --seed, --threads and --t-copula go with --scenarios N")
        if scenarios is not None and (ask or structure != "all"):
            raise click.UsageError("--scenarios draws worlds of the point: it goes without --ask and --structure")
        return command(how=_How(structure, ask, None if scenarios is None else drawn), **others)

    wrapped: Any = packed
    for option in _DRAWN:
        wrapped = option(wrapped)
    return wrapped


_DRAWN: tuple[Any, ...] = (
    click.option("--threads", type=int, metavar="N", help="Threads to run on [one a core, at most 8]."),
    click.option("--t-copula", type=float, metavar="N", help="Extremes come together: degrees of freedom [none]."),
    click.option("--seed", type=int, default=1, metavar="N", help="Another seed draws other worlds [1]."),
    click.option("--sampler", default="random", metavar="random|sobol", help="sobol is for means [random]."),
    click.option("--scenarios", type=int, metavar="N", help="Draw so many worlds: losses as a distribution."),
    click.option(
        "--ask", is_flag=True, help="First of all, which missing figure would bring the bounds closest together."
    ),
    click.option(
        "--structure",
        type=click.Choice(["all", "known", "maxent"]),
        default="all",
        show_default=True,
        help="Bounds over all networks that agree with the tables; named holders only; or one point, unnamed debt spread.",
    ),
)


@click.command(
    epilog=examples(
        "overbuild contagion --fail OPENAI",
        "overbuild contagion --shock ai_revenue=-40% --full",
        "overbuild contagion --fail CRWV --ask",
        "overbuild contagion --scenarios 16384 --sampler sobol",
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--fail", "fails", multiple=True, metavar="ID", help="An entity that is taken to fail; may be given again."
)
@click.option(
    "--shock", callback=_fall, default=None, metavar="ai_revenue=-40%", help="A fall of the revenue of all labs."
)
@click.option("--years", type=float, default=1.0, show_default=True, help="How many years of payments count.")
@click.option("--as-of", metavar="DAY", help="Use only what was known on this day (YYYY-MM-DD).")
@_drawing
@output_options
def contagion(
    file: Path | None,
    fails: tuple[str, ...],
    shock: float,
    years: float,
    as_of: str | None,
    how: _How,
    output: Output,
) -> None:
    """Who is hurt when a payer of the AI economy fails: who fails in which round, who loses how much, low to high?

    Runs on the tables of entities and contracts that ship, or on FILE, a network of your own (`entities` and `contracts`
    in YAML, or the names of CSV files under `entities_csv` and `contracts_csv`). Most exposures are not public: the answer is
    bounds over every network that agrees with what is known, and a point that is marked as one.

    With --scenarios N worlds are drawn in the place of one: AI revenue, capital, terms, and failures that come together. The
    answer is then a distribution: losses by class, who is in the tail, whose failure adds most to what others lose.
    """
    answer = asked.contagion(
        fail=fails,
        ai_revenue=shock,
        structure=how.structure,
        years=years,
        as_of=as_of,
        ask=how.ask,
        network=file,
        worlds=how.worlds,
    )
    named = " ".join(["overbuild contagion", *([str(file)] if file else []), *(f"--fail {one}" for one in fails)])
    named += f" --shock ai_revenue=-{100.0 * shock:g}%" if shock else ""
    named += f" --years {years:g}" if years != 1.0 else ""
    named += f" --as-of {as_of}" if as_of else ""
    following = [] if how.ask else [f"{named} --ask    which missing figure would narrow the bounds most"]
    following += [] if how.worlds else [f"{named} --scenarios 16384 --sampler sobol    over many worlds"]
    following += [] if shock or file else ["overbuild contagion --shock ai_revenue=-40%"]
    drawn = f"{named} --scenarios {how.worlds.scenarios} --chart worlds.svg" if how.worlds else ""
    following += [drawn or f"{named} --chart ways.svg --chart-name ways"]
    following += [] if file else ["overbuild facts show ecosystem_contracts.oai_orcl"]
    deliver(answer, output, following)
