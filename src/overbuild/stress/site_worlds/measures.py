"""What is asked of a site in each scenario: how and when it ends, cover, the owners' value, what each lender loses.

Money is in USD. A number that a scenario does not have, such as the cover of a site that never owes, is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel import Fold, Wanted
from overbuild.equations.model import Model, RowOf
from overbuild.site.run import OUTCOMES
from overbuild.stress.worlds.distribution import MONEY_GRID, RATIO_GRID
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.summaries import Asked, Block, ScenarioMeasure
from overbuild.stress.worlds.written.worlds_file import Described

KINDS = tuple(name.partition("_")[2] for name in OUTCOMES)
"""How a site may end before its time: unfunded, maturity, payment, covenant, closed."""

DEFAULTS = tuple(kind for kind in KINDS if kind != "closed")
"""The ends that are defaults: owners may close a site that owes nothing."""

BOOKS = "the books do not close"
MIN_DSCR, EQUITY_NPV, SUPPORT, HURDLE = "min_dscr", "equity_npv", "equity_support", "reaches_hurdle"
DSCR, CFADS, MOVED, DEFAULTED = "dscr", "cfads", "moved", "defaulted"

_TOLERANCE = 1e-9
_GAPS = ("funding_gap", "balance_gap", "cash_gap")
_TOTALS = (
    "min_dscr",
    "covered_periods",
    "equity_npv",
    "ended",
    "defaulted",
    "outcome_period_number",
    "equity_support_total",
    "uses",
)

Found = Mapping[Wanted, NDArray[np.float64]]


class Lenders(NamedTuple):
    """Lenders of a site by the name under which their results are reported."""

    senior: tuple[str, ...]
    mezzanine: bool
    holdco: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, the most senior as the case lists them first."""
        return (
            *self.senior,
            *(["mezzanine"] if self.mezzanine else []),
            *(["holdco"] if self.holdco else []),
        )


def lenders_of(model: Model) -> Lenders:
    """The lenders of a site, those who refinance a balloon among them.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> lenders_of(model_of(PLAN, SIZING)).names
    ('senior',)
    """
    shape = model.stage("site").shape
    senior = (*(one.name for one in shape.loans), *(one.new for one in shape.refinanced))
    return Lenders(senior, shape.mezzanine, any(stage.name == "holdco" for stage in model.stages))


def tests_of(model: Model) -> tuple[str, ...]:
    """The names of the tests of a site."""
    return tuple(one.name for one in model.stage("site").shape.tests)


def loss_of(lender: str) -> str:
    """The name of what a lender loses."""
    return f"loss.{lender}"


def breach_of(test: str) -> str:
    """The name of whether a test is breached."""
    return f"breach.{test}"


def asked_of(model: Model, places: int) -> Asked:
    """What is kept of the scenarios of a site."""
    measures = [
        ScenarioMeasure(MIN_DSCR, RATIO_GRID),
        ScenarioMeasure(EQUITY_NPV, MONEY_GRID),
        ScenarioMeasure(HURDLE, RATIO_GRID),
        ScenarioMeasure(SUPPORT, MONEY_GRID),
        *(ScenarioMeasure(loss_of(name), MONEY_GRID) for name in lenders_of(model).names),
        *(ScenarioMeasure(breach_of(name), RATIO_GRID) for name in tests_of(model)),
    ]
    return Asked(tuple(measures), KINDS, (BOOKS,), places, (DSCR, CFADS, MOVED, DEFAULTED))


def described(asked: Asked) -> dict[str, Described]:
    """What each measure is called, and its unit."""
    return {one.name: _DESCRIBED.get(one.name.partition(".")[0], Described()) for one in asked.measures}


_DESCRIBED = {
    MIN_DSCR: Described("minimum DSCR", "ratio"),
    EQUITY_NPV: Described("owners' NPV at their hurdle", "USD"),
    HURDLE: Described("owners reach their hurdle", "0 or 1"),
    SUPPORT: Described("support that owners pay in", "USD"),
    "loss": Described("what a lender loses", "USD"),
    "breach": Described("a test is breached", "0 or 1"),
}


def wanted_of(model: Model) -> tuple[Wanted, ...]:
    """What a run over many scenarios has to give for it."""
    lenders = lenders_of(model)
    wanted: list[Wanted] = [f"results.{name}" for name in _TOTALS]
    wanted += [f"results.{name}.periods" for name in tests_of(model)]
    wanted += [Fold("row_dot", "site", ("ends", name)) for name in OUTCOMES]
    wanted += [Fold("row_dot", "site", (name, name)) for name in _GAPS]
    wanted += [_at_default(f"{name}.{word}") for name in lenders.senior for word in ("claim", "recovered")]
    if lenders.mezzanine:
        wanted += [_at_default("mezzanine.claim"), _at_default("mezzanine_recovered"), *_MEZZANINE_LEFT]
    if lenders.holdco:
        wanted += [*_HOLDCO]
    return (*wanted, *(RowOf("site", name) for name in ("dscr", "debt_is_due", "cfads")))


