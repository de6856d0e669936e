"""The preset of the gap table: which figures make a row, and what the annualised version assumes."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from overbuild.errors import CaseError


class Assumed(NamedTuple):
    """A number no source gives, with whose it is, why, and the range one may argue over."""

    value: float
    unit: str
    low: float | None
    high: float | None
    author: str
    reason: str


class Subject(NamedTuple):
    """What a fact is about."""

    entity: str
    metric: str


class Row(NamedTuple):
    """One category of the table; `revenue` is None for a cost without revenue of its own."""

    name: str
    label: str
    spend: Subject
    revenue: Subject | None


class Guidance(NamedTuple):
    """Whose guidance replaces a row's spend, once all of them have given it."""

    row: str
    entities: tuple[str, ...]
    low: str
    high: str


class OtherView(NamedTuple):
    """A figure shown beside the one in force."""

    row: str
    column: str
    subject: Subject
    says: str


class Overlap(NamedTuple):
    """A part of a row that may already be counted in another row; `share` of it is removed for the net total."""

    row: str
    column: str
    included_in: str
    share: float
    reason: str


class AssetPlan(NamedTuple):
    """How one class of asset takes part of the capex, how long it earns, and how it is written off for tax."""

    name: str
    label: str
    share: Assumed
    life_years: Assumed
    residual_share: Assumed
    price_decline_per_year: Assumed
    tax_straight_line_years: int
    tax_reason: str


class GapPreset(NamedTuple):
    """The whole preset."""

    year: int
    rows: tuple[Row, ...]
    printed_total_gap: Subject
    guidance: Guidance
    other_views: tuple[OtherView, ...]
    disclosed_run_rates: Guidance
    actuals: tuple[Subject, ...]
    leases: tuple[Subject, ...]
    lease_group: Subject
    overlaps: tuple[Overlap, ...]
    hurdle_per_year: Assumed
    tax_rate: Assumed
    asset_classes: tuple[AssetPlan, ...]


def subject(block: Mapping[str, Any]) -> Subject:
    """What a block of a preset names as the subject of a fact."""
    return Subject(str(block["entity"]), str(block["metric"]))


def assumed(block: Mapping[str, Any], unit: str) -> Assumed:
    """An assumption from its block. Raises KeyError for a missing value, author or reason."""

    def number(name: str) -> float | None:
        return float(block[name]) if name in block else None

    return Assumed(
        float(block["value"]), unit, number("low"), number("high"), str(block["author"]), str(block["reason"])
    )


def _asset(block: Mapping[str, Any]) -> AssetPlan:
    return AssetPlan(
        name=str(block["name"]),
        label=str(block["label"]),
        share=assumed(block["share"], "decimal"),
        life_years=assumed(block["life_years"], "years"),
        residual_share=assumed(block["residual_share"], "decimal"),
        price_decline_per_year=assumed(block["price_decline_per_year"], "decimal_per_year"),
        tax_straight_line_years=int(block["tax_straight_line_years"]),
        tax_reason=str(block["tax_reason"]),
    )


def _row(block: Mapping[str, Any]) -> Row:
    revenue = block["revenue"]
    return Row(str(block["name"]), str(block["label"]), subject(block["spend"]), subject(revenue) if revenue else None)


def read_gap_preset(text: str, file: str) -> GapPreset:
    """The preset from its YAML text.

    Raises CaseError `missing` for an absent field, `share_out_of_range` where the shares do not sum to 1.
    """
    block: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    try:
        preset = _preset(block)
    except KeyError as error:
        raise CaseError("missing", str(error.args[0]), None, "the gap preset needs this field", file=file) from None
    total = sum(asset.share.value for asset in preset.asset_classes)
    if abs(total - 1.0) > 1e-9:
        raise CaseError("share_out_of_range", "asset_classes.share", total, "shares of capex sum to 1", file=file)
    return preset


def _preset(block: Mapping[str, Any]) -> GapPreset:
    guidance, run_rates, leases = block["guidance"], block["disclosed_run_rates"], block["leases"]
    assumptions = block["assumptions"]
    return GapPreset(
        year=int(block["year"]),
        rows=tuple(_row(row) for row in block["rows"]),
        printed_total_gap=subject(block["printed_total_gap"]),
        guidance=Guidance(
            str(guidance["row"]), tuple(guidance["entities"]), str(guidance["low"]), str(guidance["high"])
        ),
        other_views=tuple(
            OtherView(str(view["row"]), str(view["column"]), subject(view), str(view["says"]))
            for view in block["other_views"]
        ),
        disclosed_run_rates=Guidance(
            str(run_rates["row"]), tuple(run_rates["entities"]), str(run_rates["metric"]), str(run_rates["metric"])
        ),
        actuals=tuple(Subject(name, str(block["actuals"]["metric"])) for name in block["actuals"]["entities"]),
        leases=tuple(Subject(name, str(leases["metric"])) for name in leases["entities"]),
        lease_group=subject(leases["group"]),
        overlaps=tuple(
            Overlap(str(o["row"]), str(o["column"]), str(o["included_in"]), float(o["share"]), str(o["reason"]))
            for o in block["overlaps"]
        ),
        hurdle_per_year=assumed(assumptions["hurdle_per_year"], "decimal_per_year"),
        tax_rate=assumed(assumptions["tax_rate"], "decimal"),
        asset_classes=tuple(_asset(asset) for asset in block["asset_classes"]),
    )


@functools.cache
def gap_preset() -> GapPreset:
    """The shipped preset."""
    resource = files("overbuild.world").joinpath("presets", "gap.yaml")
    return read_gap_preset(resource.read_text("utf-8"), "presets/gap.yaml")
