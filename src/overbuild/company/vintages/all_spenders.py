"""The chips of every spender side by side, and those of whom too little is known."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from overbuild.company.preset import companies_preset
from overbuild.company.vintages.drafted_case import DRAFTED
from overbuild.company.vintages.spender_run import SpenderRun, read_spender
from overbuild.errors import FactError


class NamedSpender(NamedTuple):
    """A spender with its run."""

    ticker: str
    name: str
    run: SpenderRun


class AllSpenders(NamedTuple):
    """Spenders whose chips are known by vintage, and the names of the others with what is missing."""

    spenders: tuple[NamedSpender, ...]
    left_out: tuple[str, ...]

    def write_down(self, end: str) -> float:
        """All write-downs of all spenders at an end, USD."""
        return sum(one.run.ends[end].write_down for one in self.spenders)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year in which some spender writes down at an end, in order."""
        found = {
            year
            for one in self.spenders
            for run in one.run.ends.values()
            for year in run.years
            if run.written_down_in(year) > 0.0
        }
        return tuple(sorted(found))


def all_spenders(
    sets: tuple[str, ...] = (),
    *,
    life: float | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> AllSpenders:
    """The spenders of the build-out, each on its own filings and the same units. Raises CaseError for what `sets` get wrong."""
    preset = companies_preset()
    found: list[NamedSpender] = []
    left_out: list[str] = []
    for ticker in preset.spenders:
        try:
            run = read_spender(
                Path(f"{DRAFTED}{ticker}"), sets, life=life, as_of=as_of, workspace=workspace, other_generations=True
            )
        except FactError as error:
            left_out.append(f"{preset.name_of(ticker)}: {error.hint.partition(';')[0]}")
            continue
        found.append(NamedSpender(ticker, preset.name_of(ticker), run))
    return AllSpenders(tuple(found), tuple(left_out))
