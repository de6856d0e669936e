"""A lender's book: sites in common worlds, shared customers, limits, located faults."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from overbuild import ask
from overbuild.audit.sheet.case_sheet import preset_sheet
from overbuild.equations.kernel import Scenarios, kernel_of
from overbuild.equations.model import RowOf
from overbuild.errors import InputError, InputErrors, OverbuildError
from overbuild.questions.portfolio.story import headline, unnamed
from overbuild.stress.portfolio.case import BOOKS
from overbuild.stress.portfolio.held_sites import coordinates_of, in_common_worlds
from overbuild.stress.portfolio.run import book_worlds, read_holdings
from overbuild.stress.site_worlds.drawing import bindings_of, scales_of
from overbuild.stress.worlds.sampling import Sampling, drawn_once
from overbuild.stress.worlds.settings import StressSettings
from overbuild.surfaces.worksheet.write import write_worksheet
from overbuild.world.case_record import kind_schema, read_case

SITE = "preset:single-loan-80-20"
LAB = "customers: [{name: offtake, company: the_lab}]"
SETTINGS = StressSettings(scenarios=1000, threads=1)
PRESET = (files("overbuild") / "world/presets/sites/single-loan-80-20.yaml").read_text()


def site(folder, name, *edits):
    text = PRESET
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    (folder / f"{name}.yaml").write_text(text)
    return f"{name}.yaml"


def written(folder, text):
    file = folder / "book.yaml"
    file.write_text(f"name: mine\nlender: Mine\n{text}")
    return file


@functools.cache
def _run(text, folder):
    return book_worlds(written(folder, text), SETTINGS)


TWICE = f"""holdings:
  - {{name: one, case: {SITE}, share: 0.5}}
  - {{name: other, case: {SITE}, share: 0.25}}
