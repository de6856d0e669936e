"""Which lives of servers were in force, what was bought, and which change is asked or was disclosed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from overbuild.company.filed.calendar_quarters import number_of_label, quarter_label, quarter_number
from overbuild.company.filed.concepts import LIFE, LIFE_EFFECT
from overbuild.company.filed.figures import CompanyFigures, FiledFigure
from overbuild.company.life.change import LifeEffect, LifeTerms, ServerPurchase, YearWindow, life_change
from overbuild.company.life.depreciation import LifeRegime
from overbuild.company.preset import CompaniesPreset, DisclosedChange
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.period import period_days

FAR = 4000.0
"""Quarters beyond every window: where the last life ends."""


class LifeChangePlan(NamedTuple):
    """A change of life: the lives in force before it by first quarter, the quarter of the change, the life from then on.

    `lives` hold a fact, or none where the asker gave the life. `purchases` are the quarters (or years) of capex known
    that still can have book value; `scope` is `all` servers or those for `ai`.
    """

    lives: tuple[tuple[int, float, Fact | None], ...]
    start: int
    life_years: float
    scope: str
    purchases: tuple[FiledFigure, ...]
    years: tuple[tuple[str, int], ...]
    shares: float | Fact | None = None

    @property
    def life_before(self) -> float:
        """The life in force just before the change."""
        return self.lives[-1][1]

    @property
    def reaches_back(self) -> bool:
        """Whether capex is known as far back as servers live."""
        return bool(self.purchases) and bought_in(self.purchases[0]) <= self.start - 4 * self.life_before + 4


Value = Callable[[str, float], float]
"""What a number is by its name, where it is another than its own."""


def lives_known(view: View, ticker: str, preset: CompaniesPreset) -> tuple[tuple[int, float, Fact | None], ...]:
    """The lives of all servers that facts of the day say, by the quarter from which each counts.

    A change of a subset is left out: most servers keep the life that was in force.
    """
    subset = {
        number_of_label(one.start) for one in preset.disclosed_changes if one.ticker == ticker and one.scope != "all"
    }
    facts = [one for one in view.in_force if one.entity == ticker and one.metric == LIFE and one.value is not None]
    found = {quarter_number(one.period_start): one for one in sorted(facts, key=lambda one: one.period_start)}
    return tuple((start, float(one.value or 0.0), one) for start, one in found.items() if start not in subset)


def purchases_of(figures: CompanyFigures, start: int, longest_years: float, last: int) -> tuple[FiledFigure, ...]:
    """Capex by quarter, and by fiscal year where its quarters are not known, of what can have book value at the change."""
    quarters = figures.quarters.get("capex", {})
    by_year = [
        one
        for one in figures.years.get("capex", {}).values()
        if not any(quarter_number(one.end) - back in quarters for back in range(4))
    ]
    both = sorted((*by_year, *quarters.values()), key=lambda one: one.end)
    return tuple(one for one in both if start - 4 * longest_years <= bought_in(one) + 1 and bought_in(one) <= last)


def bought_in(one: FiledFigure) -> int:
    """The quarter in which a figure of capex is taken to be bought: its own, or the second of a fiscal year."""
    return quarter_number(one.end) - (2 if one.label.startswith("FY") else 0)


def life_terms(plan: LifeChangePlan, ticker: str, preset: CompaniesPreset, value: Value) -> LifeTerms:
    """A plan as terms, with other numbers where `value` has them; quarters are counted from the one before the first purchase."""
    first = min([bought_in(one) for one in plan.purchases] or [plan.start]) - 1
    starts = [max(start, first) if place else first for place, (start, _, _) in enumerate(plan.lives)]
    names = [quarter_label(start) for start, _, _ in plan.lives]
    lives = [value(f"life.{name}", life) for name, (_, life, _) in zip(names, plan.lives, strict=True)]
    ends = [*starts[1:], plan.start]
    before = tuple(
        LifeRegime(name, float(start - first), float(end - first), life)
        for name, start, end, life in zip(names, starts, ends, lives, strict=True)
    )
    start, far, kept = float(plan.start - first), FAR, lives[-1]
    shares = plan.shares.value_in_base_unit if isinstance(plan.shares, Fact) else plan.shares
    return LifeTerms(
        purchases=tuple(
            ServerPurchase(
                one.label, float(bought_in(one) - first), value(f"capex.{one.label}", one.value),
                changed_share(plan.scope, bought_in(one), preset, value),
            )
            for one in plan.purchases
        ),
        server_share=value("server_share", preset.servers_of(ticker).value),
        before=before,
        kept=LifeRegime("kept", start, far, kept),
        changed=LifeRegime("changed", start, far, value("life_years", plan.life_years)),
        years=tuple(YearWindow(name, float(year - first), float(year - first + 4)) for name, year in plan.years),
        tax_rate=value("tax_rate", preset.tax_rate.value),
        shares=None if shares is None else value("shares", shares),
    )  # fmt: skip


def changed_share(scope: str, quarter: int, preset: CompaniesPreset, value: Value) -> float:
    """The share of the servers bought in a quarter whose life changes: all, or those for AI by the calendar year."""
    if scope == "all":
        return 1.0
    shares = {one.year: value(f"ai_share.{one.year}", one.share.value) for one in preset.ai_share}
    year = min(quarter // 4, max(shares))
    return shares.get(year, 0.0)


class DisclosedAgainst(NamedTuple):
    """A change that a company disclosed: what it said the change does, and what the model says, with its range.

    `disclosed` are changes of operating income, each with its fact; `central`, `low` and `high` the model's.
    """

    change: DisclosedChange
    life_before: float
    disclosed: tuple[tuple[float, Fact], ...]
    low: float
    central: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether something that was disclosed lies in the model's range."""
        return any(self.low <= amount <= self.high for amount, _ in self.disclosed)


