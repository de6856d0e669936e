"""Where the terms and series of a site's run stand in its case: which input each of them is a plain copy of."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

from overbuild.equations import flatten, rebuild
from overbuild.equations.cells import Ref
from overbuild.errors import OverbuildError
from overbuild.site.case import Amounts, shape_of, terms_of
from overbuild.site.inputs import build_inputs, operating_inputs
from overbuild.site.plan import SitePlan
from overbuild.site.sizing import Sizing


class Series(NamedTuple):
    """Terms and series of a run as leaves by path; series of construction and of operation apart."""

    shape: Any
    terms: dict[str, Any]
    building: dict[str, list[float]]
    operating: dict[str, list[float]]


class Copies(NamedTuple):
    """Terms that are copies of an input or of the sizing, and entries of series that are (None where one is not)."""

    terms: dict[str, Ref]
    building: dict[str, list[Ref | None]]
    operating: dict[str, list[Ref | None]]

    @property
    def rows(self) -> set[str]:
        """Ids of the inputs that something is a copy of."""
        columns = (*self.building.values(), *self.operating.values())
        entries = (ref for column in columns for ref in column if ref is not None)
        return {ref.row for ref in (*self.terms.values(), *entries)}


def series_of(plan: SitePlan, sizing: Sizing) -> Series:
    """Everything that a run of the plan on a sizing is given."""
    return Series(
        shape_of(plan),
        flatten(sizing.terms(plan), "terms"),
        flatten(build_inputs(plan), "inputs"),
        flatten(sizing.inputs(plan), "inputs"),
    )


def row_of_leaf(path: str, single: set[str]) -> str:
    """Id of the input that a leaf of the plan stands in: one row for a number, one for each entry of a series.

    Entries are counted from 1; a series that the case writes as one number (its path is in `single`) is one row.

    >>> row_of_leaf("site.pue", set()), row_of_leaf("components.it.spend.0", set())
    ('site.pue', 'components.it.spend.1')
    >>> row_of_leaf("market.utilisation.7", {"market.utilisation"})
    'market.utilisation'
    """
    block, _, last = path.rpartition(".")
    if not last.isdigit():
        return path
    return block if block in single else f"{block}.{int(last) + 1}"


def copies(plan: SitePlan, sizing: Sizing, single: set[str]) -> Copies:
    """Find them: a plan in which every number differs is turned into terms and series, and its numbers are sought.

    So nothing is listed by hand, and an input that takes part in any arithmetic before the run is no copy. What is
    found must hold on the plan itself too: a life shorter than a period, say, is its own share of that period.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.site.sizing import size
    >>> copies(PLAN, size(PLAN), set()).terms["terms.power.price_per_mwh"].row
    'power.price_per_mwh'
    """
    supply = (0.5 + 0.4 * ((0.6180339887498949 * place) % 1.0) for place in itertools.count(1))
    leaves = flatten(plan)
    distinct = {path: next(supply) if type(value) is float else value for path, value in leaves.items()}
    refs = {number: Ref(row_of_leaf(path, single)) for path, number in distinct.items() if type(number) is float}
    other, first = rebuild(plan, distinct.values()), plan.site.construction_periods + plan.site.delay_periods + 1
    amounts: dict[str, Amounts] = {}
    principals: dict[str, list[float]] = {}
    for name in sizing.amounts:
        amounts[name] = Amounts(next(supply), next(supply))
        refs[amounts[name].amount] = Ref(f"sizing.{name}.amount")
        refs[amounts[name].draw_share] = Ref(f"sizing.{name}.draw_share")
    for loan in plan.loans:
        principals[loan.name] = [next(supply) for _ in range(loan.tenor)]
        for place, number in enumerate(principals[loan.name]):
            refs[number] = Ref(f"sizing.{loan.name}.principal", first=first + place)
    reserve = next(supply)
    refs[reserve] = Ref("sizing.initial_dsra")
    terms = flatten(terms_of(other, amounts, reserve), "terms")
    found = {path: refs[number] for path, number in terms.items() if number in refs}
    for path, number in terms.items():
        plain = path.removeprefix("terms.")
        if path not in found and plain in leaves and float(leaves[plain]) == number:
            found[path] = Ref(plain)
    operating = flatten(operating_inputs(other, dict(principals), ()), "inputs")
    base, own = series_of(plan, sizing), _own(leaves, single)
    building = _sought(flatten(build_inputs(other), "inputs"), refs)
    return Copies(found, _held(building, base.building, own), _held(_sought(operating, refs), base.operating, own))


def _sought(columns: dict[str, Any], refs: dict[float, Ref]) -> dict[str, list[Ref | None]]:
    return {path: [refs.get(number) for number in column] for path, column in columns.items()}


def _own(leaves: dict[str, Any], single: set[str]) -> dict[str, Any]:
    """The plan's own numbers by the id of their input."""
    return {row_of_leaf(path, single): value for path, value in leaves.items()}


def _held(
    found: dict[str, list[Ref | None]], base: dict[str, list[float]], own: dict[str, Any]
) -> dict[str, list[Ref | None]]:
    """The copies that are copies on the plan itself: the entry is the input's own number."""
    return {
        path: [
            ref if ref is None or own.get(ref.row, number) == number else None
            for ref, number in zip(refs, base[path], strict=True)
        ]
        for path, refs in found.items()
    }


def followed(plan: SitePlan, sizing: Sizing, single: set[str], found: Copies) -> set[str]:
    """Inputs whose change a book follows through its copies exactly as a run on the same sizing would.

    Each number is moved a little and the run's terms and series are made anew: what changes must be the copies, all
    of them and nothing else.
    """
    base, leaves = series_of(plan, sizing), flatten(plan)
    rows: dict[str, list[str]] = {}
    for path in leaves:
        rows.setdefault(row_of_leaf(path, single), []).append(path)
    return {
        row
        for row in rows.keys() & found.rows
        if all(type(leaves[path]) in (float, int) for path in rows[row])
        and _follows(plan, sizing, (row, rows[row]), (base, found))
    }


def _follows(plan: SitePlan, sizing: Sizing, at: tuple[str, list[str]], known: tuple[Series, Copies]) -> bool:
    (row, paths), (base, found) = at, known
    leaves = flatten(plan)
    moved = leaves[paths[0]] + 1 if type(leaves[paths[0]]) is int else leaves[paths[0]] * 1.01 + 0.001
    try:
        now = series_of(rebuild(plan, (leaves | dict.fromkeys(paths, moved)).values()), sizing)
    except OverbuildError:
        return False
    if now.shape != base.shape:
        return False
    for path, value in base.terms.items():
        here = path in found.terms and found.terms[path].row == row
        if now.terms[path] != (float(moved) if here else value):
            return False
    sides = ((base.building, now.building, found.building), (base.operating, now.operating, found.operating))
    return all(_same(was[path], then[path], (refs[path], row, moved)) for was, then, refs in sides for path in was)


def _same(was: list[float], now: list[float], copied: tuple[list[Ref | None], str, float]) -> bool:
    refs, row, moved = copied
    if len(was) != len(now):
        return False
    entries = zip(was, now, refs, strict=True)
    return all(then == (moved if ref is not None and ref.row == row else before) for before, then, ref in entries)
