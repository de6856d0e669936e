"""The shipped tables: sound, cited, and no source that nobody uses."""

from __future__ import annotations

from overbuild.facts.sources import shipped_sources
from overbuild.facts.store import check_everything
from overbuild.facts.typed_tables import TABLES, typed_faults, typed_rows


def test_the_observation_tables_have_no_fault():
    facts, _, faults = check_everything()
    assert faults == []
    assert len(facts) > 1150


def test_the_typed_tables_have_no_fault():
    assert typed_faults() == ()


def test_every_source_is_cited():
    facts, sources, _ = check_everything()
    cited = {fact.source for fact in facts}
    cited |= {row.cells["source"] for table in TABLES for row in typed_rows(table.name)}
    assert cited == set(sources)


def test_a_key_names_one_fact():
    facts, _, _ = check_everything()
    keys = [(fact.key, fact.kind) for fact in facts]
    assert len(keys) == len(set(keys))


def test_no_reported_figure_was_known_before_its_period_ended():
    facts, _, _ = check_everything()
    assert not [f.key for f in facts if f.kind == "reported" and f.period_end and f.known_at < f.period_end]


def test_sources_are_documents_with_an_address_or_say_that_they_are_not():
    for key, source in shipped_sources().items():
        assert source.url.startswith("http") or source.why_no_address, key
        assert source.date_published or source.why_no_date, key
