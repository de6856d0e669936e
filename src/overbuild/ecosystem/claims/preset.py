"""What a published analysis says about capex, so that our own model can be asked on the same inputs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, ClaimError
from overbuild.world.arithmetic import parse
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.record import read_sound
from overbuild.world.tree import Entry, read_case_file


class ClaimedCapex(NamedTuple):
    """Which of a claim's inputs mean capex (an expression, USD bn), margins of layers, and a life of all assets."""

    name: str
    capex: str
    margins: tuple[str, ...] = ()
    life_years: str = ""


class ClaimsPreset(NamedTuple):
    """What published analyses say about capex, one block an analysis."""

    claims: tuple[ClaimedCapex, ...]


@functools.cache
def claimed_capex() -> dict[str, ClaimedCapex]:
    """What each published analysis says about capex, by its id; analyses that say nothing are not in it."""
    preset = read_claims_preset(read_case_file(Path(f"{PREFIX}claims"), SINGLE))
    return {one.name: one for one in preset.claims}


def read_claims_preset(tree: Entry) -> ClaimsPreset:
    """A preset from its tree. Raises every fault at once, located, as CaseError or InputErrors.

    Beside the faults of form: the codes of the arithmetic for a capex that is none.
    """
    return read_sound(tree, ClaimsPreset, _faults)


def _faults(preset: ClaimsPreset) -> Iterator[CaseError]:
    for one in preset.claims:
        try:
            parse(one.capex)
        except ClaimError as error:
            yield CaseError(error.code, f"claims.{one.name}.capex", one.capex[:80], error.hint)
