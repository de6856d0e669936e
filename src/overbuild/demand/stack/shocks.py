"""A shock to a layer as one types it: `cloud_price=+30%`, `energy_cost=+0.5`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.errors import CaseError, did_you_mean
from overbuild.world.overlay import Overlay, overlay_of


class StackEdits(NamedTuple):
    """What is asked of a stack's case: entries to replace (`path=value`), and shocks (`cloud_price=+30%`)."""

    sets: tuple[str, ...]
    shocks: tuple[str, ...]


_SHOCK = re.compile(
    r"\s*(?P<layer>.+)_(?P<kind>cost|price)\s*=\s*(?P<amount>[+-]?\d+(?:\.\d+)?)(?P<percent>\s*%)?\s*\Z"
)

_LARGEST = 9.0


def stack_edits(texts: Sequence[str]) -> StackEdits:
    """Entries to replace and shocks told apart: the path of an entry has steps, a shock has none.

    >>> stack_edits(["integration.assets=3e9", "cloud_price=+30%"])
    StackEdits(sets=('integration.assets=3e9',), shocks=('cloud_price=+30%',))
    """
    sets = tuple(text for text in texts if "." in text.partition("=")[0])
    return StackEdits(sets, tuple(text for text in texts if text not in sets))


def shocks_of(texts: Sequence[str], layers: Sequence[str]) -> list[Overlay]:
    """The entries of a case that shocks replace. Raises CaseError as `shock_of`, `duplicate` for one given twice."""
    found = [shock_of(text, layers) for text in texts]
    paths = [one.path for one in found]
    for text, path in zip(texts, paths, strict=True):
        if paths.count(path) > 1:
            hint = f"{text.partition('=')[0].strip()} is shocked twice; give one change"
            raise CaseError("duplicate", "shock", text, hint)
    return found


def shock_of(text: str, layers: Sequence[str]) -> Overlay:
    """The entry of a case that a shock replaces.

    Raises CaseError `syntax` for what is no shock, `unknown_name` for a layer that is not there, `bad_value` for a whole
    number of percent without its sign.

    >>> found = shock_of("cloud_price=+30%", ["energy", "cloud"])
    >>> found.path, found.entry.value
    ('layers.cloud.price_shock', 0.3)
    """
    match = _SHOCK.match(text)
    if match is None:
        hint = f"write LAYER_cost or LAYER_price and a change, such as {layers[-1]}_price=+30% or {layers[0]}_cost=+50%"
        raise CaseError("syntax", "shock", text, hint)
    layer, amount = match["layer"], float(match["amount"])
    if layer not in layers:
        hint = f"no layer of this name.{did_you_mean(layer, layers)} There are {', '.join(layers)}"
        raise CaseError("unknown_name", "shock", text, hint)
    share = amount / 100 if match["percent"] else amount
    if not match["percent"] and abs(share) > _LARGEST:
        hint = f"a change is a share of what was before: +{amount:g} would be {amount:.0%}; did you mean {amount:+g}%?"
        raise CaseError("bad_value", "shock", text, hint)
    return overlay_of(f"layers.{layer}.{match['kind']}_shock={share!r}")
