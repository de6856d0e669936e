"""Governance as a moat: what controls save in losses and capital, win in sales, speed and funding, and cost."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import exp, line, maximum, present
from overbuild.units import Flag01, Months, PerYear, Ratio, Share, Usd, UsdPerYear, UsdStock, Years


class ControlTerms(NamedTuple):
    """What controls are held to bring, and what they cost, each in money or as a share.

    `ramp` is how fast they take effect, in years; 0: at once. `launch_margin` is what a year of the launches that they
    speed up leaves.
    """

    discount_rate: PerYear
    ramp: Years
    capital_charge: PerYear
    pipeline: UsdPerYear
    regulated_share: Share
    win_uplift: Share
    margin: Share
    time_saved: Months
    launch_margin: UsdPerYear
    debt: UsdStock
    spread_saving: PerYear
    capex: UsdStock
    opex: UsdPerYear


class LossesOfYear(NamedTuple):
    """Losses of a year, mean and tail value at risk, without controls and with them in full."""

    mean: Usd
    tail: Usd
    mean_with_controls: Usd
    tail_with_controls: Usd


class ControlYear(NamedTuple):
    """A year counted from 1, whether it is the first, and what a dollar at its end is worth on the day of the case."""

    number: Years
    is_first: Flag01
    discount_factor: Ratio


class MoatParts(NamedTuple):
    """The net present value of controls by part."""

    loss: Usd
    capital: Usd
    wins: Usd
    speed: Usd
    funding: Usd
    cost: Usd


def effect_of_year(terms: ControlTerms, year: Years) -> Share:
    """How far controls have taken effect by a year.

        1 - e ** (-year / ramp); 1 where there is no ramp

    Source: ours, a convention: a steady approach, 63 percent after the ramp.

    >>> terms = ControlTerms(0.1, 1.0, *(0.0,) * 11)
    >>> round(effect_of_year(terms, 1.0), 6), effect_of_year(terms._replace(ramp=0.0), 1.0)
    (0.632121, 1.0)
    """
    return line("effect_of_controls", 1 - present(terms.ramp, 1) * exp(0 - year / maximum(terms.ramp, 1e-9)))


class MoatTotals(NamedTuple):
    """The parts of a year, or of all years up to it, and what a uplift of wins by 1 brings."""

    parts: MoatParts
    wins_per_uplift: Usd


def discounted_parts(terms: ControlTerms, losses: LossesOfYear, year: ControlYear) -> MoatTotals:
    """What controls bring and cost in a year, by part, discounted to the day of the case.

        loss    = effect * (mean loss without - with)
        capital = effect * capital charge * ((tail - mean) without - (tail - mean) with)
        wins    = effect * pipeline * share regulated * uplift of wins * margin
        speed   = months saved / 12 * margin of the launches, in the first year
        funding = effect * debt * spread saved
        cost    = - yearly cost

    Source: ours, a definition; capital held against unexpected loss (tail less mean) is the usual economic capital.

    >>> terms = ControlTerms(0.1, 0.0, 0.08, 400.0, 0.45, 0.03, 0.55, 4.0, 18.0, 500.0, 0.001, 6.0, 8.5)
    >>> found = discounted_parts(terms, LossesOfYear(9.0, 80.0, 3.5, 32.0), ControlYear(1.0, 1.0, 1 / 1.1))
    >>> [round(one, 6) for one in found.parts]
    [5.0, 3.090909, 2.7, 5.454545, 0.454545, -7.727273]
    """
    factor = year.discount_factor
    taken = factor * effect_of_year(terms, year.number)
    unexpected = losses.tail - losses.mean
    unexpected_with = losses.tail_with_controls - losses.mean_with_controls
    won = line("wins_per_uplift", taken * terms.pipeline * terms.regulated_share * terms.margin)
    parts = MoatParts(
        line("saved_losses", taken * (losses.mean - losses.mean_with_controls)),
        line("saved_capital", taken * terms.capital_charge * (unexpected - unexpected_with)),
        line("won_sales", won * terms.win_uplift),
        line("gained_time", factor * year.is_first * terms.time_saved / 12 * terms.launch_margin),
        line("saved_funding", taken * terms.debt * terms.spread_saving),
        line("cost_of_controls", 0 - factor * terms.opex),
    )
    return MoatTotals(parts, won)


class Moat(NamedTuple):
    """What controls are worth: with all that is held of them, without the sales and funding effects, and the uplift at 0."""

    net_present_value: UsdStock
    without_sales_effect: UsdStock
    breakeven_uplift: Ratio


def moat(totals: MoatTotals, terms: ControlTerms) -> Moat:
    """What controls are worth, with and without the effects on sales and funding that nobody has measured.

        npv         = sum of the parts - capex
        without     = npv - wins - funding
        break-even  = uplift of wins - npv / what an uplift of 1 brings

    Source: ours, a definition; the value is linear in the uplift.

    >>> parts = MoatParts(18.0972, 11.1874, 9.7725, 5.4545, 1.6452, -32.2217)
    >>> terms = ControlTerms(0.1, 1.0, 0.08, 400.0, 0.45, 0.03, 0.55, 4.0, 18.0, 500.0, 0.001, 6.0, 8.5)
    >>> [round(one, 4) for one in moat(MoatTotals(parts, 325.75), terms)]
    [7.9351, -3.4826, 0.0056]
    """
    parts = totals.parts
    cost = line("moat_cost", parts.cost - terms.capex)
    kept = parts.loss + parts.capital + parts.speed + cost
    npv = line("moat_npv", kept + parts.wins + parts.funding)
    without = line("moat_npv_without_sales_effect", kept * 1)
    can_win = line("sales_can_move", present(totals.wins_per_uplift, maximum(terms.capex, 1)))
    uplift = terms.win_uplift - npv * can_win / maximum(totals.wins_per_uplift, 1e-9)
    return Moat(npv, without, line("breakeven_uplift", uplift))
