"""A site's case read, shocked, sized and run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.equations.reported import Values
from overbuild.errors import OverbuildError
from overbuild.old_site.case.read import SiteCase, read_site_case
from overbuild.old_site.run import SiteRun, run_checked
from overbuild.old_site.sizing.sizing import Sizing, size_checked
from overbuild.timeline.calendar import Calendar, parsed
from overbuild.world.overlay import leaves, overlay_of
from overbuild.world.tree import Entry, read_case_file


class CaseRun(NamedTuple):
    """A site as run: the case it was sized on, the case it ran on, and the run."""

    sized: SiteCase
    shocked: SiteCase
    sizing: Sizing
    run: SiteRun
    calendar: Calendar
    shocks: tuple[tuple[str, Entry], ...]

    def label(self, operating_period: int) -> str:
        """Calendar name of an operating period, counted from 1."""
        site = self.run.plan.site
        return self.calendar.label(site.construction_periods + site.delay_periods + operating_period)

    @property
    def labels(self) -> tuple[str, ...]:
        """Calendar names of the operating periods, in their order."""
        return tuple(self.label(number) for number in range(1, self.run.plan.site.operating_periods + 1))

    @property
    def results(self) -> Values:
        """Every reported result by its id, periods by their calendar names, and why those that do not exist are None."""
        return self.run.values(self.label)


def run_case(
    file: Path, sets: Sequence[str] = (), shocks: Sequence[str] = (), *, workspace: Path | str | None = None
) -> CaseRun:
    """Read, size and run; `workspace` holds facts of one's own that the case may cite.

    Raises CaseError for every fault of the files, InputError and WithheldError as `size` and `run_site`.
    """
    edits = [overlay_of(text) for text in sets]
    departures = tuple(departure for text in shocks for departure in _departures(text))
    sized = read_site_case(file, edits, workspace)
    shocked = read_site_case(file, [*edits, *departures], workspace) if departures else sized
    try:
        sizing = size_checked(sized.plan)
        run = run_checked(shocked.plan, sizing)
    except OverbuildError as error:
        raise sized.locate(error) from None
    plan = shocked.plan.site
    first = parsed(sized.close, plan.periods_per_year)
    periods = 1 + plan.construction_periods + plan.delay_periods + plan.operating_periods
    return CaseRun(sized, shocked, sizing, run, Calendar(plan.periods_per_year, first, periods), departures)


def _departures(text: str) -> list[tuple[str, Entry]]:
    """A shock as written: `path=value`, or a file whose entries replace those of the case."""
    if "=" in text and not Path(text).exists():
        return [overlay_of(text)]
    return [(path, entry) for path, entry in leaves(read_case_file(Path(text))) if path != "name"]
