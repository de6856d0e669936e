"""Published figures of the deal that a case is made after: each with what it measures and how much of it the case is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, TypeAlias

from overbuild.world.quantities import Share

PublishedMeasure: TypeAlias = Literal[
    "contract_value",
    "contract_value_per_year",
    "contract_value_per_mw_year",
    "contract_value_per_gpu",
    "price_per_gpu_hour",
    "rent_per_kw_month",
    "lease_payment_per_year",
    "market_price",
    "prepayment",
    "it_mw",
    "site_mw",
    "gpus",
    "gpu_cost",
    "gpu_cost_per_mw",
    "hall_cost",
    "hall_cost_per_site_mw",
    "capex",
    "capex_per_mw",
    "opex_per_mw_year",
    "power_cost_per_mw_year",
    "ebitda_margin",
    "debt",
    "debt_share",
    "debt_to_cost",
    "rate",
    "tenor_years",
    "dscr_covenant",
]
"""What a published figure may measure."""


class MeasureOf(NamedTuple):
    """The unit of a measure, the blocks whose names `of` may take, and what it is of the case, in words."""

    unit: str
    of: tuple[str, ...]
    said: str


_CONTRACTS, _PHASES, _LOANS = ("contracts", "phases"), ("phases",), ("loans",)
_PER_MW_YEAR = "USD per MW and year"

MEASURES: Mapping[str, MeasureOf] = MappingProxyType(
    {
        "contract_value": MeasureOf("USD", _CONTRACTS, "revenue of the contracts over their terms, as run"),
        "contract_value_per_year": MeasureOf("USD per year", _CONTRACTS, "the same over the years of each term"),
        "contract_value_per_mw_year": MeasureOf(_PER_MW_YEAR, _CONTRACTS, "the same for each MW of IT load"),
        "contract_value_per_gpu": MeasureOf("USD per GPU", _CONTRACTS, "contract value over the GPUs that it takes"),
        "price_per_gpu_hour": MeasureOf("USD per GPU-hour", _CONTRACTS, "price of the first period, by MW"),
        "rent_per_kw_month": MeasureOf("USD per kW-month", _CONTRACTS, "rent of the first period, by MW"),
        "lease_payment_per_year": MeasureOf("USD per year", (), "first rent of the leased shell"),
        "market_price": MeasureOf("USD per GPU-hour", _PHASES, "market price of the first period in service"),
        "prepayment": MeasureOf("USD", (), "what the offtaker prepays"),
        "it_mw": MeasureOf("MW", _PHASES, "IT load"),
        "site_mw": MeasureOf("MW", _PHASES, "IT load times PUE"),
        "gpus": MeasureOf("count", _PHASES, "GPUs of the first fleets"),
        "gpu_cost": MeasureOf("USD", _PHASES, "cost of the first fleets"),
        "gpu_cost_per_mw": MeasureOf("USD per MW", _PHASES, "the same for each MW of IT load"),
        "hall_cost": MeasureOf("USD", _PHASES, "cost of the components that are no GPUs"),
        "hall_cost_per_site_mw": MeasureOf("USD per MW", _PHASES, "the same for each MW of IT load times PUE"),
        "capex": MeasureOf("USD", _PHASES, "cost of all components, before contingency, fees and interest"),
        "capex_per_mw": MeasureOf("USD per MW", _PHASES, "the same for each MW of IT load"),
        "opex_per_mw_year": MeasureOf(_PER_MW_YEAR, (), "operating costs of the first year in full service"),
        "power_cost_per_mw_year": MeasureOf(_PER_MW_YEAR, (), "cost of power of the first year in full service"),
        "ebitda_margin": MeasureOf("share", (), "EBITDA over revenue in the first year in full service"),
        "debt": MeasureOf("USD", _LOANS, "what is drawn"),
        "debt_share": MeasureOf("share", _LOANS, "what is drawn over all uses of funds"),
        "debt_to_cost": MeasureOf("share", _LOANS, "what is drawn over the cost of all components"),
        "rate": MeasureOf("decimal per year", _LOANS, "rate of the first instalment, by what is drawn"),
        "tenor_years": MeasureOf("years", ("contracts", "loans"), "years of a contract, or of repayment of a loan"),
        "dscr_covenant": MeasureOf("ratio", (), "level of the first test of cover that calls a default, else locks up"),
    }
)
"""Each measure with its unit and what of the case it is held beside."""

AMOUNTS = ("USD", "USD per year", "MW", "count")
"""Units of measures of which a case may be a part; prices, rates and ratios are the same for a part."""


class PublishedFigure(NamedTuple):
    """A figure that is published of the deal that the case is made after; nothing is computed from it.

    name: its name
    measure: what it measures: see the table below
    value: the figure as published, in the unit of its measure
    share: the part of the published figure that the case is, of amounts only [1]
    of: the contract, phase or loan that it is held beside ['': all; of contracts those that renew none]
    says: why ours differs, in one sentence; needed for nobody, but asked for where they differ by more than 2 percent ['']
    """

    name: str
    measure: PublishedMeasure
    value: Annotated[float, "as its measure"]
    share: Share = 1.0
    of: str = ""
    says: str = ""


class PublishedBlock(NamedTuple):
    """The published figures of a case file. They stand beside its plan: no equation reads them."""

    published: tuple[PublishedFigure, ...] = ()
