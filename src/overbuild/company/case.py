"""A company on one day: the figures of a period, the change of life and the price that are asked, and the page on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.company.filed.calendar_quarters import number_of_label, quarter_label
from overbuild.company.filed.figures import CompanyFigures, figures_by_company
from overbuild.company.life.plan import LifeChangePlan, life_terms, lives_known, purchases_of
from overbuild.company.measures.period import period_lines
from overbuild.company.model import company_model
from overbuild.company.page import CompanyPage, CompanyShape, CompanyTerms, company_page
from overbuild.company.preset import LIFE_BAND, MARGIN_BAND, CompaniesPreset, OwnFigures
from overbuild.company.priced_in import PricedTerms
from overbuild.company.share_price import PricePlan, filed_shares, price_plan, price_terms
from overbuild.company.terms import (
    PeriodAt,
    PeriodFigures,
    facts_by_name,
    period_at,
    period_figures,
    period_terms,
)
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.errors import FactError, InputError, did_you_mean, raise_all
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.timeline.run import run_model
from overbuild.world.bands import outside


class CompanyCase(NamedTuple):
    """A company's figures of one period, and what is asked beside them."""

    view: View
    preset: CompaniesPreset
    figures: CompanyFigures
    known: PeriodFigures
    life: LifeChangePlan | None
    price: PricePlan | None

    @property
    def ticker(self) -> str:
        """The company's ticker."""
        return self.figures.ticker

    @property
    def name(self) -> str:
        """What the company is called."""
        return self.preset.name_of(self.ticker)

    @property
    def shape(self) -> CompanyShape:
        """What is static."""
        return CompanyShape(self.preset.horizon_years)

    @property
    def terms(self) -> CompanyTerms:
        """The numbers of the page."""
        return self.terms_with({})

    def terms_with(self, changed: Mapping[str, float]) -> CompanyTerms:
        """The numbers of the page with others in the place of some, by name."""
        return CompanyTerms(
            period=period_terms(self.known, self.preset, changed),
            life=None if self.life is None else life_terms(self.life, self.ticker, self.preset, changed.get),
            priced=self._priced(changed),
        )

    def _priced(self, changed: Mapping[str, float]) -> PricedTerms | None:
        if self.price is None or self.price.growth is None:
            return None
        own = {**self.price.values, "growth_per_year": self.price.growth, **changed}
        return price_terms(own, self.preset, changed)

    @property
    def lines(self) -> dict[str, float]:
        """Every figure and measure of the period by the name of its line."""
        return {name: float(value) for name, value in period_lines(self.terms.period).items()}

    @property
    def model(self) -> Model:
        """The company's page as a model."""
        return company_model(self.shape, self.terms, frozenset(self.lines))

    @property
    def page(self) -> CompanyPage:
        """The change of life and the price, computed."""
        return company_page(self.shape, self.terms)

    @property
    def revenue_priced(self) -> float:
        """The revenue from which a price is explained."""
        own = self.price.values.get("revenue") if self.price else None
        return self.lines["trailing_revenue"] if own is None else own

    @property
    def reported(self) -> Values:
        """Every reported result by its id, and why those that do not exist are None."""
        rows = run_model(self.model).rows["company"]
        return values_of(self.model.reported, {line: row[0] for line, row in rows.items()})

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind the page."""
        found = [fact for one in self.known.every for fact in one.facts]
        if self.life is not None:
            found += [fact for one in self.life.purchases for fact in one.facts]
            found += [fact for _, _, fact in self.life.lives if fact is not None]
            found += [self.life.shares] if isinstance(self.life.shares, Fact) else []
        if self.price is not None:
            found += [one for one in self.price.numbers.values() if isinstance(one, Fact)]
        return tuple(dict.fromkeys(found))

    @property
    def facts_by_number(self) -> dict[str, Fact]:
        """The facts behind the page by the names of their numbers."""
        found = facts_by_name(self.known.every)
        if self.life is not None:
            found |= facts_by_name(iter(self.life.purchases))
            found |= {f"life.{quarter_label(start)}": fact for start, _, fact in self.life.lives if fact is not None}
            found |= {"shares": self.life.shares} if isinstance(self.life.shares, Fact) else {}
        if self.price is not None:
            found |= {name: one for name, one in self.price.numbers.items() if isinstance(one, Fact)}
        return found


_OF_A_COMPANY = ("capex", "revenue", "operating_cash_flow")


def spelled_ticker(view: View, ticker: str) -> str:
    """A company's ticker as the tables spell it. Raises FactError `unknown_name` with tickers that are close."""
    upper = ticker.upper()
    found = upper if upper in view.ledger.entities else view.ledger.spelled(ticker)
    if found is None:
        known = sorted(
            {one.entity for one in view.ledger.facts if one.metric in _OF_A_COMPANY and one.kind == "reported"}
        )
        companies = [one for one in known if one.isupper() and one.isalpha()]
        hint = f"no such company.{did_you_mean(ticker.upper(), companies)} The facts know {', '.join(companies)}"
        raise FactError("unknown_name", "ticker", ticker, hint)
    return found


