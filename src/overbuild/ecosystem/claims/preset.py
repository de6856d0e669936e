"""What published analyses say about capex, so that our own model can be asked, and what their inputs measure."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.claims.measures import Measure
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


class InputMeasure(NamedTuple):
    """What one input of an analysis measures; `name` is the id of the analysis and the input: `ANALYSIS.INPUT`."""

    name: str
    measure: Measure


class ClaimsPreset(NamedTuple):
    """What published analyses say about capex, one block an analysis, and what inputs measure, one block an input."""

    claims: tuple[ClaimedCapex, ...]
    measures: tuple[InputMeasure, ...] = ()


@functools.cache
def claims_preset() -> ClaimsPreset:
    """The preset that ships."""
    return read_claims_preset(read_case_file(Path(f"{PREFIX}claims"), SINGLE))


def claimed_capex() -> dict[str, ClaimedCapex]:
    """What each published analysis says about capex, by its id; analyses that say nothing are not in it."""
    return {one.name: one for one in claims_preset().claims}


def declared_measures(claim_id: str) -> dict[str, str]:
    """What the inputs of a published analysis measure, by their names; inputs of which nothing is known are not in it.

    >>> declared_measures("article_2026_hyperscaler_gap")
    {'capex': 'capex', 'revenue': 'owner_revenue'}
    """
    split = [(*one.name.partition("."), one.measure) for one in claims_preset().measures]
    return {name: measure for claim, _, name, measure in split if claim == claim_id}


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
    for declared in preset.measures:
        if not all(declared.name.partition(".")):
            hint = "the id of an analysis and its input are needed: sequoia_2024_600b.nvidia_datacenter_run_rate"
            yield CaseError("bad_value", f"measures.{declared.name}.name", declared.name, hint)
