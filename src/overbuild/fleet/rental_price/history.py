"""What the facts say of the rent of a chip over time, when generations came, and what tokens must be served to earn a rent."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.facts.cited_fields import CitedField, cited_field
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.typed_tables import keyed_rows
from overbuild.fleet.token_check import tokens_to_earn

RENT_UNIT = "USD_per_GPU_hour"
TOKEN_PRICE = "GPT-4 quality.token_open_weight_models_upper_bound@2026-06#valueaddvc-2026-ai-inference"
"""The price of tokens of open models of the quality of GPT-4, USD a million: printed as an upper bound."""


class Generation(NamedTuple):
    """A generation: its row among the accelerators, and the fact of its rent in 2026."""

    label: str
    row: str
    rent: str


GENERATIONS = (
    Generation("A100", "a100_80gb_sxm",
               "A100 80GB.rental_specialty_provider_on_demand_range_1_10_1_50@2026-05#mercatusai-2026-cloud-gpu"),
    Generation("H100", "h100_80gb_sxm5",
               "H100 SXM 80GB.rental_index_sdh100rt_neocloud_silicon_data@2026-09-06#silicondata-2026-h100index"),
    Generation("H200", "h200_141gb_sxm", "H200 141GB.rental_spot_fixing@2026-04-18#gpumarkets-2026-daily-fixing"),
    Generation("B200", "b200_192gb",
               "B200.rental_index_sdb200rt_neocloud_spot_silicon_data@2026-05#chrisgpurental-2026-silicon-data"),
)  # fmt: skip


class TokenCheck(NamedTuple):
    """A generation's rent, the tokens a second that earn it, and those by dense BF16 TFLOPS."""

    label: str
    rent: float
    tokens_per_second: float
    tokens_per_tflops: float
    cited: tuple[CitedField, ...]


def token_checks() -> tuple[TokenCheck, ...]:
    """What every generation has to serve at the price of tokens to earn its rent."""
    price = cited_field(TOKEN_PRICE)
    found: list[TokenCheck] = []
    for one in GENERATIONS:
        rent, speed = cited_field(one.rent), cited_field(f"accelerators.{one.row}.dense_bf16_tflops")
        amount = _number(rent)
        tokens = float(tokens_to_earn(amount, _number(price) / 1e6))
        found.append(TokenCheck(one.label, amount, tokens, tokens / _number(speed), (rent, speed, price)))
    return tuple(found)


def _number(cited: CitedField) -> float:
    if cited.number is None:
        raise ValueError(f"{cited.key} is no number")
    return float(cited.number)


def rents_known(view: View, entity: str) -> tuple[Fact, ...]:
    """The rents of a chip that the facts print, by the last day that each speaks of."""
    found = [one for one in view.in_force if one.entity == entity and one.unit == RENT_UNIT and one.value is not None]
    return tuple(sorted((one for one in found if one.metric.startswith("rental_")), key=lambda one: one.period_end))


def volume_dates() -> tuple[tuple[str, str], ...]:
    """By generation the month in which it was first sold in volume."""
    return tuple((one.label, keyed_rows()[f"accelerators.{one.row}"].cells["volume_date"]) for one in GENERATIONS)
