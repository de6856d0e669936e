"""Sources: one document is one source, keyed by its publisher, with a date and an address or a reason for none."""

from __future__ import annotations

import pytest

from overbuild.errors import FactError, InputErrors
from overbuild.facts.entry.documents import find_repeated_documents, find_source_faults, merged, other_keys
from overbuild.facts.entry.own_sources import with_keys
from overbuild.facts.entry.publishers import names_platform, publisher_of
from overbuild.facts.fact import FACT_COLUMNS
from overbuild.facts.sources import Source, read_sources, shipped_sources
from overbuild.facts.store import add_facts, load_ledger
from overbuild.foreign.table import read_foreign

HEADER = "entity,metric,period_start,period_end,value,unit,kind,source_class,known_at,source_title,source_url,published"
ROW = "ALPHA,capex,2025-01-01,2025-12-31,12,USD_bn,reported,press,2026-01-31"


def source(key, url="https://example.org/a", title="Report", date="2026-01-31", **rest):
    return Source(key, "example", title, date, url, **rest)


def enter(tmp_path, described, header=HEADER):
    (tmp_path / "mine.csv").write_text(f"{header}\n{ROW},{described}\n")
    return add_facts(tmp_path / "mine.csv", tmp_path / "workspace")


def keyed(tmp_path, text):
    """A table with keys in the place of titles and addresses."""
    (tmp_path / "mine.csv").write_text(text)
    return with_keys(read_foreign(tmp_path / "mine.csv", FACT_COLUMNS).rows, "mine.csv", {})


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.sec.gov/x", "sec"),
        ("https://news.example.co.uk/x", "example"),
        ("https://abes.com.br/x", "abes"),
        ("https://belcourt.vercel.app/AMZN/x", "belcourt"),
        ("https://preview.stock-analysis.pages.dev/x", "stockanalysis"),
        ("https://7c34f780-x.jjventures2000.workers.dev/", "jjventures2000"),
        ("https://samay58.github.io/edgarpack", "samay58"),
        ("https://github.com/sanand0/blog", "sanand0"),
        ("https://raw.githubusercontent.com/sanand0/blog/main/a.md", "sanand0"),
        ("https://ann.medium.com/a", "ann"),
        ("https://medium.com/@ann/a", "ann"),
        ("https://tailwinds.substack.com/p/a", "tailwinds"),
        ("https://bucket.s3.eu-west-1.amazonaws.com/a", "bucket"),
        ("https://s3.amazonaws.com/bucket/a", "bucket"),
        ("https://d18rn0p25nwr6d.cloudfront.net/a", "d18rn0p25nwr6d"),
        ("", ""),
    ],
)
def test_the_publisher_is_the_owner_of_the_page(address, publisher):
    assert publisher_of(address) == publisher


@pytest.mark.parametrize(
    ("key", "address", "named"),
    [
        ("pages-2026-a", "https://alphasteve.pages.dev/a", True),
        ("github-2026-a", "https://samay58.github.io/a", True),
        ("githubusercontent-2026-a", "https://raw.githubusercontent.com/sanand0/a", True),
        ("sec-2026-a", "https://samay58.github.io/a", False),
        ("alphasteve-2026-a", "https://alphasteve.pages.dev/a", False),
        ("github-2026-octoverse", "https://github.com/github/octoverse", False),
        ("pages-2026-a", "https://www.pages.org/a", False),
    ],
)
def test_a_key_that_names_the_platform_is_found(key, address, named):
    assert names_platform(key, address) is named


def test_a_source_without_date_or_address_says_why_or_is_a_fault_with_its_line():
    text = '[a]\nproducer = "A"\ntitle = "One"\n\n["pages-b"]\nproducer = "B"\ntitle = "Two"\nurl = "https://b.pages.dev/"\n'
    faults = find_source_faults(read_sources(text, "sources.toml"), "sources.toml", text)
    assert [(fault.code, fault.line, fault.file) for fault in faults] == [
        ("missing", 1, "sources.toml"),
        ("missing", 1, "sources.toml"),
        ("missing", 5, "sources.toml"),
        ("unknown_name", 5, "sources.toml"),
    ]
    assert "why_no_date" in str(faults[0]) and "why_no_address" in str(faults[1]) and "(b)" in str(faults[3])
    said = source("a", "", date="", why_no_date="the page prints none", why_no_address="on paper")
    assert find_source_faults({"a": said}, "sources.toml", "") == []


def test_one_address_is_one_document_whatever_its_title_and_one_title_where_there_is_none():
    known = {"a": source("a")}
    again = {"b": source("b", "http://www.example.org/a/#top", title="Report, read again", date="2026-02-28")}
    assert other_keys(known, again) == {"b": "a"}
    assert other_keys(known, {"b": source("b", "https://example.org/a?page=2")}) == {}
    assert other_keys({"a": source("a", "")}, {"b": source("b", "", title="report ")}) == {"b": "a"}
    assert [fault.path for fault in find_repeated_documents({**known, **again}, "sources.toml", "[b]")] == ["b"]


