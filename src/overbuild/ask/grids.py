"""The grid, asked in Python: what a large load does to prices, capacity, the bills of others, carbon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def grid(
    zone: Path | str = "PJM",
    *,
    add_gw: float | None = None,
    tariff: str = "",
    years: Sequence[str] = (),
    sets: Sequence[str] = (),
    workspace: str | None = None,
) -> Answer:
    """What does a large load do to its grid: prices, capacity, the bills of others by channel, the queue, carbon?

    `zone` is one that ships (PJM, ERCOT, Ireland), `preset:NAME`, or a case file; `add_gw` the load in GW, in the place of
    the case's; `tariff` a tariff that ships (`aep-ohio`) or its file, which says what the load pays towards wires;
    `years` delivery years of the capacity auction (`2027/28`), the last of them on the bill; `sets`
    (`path=value`) edit the case. Money in USD, power in MW, emissions in t of CO2.
    Raises CaseError for every fault of the case, located; InputError for a delivery year that the case has not.

    >>> from overbuild import ask
    >>> values = ask.grid("PJM", add_gw=5, years=["2027/28"]).values
    >>> values["capacity_price"], round(values["capacity_cost"] / 1e9, 2)
    (333.44, 16.41)
    """
    from overbuild.questions.grid import grid as asked

    return asked(str(zone), add_gw=add_gw, tariff=tariff, years=years, sets=sets, workspace=workspace)
