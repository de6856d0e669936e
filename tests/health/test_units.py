"""Every number says its unit by its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

import pytest

from overbuild import units
from overbuild.ecosystem.claims.preset import ClaimsPreset
from overbuild.ecosystem.gap.preset import GapPreset
from overbuild.ecosystem.need.preset import NeedPreset
from overbuild.site.case.file_form.form_read import SiteHeader
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.world import quantities
from overbuild.world.fields import fields_of
from overbuild.world.sourced import Sourced

OF_A_FILE = (SitePlan, SiteHeader, ShortPlan, SitePlan, SiteHeader, GapPreset, NeedPreset, ClaimsPreset)
"""The records that files are read into."""


def bare_numbers(record: type, path: str) -> Iterator[str]:
    """Fields of a record, and of those in it, that are numbers without a unit."""
    for name, field in fields_of(record).items():
        if field.kind in (int, float, Sourced) and not field.unit:
            yield f"{path}.{name}"
        elif field.is_record and field.kind is not Sourced:
            yield from bare_numbers(field.kind, f"{path}.{name}")


@pytest.mark.parametrize("record", OF_A_FILE)
def test_every_number_of_a_file_says_its_unit(record):
    assert list(bare_numbers(record, record.__name__)) == []


class Bare(NamedTuple):
    """A record with a number that says nothing."""

    name: str
    tenor: int
    shares: tuple[float, ...]
    power: quantities.Mw


def test_a_number_without_a_unit_is_caught():
    assert list(bare_numbers(Bare, "Bare")) == ["Bare.tenor", "Bare.shares"]


def test_a_word_for_a_quantity_means_the_same_in_a_file_and_in_a_formula():
    both = {name for name in vars(quantities) if name[0].isupper()} & set(vars(units)) - {"Annotated", "TypeAlias"}
    assert len(both) > 10
    for name in both:
        in_file, in_formula = getattr(quantities, name), getattr(units, name)
        assert get_args(in_file)[1] == get_args(in_formula)[1], name
