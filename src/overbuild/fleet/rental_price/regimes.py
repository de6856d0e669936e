"""A glut and a shortage: the slopes of rents between dated prices that sources print, pooled by regime."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.errors import InputError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.fleet.rental_price.estimates import RentEstimate

_FAR = 1.6448536269514722
SPREAD = 0.25
"""Volatility a year taken for a spell's standard error: one spell is one draw of a random walk."""


class RegimeSpell(NamedTuple):
    """Two dated prices of one kind between which a regime held, by the keys of their facts."""

    regime: str
    before: str
    after: str


SPELLS = (
    RegimeSpell("glut", "H100 SXM 80GB.rental_marketplace_neocloud@2024-02#neighborhoodsf-2026-h100-rental",
          "H100 SXM 80GB.rental_1_year_contract_index_semianalysis_cycle_low@2025-10#techreaderdaily-2026-h100-reserved"),
    RegimeSpell("glut", "H100 SXM 80GB.rental_on_demand_sxm_neocloud_after_30pct_cut_in_2_months@2024-10#neighborhoodsf-2026-h100-rental",
          "H100 SXM 80GB.rental_marketplace_range_2_2_2_4_in_2025@2025-06#neighborhoodsf-2026-h100-rental"),
    RegimeSpell("glut", "H100 SXM 80GB.rental_on_demand_range_4_8@2024-06#compux-2026-gpu-pricing",
          "H100 SXM 80GB.rental_marketplace_range_2_2_2_4_in_2025@2025-06#neighborhoodsf-2026-h100-rental"),
    RegimeSpell("shortage", "H100 SXM 80GB.rental_1_year_contract_index_semianalysis_cycle_low@2025-10#techreaderdaily-2026-h100-reserved",
          "H100 SXM 80GB.rental_1_year_contract_index_semianalysis@2026-03#techreaderdaily-2026-h100-reserved"),
)  # fmt: skip
"""Dated prices of H100: the regimes were set by eye after the prices were seen."""


class RegimeSlope(NamedTuple):
    """A regime: the slopes of its spells and their mean, log a year."""

    regime: str
    slopes: tuple[float, ...]
    mean: RentEstimate


def regime_slopes(view: View, spells: Sequence[RegimeSpell] = SPELLS) -> tuple[RegimeSlope, ...]:
    """The slope of each regime: the mean over its spells, with the error of one random walk over the longest of them.

    Spells of one regime overlap in time, so that more of them make the mean no surer.
    Raises InputError `unknown_name` where a fact is not known on the view's day.
    """
    known = view.cited()
    found: list[RegimeSlope] = []
    for regime in dict.fromkeys(one.regime for one in spells):
        slopes: list[float] = []
        longest = 0.0
        for one in spells:
            if one.regime == regime:
                before, after = (_fact(known, key) for key in (one.before, one.after))
                years = (_middle(after) - _middle(before)).days / 365.25
                slopes.append(math.log(_rent(after) / _rent(before)) / years)
                longest = max(longest, years)
        mean, se = sum(slopes) / len(slopes), SPREAD / math.sqrt(longest)
        found.append(RegimeSlope(regime, tuple(slopes), RentEstimate(mean, se, mean - _FAR * se, mean + _FAR * se)))
    return tuple(found)


def _fact(known: dict[str, Fact], key: str) -> Fact:
    if key not in known:
        raise InputError("unknown_name", "spell", key, "no such fact on this day")
    return known[key]


def _rent(fact: Fact) -> float:
    return fact.value_in_base_unit or math.nan


def _middle(fact: Fact) -> datetime.date:
    first, last = (datetime.date.fromisoformat(one) for one in (fact.period_start, fact.period_end))
    return first + (last - first) / 2
