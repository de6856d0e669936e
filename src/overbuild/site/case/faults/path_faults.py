"""Faults of the paths of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from overbuild.errors import CaseError
from overbuild.site.case.plan import START, OfftakeContract, Path
from overbuild.world.fields import Field, fields_of


def path_faults(record: object, path: str = "", *, in_contract: bool = False) -> Iterator[CaseError]:
    """Paths in a record, and in the records in it, that have no value in some period.

    >>> from overbuild.site.case.plan import SpotMarket
    >>> market = SpotMarket(Path("growing", 2.5, growth_per_year=-1.0), Path("by_year"))
    >>> [f"{fault.path} {fault.code}" for fault in path_faults(market)]
    ['price.growth_per_year bad_path', 'utilisation.by_year bad_path']
    """
    in_contract = in_contract or isinstance(record, OfftakeContract)
    for name, field in _with_paths(type(record)):
        value, where = getattr(record, name), f"{path}.{name}" if path else name
        if isinstance(value, Path):
            yield from _faults_of_one(value, where, in_contract=in_contract)
            continue
        entries: tuple[Any, ...] = value if field.many else () if value is None else (value,)
        for place, one in enumerate(entries, start=1):
            at = f"{where}.{getattr(one, 'name', place)}" if field.many else where
            yield from path_faults(one, at, in_contract=in_contract)


@cache
def _with_paths(record: Any) -> tuple[tuple[str, Field], ...]:
    """The fields that are paths, or records in which a path may be."""
    return tuple(
        (name, field)
        for name, field in fields_of(record).items()
        if field.kind is Path or (field.is_record and _with_paths(field.kind))
    )


def _faults_of_one(path: Path, where: str, *, in_contract: bool) -> Iterator[CaseError]:
    if path.kind == "growing" and path.growth_per_year <= -1.0:
        hint = "growth a year is above -1 (-0.05 falls by 5% a year)"
        yield CaseError("bad_path", f"{where}.growth_per_year", path.growth_per_year, hint)
    if path.kind == "growing" and (path.since < START or (path.since == START and not in_contract)):
        hint = "growth counts from a period, 1 or later; the paths of a contract also from its start"
        yield CaseError("bad_path", f"{where}.since", path.since, hint)
    for name in ("by_year", "by_period"):
        if path.kind == name and not getattr(path, name):
            yield CaseError("bad_path", f"{where}.{name}", None, "a list has one number or more")
