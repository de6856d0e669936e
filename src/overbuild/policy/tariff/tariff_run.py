"""The case of a large load read and run: as planned and as it may go otherwise, and which of its inputs decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.deal_run import DealRun, run_deal
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.policy.tariff.stories import Story, stories_of
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.provenance.input_ends import InputEnds, input_ends


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
    def deciding(self) -> tuple[InputEnds, ...]:
        """Every input that says a low and a high end, the one that moves others most first."""
        found = input_ends(self.case, lambda plan: run_deal(plan).others)
        return tuple(one for one in found if not _is_part(one.input.path))


def _is_part(name: str) -> bool:
    """Whether an input is a share of a whole or a count, which moves nobody's total."""
    return name.startswith("allocation.classes")


def run_tariff(file: Path, sets: Sequence[str] = (), *, workspace: Path | str | None = None) -> TariffRun:
    """Read and run the case of a large load. Raises CaseError for every fault of the file, located."""
    edits = [overlay_of(text) for text in sets]
    return TariffRun(read_case(file, TARIFFS, edits, workspace), tuple(edits))