def test_a_document_met_twice_has_its_newest_date_in_either_order():
    one = source("a", date="", why_no_date="the page prints none")
    two = source("a", title="Report, revised", date="2026-02-28")
    assert merged(one, two) == merged(two, one) == two


def test_an_address_of_the_package_cites_the_packages_source(tmp_path):
    key, shipped = next((key, one) for key, one in shipped_sources().items() if one.url.startswith("https://www."))
    address = shipped.url.replace("https://www.", "http://")
    (row,) = enter(tmp_path, f"Read by me,{address},2026-01-31")
    assert row.source == key and not (tmp_path / "workspace" / "sources.toml").exists()


def test_a_source_of_ones_own_for_a_document_of_the_package_is_the_packages(tmp_path):
    key, shipped = next((key, one) for key, one in shipped_sources().items() if one.url)
    block = f'[mine-2026-a]\nproducer = "Me"\ntitle = "Mine"\ndate_published = "2026"\nurl = "{shipped.url}"\n'
    (tmp_path / "sources.toml").write_text(block)
    (tmp_path / "facts.csv").write_text(f"{HEADER.split(',source_title')[0]},source\n{ROW},mine-2026-a\n")
    added = add_facts(tmp_path / "facts.csv", tmp_path / "entered")
    by_hand = load_ledger(tmp_path)
    assert [one.source for one in (*added, *by_hand.about("ALPHA", "capex"))] == [key, key]
    assert "mine-2026-a" not in by_hand.sources


def test_a_key_of_another_document_is_refused(tmp_path):
    key = next(iter(shipped_sources()))
    (tmp_path / "sources.toml").write_text(
        f'["{key}"]\nproducer = "Me"\ntitle = "Mine"\ndate_published = "2026"\nurl = "https://example.org/mine"\n'
    )
    (tmp_path / "facts.csv").write_text(f"{HEADER.split(',source_title')[0]},source\n{ROW},{key}\n")
    for entered in (lambda: add_facts(tmp_path / "facts.csv", tmp_path / "entered"), lambda: load_ledger(tmp_path)):
        with pytest.raises(FactError, match="for another document") as caught:
            entered()
        assert caught.value.file == str(tmp_path / "sources.toml")


def test_a_row_says_the_date_and_address_of_its_document_or_why_there_is_none(tmp_path):
    with pytest.raises(InputErrors) as caught:
        enter(tmp_path, "Report,,")
    assert [(fault.code, fault.line) for fault in caught.value.errors] == [("missing", 2)] * 2
    assert "why_no_date" in str(caught.value) and "why_no_address" in str(caught.value)
    enter(tmp_path, "Report,,,none printed,a letter", f"{HEADER},why_no_date,why_no_address")
    [found] = [one for key, one in load_ledger(tmp_path / "workspace").sources.items() if key == "own-report"]
    assert (found.why_no_date, found.why_no_address) == ("none printed", "a letter")


def test_a_row_without_any_document_is_told_how_to_name_one(tmp_path):
    with pytest.raises(FactError, match="describe the document in source_title") as caught:
        enter(tmp_path, ",,2026-01-31")
    assert (caught.value.code, caught.value.line) == ("missing", 2)


def test_a_source_described_by_the_user_stays_as_he_wrote_it(tmp_path):
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    block = '[mine-a]\nproducer = "Me"\ntitle = "Mine" # read aloud\ndate_published = "2025"\nurl = "https://example.org/a"\n'
    (workspace / "sources.toml").write_text(block)
    (row,) = enter(tmp_path, "Another title,https://example.org/a,2026-01-31")
    assert row.source == "mine-a"
    assert (workspace / "sources.toml").read_text() == block


def test_two_addresses_of_one_word_have_keys_of_their_own(tmp_path):
    table = f"{HEADER}\n{ROW},A,https://example.org/a-b,2026\n{ROW},B,https://example.org/a/b,2026\n"
    found = keyed(tmp_path, table).sources
    assert len(found) == 2 and "example-a-b" in found
    assert {one.url for one in found.values()} == {"https://example.org/a-b", "https://example.org/a/b"}


def test_a_fault_of_a_described_source_stands_at_the_line_of_its_row_after_cells_of_several_lines(tmp_path):
    table = f'{HEADER}\n{ROW},"Report\nin two lines",https://example.org/a,2026\n{ROW},B,https://example.org/b,\n'
    assert [(fault.line, fault.path) for fault in keyed(tmp_path, table).faults] == [(4, "B: published")]


def test_a_row_with_a_cell_too_few_is_told_of_and_never_read_under_other_names(tmp_path):
    table = f"{HEADER}\n{ROW},A,https://example.org/a,2026\n{ROW},A\n"
    found = keyed(tmp_path, table)
    (fault,) = found.faults
    assert (fault.code, fault.line, fault.value) == ("length_mismatch", 3, 10)
    assert "the header has 12 columns" in fault.hint
    assert len(found.rows) == 2
