"""The reference page of what `overbuild check` holds a site's values against."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.site.case.peers.quantities import QUANTITIES, Quantity, fits
from overbuild.units import UNITS
from overbuild.world.peer_ranges import PeerRange, peer_ranges


def ranges_page() -> str:
    """Every quantity with its sources and what each of them says."""
    known = peer_ranges()
    parts = [
        "# What `overbuild check` holds values against",
        "Generated from `peer-ranges.csv` and the fact tables. A value outside all sources of its quantity is named, "
        "not refused. Where no document prints it, it is derived from several that do: the row names one of them and the "
        "arithmetic. A fact of your own workspace whose metric is the name of a quantity is one of its sources.",
        *(_section(quantity, known[quantity.id]) for quantity in QUANTITIES),
    ]
    return "\n\n".join(parts) + "\n"


def _section(quantity: Quantity, known: tuple[PeerRange, ...]) -> str:
    label = quantity.label.rstrip(",")
    units = ", ".join(f"`{unit}`" for unit in sorted(UNITS) if fits(UNITS[unit].inside, quantity.unit))
    growth = ", as growth: negative for a fall" if quantity.unit == "fall_per_year" else ""
    about = f"{label[0].upper()}{label[1:]}. A fact of your own: in {units}{growth}."
    return f"## `{quantity.id}`\n\n{about}\n\n| fact | from | to | unit |\n|---|---|---|---|\n" + "\n".join(
        _rows(known)
    )


def _rows(known: tuple[PeerRange, ...]) -> Iterator[str]:
    for one in known:
        by = f", by `{one.derived}`" if one.derived else ""
        yield f"| `{one.fact}`{by} | {one.low:,.9g} | {one.high:,.9g} | {one.unit} |"
