"""A lender's book: sites in common worlds, shared customers, limits, located faults."""

from __future__ import annotations

import functools

import pytest

from overbuild.errors import InputErrors, OverbuildError
from overbuild.stress.portfolio.run import book_worlds
from overbuild.stress.worlds.settings import StressSettings

SITE = "preset:single-loan-80-20"
SETTINGS = StressSettings(scenarios=1000, threads=1)


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


def test_what_sites_draw_for_themselves_sets_them_apart(tmp_path):
    found = _run(TWICE, tmp_path)
    pair = next(found.pairs())
    assert pair.apart < pair.both < min(one.default.value for one in found.holdings())
    assert found.worst < found.alone


def test_a_shared_customer_is_one_and_is_held_against_its_limit(tmp_path):
    found = _run(TWICE + "apart: []\n", tmp_path)
    (customer,) = found.shared()
    assert customer.sites == ("one", "other") and customer.part == pytest.approx(1.0) and customer.over
    assert found.hhi_of_customers() == pytest.approx(10_000)
    name = customer.name
    other = TWICE.replace("share: 0.25", f"share: 0.25, customers: [{{name: {name}, company: elsewhere}}]")
    apart = _run(other + "apart: []\n", tmp_path)
    assert {one.name for one in apart.shared()} == {name, "elsewhere"}
    assert not any(one.over for one in apart.shared())
    assert next(apart.pairs()).correlation < 1.0


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
        (f"holdings:\n  - {{name: a, case: {SITE}, share: 0.1}}\nlimits: {{one_site: 40}}\n", "did you mean 0.4"),
    ],
)
def test_bad_books_are_told_with_their_place(tmp_path, text, said):
    with pytest.raises(OverbuildError) as told:
        book_worlds(written(tmp_path, text), SETTINGS)
    assert said in str(told.value), str(told.value)


def test_a_cluster_and_a_folder_are_refused_all_at_once(tmp_path):
    with pytest.raises(InputErrors) as caught:
        book_worlds(written(tmp_path, TWICE), SETTINGS._replace(cluster="local:2", out=tmp_path))
    assert [(one.path, one.code) for one in caught.value.errors] == [("--cluster", "refused"), ("--out", "refused")]
