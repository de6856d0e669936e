"""The presets of `need` and `claims`: layers, growth, and what a published analysis says about capex."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from overbuild.world.gap_preset import Assumed, Subject, assumed, subject


class NeedPreset(NamedTuple):
    """What `need` assumes beside the gap's preset."""

    opex: Subject
    earned: Subject
    layers: tuple[tuple[str, Assumed], ...]
    growth_per_year: Assumed
    contribution_margin: Assumed
    sustain_share: Assumed
    guidance_correlation: Assumed
    chip_share_of_cost: Assumed
    end_user_gross_margin: Assumed
    horizon_years: int


class ClaimedCapex(NamedTuple):
    """Which of a claim's inputs mean capex (an expression, USD bn), margins of layers, and a life of all assets."""

    capex: str
    margins: tuple[str, ...]
    life_years: str


def _load(name: str) -> Any:
    text = files("overbuild.world").joinpath("presets", name).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@functools.cache
def need_preset() -> NeedPreset:
    """The shipped preset of `need`."""
    block = _load("need.yaml")
    named = {name: assumed(one, str(one["unit"])) for name, one in block["assumptions"].items()}
    return NeedPreset(
        opex=subject(block["opex"]),
        earned=subject(block["earned"]),
        layers=tuple((str(one["name"]), assumed(one, "decimal")) for one in block["layers"]),
        horizon_years=int(block["horizon_years"]),
        **named,
    )


@functools.cache
def claimed_capex() -> dict[str, ClaimedCapex]:
    """What each published analysis says about capex, by id; analyses that say nothing are not in it."""
    return {
        str(name): ClaimedCapex(str(one["capex"]), tuple(one.get("margins", ())), str(one.get("life_years", "")))
        for name, one in _load("claims.yaml").items()
    }
