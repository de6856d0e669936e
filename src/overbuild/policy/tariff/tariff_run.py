"""The case of a large load read and run: as planned and as it may go otherwise, and which of its inputs decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.equations.records import replaced
from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.deal_run import DealRun, run_deal
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.policy.tariff.stories import Story, stories_of
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.sourced import Sourced


class DealInput(NamedTuple):
    """An input with a range, and by how much others are worse off at either end of it, USD of present value."""

    input: Sourced
    unit: str
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the two ends lie apart."""
        return abs(self.at_high - self.at_low)


class StoryRun(NamedTuple):
    """What became of the load, and what that comes to."""

    story: Story
    run: DealRun


class TariffRun:
    """A large load under a tariff as run: its case, its years, and what was changed of the file."""

    def __init__(self, case: CaseRecord[TariffPlan], edits: tuple[Overlay, ...] = ()) -> None:
        self.case, self.edits = case, edits
        self.plan = case.record
        self.run: DealRun = run_deal(self.plan)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: calendar years."""
        return tuple(str(self.plan.starts + place) for place in range(len(self.run.lines["contract_year"])))

    @cached_property
    def stories(self) -> tuple[StoryRun, ...]:
        """What may become of the load, as planned first."""
        return tuple(StoryRun(one, run_deal(one.plan)) for one in stories_of(self.plan))

    @cached_property
    def deciding(self) -> tuple[DealInput, ...]:
        """Every input that says a low and a high end, the one that moves others most first."""
        return tuple(sorted(self._ends(), key=lambda one: one.swing, reverse=True))

    def _ends(self) -> Iterator[DealInput]:
        for name, paths in self.case.paths.items():
            one = self.case.inputs.get(name)
            if one is None or one.low is None or one.high is None or one.low == one.high or _is_part(name):
                continue
            ends = [run_deal(replaced(self.plan, dict.fromkeys(paths, end))).others for end in (one.low, one.high)]
            yield DealInput(one, self.case.unit_of(name), ends[0], ends[1])


def _is_part(name: str) -> bool:
    """Whether an input is a share of a whole or a count, which moves nobody's total."""
    return name.startswith("allocation.classes")


def run_tariff(file: Path, sets: Sequence[str] = (), *, workspace: Path | str | None = None) -> TariffRun:
    """Read and run the case of a large load. Raises CaseError for every fault of the file, located."""
    edits = [overlay_of(text) for text in sets]
    return TariffRun(read_case(file, TARIFFS, edits, workspace), tuple(edits))
