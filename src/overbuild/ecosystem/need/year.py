"""What one year of spending must earn, on one page: from capex and classes of asset to both doors and the gaps there."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import CapexPart, assets_of, capital_charges
from overbuild.ecosystem.need.multiplier_chain import MultiplierChain, multiplier_chain
from overbuild.ecosystem.need.required_revenue import RequiredRevenue, need_gap, required_revenue
from overbuild.units import PerYear, Share, UsdPerYear


class Layer(NamedTuple):
    """Who stands between the owner and the end user, and the share of revenue it keeps."""

    name: str
    gross_margin: Share


class NeedTerms(NamedTuple):
    """The year's numbers: `earned` by owners, `earned_end_user` what end users pay. The last of `parts` are the chips."""

    capex: UsdPerYear
    opex: UsdPerYear
    earned: UsdPerYear
    earned_end_user: UsdPerYear
    parts: tuple[CapexPart, ...]
    hurdle_per_year: PerYear
    tax_rate: Share
    layers: tuple[Layer, ...]
    chip_share_of_cost: Share
    end_user_gross_margin: Share


class NeedYear(NamedTuple):
    """What must be earned, what is missing at each door, and the multiplier chain beside it."""

    required: RequiredRevenue
    gap: UsdPerYear
    gap_owner: UsdPerYear
    multiplier: MultiplierChain


def need_of_year(terms: NeedTerms) -> NeedYear:
    """The requirement of a year's spending, whole.

    Source: its parts, each for its own line.

    >>> chips = CapexPart("it", 1.0, 5.0, 0.0, (), 0.0)
    >>> year = need_of_year(NeedTerms(100.0, 8.0, 20.0, 30.0, (chips,), 0.10, 0.0, (Layer("app", 0.5),), 0.5, 0.5))
    >>> round(year.required.owner, 4), round(year.gap_owner, 4), year.multiplier.required_revenue
    (34.3797, -14.3797, 400.0)
    """
    charges = capital_charges(assets_of(terms.parts, terms.capex), terms.hurdle_per_year, terms.tax_rate)
    required = required_revenue(charges, terms.opex, tuple(layer.gross_margin for layer in terms.layers))
    return NeedYear(
        required=required,
        gap=need_gap(terms.earned_end_user, required.end_user),
        gap_owner=need_gap(terms.earned, required.owner, "need_gap.owner"),
        multiplier=multiplier_chain(
            charges[-1].cost, terms.chip_share_of_cost, terms.end_user_gross_margin, terms.earned_end_user
        ),
    )
