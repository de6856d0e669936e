"""The companies, asked in Python: side by side, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

if TYPE_CHECKING:
    from overbuild.answer import Answer


class OfTheAsker(TypedDict, total=False):
    """What the asker may give of a company: another life of its servers, and a price with what it is explained by.

    Lives in years, `life_from` a calendar quarter (`2027Q1`), `price` in USD a share, `net_debt` in USD, `margin` a decimal.
    """

    life: float | None
    life_before: float | None
    life_from: str | None
    price: float | None
    shares: float | None
    net_debt: float | None
    margin: float | None


def companies(
    tickers: Sequence[str] = (),
    *,
    metric: str | None = None,
    frequency: str = "quarterly",
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """Who spends, out of which cash, under which definition of capex; and who diverges?

    Without `tickers` the spenders of the build-out. `metric` (`capex`, `free_cash_flow_ttm`) shows one over the newest
    periods; `frequency` is `quarterly`, on the calendar by the last day of a fiscal quarter, or `annual`, fiscal years.
    Values are `TICKER.metric@2025Q3` or `@FY2025`, in USD and decimals; `status` says where each was filed.
    Raises FactError `unknown_name` for a ticker, InputError `unknown_name` for a metric or a frequency.

    >>> from overbuild import ask
    >>> ask.companies(["MSFT"]).values["MSFT.capex@2025Q3"]
    19394000000.0
    """
    from overbuild.questions.companies import companies as asked

    return asked(tickers, metric=metric, frequency=frequency, as_of=as_of, workspace=workspace)


def company(
    ticker: str,
    *,
    period: str | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
    **own: Unpack[OfTheAsker],
) -> Answer:
    """What does one company spend, owe and promise; what does another life of servers do; what does its price ask?

    `period` is a calendar quarter (`2025Q3`) or a fiscal year (`FY2025`), the newest known where none is named. `life` is
    another useful life of its servers in years, from `life_from` (a calendar quarter) on, `life_before` the one in force
    where no fact says it. `price` (USD a share) is turned into the revenue that it asks, over `shares` and `net_debt` in
    USD, at an operating `margin` where another than that of the last four quarters is meant.
    Raises FactError `unknown_name` for a ticker, `no_fact` for a period, `missing` where the shares are not known; InputError
    for a number that cannot be (`life_nonpositive`, `negative`, `share_out_of_range`, `bad_period`), all at once.

    >>> from overbuild import ask
    >>> answer = ask.company("AMZN", life=4)
    >>> answer.values["AMZN.life_change.year_1.operating_income_change"] < 0, answer.values["AMZN.life_change.year_1.cash_change"]
    (True, 0.0)
    """
    from overbuild.company.preset import OwnFigures
    from overbuild.questions.company import company as asked

    return asked(ticker, period=period, own=OwnFigures(**own), as_of=as_of, workspace=workspace)
