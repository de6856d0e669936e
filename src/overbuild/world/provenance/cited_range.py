"""A cited figure with its range, in the unit of the value that cites it, and in words."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.facts.cited_fields import CitedField
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import PURE, Measure, measure_of


class CitedRange(NamedTuple):
    """A cited figure and the ends of its range, in the unit of the value that cites it; all one where it has none."""

    middle: float
    low: float
    high: float


def range_in(cited: CitedField, wanted: Measure, known: KnownFigures) -> CitedRange | None:
    """The cited figure and the ends of its range in the unit that is wanted; None for another kind of thing.

    GPUs a MW and MW a GPU say the same, turned over.
    """
    measure = measure_of(cited.unit, known.units)
    if measure is None or cited.number is None:
        return None
    ends = [cited.number, *(cited.number if end is None else end for end in (cited.low, cited.high))]
    if measure.dimensions == wanted.dimensions:
        middle, low, high = (end * measure.factor / wanted.factor for end in ends)
    elif measure.dimensions and PURE.times(measure, -1).dimensions == wanted.dimensions and all(ends):
        middle, high, low = (1.0 / (end * measure.factor) / wanted.factor for end in ends)
    else:
        return None
    return CitedRange(middle, low, high)


def said_in(cited: CitedField, figures: CitedRange, unit: str) -> str:
    """What a fact prints, and what that is in a unit."""
    middle, low, high = (f"{one:.6g}" for one in figures)
    ends = "" if low == high else f" ({low} to {high})"
    printed, meant = as_printed(cited), f"{middle}{ends} {unit}".rstrip()
    return f"{cited.key} prints {printed}" + ("" if meant == printed else f", which is {meant}")


def as_printed(cited: CitedField) -> str:
    """A cited figure with its unit, or the words, as the source prints them."""
    return f"{_short(cited.printed or cited.text)} {cited.printed_unit}".removesuffix(" text").strip()


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
