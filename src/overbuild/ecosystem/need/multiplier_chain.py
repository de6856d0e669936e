"""The multiplier chain: chips, doubled into data centres, doubled into revenue. The naive baseline."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line
from overbuild.errors import InputError, raise_all
from overbuild.units import Ratio, Share, UsdPerYear


class MultiplierChain(NamedTuple):
    """The chain's links, and by how much it multiplies a dollar of chips."""

    datacentre_cost: UsdPerYear
    required_revenue: UsdPerYear
    hole: UsdPerYear
    multiplier: Ratio


def multiplier_chain(
    chip_spend: UsdPerYear, chip_share_of_cost: Share, end_user_gross_margin: Share, actual_revenue: UsdPerYear
) -> MultiplierChain:
    """Revenue that a year of chips must bring in, by two rules of thumb, and what is missing.

        datacentre_cost  = chip_spend / chip_share_of_cost
        required_revenue = datacentre_cost / (1 - end_user_gross_margin)
        hole             = required_revenue - actual_revenue
        multiplier       = 1 / chip_share_of_cost / (1 - end_user_gross_margin)

    It asks for the whole cost back in one year and for no return on it: compare it with required_revenue.py.
    Valid: both shares between 0 and 1, excluded. Source: D. Cahn, Sequoia Capital, "AI's $600B Question", 20 June
    2024 (150 becomes 300 becomes 600; the hole of 500 against 100 of revenue).

    >>> multiplier_chain(150.0, 0.5, 0.5, 100.0)
    MultiplierChain(datacentre_cost=300.0, required_revenue=600.0, hole=500.0, multiplier=4.0)
    """
    datacentre_cost = line("multiplier.datacentre_cost", chip_spend / chip_share_of_cost)
    required = line("multiplier.required_revenue", datacentre_cost / (1 - end_user_gross_margin))
    return MultiplierChain(
        datacentre_cost=datacentre_cost,
        required_revenue=required,
        hole=line("multiplier.hole", required - actual_revenue),
        multiplier=line("multiplier.multiplier", 1 / chip_share_of_cost / (1 - end_user_gross_margin)),
    )


def check_multiplier(chip_share_of_cost: float, end_user_gross_margin: float) -> None:
    """Raise every share outside 0..1 (both ends excluded) at once: `share_out_of_range`."""
    shares = {"chip_share_of_cost": chip_share_of_cost, "end_user_gross_margin": end_user_gross_margin}
    hint = "a share between 0 and 1, both excluded"
    raise_all([InputError("share_out_of_range", name, x, hint) for name, x in shares.items() if not 0 < x < 1])
