"""One company as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Cell, Row, Table
from overbuild.company.case import CompanyCase
from overbuild.company.companies import ComparedCompany, GuidedCapex, MeasuredPeriod
from overbuild.company.filed.calendar_quarters import quarter_label
from overbuild.company.life.plan import DisclosedAgainst
from overbuild.company.measured_values import lacking, metrics
from overbuild.company.sensitivity import LifeRange, PriceMove
from overbuild.questions.columns import Fill, column, table, unprinted
from overbuild.questions.deciding import three
from overbuild.questions.prose import bn, pct

SHOWN, FIRST = 12, 5
"""As many quarters as the table shows, and as many as stand on the first screen: the newest and that of a year before."""


class CompanyAnswer(NamedTuple):
    """Everything the answer about a company is told from."""

    case: CompanyCase
    compared: ComparedCompany
    life: tuple[LifeRange, ...]
    disclosed: tuple[DisclosedAgainst, ...]
    moves: tuple[PriceMove, ...]


def _line(name: str) -> Fill:
    def fill(period: MeasuredPeriod) -> Cell:
        return period.lines.get(name)

    return fill


_QUARTERS = (
    column("period", "quarter", fill=lambda one: one.known.at.label),
    column("ends", "fiscal end", fill=lambda one: _end(one)),
    column("revenue", "revenue", "USD", _line("filed_revenue")),
    column("operating_income", "op. income", "USD", _line("filed_operating_income")),
    column("operating_cash_flow", "cash flow", "USD", _line("filed_operating_cash_flow")),
    column("capex", "capex", "USD", _line("filed_capex")),
    column("with_leases", "with leases", "USD", _line("filed_capex_with_finance_leases")),
    column("free_cash_flow", "free", "USD", _line("filed_free_cash_flow")),
    column("share", "capex of cash", fill=lambda one: _share(one, "filed")),
)


_SHOWN = {f"filed_{name}" for name in ("revenue", "operating_income", "operating_cash_flow", "capex")}


def tables(asked: CompanyAnswer) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (
        quarters(asked),
        *_life(asked),
        *_disclosed(asked),
        *_price(asked),
        _measures(asked),
        *_guided(asked),
    )


def quarters(asked: CompanyAnswer, newest: int = SHOWN) -> Table:
    """The newest quarters on the calendar, then the four up to the newest."""
    shown = [one for one in asked.compared.periods if _SHOWN & set(one.lines)][-newest:]
    lines = asked.case.lines
    total: Row = {
        "period": "4 quarters",
        "ends": f"to {asked.case.known.at.label}",
        "revenue": lines.get("trailing_revenue"),
        "operating_income": lines.get("trailing_operating_income"),
        "operating_cash_flow": lines.get("trailing_operating_cash_flow"),
        "capex": lines.get("trailing_capex"),
        "with_leases": lines.get("trailing_capex_with_finance_leases"),
        "free_cash_flow": lines.get("trailing_free_cash_flow"),
        "share": _said_share(lines, "trailing"),
    }
    note = "with leases: capex with assets acquired under finance leases; - not in the facts"
    return table("quarters", f"{asked.case.name} by calendar quarter", _QUARTERS, shown, total=(total,), note=note)


def _end(period: MeasuredPeriod) -> str:
    return max((one.filed.end for one in period.known.flows if one.filed), default="")


def _share(period: MeasuredPeriod, basis: str) -> str | None:
    return _said_share(period.lines, basis)


def _said_share(lines: dict[str, float], basis: str) -> str | None:
    share, cash = lines.get(f"{basis}_capex_to_operating_cash_flow"), lines.get(f"{basis}_operating_cash_flow", 0.0)
    return None if share is None or cash <= 0 else pct(share)


_LIFE = (
    column("year", "year", fill=lambda one: one.name),
    column("kept", "depreciation as it was", "USD", lambda one: one.central.depreciation_kept),
    column("more", "more", "USD", lambda one: one.central.depreciation_change),
    column("income", "operating income", "USD", lambda one: one.central.operating_income_change),
    column("low", "low", "USD"),
    column("high", "high", "USD"),
    column("net", "net income", "USD", lambda one: one.central.net_income_change),
    unprinted("per_share", lambda one: one.central.per_share),
    column("cash", "cash", "USD", lambda one: one.central.cash_change),
)


def _life(asked: CompanyAnswer) -> tuple[Table, ...]:
    plan = asked.case.life
    if plan is None:
        return ()
    title = f"Servers written off over {plan.life_years:g} years instead of {plan.life_before:g}, from {quarter_label(plan.start)}"
    note = "profit moves, cash does not; low and high: the share of servers in capex; servers bought so far"
    return (table("life_change", title, _LIFE, asked.life, note=note),)


_DISCLOSED = (
    column("from", "from", fill=lambda one: one.change.start),
    column("change", "life", fill=lambda one: f"{one.life_before:g} to {one.change.life_years:g}"),
    column("of", "of", fill=lambda one: one.change.says),
    column(
        "said",
        "disclosed",
        fill=lambda one: " then ".join(f"{bn(amount, 1)} ({fact.kind})" for amount, fact in one.disclosed),
    ),
    column("low", "model, low", "USD"),
    column("central", "central", "USD"),
    column("high", "high", "USD"),
    column("inside", "inside", fill=lambda one: "yes" if one.inside else "no"),
    column("use", "use", fill=lambda one: one.change.use),
    unprinted("disclosed", lambda one: one.disclosed[-1][0]),
    unprinted("facts", lambda one: "; ".join(fact.key for _, fact in one.disclosed)),
)


def _disclosed(asked: CompanyAnswer) -> tuple[Table, ...]:
    note = (
        "change of operating income in the first year, disclosed by the company and by this model on its capex; a calibration "
        "set the share of servers, a test did not; after tax figures are grossed up at the tax rate"
    )
    title = "Changes of life that the company disclosed, and what the model says of them"
    found = table("disclosed_changes", title, _DISCLOSED, asked.disclosed, note=note)
    return (found,) if asked.disclosed else ()


def _price(asked: CompanyAnswer) -> tuple[Table, ...]:
    if not asked.moves:
        return ()
    columns = (
        unprinted("assumption"),
        column("said", "assumption", fill=lambda one: SAID[one.assumption]),
        column("range", "low, used, high", fill=lambda one: three(one.low, one.value, one.high, one.unit)),
        column("asked_at_low", "revenue asked at low", "USD"),
        column("asked_at_high", "at high", "USD"),
    )
    title = f"Revenue that the price asks after {asked.case.preset.horizon_years} years"
    return (table("priced_in", title, columns, asked.moves, note="one at a time; growth is found anew at each end"),)


SAID = {
    "tax_rate": "tax rate",
    "wacc_per_year": "cost of capital",
    "terminal_growth_per_year": "growth after the horizon",
    "capital_per_revenue": "capital for a dollar of added revenue",
}


class MeasureRow(NamedTuple):
    """A metric at the newest period, or what it lacks."""

    id: str
    label: str
    unit: str
    value: float | None
    why: str


_MEASURES = (
    unprinted("id"),
    column("metric", "metric", fill=lambda one: one.label),
    column("shown", "value", fill=lambda one: _printed(one.value, one.unit)),
    unprinted("value"),
    unprinted("unit"),
    column("why", "not in the facts", fill=lambda one: one.why),
)


def _measures(asked: CompanyAnswer) -> Table:
    lines = asked.case.lines
    newest = MeasuredPeriod(asked.case.known, lines)
    rows = [
        MeasureRow(
            one.id, one.label, one.unit, lines.get(one.line), "" if one.line in lines else lacking(one.line, newest)
        )
        for one in metrics()
    ]
    title = f"Every metric at {asked.case.known.at.label}"
    return table(
        "measures", title, _MEASURES, rows, note="ids take the period: overbuild why company:TICKER.METRIC@PERIOD"
    )


def _printed(value: float | None, unit: str) -> str | None:
    if value is None:
        return None
    if unit == "USD":
        return bn(value, 1)
    return f"{value:.1%}" if unit.startswith("decimal") else f"{value:,.2f}x" if unit == "ratio" else f"{value:,.0f}"


def _definition(asked: CompanyAnswer, one: GuidedCapex) -> str:
    facts = asked.case.view.ledger.about(asked.case.ticker, "capex_guidance_definition")
    known = [fact for fact in facts if asked.case.view.knows(fact) and fact.period_end <= one.low.known_at]
    return max(known, key=lambda fact: fact.period_end).value_text if known else "not in the facts"


def _guided(asked: CompanyAnswer) -> tuple[Table, ...]:
    columns = (
        column("period", "year"),
        column("low", "low", "USD", lambda one: one.ends[0]),
        column("high", "high", "USD", lambda one: one.ends[1]),
        column("known_at", "known", fill=lambda one: one.low.known_at),
        column("words", "what it counts, in the company's words", fill=lambda one: _definition(asked, one)),
        column("source", "source", fill=lambda one: one.low.source),
    )
    guided = asked.compared.guided
    return (table("guided", "Capex as the company guides it", columns, guided),) if guided else ()