def company_case(
    view: View, preset: CompaniesPreset, ticker: str, own: OwnFigures | None = None, period: str | None = None
) -> CompanyCase:
    """A company on the view's day, at the newest period that has capex and operating cash flow, or at the one named.

    Raises FactError `unknown_name` for a ticker, `no_fact` where nothing is known of the period, `bad_period` for one that
    is none; InputError for each number of the asker's that cannot be (`life_nonpositive`, `negative`, `not_finite`,
    `share_out_of_range`, `missing`), all at once.
    """
    asked = own or OwnFigures()
    raise_all(_faults(asked))
    name = spelled_ticker(view, ticker)
    figures = figures_by_company(view, (name,))[name]
    at = newest_period(figures) if period is None else period_named(period, figures)
    if at is None:
        hint = "no quarter of revenue, capex or operating cash flow is known on this day; bring filings with `overbuild facts add`"
        raise FactError("no_fact", name, view.day, hint)
    known = period_figures(figures, at, preset.lag_quarters)
    if not any(one.filed or one.trailing for one in known.flows):
        raise FactError(
            "no_fact", f"{name} period", at.label, f"no flow of this period was known on this day; {_spans(figures)}"
        )
    case = CompanyCase(view, preset, figures, known, _life_plan(view, figures, preset, asked), None)
    return case if asked.price is None else case._replace(price=price_plan(figures, known, case.lines, preset, asked))


def company_measures(view: View, preset: CompaniesPreset, ticker: str) -> CompanyCase:
    """A company's newest period without a change of life and without a price. Raises as `company_case`."""
    return company_case(view, preset, ticker)._replace(life=None)


def _spans(figures: CompanyFigures) -> str:
    """Between which quarters something is known."""
    quarters = [quarter for series in figures.quarters.values() for quarter in series]
    return (
        f"figures run from {quarter_label(min(quarters))} to {quarter_label(max(quarters))}"
        if quarters
        else "nothing is"
    )


def period_named(label: str, figures: CompanyFigures) -> PeriodAt:
    """The period of a label. Raises FactError `bad_period`, `no_fact`."""
    at = period_at(label, figures)
    if at is None:
        written = number_of_label(label) is not None or (label.startswith("FY") and label[2:].isdigit())
        code, hint = ("no_fact", "nothing is known of this year") if written else (
            "bad_period", "a period is a calendar quarter, 2025Q3, or a fiscal year, FY2025")  # fmt: skip
        raise FactError(code, f"{figures.ticker} period", label, hint)
    return at


def newest_period(figures: CompanyFigures) -> PeriodAt | None:
    """The newest quarter with four quarters of capex and of operating cash flow; else the newest with any flow known."""
    capex = figures.quarters.get("capex", {})
    whole = [q for q in capex if all(figures.trailing(name, q) for name in ("capex", "operating_cash_flow"))]
    some = [q for name in ("capex", "operating_cash_flow", "revenue") for q in figures.quarters.get(name, {})]
    found = max(whole or some, default=None)
    return None if found is None else PeriodAt(found)


def _life_plan(view: View, figures: CompanyFigures, preset: CompaniesPreset, own: OwnFigures) -> LifeChangePlan | None:
    """The change that is asked, from the quarter after the newest capex on, over three years of the servers bought so far."""
    known = lives_known(view, figures.ticker, preset)
    capex = figures.quarters.get("capex", {})
    if not capex or not (known or own.life_before):
        return None
    start = max(capex) + 1 if own.life_from is None else number_of_label(own.life_from) or 0
    lives = tuple(one for one in known if one[0] < start)
    if own.life_before is not None:
        lives = ((min(capex), own.life_before, None),)
    if not lives:
        return None
    life = own.life if own.life is not None else min(preset.what_if_life_years, lives[-1][1] - 1)
    purchases = purchases_of(figures, start, max(life, *(one[1] for one in lives), 1.0), start - 1)
    years = tuple((f"year_{n + 1}", start + 4 * n) for n in range(3))
    shares = own.shares if own.shares is not None else filed_shares(figures, max(capex))
    return LifeChangePlan(lives, start, life, "all", purchases, years, shares) if purchases else None


def _faults(own: OwnFigures) -> list[InputError]:
    """What is wrong with the asker's numbers."""
    found: list[InputError | None] = []
    for name, band, number in (
        ("life", LIFE_BAND, own.life),
        ("life_before", LIFE_BAND, own.life_before),
        ("margin", MARGIN_BAND, own.margin),
    ):
        found.append(None if number is None else outside(band, name, number))
    for name, number in (("price", own.price), ("shares", own.shares)):
        if number is not None and not 0.0 < number < float("inf"):
            code = "negative" if number <= 0 else "not_finite"
            found.append(InputError(code, name, number, f"{name} must be a number above 0"))
    if own.net_debt is not None and not abs(own.net_debt) < float("inf"):
        found.append(InputError("not_finite", "net_debt", str(own.net_debt), "a finite number of USD is needed"))
    if own.life_from is not None and number_of_label(own.life_from) is None:
        found.append(InputError("bad_period", "life_from", own.life_from, "a calendar quarter is written 2027Q1"))
    if own.price is None and any(one is not None for one in (own.net_debt, own.margin)):
        hint = "net debt and margin explain a price: give it with --price"
        found.append(InputError("missing", "price", None, hint))
    return [one for one in found if one is not None]