def _at_default(line: str) -> Fold:
    return Fold("row_dot", "site", ("default", line))


_MEZZANINE_LEFT = tuple(Fold("row_dot", "site", (when, "mezzanine.balance")) for when in ("ends", "last_period"))
_HOLDCO: tuple[Wanted, ...] = (
    "holdco_results.holdco.debt",
    *(Fold("row_sum", "holdco", (f"holdco.{word}",)) for word in ("interest", "paid")),
)


def block_of(model: Model, found: Found) -> Block:
    """The block of scenarios that a run gave."""
    totals = {name: found[f"results.{name}"] for name in _TOTALS}
    ends = totals["ended"] > 0.0
    place = np.where(ends, totals["outcome_period_number"], 0.0)
    kinds = np.stack([found[Fold("row_dot", "site", ("ends", name))] > 0.0 for name in OUTCOMES])
    gaps = [found[Fold("row_dot", "site", (name, name))] for name in _GAPS]
    block: dict[str, Any] = {
        MIN_DSCR: np.where(totals["covered_periods"] > 0.0, totals["min_dscr"], np.nan),
        EQUITY_NPV: totals["equity_npv"],
        HURDLE: np.where(totals["equity_npv"] >= 0.0, 1.0, 0.0),
        SUPPORT: totals["equity_support_total"],
        "ended_as": np.where(ends, 1 + kinds.argmax(axis=0), 0),
        "ended_in": place.astype(np.int64),
        "failed": _failed(gaps, totals["uses"]),
        DEFAULTED: (totals["defaulted"] > 0.0)[None, :].astype(float),
    }
    block |= {loss_of(name): row for name, row in _losses(model, found, totals).items()}
    for test in tests_of(model):
        block[breach_of(test)] = np.where(found[f"results.{test}.periods"] > 0.0, 1.0, 0.0)
    return block | (_rows(found, np.where(ends, place, np.inf)) if _CFADS in found else {})


def _failed(gaps: list[Row], uses: Row) -> NDArray[np.int64]:
    """1 where an identity of the books is broken by more than 1e-9 of uses, or by no number at all."""
    size = _TOLERANCE * np.maximum(1.0, uses)
    closes = np.all([gap <= size * size for gap in gaps], axis=0)
    return np.where(closes, 0, 1)


def _losses(model: Model, found: Found, totals: Mapping[str, Row]) -> dict[str, Row]:
    """What each lender loses: in a default its claim less what it recovers; of junior debt also what stays unpaid at the end.

    What a mezzanine loses after its maturity is discounted to it at its own rate: what it waits for does not grow its loss.
    """
    lenders = lenders_of(model)
    losses = {
        name: found[_at_default(f"{name}.claim")] - found[_at_default(f"{name}.recovered")] for name in lenders.senior
    }
    if lenders.mezzanine:
        in_default = found[_at_default("mezzanine.claim")] - found[_at_default("mezzanine_recovered")]
        ending, left = (found[one] for one in _MEZZANINE_LEFT)
        closed = (1.0 - totals["defaulted"]) * ending
        lost = in_default + closed + (1.0 - totals["ended"]) * left
        losses["mezzanine"] = lost * _back_to_maturity(model, totals)
    if lenders.holdco:
        debt, interest, paid = (found[one] for one in _HOLDCO)
        losses["holdco"] = debt + interest - paid
    # a claim that is paid in full leaves a rounding error
    return {name: np.where(row > 0.5, row, 0.0) for name, row in losses.items()}


def _back_to_maturity(model: Model, totals: Mapping[str, Row]) -> Row:
    """What a dollar of the mezzanine that is lost at the end of a scenario is worth at its maturity, if that came before."""
    terms, matures = model.stage("site").terms, model.stage("site").columns.mezzanine_matures
    rate = (terms.mezzanine.cash_rate_per_year + terms.mezzanine.pik_rate_per_year) / terms.horizon.periods_per_year
    last = np.where(totals["ended"] > 0.0, totals["outcome_period_number"], len(matures) - 1.0)
    return (1.0 + rate) ** -np.maximum(0.0, last - matures.index(1.0)) if 1.0 in matures else np.ones_like(last)


_CFADS = RowOf("site", "cfads")


def _rows(found: Found, last: Row) -> dict[str, Row]:
    """Rows of the fans: cover where debt service falls due, cash of sites that still run; NaN elsewhere."""
    dscr, due, cfads = (found[RowOf("site", name)] for name in ("dscr", "debt_is_due", "cfads"))
    places = np.arange(len(cfads))[:, None]
    return {DSCR: np.where(due > 0.0, dscr, np.nan), CFADS: np.where(places <= last, cfads, np.nan)}
