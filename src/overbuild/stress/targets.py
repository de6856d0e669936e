"""What a site must meet: cover of its debt service and of its loans, value for its owners, an end without default."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.site.case.plan import CovenantTest, SitePlan
from overbuild.stress.departures import CLOSED, RESULTS, Measured, Row

OUTCOME = "outcome"

_DUST = {"equity_npv": 1e-3}
_DUST_OF_RATIO = 1e-12
"""How near to its level a measure is at it: a tenth of a cent, or the last bits of a ratio."""


class Target(NamedTuple):
    """What must be met; `suffix` is appended to the id of a break-even.

    `measure` is a result that must reach `level`, `outcome` (the site runs to its end), or the name of a test that must
    not be breached. `label` says the target, `word` what is measured; `lenders` is whether it means nothing without debt.
    """

    suffix: str
    measure: str
    level: float
    label: str
    word: str
    lenders: bool = True

    @property
    def is_flag(self) -> bool:
        """Whether it is met or missed and nothing between."""
        return self.measure not in RESULTS


TARGETS = (
    Target("", "min_dscr", 1.0, "min DSCR = 1", "min DSCR"),
    Target(".llcr", "llcr", 1.0, "LLCR = 1", "LLCR"),
    Target(".equity_npv", "equity_npv", 0.0, "equity NPV = 0", "equity NPV", lenders=False),
    Target(".outcome", OUTCOME, 0.0, "runs to its end", "outcome", lenders=False),
)
"""The targets of every site."""

_TESTED = {
    "dscr_12m": "DSCR of 12 months",
    "dscr_ahead": "DSCR of the next 12 months",
    "llcr": "LLCR",
    "ltv": "loan to value",
    "contracted_share": "contracted share",
}


def targets_of(plan: SitePlan) -> tuple[Target, ...]:
    """The targets of a plan: those of every site, and each test whose breach is a default.

    >>> from overbuild.site.examples import PLAN
    >>> default = PLAN.tests[0]._replace(action="default", level=1.05)
    >>> [one.suffix for one in targets_of(PLAN._replace(tests=(*PLAN.tests, default)))][-2:]
    ['.outcome', '.test.test_2']
    """
    rows = [(f"test_{row}", one) for row, one in enumerate(plan.tests, 1) if one.action == "default"]
    return (*TARGETS, *(_of_test(name, one) for name, one in rows))


def _of_test(name: str, test: CovenantTest) -> Target:
    said = f"{_TESTED[test.test]} = {test.level:g}"
    return Target(f".test.{name}", name, test.level, said, _TESTED[test.test])


def margins(target: Target, found: Measured) -> Row:
    """How far a target is met, by scenario: below 0 where it is missed, NaN where the site does not live to be measured.

    A measure that is at its level but for rounding is at it: an owners' value of 0 over a whole range passes nothing.
    Where no debt is owed lenders miss nothing, and the margin is infinite. A site that ends before its time misses the
    levels of its tests, whatever ended it.

    >>> cover = {"min_dscr": np.array([1.3, np.nan, np.nan])}
    >>> found = Measured(cover, {}, np.array([0.0, 3.0, 0.0]), np.array([0.0, 4.0, 0.0]), {})
    >>> margins(TARGETS[0], found).round(1), margins(TARGETS[3], found)
    (array([0.3, nan, inf]), array([ 1., -1.,  1.]))
    """
    if target.measure in found.values:
        row = found.values[target.measure] - target.level
        row = np.where(np.abs(row) <= _DUST.get(target.measure, _DUST_OF_RATIO), 0.0, row)
        lives = (found.outcome == 0.0) | (found.outcome == CLOSED)
        return np.where(np.isnan(row) & lives, np.inf, row) if target.lenders else row
    breached = 0.0 if target.measure == OUTCOME else found.breaches[target.measure]
    return np.where((found.outcome == 0.0) & (breached == 0.0), 1.0, -1.0)
