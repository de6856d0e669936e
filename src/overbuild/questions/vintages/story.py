"""A spender's chips in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.company.vintages.spender_run import SpenderRun, SpenderYears, fall_of
from overbuild.questions.chip_words import input_words
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import bn, pct


def headline(run: SpenderRun) -> str:
    """What the books hold, when a write-down comes and how large, and what must be believed of rents."""
    plan, years = run.plan, run.central
    newest = max(one.year for one in plan.vintages)
    books, worth = years.at("books", newest), years.at("worth", newest)
    return (
        f"{plan.name}: AI chips bought since {min(one.year for one in plan.vintages)} stand in the books at {bn(books)} USD at "
        f"the end of {newest}, over {plan.life_years:g} years, and are worth {bn(worth)} at today's rents, falling "
        f"{pct(fall_of(plan))} a year. {_write_downs(run)} {_believed(run)}"
    )


def _write_downs(run: SpenderRun) -> str:
    central, high = run.central, run.ends["high"]
    if central.write_down > 0.0:
        return f"That asks for a write-down of {_told(central)}; {_told(high)} if rents fall {pct(run.falls['high'])} a year."
    if high.write_down > 0.0:
        return f"No vintage is written down then; {_told(high)} if rents fall {pct(run.falls['high'])} a year."
    return f"No vintage is written down, not even if rents fall {pct(run.falls['high'])} a year."


def _told(years: SpenderYears) -> str:
    return f"{bn(years.write_down, 1)} from {years.write_down_year}" if years.write_down else "none"


def _believed(run: SpenderRun) -> str:
    life = f"{run.plan.life_years:g}-year life"
    if run.right_up_to is None:
        return f"No fall of rents from -45% to 90% a year is where the books of a {life} begin to exceed worth."
    alone = "" if run.fails_from is None else f"; a vintage by itself fails the test beyond {pct(run.fails_from, 1)}"
    return (
        f"The books of a {life} stay below worth if rents fall by no more than {pct(run.right_up_to, 1)} a year{alone}."
    )


def screen(run: SpenderRun) -> Screen:
    """What is printed first: the write-down by fall of rents, earnings at other lives, what decides it."""
    return Screen("write_downs", _lives(run), _decides(run), "Earnings at other lives, without a write-down")


def _lives(run: SpenderRun) -> tuple[str, ...]:
    year = run.looked_at - 1
    kept = run.central.at("depreciation.in_force", year)
    told = [
        f"{life.years:g} years {bn(run.central.at(f'depreciation.{life.name}', year), 1)} "
        f"({run.central.at(f'net_income_change.{life.name}', year) / 1e9:+,.1f}bn)"
        for life in run.plan.lives
        if life.years != run.plan.life_years
    ]
    return (
        f"Depreciation of these chips in {year} is {bn(kept, 1)} at {run.plan.life_years:g} years; at {', '.join(told)}; in "
        "brackets the change of net income, had they been booked so from the start.",
    )


def _decides(run: SpenderRun) -> tuple[str, ...]:
    def told(amount: float) -> str:
        return bn(amount, 1)

    return moving_words(run.deciding, said_of, f"books less worth at the end of {run.looked_at}", told, " USD")


def said_of(path: str) -> str:
    """An input in words.

    >>> said_of("generations.gb300.market.rent"), said_of("vintages.bought_2024.ai_share"), said_of("server_share")
    ('rent when bought, of gb300', 'AI share of the servers bought in 2024', 'share of capex that buys servers')
    """
    block, _, rest = path.partition(".")
    thing, _, name = rest.partition(".")
    if block == "generations":
        return f"{input_words(name)}, of {thing}"
    if block == "vintages":
        return f"AI share of the servers bought in {thing.removeprefix('bought_')}"
    return {"server_share": "share of capex that buys servers"}.get(path, input_words(path))


def notes(run: SpenderRun) -> tuple[str, ...]:
    """What the numbers mean."""
    whole = run.ends["high"]
    fails = any(flag > 0.0 for flag in whole.lines["whole_fleet.impairment_test_fails"])
    told = (
        "also fails as one group"
        if fails
        else "passes as one group: undiscounted flows carry the books, and the gap is not shown"
    )
    return (
        "A write-down books at once what straight-line depreciation would have booked later; cash does not move.",
        f"With the fast fall of rents the fleet {told}.",
        f"Books less worth is at most {bn(run.central.peak[0], 1)} USD (end of {run.central.peak[1]}) at the central fall; below 0 "
        "the chips are worth more than the books say.",
    )
