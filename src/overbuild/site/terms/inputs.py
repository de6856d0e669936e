"""What a period of a site is given: one entry of each series, from close (place 0) to the last period."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.units import Count, Flag01, Ratio, Scalar, Share, Usd, UsdStock, Years


class PathInputs(NamedTuple):
    """What a path is given: years of growth, or the entry of its list; None where its mode has no such thing."""

    years: Years | None = None
    listed: Scalar | None = None


class PhaseInputs(NamedTuple):
    """A phase: in service, late, finished with this period; whether its contractor pays, whether demand is charged."""

    name: str
    running: Flag01
    late: Flag01
    finishes: Flag01
    contractor_pays: Flag01
    energised: Flag01
    fixed: PathInputs


class AssetInputs(NamedTuple):
    """A component: share spent, parts of its book and tax life in the period, its age at the end of the period."""

    name: str
    spend_share: Share
    in_book_life: Share
    tax_table_share: Share
    first_tax_year: Share
    value_age_years: Years


class FleetInputs(NamedTuple):
    """A fleet: age of its GPUs, whether it is bought or leaves now, the share of what is missing that is saved now."""

    name: str
    age_years: Years
    bought: Flag01
    leaves: Flag01
    reserve_share: Share


class ContractInputs(NamedTuple):
    """A contract: runs, is late, is ended for lateness, fails, is in its last period; periods claimed at a failure."""

    name: str
    runs: Flag01
    late: Flag01
    stops: Flag01
    fails: Flag01
    last: Flag01
    claimed_periods: Count
    price: PathInputs
    utilisation: PathInputs


class NewLoanInputs(NamedTuple):
    """A refinancing: periods of the new loan, those left, the cash that carries it, its rate as of the maturity."""

    periods: Count
    periods_left: Count
    capacity: Usd
    rate: PathInputs


class DebtInputs(NamedTuple):
    """A loan: scheduled principal (a share of what was drawn, for one drawn after equity), whether it matures.

    `lives` after the availability end up to its maturity.
    """

    name: str
    scheduled: Usd
    matures: Flag01
    lives: Flag01
    rate: PathInputs
    new: NewLoanInputs | None = None


class BaseCaseInputs(NamedTuple):
    """What the base case says of a period and of those ahead of it.

    `margin` of the period; `reserve_target` debt service of the periods that the reserve holds; `present_value` of cash
    to the last maturity; `cash_ahead` and `due_ahead` of the next twelve months; `worth` of distributions ahead.
    """

    margin: Usd
    reserve_target: UsdStock
    present_value: UsdStock
    cash_ahead: Usd
    due_ahead: Usd
    worth: UsdStock


class Inputs(NamedTuple):
    """One period's entry of each series.

    `building` up to the availability end (`at_close`: the first place, `filling`: the last of them), `complete` once
    every phase is in service. `years_of_repayment` are years since the availability end, 0 before; `loan_life` is 1 from
    then on up to the last maturity, that of loans which refinance others included.
    """

    period: Count
    years_from_close: Years
    years_of_repayment: Years
    at_close: Flag01
    building: Flag01
    filling: Flag01
    complete: Flag01
    in_service: Flag01
    last: Flag01
    new_tax_year: Flag01
    loan_life: Flag01
    phases: tuple[PhaseInputs, ...]
    components: tuple[AssetInputs, ...]
    fleets: tuple[FleetInputs, ...]
    contracts: tuple[ContractInputs, ...]
    loans: tuple[DebtInputs, ...]
    base: BaseCaseInputs
    market_price: PathInputs
    market_utilisation: PathInputs
    energy_price: PathInputs
    demand_charge: PathInputs
    staff: PathInputs
    inflation: PathInputs
    mezzanine_matures: Flag01 | None = None
    mezzanine_lives: Flag01 | None = None
    prepayment_received: Share | None = None
    prepayment_credited: Ratio | None = None
    service_years: Count | None = None
    service_periods: Count | None = None
