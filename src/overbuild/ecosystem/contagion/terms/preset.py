"""What the tables leave open and the preset assumes, each with a range; ceilings and totals of holders as facts."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

from overbuild.errors import CaseError
from overbuild.facts.period import is_day
from overbuild.lenders.rounds.bearers import CLASSES
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.record import read_sound
from overbuild.world.sourced import Sourced, SourcedShare
from overbuild.world.tree import Entry, read_case_file

SourcedUsd: TypeAlias = Annotated[Sourced, "USD"]

NAME = "ecosystem-2026"


class Ceiling(NamedTuple):
    """The most that a payer says it will pay under all of its contracts for compute, until a day."""

    payer: str
    total: SourcedUsd
    until: str


class Margin(NamedTuple):
    """The most that a class of holders can have lent."""

    holder: str
    total: SourcedUsd


class EcosystemPreset(NamedTuple):
    """Assumptions of a contagion study, all shares; each has a range over which bounds are taken."""

    as_of: str
    kept: SourcedShare
    estate_share: SourcedShare
    firm_share: SourcedShare
    capital_of_value: SourcedShare
    vehicle_equity: SourcedShare
    capex_cut: SourcedShare
    vendor_share: SourcedShare
    sold_on: SourcedShare
    retention: SourcedShare
    leave_clear: SourcedShare
    leave_presumed: SourcedShare
    ceilings: tuple[Ceiling, ...]
    margins: tuple[Margin, ...]


SHARES = (
    "kept",
    "estate_share",
    "firm_share",
    "capital_of_value",
    "vehicle_equity",
    "capex_cut",
    "vendor_share",
    "sold_on",
    "retention",
    "leave_clear",
    "leave_presumed",
)
"""The assumptions of a preset by name, in order."""

LABELS = {
    "kept": "what suppliers keep of lost revenue",
    "estate_share": "what is left of an estate",
    "firm_share": "how firm unpublished terms are",
    "capital_of_value": "capital as a share of market value",
    "vehicle_equity": "equity of vehicles that publish none",
    "capex_cut": "a loss's cut of next year's capex",
    "vendor_share": "vendors' part of capex",
    "sold_on": "bank loans that were sold on",
    "retention": "customers that stay after a takeover",
    "leave_clear": "takeovers allowed that break no presumption",
    "leave_presumed": "takeovers allowed though presumed harmful",
}
"""What the assumptions are called."""


@functools.cache
def ecosystem_preset() -> EcosystemPreset:
    """The preset that ships."""
    return read_ecosystem_preset(read_case_file(Path(f"{PREFIX}{NAME}"), SINGLE))


def read_ecosystem_preset(tree: Entry) -> EcosystemPreset:
    """A preset from its tree. Raises every fault at once, located, as CaseError or InputErrors."""
    return read_sound(tree, EcosystemPreset, _faults)


def with_share(preset: EcosystemPreset, name: str, value: float) -> EcosystemPreset:
    """The preset with one of its assumptions at another value."""
    return preset._replace(**{name: getattr(preset, name)._replace(value=value)})


def assumptions_of(preset: EcosystemPreset) -> dict[str, Sourced]:
    """The assumptions of a preset by id."""
    return {name: getattr(preset, name) for name in SHARES}


def _faults(preset: EcosystemPreset) -> Iterator[CaseError]:
    for name in SHARES:
        found: Sourced = getattr(preset, name)
        for end in (found.value, found.low, found.high):
            if end is None or not 0 <= end <= 1:
                yield CaseError("share_out_of_range", name, end, "a share from 0 to 1, with a low and a high")
    for path, day in (
        ("as_of", preset.as_of),
        *((f"ceilings.{at}.until", c.until) for at, c in enumerate(preset.ceilings, 1)),
    ):
        if not is_day(day):
            yield CaseError("bad_period", path, day, "a day of the calendar, YYYY-MM-DD")
    for place, one in enumerate(preset.margins, start=1):
        if one.holder not in CLASSES:
            yield CaseError("unknown_name", f"margins.{place}.holder", one.holder, f"one of {', '.join(CLASSES)}")
