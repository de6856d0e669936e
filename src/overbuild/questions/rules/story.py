"""Rules on a firm, in sentences."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Screen
from overbuild.policy.rules.rules_run import RulesRun
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import BILLION, MILLION, bn, capitalised, listed, m, pct, spelled


def money(amount: float) -> str:
    """Money as one says it: billions to two digits, millions and thousands whole.

    >>> money(205838471.0), money(-1215550000.0), money(4e5), money(0.0)
    ('206m USD', '-1.22bn USD', '400k USD', '0 USD')
    """
    size = abs(amount)
    if size < THOUSAND:
        return f"{amount:,.0f} USD"
    if size < MILLION:
        return f"{amount / THOUSAND:,.0f}k USD"
    return f"{bn(amount, 2) if size >= BILLION else m(amount) if size >= 10 * MILLION else f'{amount / MILLION:,.1f}m'} USD"


THOUSAND = 1e3


class MoneyScale(NamedTuple):
    """The unit that the amounts of a firm are told in: that of tables, in words, and its size in USD."""

    unit: str
    words: str
    size: float


def scale_of(run: RulesRun) -> MoneyScale:
    """Millions for a group with a turnover from a billion on, thousands for a lesser firm."""
    if run.plan.firm.turnover >= BILLION:
        return MoneyScale("USD_m", "USD m", MILLION)
    return MoneyScale("USD_k", "USD k", THOUSAND)


def headline(run: RulesRun) -> str:
    """Whether controls pay without any effect on sales, then what fines come to and how bad a bad year is."""
    return f"{run.plan.name} (turnover {money(run.plan.firm.turnover)}): {_moat(run)} {_fines(run)}"


def _moat(run: RulesRun) -> str:
    without, npv = run.lines["moat_npv_without_sales_effect"], run.lines["moat_npv"]
    pay = "pay for themselves" if without >= 0.0 else "do not pay for themselves"
    bare = without - run.lines["moat_capital"]
    unheld = f" ({money(bare)} where no capital is held against a bad year)" if (bare < 0.0) != (without < 0.0) else ""
    return (
        f"without any effect on sales or funding controls {pay}: they are worth {money(without)} over {run.plan.years} "
        f"years{unheld}. With the effects assumed they are worth {money(npv)}{_uplift(run)}."
    )


def _uplift(run: RulesRun) -> str:
    needed = run.values().values["breakeven_uplift"]
    if not isinstance(needed, float):
        return ""
    if needed <= 0.0:
        return "; no uplift of bids won is needed"
    return f"; they break even at an uplift of {pct(needed, 2)} of bids won, {pct(run.plan.controls.win_uplift, 2)} being assumed"


def _fines(run: RulesRun) -> str:
    year, held = run.last.year, run.last.year_with_controls
    return (
        f"Fines of {run.labels[-1]} without controls: {money(year.mean)} on average, none in {pct(year.no_loss)} of years, "
        f"{money(year.value_at_risk)} in the {level_words(run)} bad year, {money(year.tail_value_at_risk)} on average beyond "
        f"it; with controls {money(held.mean)}, {money(held.value_at_risk)} and {money(held.tail_value_at_risk)}."
    )


def level_words(run: RulesRun) -> str:
    """The level of a bad year, such as 99%."""
    return f"{run.plan.grid.level * 100:g}%"


def screen(run: RulesRun) -> Screen:
    """What is printed first: the rules, the value of controls by part, what decides it."""
    return Screen("rules", _parts(run), _decides(run), "What controls bring and cost in present value")


def _parts(run: RulesRun) -> tuple[str, ...]:
    lines = run.lines
    told = [f"{words} {money(lines[f'moat_{name}'])}" for name, words in PARTS.items()]
    costs = {words: lines[f"{name}_cost_present_value"] for name, words in BURDENS.items()}
    burdens = [f"{words} {money(amount)}" for words, amount in costs.items() if amount]
    beside = (f"Beside fines the rules cost in expectation: {listed(burdens)}.",) if burdens else ()
    return (f"{capitalised('; '.join(told))}. Together {money(lines['moat_npv'])}.", *beside, *_mergers(run))


def _mergers(run: RulesRun) -> tuple[str, ...]:
    merger = run.plan.merger
    if merger is None:
        return ()
    told: list[str] = []
    for rule in run.plan.mergers:
        presumed = run.lines[f"{rule.name}.presumed"] > 0.0
        word = "is presumed to lessen competition" if presumed else "is not presumed to lessen competition"
        told.append(
            f"{capitalised(rule_words(rule.name))}: a merger of {pct(merger.acquirer_share)} with {pct(merger.target_share, 1)} "
            f"of a market {word} (HHI up {run.lines[f'{rule.name}.hhi_rise']:,.0f} to "
            f"{run.lines[f'{rule.name}.hhi_after']:,.0f}); its rise is too large from a target of "
            f"{pct(run.lines[f'{rule.name}.target_share_at_threshold'], 1)} on."
        )
    return tuple(told)


PARTS = {
    "loss": "fewer fines",
    "capital": "less capital held",
    "wins": "bids won",
    "speed": "earlier launches",
    "funding": "cheaper debt",
    "cost": "cost of controls",
}
"""The parts of the value of controls, in words."""

BURDENS = {"compliance": "compliance", "delay": "delay of capacity", "cap": "caps"}
"""What rules cost apart from fines, in words."""


def _decides(run: RulesRun) -> tuple[str, ...]:
    return moving_words(run.deciding, input_words, "worth", money)


_WORDS = {
    "breaches_per_year": "breaches a year",
    "breaches_with_controls": "breaches with controls",
    "capital_charge_per_year": "cost of capital held",
    "opex_of_turnover": "yearly cost of controls against turnover",
    "capex_of_turnover": "first cost of controls against turnover",
    "ramp": "years until controls take hold",
    "discount_rate_per_year": "discount rate",
    "launch_margin_of_turnover": "margin of earlier launches against turnover",
}


def input_words(path: str) -> str:
    """An input of a case of rules in words.

    >>> input_words("fines.gdpr_upper.breaches_per_year"), input_words("controls.ramp"), input_words("firm.usd_per_eur")
    ('breaches a year, GDPR upper tier', 'years until controls take hold', 'USD per EUR of firm')
    """
    steps = path.split(".")
    own = _WORDS.get(steps[-1], spelled(steps[-1]))
    if len(steps) > 2:
        return f"{own}, {rule_words(steps[1])}"
    return own if steps[0] == "controls" else f"{own} of {spelled(steps[0])}"


_RULES = {
    "ai_act_prohibited": "AI Act, banned practices",
    "ai_act_transparency": "AI Act, transparency",
    "ai_act_high_risk": "AI Act, high risk",
    "ai_act_misleading": "AI Act, misleading answers",
    "gdpr_upper": "GDPR upper tier",
    "ai_act_conformity": "AI Act, conformity",
    "eu_data_centre_reporting": "EU, data-centre reporting",
    "texas_large_load": "Texas SB 6, large loads",
    "us_connection_paid_by_load": "FERC, load pays connection",
    "ireland_on_site_power": "CRU, own power on site",
    "us_state_moratoria": "state moratoria",
    "us_2023": "US merger guidelines 2023",
}


def rule_words(name: str) -> str:
    """A rule in words.

    >>> rule_words("ai_act_high_risk"), rule_words("my_rule")
    ('AI Act, high risk', 'my rule')
    """
    return _RULES.get(name, spelled(name))


def notes(run: RulesRun, company: str | None) -> tuple[str, ...]:
    """What the numbers mean."""
    told = [
        f"The year that is told is the last, {run.labels[-1]}: every rule that is dated has come by then, each with its "
        "probability. The table of years has the others.",
        "Value at risk is the smallest amount of fines that is not exceeded with that probability; the tail value at risk is "
        "the mean of the years beyond it, and is coherent. Both are added up on a grid by Fourier transform and by Panjer's "
        f"recursion; the two differ by {run.two_ways_apart:.1g} at most in any probability.",
        "What capital is held against a bad year is its tail value at risk less the mean, at the cost of capital of the case.",
    ]
    if company is not None:
        told.append(
            f"The turnover is that of {company.upper()}, which is not small or medium. Amounts of the controls are shares of it; "
            "how often rules are broken, powers and shares of markets are those of the case, whoever is asked for."
        )
    return tuple(told)
