"""The records of debt and of what stands beside it that the equations run on: static, constant, and by period.

What a loan has not is None: it leaves no input in the graph, and `Tranche` says so beforehand.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from overbuild.instruments.delayed_draw import ContractMargin
from overbuild.units import Flag01, PerYear, Share, Usd, UsdPerYear, UsdStock


class Tranche(NamedTuple):
    """What is static of a loan in a stack.

    `draw` says how it is drawn, `margins` names the contracts that the margins of a floating rate go by. `collateral`
    and `advances_on` name components, those of a refresh included.
    """

    name: str
    rank: int = 1
    draw: Literal["pro_rata", "advance", "scheduled"] = "pro_rata"
    advances_on: tuple[str, ...] = ()
    collateral: tuple[str, ...] = ()
    rate: Literal["fixed", "floating"] = "fixed"
    margins: tuple[str, ...] = ()


class FloatingRate(NamedTuple):
    """A floating rate: floor, margin (or margins by contract), and the share of the balance swapped into fixed."""

    floor_per_year: PerYear
    margin_per_year: PerYear | None
    margins: tuple[ContractMargin, ...]
    swap_share: Share
    swap_fixed_per_year: PerYear


class LoanTerms(NamedTuple):
    """A loan as sized: `amount` bears the fees, `limit` may be drawn, `draw_share` of each need while it lasts.

    A loan that advances on components has an `advance_rate` in place of a `draw_share`, a floating one `floating` in
    place of a `rate_per_year`.
    """

    name: str
    amount: UsdStock
    limit: UsdStock
    draw_share: Share
    rate_per_year: PerYear
    construction_rate_per_year: PerYear
    upfront_fee_share: Share
    commitment_fee_per_year: PerYear
    advance_rate: Share | None = None
    floating: FloatingRate | None = None


class MezzanineLoan(NamedTuple):
    """The mezzanine as sized: `draw_share` of what the senior loans leave, up to its amount; and its rates."""

    amount: UsdStock
    draw_share: Share
    cash_rate_per_year: PerYear
    pik_rate_per_year: PerYear
    pik_premium_per_year: PerYear


class MezzanineInputs(NamedTuple):
    """The mezzanine in a period: 1 from its maturity on, and 1 until it."""

    matures: Flag01
    runs: Flag01


class LoanInputs(NamedTuple):
    """A loan in a period: principal by the schedule of the day it was sized; 1 until it matures."""

    name: str
    scheduled_principal: Usd
    runs: Flag01
    base_rate_per_year: PerYear | None = None


class BuildLoanInputs(NamedTuple):
    """A loan in a construction period: its draw, where draws are stated."""

    name: str
    draw: Usd | None = None


class PrepaymentTerms(NamedTuple):
    """What the customer pays before it is served."""

    amount: UsdStock


class LeaseTerms(NamedTuple):
    """The leased shell: rent, and the rate that values what is owed."""

    payment_per_year: UsdPerYear
    rate_per_year: PerYear
    escalator_per_year: PerYear
