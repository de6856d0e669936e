"""A small company of which everything is known, for docstrings, reference pages and tests."""

from __future__ import annotations

from overbuild.company.filed.concepts import CONCEPTS, FLOWS, STOCKS
from overbuild.company.life.change import LifeTerms, ServerPurchase, YearWindow
from overbuild.company.life.depreciation import LifeRegime
from overbuild.company.measures.period import FlowTerms, Part, PeriodTerms, StockTerms, Total
from overbuild.company.page import CompanyShape, CompanyTerms
from overbuild.company.priced_in import PricedTerms

AMOUNTS = {one.name: 10.0 + 3.0 * place for place, one in enumerate(CONCEPTS)} | {
    "revenue": 200.0, "operating_income": 60.0, "operating_cash_flow": 90.0, "capex": 50.0, "depreciation": 20.0,
    "cash": 5.0, "short_term_investments": 8.0, "equity": 150.0,
}  # fmt: skip
"""What each figure is, in a quarter or on a day."""


def _sum(name: str, labels: tuple[str, ...], less: tuple[str, ...] = (), grown: float = 1.0) -> Total:
    amount = AMOUNTS[name] * grown
    return Total(tuple(Part(label, amount) for label in labels), tuple(Part(label, amount / 4) for label in less))


_BEFORE, _YEAR = ("FY2024",), ("2025Q2", "2025Q3", "2025Q4", "2026Q1")

PERIOD = PeriodTerms(
    flows=tuple(
        FlowTerms(
            name,
            _sum(name, ("2026Q1",)),
            _sum(name, _YEAR),
            _sum(name, (*_BEFORE, "2025Q1"), ("2024Q1",), 1.5),
            _sum(name, (*_BEFORE, "2025Q1"), ("2024Q1",), 1.5),
        )
        for name in FLOWS
    ),
    stocks=tuple(StockTerms(name, _sum(name, ("2026Q1",)), _sum(name, ("2025Q1",), grown=0.8)) for name in STOCKS),
    tax_rate=0.2,
    wacc=0.09,
)

LIFE = LifeTerms(
    purchases=(ServerPurchase("2024Q1", 1.0, 40.0, 1.0), ServerPurchase("2025Q1", 5.0, 60.0, 0.5)),
    server_share=0.5,
    before=(LifeRegime("2023Q1", 0.0, 4.0, 4.0), LifeRegime("2024Q4", 4.0, 9.0, 6.0)),
    kept=LifeRegime("kept", 9.0, 400.0, 6.0),
    changed=LifeRegime("changed", 9.0, 400.0, 4.0),
    years=(YearWindow("year_1", 9.0, 13.0), YearWindow("year_2", 13.0, 17.0)),
    tax_rate=0.2,
    shares=50.0,
)

PRICED = PricedTerms(
    price=100.0,
    shares=50.0,
    net_debt=200.0,
    operating_margin=None,
    tax_rate=0.2,
    wacc=0.09,
    terminal_growth_per_year=0.03,
    capital_per_revenue=1.0,
    growth_per_year=0.11,
)

SHAPE = CompanyShape(horizon_years=10)

TERMS = CompanyTerms(PERIOD, LIFE, PRICED)
