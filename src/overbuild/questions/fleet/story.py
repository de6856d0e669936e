"""A unit through its ages, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.fleet.fleet_run import FleetRun
from overbuild.questions.chip_words import input_words
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import pct


def usd(amount: float) -> str:
    """Money of one unit, whole dollars.

    >>> usd(-3527.5), usd(40221.1)
    ('-3,528', '40,221')
    """
    return f"{amount:,.0f}"


def longest_life(run: FleetRun) -> str:
    """The accounting life that the headline speaks of: six years where the case has it, else the longest."""
    names = {life.years: life.name for life in run.plan.lives}
    return names.get(6.0) or names[max(names)]


def headline(run: FleetRun) -> str:
    """What a unit is worth when bought, how long it pays to run it, and how far the books run ahead of it."""
    unit, plan = run.run, run.plan
    above = unit.totals["unit_npv"]
    pays = f"{usd(above)} more than it costs" if above >= 0.0 else f"{usd(-above)} less than it costs"
    rent = f" It pays from {run.breakeven:.2f} USD an hour." if run.breakeven is not None else ""
    years = unit.economic_life
    return (
        f"{plan.name}: a unit bought in {plan.bought} for {usd(plan.cost)} USD that rents for {plan.market.rent:.2f} USD an "
        f"hour is worth {usd(unit.value)}, {pays}, and pays to run for {years} year{'' if years == 1 else 's'}."
        f"{rent} {_books(run)}"
    )


def _books(run: FleetRun) -> str:
    named = longest_life(run)
    years = next(life.years for life in run.plan.lives if life.name == named)
    found = run.overstatement(named)
    if found.amount <= 0.0:
        return f"Booked over {years:g} years it is never worth less than the books say."
    worth = run.run.lines["economic_value"][found.age]
    told = f"Booked over {years:g} years the books exceed what it is worth by up to {usd(found.amount)} USD, at age {found.age}"
    return f"{told} (worth {usd(worth)}){_write_down(run, named)}."


def _write_down(run: FleetRun, named: str) -> str:
    values = run.run.values().values
    age, loss = values[f"{named}.write_down_age"], values[f"{named}.write_down"]
    if not isinstance(age, float) or not isinstance(loss, float):
        return "; the impairment test lets that pass"
    return f"; the impairment test asks for a write-down of {usd(loss)} in {run.plan.bought + round(age)}"


def screen(run: FleetRun) -> Screen:
    """What is printed first: the accounting lives, what moves the value, what decides it."""
    return Screen("lives", _moves(run), _decides(run), "How the rent falls")


def _moves(run: FleetRun) -> tuple[str, ...]:
    market, half = run.plan.market, run.run.values().values["price.half_life_years"]
    halves = f"it halves in {half:.1f} years" if isinstance(half, float) else "it does not fall"
    rents = run.run.lines["rent_of_compute"]
    at = min(4, len(rents) - 1)
    each = "year" if market.cadence_years == 1.0 else f"{market.cadence_years:g} years"
    return (
        f"{pct(market.rent_decline_per_year, 1)} a year of itself and {pct(market.launch_fall)} with each launch, one every "
        f"{each}: {halves}, and is {rents[at]:.2f} USD an hour after {at} years.",
    )


def _decides(run: FleetRun) -> tuple[str, ...]:
    return moving_words(run.deciding, input_words, "worth above cost", usd, " USD")


def notes(run: FleetRun) -> tuple[str, ...]:
    """What the numbers mean."""
    told = [
        "A unit is worth the quasi-rents of the years that it pays to run it, discounted, and its resale after them; it is "
        "never worth less than its resale.",
        "Profit follows the accounting life, cash does not: a shorter life moves depreciation forward and pays nobody.",
    ]
    if run.run.value <= run.run.lines["resale_value"][0] + 1e-6:
        told.append(
            "At these numbers it is worth most sold at once: no year of service earns what the resale loses in it."
        )
    return tuple(told)
