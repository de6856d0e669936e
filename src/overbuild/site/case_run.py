"""A site's case read, shocked, sized and run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.equations.reported import Values
from overbuild.errors import OverbuildError
from overbuild.site.case.read import SiteCase, read_site_case
from overbuild.site.run import SiteRun, run_site
from overbuild.site.sizing.sizing import Sizing, size
from overbuild.timeline.calendar import Calendar, parsed
from overbuild.world.drivers.paths.world import World
from overbuild.world.overlay import Overlay, leaves, overlay_of
from overbuild.world.tree import read_case_file


class CaseRun(NamedTuple):
    """A site as run: the case it was sized on, the case it ran on, and the run; what was edited and what was shocked.

    `world` is that of a scenario in which what is uncertain moves; None for the case as it stands.
    """

    sized: SiteCase
    shocked: SiteCase
    sizing: Sizing
    run: SiteRun
    calendar: Calendar
    shocks: tuple[Overlay, ...]
    edits: tuple[Overlay, ...] = ()
    world: World | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Calendar names of all places, close first."""
        return self.calendar.labels()

    @property
    def results(self) -> Values:
        """Every reported result by its id, periods by their calendar names, and why those that do not exist are None."""
        return self.run.values(self.calendar.label)


def run_case(
    file: Path, sets: Sequence[str] = (), shocks: Sequence[str] = (), *, workspace: Path | str | None = None
) -> CaseRun:
    """Read, size and run; `workspace` holds facts of one's own that the case may cite.

    Raises CaseError for every fault of the files, InputError and WithheldError as `size` and `run_site`.
    """
    edits = [overlay_of(text) for text in sets]
    departures: tuple[Overlay, ...] = tuple(departure for text in shocks for departure in _departures(text))
    sized = read_site_case(file, edits, workspace)
    shocked = read_site_case(file, [*edits, *departures], workspace) if departures else sized
    try:
        sizing = size(sized.plan)
        run = run_site(shocked.plan, sizing)
    except OverbuildError as error:
        raise sized.locate(error) from None
    horizon = shocked.plan.horizon
    first = parsed(sized.close, horizon.periods_per_year)
    calendar = Calendar(horizon.periods_per_year, first, 1 + horizon.periods)
    return CaseRun(sized, shocked, sizing, run, calendar, departures, tuple(edits))


def _departures(text: str) -> list[Overlay]:
    """A shock as written: `path=value`, or a file whose entries replace those of the case."""
    if "=" in text and not Path(text).exists():
        return [overlay_of(text)]
    return [leaf for leaf in leaves(read_case_file(Path(text))) if leaf.path != "name"]