limits: {{one_customer: 0.9, one_site: 0.7}}
"""


def test_the_same_loan_twice_is_one_loan(tmp_path):
    found = _run(TWICE + "apart: []\n", tmp_path)
    first, second = found.holdings()
    assert first.exposure == pytest.approx(2 * second.exposure) and first.expected.value == pytest.approx(
        2 * second.expected.value
    )
    pair = next(found.pairs())
    assert pair.correlation == pytest.approx(1.0) and pair.both == pytest.approx(first.default.value)
    assert found.worst == pytest.approx(found.alone, rel=2e-3) and found.worst <= found.exposure
    assert found.expected.value == pytest.approx(first.expected.value + second.expected.value)


def test_loans_to_one_site_share_its_overruns_and_delays_and_count_as_one_site(tmp_path):
    found = _run(TWICE, tmp_path)
    assert next(found.pairs()).correlation == pytest.approx(1.0)
    [only] = found.sites()
    assert only.name == "one, other" and only.part == pytest.approx(1.0)
    assert "lent to 1 site" in headline(found) and "the site one, other with 100%" in headline(found)


def test_what_sites_draw_for_themselves_sets_them_apart(tmp_path):
    other = site(tmp_path, "other")
    text = TWICE.replace("0.5}", f"0.5, {LAB}}}").replace(f"{SITE}, share: 0.25", f"{other}, share: 0.25, {LAB}")
    found = _run(text, tmp_path)
    pair = next(found.pairs())
    assert pair.apart < pair.both < min(one.default.value for one in found.holdings())
    assert found.worst < found.alone


def test_a_shared_customer_is_one_and_is_held_against_its_limit(tmp_path):
    found = _run(TWICE + "apart: []\n", tmp_path)
    (customer,) = found.shared()
    assert customer.sites == ("one", "other") and customer.part == pytest.approx(1.0) and customer.over
    assert found.hhi_of_customers() == pytest.approx(10_000)
    name = customer.name
    other = TWICE.replace("share: 0.25", "share: 0.25, customers: [{name: offtake, company: elsewhere}]")
    apart = _run(other + "apart: []\n", tmp_path)
    assert {one.name for one in apart.shared()} == {name, "elsewhere"}
    assert not any(one.over for one in apart.shared())
    assert next(apart.pairs()).correlation < 1.0


def rents(held, count=64):
    """The drawn rent and who has failed, (place, scenario), of each site of a book."""
    found = []
    for one in held:
        wanted = [RowOf("world", "rent.deviation"), RowOf("world", f"{one.drawn[0]}_fails.fails")]
        variant, before = one.leaves.variants[0], one.draws.before
        kernel = kernel_of(variant.model, wanted, bindings_of(one.leaves, before))
        opened = {} if before is None else {leaf.leaf: (leaf.base, leaf.slope) for leaf in before.leaves}
        sampling = Sampling(1)
        lanes = one.leaves.lane_values(drawn_once(one.draws.numbers, one.draws.loadings, sampling, 0, count))
        if before is not None:
            lanes = np.concatenate([lanes, before.rows(0, count)])
        prepared = kernel.on(variant.model, scales_of(variant, one.leaves) | opened)
        rows = prepared.run(Scenarios(count, lanes, first=0, seed=1))
        found.append([rows[each] for each in wanted])
    return found


def calendar_book(folder):
    later = site(folder, "later", ("close: 2026Q4", "close: 2027Q4"))
    book = written(
        folder,
        f"holdings:\n  - {{name: first, case: {SITE}, share: 0.5, {LAB}}}\n  - {{name: later, case: {later}, share: 0.5, {LAB}}}\n",
    )
    record = read_case(book, BOOKS, (), None)
    return in_common_worlds(record, read_holdings(record, folder, None), Sampling(1))


def test_sites_that_close_a_year_apart_see_one_price_and_one_failure_in_a_quarter_of_the_calendar(tmp_path):
    first, later = rents(calendar_book(tmp_path), 4096)
    ahead = 4
    apart = np.abs(first[0][ahead : len(later[0])] - later[0][: len(later[0]) - ahead])
    assert apart.max() < 1e-9 and np.abs(later[0][0]).min() > 0 and np.abs(first[0]).max() > 0.3
    gone, gone_later = first[1].cumsum(axis=0), later[1].cumsum(axis=0)
    assert gone[ahead].sum() > 0
    assert np.array_equal(gone[ahead + 1 : len(gone_later)], gone_later[1 : len(gone_later) - ahead])


def test_a_company_fails_in_all_sites_or_none_whatever_else_they_draw(tmp_path):
    text = "holdings:\n" + "".join(
        f"  - {{name: {name}, case: preset:{case}, loan: gpu, share: 0.1}}\n"
        for name, case in (("cloud", "neocloud-100mw-gb300"), ("shell", "leased-shell"))
    )
    record = read_case(written(tmp_path, text), BOOKS, (), None)
    (_, cloud), (_, shell) = rents(in_common_worlds(record, read_holdings(record, tmp_path, None), Sampling(1)), 4096)
    many = min(len(cloud), len(shell))
    assert cloud.sum() > 10 and np.array_equal(cloud[:many], shell[:many])


def test_customers_that_no_case_names_are_of_their_site_until_the_book_says_so(tmp_path):
    a, b = site(tmp_path, "a"), site(tmp_path, "b")
    text = f"holdings:\n  - {{name: a, case: {a}, share: 0.5}}\n  - {{name: b, case: {b}, share: 0.5}}\n"
    found = _run(text, tmp_path)
    assert len(found.shared()) == 2 and len(unnamed(found)) == 1
    assert "offtake" in unnamed(found)[0] and [one.name for one in found.shared()] == ["offtake_of_a", "offtake_of_b"]
    named = _run(text.replace("}\n", f", {LAB}}}\n"), tmp_path)
    assert [one.name for one in named.shared()] == ["the_lab"] and unnamed(named) == ()


def test_the_digest_is_the_same_for_any_number_of_threads(tmp_path):
    file = written(tmp_path, TWICE)
    digests = {book_worlds(file, StressSettings(scenarios=4500, threads=threads)).worlds.digest for threads in (1, 3)}
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("holdings: []\n", "a book holds a part of one loan"),
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 25}}\n", "did you mean 0.25"),
        (f"holdings:\n  - {{name: a, case: {SITE}}}\n", "a share or an amount"),
        ("holdings:\n  - {name: a, case: nowhere.yaml, share: 0.1}\n", "book.yaml:4:21: holdings.a.case: no such file"),
        (f"holdings:\n  - {{name: a, case: {SITE}, loan: senoir, share: 0.1}}\n", "Did you mean senior?"),
        (f"holdings:\n  - {{name: a, case: {SITE}, amount: 1.0e+12}}\n", "more than the whole loan"),
        (
            f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1, customers: [{{name: nobody, company: x}}]}}\n",
            "the site has no such customer",
        ),
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1}}\napart: [rent]\n", "one path for all sites"),
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1}}\napart: [dealy]\n", "Did you mean delay?"),
        (
            f"holdings:\n  - {{name: a, case: {SITE}, share: 0.6}}\n  - {{name: b, case: {SITE}, share: 0.5}}\n",
            "book.yaml:5:5: holdings.b: holdings of this loan come to 1.1",
        ),
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1}}\ndrivers: {{defaults: true}}\n", "drivers"),
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1}}\nlimits: {{one_site: 40}}\n", "did you mean 0.4"),
    ],
)
def test_bad_books_are_told_with_their_place(tmp_path, text, said):
    with pytest.raises(OverbuildError) as told:
        book_worlds(written(tmp_path, text), SETTINGS)
    assert said in str(told.value), str(told.value)


def test_a_book_is_checked_with_its_sites_and_written_as_a_worksheet(tmp_path):
    answer = ask.check(written(tmp_path, TWICE))
    assert answer.values["kind"] == "portfolio" and "2 holdings of 1 site" in answer.headline.text
    bad = written(tmp_path, TWICE.replace("share: 0.25", "share: 0.25, loan: juniour") + "apart: [dealy]\n")
    with pytest.raises(OverbuildError, match="no such lender"):
        ask.check(bad)
    sheet = tmp_path / "sheet.xlsx"
    write_worksheet(preset_sheet("portfolio", "three-loans", "sheet"), sheet)
    text, read = (read_case(file, BOOKS, (), None).record for file in (Path("preset:three-loans"), sheet))
    assert read == text._replace(name="sheet")
    assert kind_schema(BOOKS)["properties"].keys() == set(type(text)._fields)


@pytest.mark.parametrize("ask_it", [lambda file: ask.stress(file), lambda file: ask.why("portfolio:exposure", file)])
def test_what_a_book_has_not_is_refused_with_what_to_do(tmp_path, ask_it):
    with pytest.raises(InputError, match="overbuild portfolio FILE"):
        ask_it(written(tmp_path, TWICE))


def test_a_cluster_and_a_folder_are_refused_all_at_once(tmp_path):
    with pytest.raises(InputErrors) as caught:
        book_worlds(written(tmp_path, TWICE), SETTINGS._replace(cluster="local:2", out=tmp_path))
    assert [(one.path, one.code) for one in caught.value.errors] == [("--cluster", "refused"), ("--out", "refused")]


def test_too_few_worlds_tell_no_tail(tmp_path):
    with pytest.raises(InputErrors) as caught:
        book_worlds(written(tmp_path, TWICE), StressSettings(scenarios=99, sampler="sobol", seed=-1))
    assert [one.path for one in caught.value.errors] == ["scenarios", "sampler", "seed"]
    assert book_worlds(written(tmp_path, TWICE), StressSettings(scenarios=100)).worst > 0


def test_extremes_of_a_book_come_together_where_two_things_are_drawn_once(tmp_path):
    file = written(tmp_path, TWICE)
    heavy = book_worlds(file, SETTINGS._replace(freedom=4.0))
    assert heavy.worlds.digest != book_worlds(file, SETTINGS).worlds.digest
    # what sites share is drawn once for all, what is `apart` once a site
    names = set(heavy.held[0].read.uncertain.names)
    assert coordinates_of(heavy.book.record, [one.read for one in heavy.held]) == len(names) > 1


def test_every_fault_of_a_book_and_of_its_sites_is_told_at_once(tmp_path):
    text = f"""holdings:
  - {{name: a, case: {SITE}, share: 0}}
  - {{name: b, case: nowhere.yaml, share: 1.5}}
  - {{name: c, case: preset:h100, share: 0.1}}
  - {{name: d, case: {SITE}, loan: senoir, share: 0.1}}
"""
    with pytest.raises(InputErrors) as caught:
        ask.check(written(tmp_path, text))
    assert [(one.path, one.code, one.line) for one in caught.value.errors] == [
        ("holdings.a.share", "share_out_of_range", 4),
        ("holdings.b.share", "share_out_of_range", 5),
        ("holdings.b.case", "missing", 5),
        ("holdings.c.case", "unknown_name", 6),
        ("holdings.d.loan", "unknown_name", 7),
    ]
    assert {Path(str(one.file)).name for one in caught.value.errors} == {"book.yaml"}


def test_amounts_below_a_billion_are_told_in_millions(tmp_path):
    assert re.search(r"loses [\d,]+m USD in the mean \([\d,]+m to [\d,]+m\)", headline(_run(TWICE, tmp_path)))
