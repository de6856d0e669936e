"""A large load under a tariff, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.policy.tariff.tariff_run import StoryRun, TariffRun
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import m, pct
from overbuild.questions.tariff.words import class_words, input_words, worse_off


def usd_month(amount: float) -> str:
    """A household's month, without its sign.

    >>> usd_month(-0.357), usd_month(0.0004)
    ('0.36 USD', 'less than a cent')
    """
    return f"{abs(amount):.2f} USD" if abs(amount) >= 0.005 else "less than a cent"


def told(run: TariffRun, name: str) -> StoryRun:
    """A story by its id."""
    return next(one for one in run.stories if one.story.id == name)


def headline(run: TariffRun) -> str:
    """Who pays as planned, and in the worst of what may become of the load."""
    plan, totals = run.plan, run.run.totals
    worst = max(run.stories[1:], key=lambda one: one.run.others)
    planned = worse_off(run.run.others, f"{m(abs(run.run.others))} USD")
    return (
        f"{plan.name}: {plan.load.contract_mw:,.0f} MW for which {m(totals['capital_committed'])} USD is committed cost "
        f"{m(totals['revenue_required'])} to serve and pay {m(totals['revenue_paid'])} in present value: other customers are "
        f"{planned}, a household by {usd_month(totals['household_month'])} a month. Worst where the load "
        f"{worst.story.words}: others {worse_off(worst.run.others, f'{m(abs(worst.run.others))} USD')}, a household by "
        f"{usd_month(worst.run.totals['household_month'])} a month."
    )


def screen(run: TariffRun) -> Screen:
    """What is printed first: what may become of the load, the rule in words, what decides it."""
    return Screen("stories", (rule(run), _classes(run)), _decides(run), "The rule")


def years(amount: float) -> str:
    """A time in years.

    >>> years(1.0), years(12.0)
    ('1 year', '12 years')
    """
    return f"{amount:g} year{'' if amount == 1.0 else 's'}"


def rule(run: TariffRun) -> str:
    """The tariff in a sentence."""
    tariff, totals = run.plan.tariff, run.run.totals
    takes = [f"{pct(tariff.delivery.min_take)} of the contract on the wires"] if tariff.delivery.charge else []
    takes += [f"{pct(tariff.generation.min_take)} on generation"] if tariff.generation.charge else []
    fee = tariff.exit_fee_years
    left = "nothing on leaving" if not fee else f"{years(fee)} of it on leaving, at most what is left of the term"
    beyond = run.plan.load.paid_beyond_collateral
    good = f", {pct(beyond)} of what exceeds it is good" if fee and beyond is not None else ""
    return (
        f"Billed at least {' and '.join(takes) or 'nothing'} for {years(tariff.term_years)}, {m(totals['minimum_bill'])} "
        f"USD a year; {left}; collateral {m(totals['collateral'])}{good}."
    )


def _classes(run: TariffRun) -> str:
    """What classes bear, and by which allocation."""
    totals = run.run.totals
    shares = ", ".join(
        f"{class_words(one.name).lower()} {pct(one.share)} ({m(totals[f'{one.name}.worse_off'])})"
        for one in run.plan.allocation.classes
    )
    basis = run.plan.allocation.basis
    return f"What falls on others is shared by class: {shares}. Basis: {basis[:1].lower()}{basis[1:]}."


def _decides(run: TariffRun) -> tuple[str, ...]:
    return moving_words(run.deciding, input_words, "others", m, " USD")


def notes(run: TariffRun) -> tuple[str, ...]:
    """What the numbers mean."""
    plan = run.plan
    said = [
        "Minimum charges run from the first year of the contract whether the load has come or not; when it leaves, the exit "
        "fee takes their place.",
        "What others' growth takes up of what the load left is theirs to pay, and no cost of the load.",
        f"A shortfall falls on other customers by {pct(plan.allocation.shortfall_to_others)}, a surplus by "
        f"{pct(plan.allocation.surplus_to_others)}; owners of the utility have the rest.",
    ]
    if run.run.totals["dilution_benefit"] > 0.0:
        said.append("The load pays more than serving it costs: fixed costs are spread over more, and other bills fall.")
    if run.run.totals["exit_fee.unpaid_in_all"] > 0.0:
        said.append(f"{m(run.run.totals['exit_fee.unpaid_in_all'])} USD of the exit fee is never paid.")
    return tuple(said)
