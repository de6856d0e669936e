"""The preset of what must be earned: running cost, layers of margin, growth. The asker's own numbers replace some."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.gap.preset import GapPreset, gap_preset
from overbuild.errors import CaseError, raise_all
from overbuild.world.bands import Band, outside
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.quantities import WholeYears
from overbuild.world.record import read_sound
from overbuild.world.sourced import Sourced, SourcedPerYear, SourcedShare, assumption
from overbuild.world.tree import Entry, read_case_file


class MarginLayer(NamedTuple):
    """Who stands between the owner and the end user, and the share of revenue it keeps."""

    name: str
    gross_margin: SourcedShare


class NeedPreset(NamedTuple):
    """What `need` assumes beside the gap's preset: doors, vintages, hurdle, lives and shares are that one's."""

    layers: tuple[MarginLayer, ...]
    growth_per_year: SourcedPerYear
    contribution_margin: SourcedShare
    sustain_share: SourcedShare
    guidance_correlation: SourcedShare
    chip_share_of_cost: SourcedShare
    end_user_gross_margin: SourcedShare
    horizon_years: WholeYears


class NeedPresets(NamedTuple):
    """The two presets that `need` rests on."""

    gap: GapPreset
    need: NeedPreset


class OwnAssumptions(NamedTuple):
    """What the asker sets in the place of a preset's assumption; None leaves it."""

    hurdle: float | None = None
    life: float | None = None
    margins: tuple[float, ...] | None = None
    price_decline: float | None = None
    growth: float | None = None


_BY_NAME = (
    "growth_per_year",
    "contribution_margin",
    "sustain_share",
    "guidance_correlation",
    "chip_share_of_cost",
    "end_user_gross_margin",
)


@functools.cache
def need_preset() -> NeedPreset:
    """The preset that ships."""
    return read_need_preset(read_case_file(Path(f"{PREFIX}need"), SINGLE))


def read_need_preset(tree: Entry) -> NeedPreset:
    """A preset from its tree. Raises every fault at once, located, as CaseError or InputErrors.

    Beside the faults of form: `share_out_of_range` for a gross margin outside 0..1, `bad_period` for a horizon under
    one year.
    """
    return read_sound(tree, NeedPreset, _faults)


def assumptions_of_need(preset: NeedPreset) -> dict[str, Sourced]:
    """What the preset assumes, by id: margins of the layers, then the rest in order."""
    margins = {f"margin.{layer.name}": layer.gross_margin for layer in preset.layers}
    return margins | {name: getattr(preset, name) for name in _BY_NAME}


def with_need_assumption(preset: NeedPreset, assumption: str, value: float) -> NeedPreset:
    """The preset with one of its assumptions, named by its id, at another value.

    >>> with_need_assumption(need_preset(), "growth_per_year", 0.5).growth_per_year.value
    0.5
    """
    kind, _, name = assumption.partition(".")
    if kind != "margin":
        return preset._replace(**{assumption: getattr(preset, assumption)._replace(value=value)})
    layers = (
        layer._replace(gross_margin=layer.gross_margin._replace(value=value)) if layer.name == name else layer
        for layer in preset.layers
    )
    return preset._replace(layers=tuple(layers))


def presets_with(own: OwnAssumptions) -> NeedPresets:
    """The presets with the asker's numbers in them.

    Raises InputError for each that is not finite, cannot be, or lies outside its plausible band, all at once.
    """
    _check_given(own)
    gap, need = gap_preset(), need_preset()
    chips = gap.asset_classes[-1]
    chips = chips._replace(
        life_years=_replaced(chips.life_years, own.life),
        price_decline_per_year=_replaced(chips.price_decline_per_year, own.price_decline),
    )
    gap = gap._replace(
        hurdle_per_year=_replaced(gap.hurdle_per_year, own.hurdle),
        asset_classes=(*gap.asset_classes[:-1], chips),
    )
    need = need._replace(growth_per_year=_replaced(need.growth_per_year, own.growth))
    if own.margins is not None:
        layers = (
            MarginLayer(f"layer_{place}", _given(margin, "decimal"))
            for place, margin in enumerate(own.margins, start=1)
        )
        need = need._replace(layers=tuple(layers))
    return NeedPresets(gap, need)


_BANDS = {
    "hurdle": Band("a return asked after tax", "decimal per year", 0.0, 0.5, (-1.0, math.inf), "hurdle_le_minus1"),
    "life": Band("the life of chips and servers", "years", 1.0, 15.0, (0.0, math.inf), "life_nonpositive"),
    "price_decline": Band("a price decline", "decimal per year", -0.2, 0.9, (-1.0, 1.0), "share_out_of_range"),
    "growth": Band("the growth of AI revenue", "decimal per year", -0.5, 3.0, (-1.0, math.inf), "share_out_of_range"),
}
_MARGIN = Band("a gross margin", "share", 0.0, 0.95, (0.0, 1.0), "share_out_of_range")


def _check_given(own: OwnAssumptions) -> None:
    """Raise every fault of the asker's numbers at once: those that cannot be, and those that look like a slip."""
    given = [(name, _BANDS[name], getattr(own, name)) for name in _BANDS if getattr(own, name) is not None]
    given += [(f"margins[{place}]", _MARGIN, margin) for place, margin in enumerate(own.margins or (), start=1)]
    raise_all([fault for name, band, number in given if (fault := outside(band, name, number)) is not None])


def _given(value: float, unit: str) -> Sourced:
    return assumption(value, unit, author="asker", reason="Given for this answer.")


def _replaced(assumed: Sourced, value: float | None) -> Sourced:
    return assumed if value is None else _given(value, assumed.unit)


def _faults(preset: NeedPreset) -> Iterator[CaseError]:
    for layer in preset.layers:
        margin = layer.gross_margin.value
        if not 0.0 <= margin < 1.0:
            path = f"layers.{layer.name}.gross_margin"
            yield CaseError("share_out_of_range", path, margin, "a gross margin lies in 0..1, 1 excluded")
    if preset.horizon_years < 1:
        yield CaseError("bad_period", "horizon_years", preset.horizon_years, "the horizon is at least one year")
