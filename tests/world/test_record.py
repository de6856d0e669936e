"""Case files as trees: strict scalars, places, overlays."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from overbuild.errors import CaseError
from overbuild.world.overlay import assigned, leaves, overlay_of
from overbuild.world.record import RecordReading, read_record, read_sound
from overbuild.world.schema import schema
from overbuild.world.sourced import SourcedShare
from overbuild.world.tree import read_tree


class Loan(NamedTuple):
    """A loan."""

    name: str
    rate: float
    tenor: int = 5


class Case(NamedTuple):
    """A case."""

    pue: float
    series: tuple[float, ...]
    loans: tuple[Loan, ...] = ()
    limit: float | None = None


TEXT = (
    "pue: {value: 1.2, fact: site_costs.x, low: 1.1, high: 1.3}\nseries: [1, 2.5]\nloans:\n  - {name: a, rate: 0.08}\n"
)


def read(text):
    reading = RecordReading()
    return read_record(read_tree(text, "my.yaml"), Case, reading), reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("1e6", 1e6),
        ("12:30", "12:30"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("'5'", "5"),
        ("", None),
    ],
)
def test_nothing_is_guessed_of_a_scalar(text, value):
    found = read_tree(f"x: {text}", "f").value["x"].value
    assert found == value and type(found) is type(value)


def test_a_record_is_read_with_places_and_origins():
    case, reading = read(TEXT)
    assert case == Case(1.2, (1.0, 2.5), (Loan("a", 0.08, 5),), None)
    assert not reading.faults
    assert reading.inputs["pue"].origin == "fact" and reading.inputs["pue"].low == 1.1
    place = reading.inputs["loans.a.rate"].place
    assert (place.line, place.column) == (4, 21)


def test_an_entry_is_replaced_by_its_path():
    tree = assigned(read_tree(TEXT, "f"), *overlay_of("loans.a.rate=0.09"))
    reading = RecordReading()
    assert read_record(tree, Case, reading).loans[0].rate == 0.09
    with pytest.raises(CaseError, match="no item of this name"):
        assigned(tree, *overlay_of("loans.b.rate=0.09"))
    with pytest.raises(CaseError, match="path=value"):
        overlay_of("loans.a.rate")


def test_a_shock_file_is_a_list_of_paths():
    shock = read_tree("{loans: {a: {rate: 0.1}}, limit: null}", "shock.yaml")
    assert [(path, entry.value) for path, entry in leaves(shock)] == [("loans.a.rate", 0.1), ("limit", None)]


class Assumed(NamedTuple):
    """A case whose number is asked for with its origin."""

    share: SourcedShare


def test_a_field_that_asks_for_it_gets_the_number_with_its_origin():
    reading = RecordReading()
    tree = read_tree("share: {value: 0.4, low: 0.3, high: 0.5, reason: A guess., author: me}", "my.yaml")
    found = read_record(tree, Assumed, reading).share
    assert (found.value, found.unit, found.origin, found.author) == (0.4, "decimal", "assumption", "me")
    assert (found.path, found.place.line, found.place.column) == ("share", 1, 8)
    assert reading.inputs == {"share": found} and not reading.faults


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("share: 0.4", "missing"),
        ("share: {value: 0.4, reason: A guess.}", "missing"),
        ("share: {value: 40, unit: pct, fact: x}", "bad_unit"),
        ("share: {value: 0.4, low: 0.5, high: 0.3, fact: x}", "bad_interval"),
    ],
)
def test_a_number_without_its_origin_or_in_another_unit_is_refused(text, code):
    with pytest.raises(CaseError) as found:
        read_sound(read_tree(text, "my.yaml"), Assumed, lambda found: ())
    assert found.value.code == code and found.value.file == "my.yaml"


def test_the_schema_names_every_field():
    found = schema(Case, "case")
    assert set(found["properties"]) == set(Case._fields)
    assert found["required"] == ["pue", "series"] and found["additionalProperties"] is False
