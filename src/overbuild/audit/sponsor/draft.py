"""A case drafted from a sponsor's model: a preset with the numbers of the model in it, and both tied out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from overbuild.audit.sponsor.mapping import TIED, ModelMap, mapped
from overbuild.audit.sponsor.model_cells import read_model
from overbuild.audit.sponsor.recognise import NotTaken, Recognised, TakenInput, recognised
from overbuild.site.case_run import CaseRun
from overbuild.world.overlay import assigned
from overbuild.world.presets import PREFIX
from overbuild.world.tree import Entry, read_case_file
from overbuild.world.worksheet.grow import steps_of
from overbuild.world.worksheet.rows import rows_of

BASE = "single-loan-80-20"
"""The preset that holds what a model does not say: one hall, one contract, one loan."""

AUTHOR = "sponsor"


class Drafted(NamedTuple):
    """A case drafted from a model: its tree, what was taken and left, and which inputs stay those of the preset."""

    tree: Entry
    found: Recognised
    kept: tuple[str, ...]


class Tied(NamedTuple):
    """A year of a row: what the sponsor's model says and what the case comes to, in USD; None where one has no such year."""

    row: str
    year: int
    sponsor: float | None
    case: float | None

    @property
    def difference(self) -> float | None:
        """The case less the sponsor's model."""
        return None if self.sponsor is None or self.case is None else self.case - self.sponsor


def drafted(model: Path, name: str, base: str = BASE, chosen: ModelMap | None = None) -> Drafted:
    """The case of a preset with what a model says in words of the list, and in cells of a map.

    A number that is taken says from which cell, and that it is the sponsor's. Raises CaseError for the model, the map and
    the preset.
    """
    tree = read_case_file(Path(f"{PREFIX}{base}"))
    periods = _periods_per_year(tree)
    sheets = read_model(model)
    found = recognised(sheets, periods)
    if chosen is not None:
        found = mapped(found, chosen, sheets)
    tree = tree._replace(value={**(tree.block or {}), "name": Entry(name, str(model), 1, 1, name)})
    paths = {".".join(step.name for step in steps_of(row.path)) for row in rows_of(tree)}
    taken: list[TakenInput] = []
    left = list(found.left)
    for one in found.inputs:
        if one.input not in paths:
            left.append(NotTaken(one.cell, one.label, str(one.read), f"preset:{base} has no {one.input}"))
            continue
        tree = assigned(tree, one.input, _entry(one, model.name))
        taken.append(one)
    for one in ("published", "drivers"):
        tree = tree._replace(value={key: entry for key, entry in (tree.block or {}).items() if key != one})
    own = {one.input for one in taken} | {"name"}
    kept = tuple(sorted(path for path in paths - own if path.partition(".")[0] not in ("published", "drivers")))
    return Drafted(tree, found._replace(inputs=tuple(taken), left=tuple(left)), kept)


def _periods_per_year(tree: Entry) -> int:
    block = tree.block or {}
    within = block.get("site", block.get("horizon", tree)).block or {}
    count = within["periods_per_year"]
    number = (count.block or {}).get("value", count).value
    return number if isinstance(number, int) else 1


def _entry(one: TakenInput, model: str) -> Entry:
    """A number of the model as a case says it: with its cell, as the sponsor's assumption."""
    value = one.value
    place = Entry(None, model, 1, 1)

    def said(text: str) -> Entry:
        return place._replace(value=text, text=text)

    if isinstance(value, str):
        return said(value)
    times = "" if one.times == 1.0 else f", times {one.times:g}"
    reason = f"{model}, {one.cell}: {one.label}, {one.said}{times}."
    number = place._replace(value=value, text=repr(value))
    return place._replace(value={"value": number, "reason": said(reason), "author": said(AUTHOR)})


def tied_out(found: Recognised, case: CaseRun) -> tuple[Tied, ...]:
    """The rows of the model beside those of the case, by calendar year."""
    ours: dict[tuple[str, int], float] = {}
    for place in range(1, case.run.last + 1):
        year = int(case.calendar.label(place)[:4])
        for row in TIED:
            ours[row, year] = ours.get((row, year), 0.0) + case.run.lines[row][place]
    tied: list[Tied] = []
    for one in found.rows:
        years = {year for row, year in ours if row == one.row} | set(one.by_year)
        tied += [Tied(one.row, year, one.by_year.get(year), ours.get((one.row, year))) for year in sorted(years)]
    return tuple(tied)