def disclosed_against(
    view: View, figures: CompanyFigures, preset: CompaniesPreset, known: Iterable[DisclosedChange]
) -> tuple[DisclosedAgainst, ...]:
    """Every change that a company disclosed by the day, beside the model on the company's own capex."""
    found: list[DisclosedAgainst] = []
    for change in known:
        plan = plan_of_change(view, figures, preset, change)
        disclosed = _effects(view, change, preset.tax_rate.value)
        if plan is None or not disclosed:
            continue
        low, central, high = (_income_change(plan, figures.ticker, preset, end) for end in ("low", "value", "high"))
        ends = sorted((low, high))
        found.append(DisclosedAgainst(change, plan.life_before, disclosed, ends[0], central, ends[1]))
    return tuple(found)


def plan_of_change(
    view: View, figures: CompanyFigures, preset: CompaniesPreset, change: DisclosedChange
) -> LifeChangePlan | None:
    """A disclosed change as a plan over its first year; None where no capex before it is known.

    Where no fact says an earlier life, the one that the preset gives with the change stands.
    """
    start = number_of_label(change.start) or 0
    known = tuple(one for one in lives_known(view, change.ticker, preset) if one[0] < start)
    lives = known or ((start - 1, change.life_before, None),)
    longest = max([change.life_years, *(one[1] for one in lives)])
    purchases = purchases_of(figures, start, longest, start + 3)
    if not purchases:
        return None
    return LifeChangePlan(lives, start, change.life_years, change.scope, purchases, (("first", start),))


def _income_change(plan: LifeChangePlan, ticker: str, preset: CompaniesPreset, end: str) -> float:
    """The model's change of operating income in the first year with every share at one end of its range."""

    def value(name: str, own: float) -> float:
        if name == "server_share":
            return getattr(preset.servers_of(ticker), end)
        year = name.removeprefix("ai_share.")
        shares = {str(one.year): one.share for one in preset.ai_share}
        return getattr(shares[year], end) if year in shares else own

    effects: Sequence[LifeEffect] = life_change(life_terms(plan, ticker, preset, value))
    return float(effects[0].operating_income_change)


def _effects(view: View, change: DisclosedChange, tax_rate: float) -> tuple[tuple[float, Fact], ...]:
    """What was disclosed of a change as changes of operating income, each source's newest."""
    on_depreciation, on_net_income = LIFE_EFFECT
    days = period_days(change.period)
    found: list[tuple[float, Fact]] = []
    for metric in (on_depreciation, on_net_income):
        for fact in view.ledger.about(change.ticker, metric):
            if view.knows(fact) and (fact.period_start, fact.period_end) == days and fact.value is not None:
                amount = fact.value_in_base_unit or 0.0
                found.append((-amount if metric == on_depreciation else amount / (1 - tax_rate), fact))
        if found:
            break
    return tuple(sorted(found, key=lambda one: one[1].known_at))
