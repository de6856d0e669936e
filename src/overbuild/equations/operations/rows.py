"""Values of the operations on whole rows of periods, on floats and on NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast


def stacked(np: Any, row: Any) -> Any:
    """A row as an array (period, scenario); entries that are the same in all scenarios may be plain numbers."""
    if not isinstance(row, list | tuple):
        return np.asarray(row)
    entries = list(cast("Sequence[Any]", row))
    sizes = {len(entry) for entry in entries if np.ndim(entry)}
    if not sizes:
        return np.array(entries)
    stacked = np.empty((len(entries), sizes.pop()))
    for place, entry in enumerate(entries):
        stacked[place] = entry
    return stacked


def aligned(np: Any, a: Any, b: Any) -> Any:
    """Two rows as arrays of one shape: one that is the same in all scenarios is spread over them."""
    a, b = stacked(np, a), stacked(np, b)
    if a.ndim != b.ndim:
        a, b = (a[:, None], b) if a.ndim < b.ndim else (a, b[:, None])
    return np.broadcast_arrays(a, b)


def along(np: Any, number: Any, row: Any) -> Any:
    """A number of each scenario and a row, as arrays that meet scenario by scenario."""
    number, row = np.asarray(number), stacked(np, row)
    return number, row[:, None] if number.ndim and row.ndim == 1 else row


def spread_arrays(np: Any, number: Any, row: Any) -> Any:
    """A number of each scenario at every place of a row."""
    number, row = along(np, number, row)
    return np.broadcast_to(number, np.broadcast_shapes(number.shape, row.shape))


def least(values: Any, flags: Any) -> float:
    """Least entry whose flag is above 0; 0 where there is none."""
    chosen = [value for value, flag in zip(values, flags, strict=True) if flag > 0.0]
    return min(chosen) if chosen else 0.0


def least_arrays(np: Any, values: Any, flags: Any) -> Any:
    """The same on arrays."""
    values, flags = aligned(np, values, flags)
    lowest = np.min(np.where(flags > 0.0, values, np.inf), axis=0)
    return np.where(np.any(flags > 0.0, axis=0), lowest, 0.0)


def first(flags: Any) -> float:
    """First place from 1 whose flag is above 0; 0 where there is none."""
    return next((float(place) for place, flag in enumerate(flags, 1) if flag > 0.0), 0.0)


def first_arrays(np: Any, flags: Any) -> Any:
    """The same on arrays."""
    hit = stacked(np, flags) > 0.0
    return np.where(np.any(hit, axis=0), np.argmax(hit, axis=0) + 1.0, 0.0)


def least_places(values: Any, flags: Any) -> list[float]:
    """1 at the place of the least entry, shared where several are."""
    lowest = least(values, flags)
    hits = [1.0 if flag > 0.0 and value <= lowest else 0.0 for value, flag in zip(values, flags, strict=True)]
    count = sum(hits) or 1.0
    return [hit / count for hit in hits]


def least_places_arrays(np: Any, values: Any, flags: Any) -> Any:
    """The same on arrays."""
    lowest = least_arrays(np, values, flags)
    values, flags = aligned(np, values, flags)
    hits = np.where((flags > 0.0) & (values <= lowest), 1.0, 0.0)
    return hits / np.maximum(np.sum(hits, axis=0), 1.0)
