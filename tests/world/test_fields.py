"""What a record's type says of its fields, and that the reader and the schema take it from there."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pytest

from overbuild.errors import CaseError
from overbuild.world.fields import Field, fields_of, unit_of_leaf, word_faults
from overbuild.world.quantities import Mw, Periods, Share, UsdStock
from overbuild.world.record import read_sound
from overbuild.world.schema import schema
from overbuild.world.tree import read_tree


class Part(NamedTuple):
    """A part."""

    name: str
    cost: UsdStock
    spend: tuple[Share, ...]
    kept: Literal["sold", "kept"] = "kept"


class Hall(NamedTuple):
    """A hall."""

    it_mw: Mw
    tenor: Periods
    parts: tuple[Part, ...] = ()
    limit: Share | None = None
    leased: bool = False


TEXT = "it_mw: 100\ntenor: 4\nparts: [{name: it, cost: 5, spend: [0.4, 0.6]}]\nlimit: 0.8\n"


def read(text):
    return read_sound(read_tree(text, "hall.yaml"), Hall, lambda found: ())


def test_a_field_has_a_kind_a_unit_and_may_be_many_or_missing():
    fields = fields_of(Hall)
    assert fields["it_mw"] == Field(float, "MW") and fields["tenor"] == Field(int, "periods")
    assert fields["limit"] == Field(float, "share", nullable=True) and fields["parts"] == Field(Part, many=True)
    assert fields_of(Part)["spend"] == Field(float, "share", many=True)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("it_mw", "MW"),
        ("parts.it.cost", "USD"),
        ("parts.it.spend", "share"),
        ("parts.it.spend.2", "share"),
        ("parts.it.name", "word"),
        ("limit", "share"),
        ("leased", "true or false"),
        ("parts.it", ""),
        ("it_mw.value", ""),
        ("height", ""),
    ],
)
def test_the_unit_of_a_leaf_is_found_by_its_path(path, unit):
    assert unit_of_leaf(Hall, path) == unit


def test_a_quantity_is_read_as_a_plain_number():
    assert read(TEXT) == Hall(100.0, 4, (Part("it", 5.0, (0.4, 0.6)),), 0.8)
    assert type(read(TEXT).it_mw) is float and type(read(TEXT).tenor) is int
    assert read(TEXT.replace("limit: 0.8", "limit: null")).limit is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("tenor: 4", "tenor: 4.5"), "tenor: a whole number is needed"),
        (("it_mw: 100", "it_mw: much"), "it_mw: a finite number is needed"),
        (("0.6]", "most]"), "parts.it.spend: a finite number is needed"),
    ],
)
def test_a_quantity_that_is_no_number_is_refused(wrong, said):
    with pytest.raises(CaseError, match=said):
        read(TEXT.replace(*wrong))


def test_the_schema_says_every_unit():
    found = schema(Hall, "hall")["properties"]
    assert found["it_mw"]["description"] == "MW" and found["limit"]["anyOf"][0]["description"] == "share"
    part = found["parts"]["items"]["properties"]
    assert part["spend"]["description"] == "share" and "description" not in part["name"]
    assert part["kept"]["anyOf"][0] == {"type": "string", "enum": ["sold", "kept"]}


def test_a_word_that_is_none_of_its_choice_is_read_and_told_with_those_that_are():
    """It is told with the faults of sense, so that a file hears of all of them at once."""
    hall = read(TEXT.replace("0.6]", "0.6], kept: solt"))
    assert [str(fault) for fault in word_faults(hall)] == [
        "parts.it.kept: one of sold, kept. Did you mean sold? (got 'solt') [unknown_name]"
    ]
    assert list(word_faults(read(TEXT))) == []
