"""The preset of companies: who is compared, by what they are scored, and what is assumed where no filing says it."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

from overbuild.company.filed.calendar_quarters import number_of_label
from overbuild.company.measures.measure import MEASURES
from overbuild.errors import CaseError, did_you_mean
from overbuild.facts.period import period_days
from overbuild.world.bands import Band
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.quantities import CalendarYear, WholeYears
from overbuild.world.record import read_sound
from overbuild.world.sourced import Sourced, SourcedPerYear, SourcedShare, assumption
from overbuild.world.tree import Entry, read_case_file

SourcedRatio: TypeAlias = Annotated[Sourced, "ratio"]

OTHERS = "OTHERS"
"""Whoever is not named among the shares."""

SCOPES = ("all", "ai")
USES = ("test", "calibration")


class CompanyName(NamedTuple):
    """A company by its ticker."""

    ticker: str
    name: str


class ScoreMeasure(NamedTuple):
    """A measure of the score, its weight, and what a good mark says in words."""

    measure: str
    weight: float
    says: str


class ShareOfCompany(NamedTuple):
    """A share of one company's capex."""

    ticker: str
    share: SourcedShare


class ShareOfCalendarYear(NamedTuple):
    """A share of what was bought in one calendar year."""

    year: CalendarYear
    share: SourcedShare


class DisclosedChange(NamedTuple):
    """A change of life that a company disclosed: from which quarter on, from and to how many years, of which servers."""

    ticker: str
    start: str
    life_before: float
    life_years: float
    scope: str
    use: str
    period: str
    says: str


class CompaniesPreset(NamedTuple):
    """Who is compared, how they are scored, and what is assumed."""

    spenders: tuple[str, ...]
    suppliers: tuple[str, ...]
    names: tuple[CompanyName, ...]
    score: tuple[ScoreMeasure, ...]
    winsor_sd: float
    draws: int
    seed: int
    lag_quarters: int
    what_if_life_years: float
    tax_rate: SourcedShare
    wacc_per_year: SourcedPerYear
    terminal_growth_per_year: SourcedPerYear
    capital_per_revenue: SourcedRatio
    horizon_years: WholeYears
    server_share: tuple[ShareOfCompany, ...]
    ai_share: tuple[ShareOfCalendarYear, ...]
    disclosed_changes: tuple[DisclosedChange, ...]

    def name_of(self, ticker: str) -> str:
        """What a company is called; its ticker where the preset does not say."""
        return next((one.name for one in self.names if one.ticker == ticker), ticker)

    def servers_of(self, ticker: str) -> Sourced:
        """The share of a company's capex that buys servers."""
        shares = {one.ticker: one.share for one in self.server_share}
        return shares.get(ticker, shares[OTHERS])


@functools.cache
def companies_preset() -> CompaniesPreset:
    """The preset that ships."""
    return read_companies_preset(read_case_file(Path(f"{PREFIX}companies"), SINGLE))


def read_companies_preset(tree: Entry) -> CompaniesPreset:
    """A preset from its tree. Raises every fault at once, located, as CaseError or InputErrors.

    Beside the faults of form: `unknown_name` for a measure, scope or use that there is none of, `bad_period` for a quarter
    or a lag that is none, `missing` where the share of all other companies is.
    """
    return read_sound(tree, CompaniesPreset, _faults)


ASSUMED = ("tax_rate", "wacc_per_year", "terminal_growth_per_year", "capital_per_revenue")


def assumptions_of_companies(preset: CompaniesPreset) -> dict[str, Sourced]:
    """What is assumed of every company, by id."""
    return {name: getattr(preset, name) for name in ASSUMED}


def _faults(preset: CompaniesPreset) -> Iterator[CaseError]:
    lines = {f"{basis}_{one.name}" for one in MEASURES for basis in one.bases}
    for place, one in enumerate(preset.score, start=1):
        if one.measure not in lines:
            hint = f"no such measure.{did_you_mean(one.measure, lines)}"
            yield CaseError("unknown_name", f"score.{place}.measure", one.measure, hint)
    if OTHERS not in {one.ticker for one in preset.server_share}:
        yield CaseError("missing", "server_share", None, f"the share of {OTHERS}, whoever is not named, is needed")
    if preset.lag_quarters < 0:
        yield CaseError("bad_period", "lag_quarters", preset.lag_quarters, "a lag is 0 quarters or more")
    for place, change in enumerate(preset.disclosed_changes, start=1):
        yield from _faults_of_change(change, f"disclosed_changes.{place}")


def _faults_of_change(change: DisclosedChange, path: str) -> Iterator[CaseError]:
    if number_of_label(change.start) is None:
        yield CaseError("bad_period", f"{path}.start", change.start, "a calendar quarter is written 2025Q1")
    for field, word, known in (("scope", change.scope, SCOPES), ("use", change.use, USES)):
        if word not in known:
            yield CaseError("unknown_name", f"{path}.{field}", word, f"one of {', '.join(known)}")
    try:
        period_days(change.period)
    except ValueError:
        yield CaseError("bad_period", f"{path}.period", change.period, "a period is 2025 or 2022-07-01..2023-06-30")


class OwnFigures(NamedTuple):
    """What the asker gives of a company that no fact says: price, shares, net debt, margin, another life and its first quarter.

    `life_before` is the life in force before, where no fact says it or another is tried.
    """

    price: float | None = None
    shares: float | None = None
    net_debt: float | None = None
    margin: float | None = None
    life: float | None = None
    life_before: float | None = None
    life_from: str | None = None


LIFE_BAND = Band("the life of servers", "years", 1.0, 15.0, (0.0, math.inf), "life_nonpositive")
MARGIN_BAND = Band("an operating margin", "share", 0.01, 0.9, (0.0, 1.0), "share_out_of_range")


def given(value: float, unit: str) -> Sourced:
    """A number of the asker's."""
    return assumption(value, unit, author="asker", reason="Given for this answer.")


def with_company_assumption(preset: CompaniesPreset, changed: Mapping[str, float]) -> CompaniesPreset:
    """The preset with other values of what is assumed of every company.

    >>> with_company_assumption(companies_preset(), {"tax_rate": 0.2}).tax_rate.value
    0.2
    """
    found = {name: getattr(preset, name)._replace(value=changed[name]) for name in ASSUMED if name in changed}
    return preset._replace(**found)
