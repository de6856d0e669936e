"""A unit for the worked numbers of this room."""

from __future__ import annotations

from overbuild.fleet.ageing import AgeingTerms, Resale
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.quasi_rent import RentMarket, RunningUnit

TERMS = AgeingTerms(
    cost=30000.0,
    unit=RunningUnit(1.0, 1.3, 1.25, 0.75, 0.35, 0.0, 700.0, 0.03),
    market=RentMarket(2.2, 0.28, 0.0, 1.0, 70.0, 0.02),
    market_year=0.0,
    resale=Resale(9000.0, 0.4),
    discount_rate=0.12,
    lives=tuple(AccountingLife(f"life_{years}", float(years)) for years in (4, 5, 6)),
)
"""A unit for 30,000 USD that rents for 2.20 USD an hour, falling 28% a year, on three accounting lives."""
