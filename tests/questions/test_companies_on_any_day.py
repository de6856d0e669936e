"""No day, no company and no number of the asker's breaks the answers about companies: they answer or refuse in words."""

from __future__ import annotations

import math

import pytest

from overbuild import ask
from overbuild.errors import OverbuildError
from overbuild.facts.store import load_ledger

ENTITIES = sorted({fact.entity for fact in load_ledger().facts if fact.file.endswith("company_facts.csv")})
GIVEN = (
    {},
    {"life": 4.0, "life_before": 6.0},
    {"price": 50.0, "shares": 1e9, "margin": 0.3, "net_debt": -5e9},
    {"life": 15.0, "life_from": "2019Q1"},
)


def answered(question, *arguments, **options):
    try:
        return question(*arguments, **options)
    except OverbuildError as error:
        assert error.hint
        return None


@pytest.mark.parametrize("own", GIVEN, ids=["nothing", "life", "price", "early life"])
def test_every_entity_of_the_facts(own):
    found = [answered(ask.company, entity, **own) for entity in ENTITIES]
    assert sum(one is not None for one in found) >= 8


@pytest.mark.parametrize("day", ["2019-06-30", "2021-06-30", "2023-06-30", "2024-12-31", "2026-01-17"])
def test_every_day_sees_nothing_later_and_gives_finite_numbers_with_their_origin(day):
    for frequency in ("quarterly", "annual"):
        found = answered(ask.companies, frequency=frequency, as_of=day)
        assert found is not None
        assert all(fact.known_at <= day for fact in found.facts)
        assert all(math.isfinite(one) for one in found.values.values() if isinstance(one, float))
        assert set(found.values) <= set(found.status)
    answered(ask.company, "MSFT", as_of=day)
