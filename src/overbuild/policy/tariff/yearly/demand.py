"""What a large load has contracted, draws and is billed for in a year: MW, by channel of the tariff."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, line, maximum, total
from overbuild.units import HOURS_PER_YEAR as HOURS
from overbuild.units import Mw, Mwh, Scalar, Share, Years


class LoadTerms(NamedTuple):
    """A large load: what it contracts, what it draws of that in each year of its own, and how sure it is.

    `use_by_year` are the shares of the contract that it draws in its first, second, ... year of service, the last of which
    holds. `arrives_share` is the part of it that comes at all, `late_years` how much later than contracted,
    `leaves_after_years` the years of the contract after which it is gone.
    """

    contract_mw: Mw
    use_by_year: tuple[Share, ...]
    load_factor: Share
    arrives_share: Share
    late_years: Years
    leaves_after_years: Years
    paid_beyond_collateral: Share


class DrawnLoad(NamedTuple):
    """A year of a load: the share of the year that it is gone, what it draws at its peak and uses."""

    gone: Share
    metered_mw: Mw
    energy_mwh: Mwh


def reached(by_year: tuple[Share, ...], years: Years) -> Share:
    """The entry of a series by years of service that holds after so many years, its last from then on; 0 before the first.

        reached = sum over k = 1.. of (entry k - entry k-1) * clip(years - k + 1, 0, 1)

    Edges: between whole years it moves in a line from one entry to the next, so that a delay may be any number of years.
    Source: ours, an identity at whole years; between them a convention: in a line.

    >>> [round(reached((0.4, 0.8, 1.0), years), 9) for years in (0.0, 1.0, 1.5, 3.0, 9.0)]
    [0.0, 0.4, 0.6, 1.0, 1.0]
    """
    steps: list[Scalar] = []
    before: Scalar = 0
    since = years
    for entry in by_year:
        steps.append((entry - before) * clip(since, 0, 1))
        before, since = entry, since - 1
    return total(steps)


def share_gone(leaves_after_years: Years, year: Years) -> Share:
    """The share of a year of the contract in which the load is gone.

        share gone = clip(year - leaves after, 0, 1)

    Source: ours, a definition: a load that leaves after 6 years draws nothing from the 7th on.

    >>> share_gone(6.0, 6.0), share_gone(6.0, 7.0), share_gone(5.5, 6.0)
    (0.0, 1.0, 0.5)
    """
    return line("share_gone", clip(year - leaves_after_years, 0, 1))


def drawn_in_year(load: LoadTerms, year: Years) -> DrawnLoad:
    """What a load draws in a year of its contract, peak and energy.

        metered = contract * arrives * use reached (year - late) * (1 - gone)
        energy  = metered * 8760 * load factor

    Source: ours, a definition.

    >>> drawn_in_year(LoadTerms(500.0, (0.5, 1.0), 0.8, 1.0, 1.0, 6.0, 0.0), 2.0)
    DrawnLoad(gone=0, metered_mw=250.0, energy_mwh=1752000.0)
    """
    gone = share_gone(load.leaves_after_years, year)
    use = line("use_reached", reached(load.use_by_year, year - load.late_years))
    metered = line("metered_mw", load.contract_mw * load.arrives_share * use * (1 - gone))
    return DrawnLoad(gone, metered, line("energy_mwh", metered * HOURS * load.load_factor))


def share_of_year_in_term(term_years: Years, year: Years) -> Share:
    """The share of a year that lies within the term of the contract.

        in term = clip(term - (year - 1), 0, 1)

    Source: ours, a definition.

    >>> share_of_year_in_term(12.0, 12.0), share_of_year_in_term(12.0, 13.0)
    (1.0, 0.0)
    """
    return line("in_term", clip(term_years - (year - 1), 0, 1))


def billed_mw(name: str, metered: Mw, least: Mw, own_share: Share) -> Mw:
    """Demand that a channel of the tariff bills: what is metered, and at least the minimum take; its own capacity apart.

        billed = max(metered, minimum take * contract in force) * (1 - own share)

    Source: minimum demand of large-load tariffs, as in AEP Ohio's Schedule DCT of 2025 (85% of contract demand).

    >>> billed_mw("delivery", 250.0, 300.0, 0.0), billed_mw("generation", 400.0, 300.0, 0.5)
    (300.0, 200.0)
    """
    return line(f"{name}.billed_mw", maximum(metered, least) * (1 - own_share))
