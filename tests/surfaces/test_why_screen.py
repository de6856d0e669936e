"""What `why` looks like where people read it: a tree of lines, numbered notes, and nothing broken in narrow windows."""

from __future__ import annotations

import pytest

from overbuild.questions.why import why
from overbuild.surfaces.outlines import note_lines, tree_lines
from tests.surfaces.test_cli import ROOT, run

CASE = "examples/contracted-100mw.yaml"
FOOT = """
What this cannot tell you
  The tree shows how a number was computed and which documents its inputs were read in, not that
    they are right.
  A solved number (the loan's schedule, a rate of return, a break-even) ends at its solver and what
    it is found from.

Facts
"""
TOTAL_GAP = """\
Total gap = -437bn USD a year (gap:total_gap)

= total_revenue - total_spend
Total AI revenue                                       280bn USD a year
  = ai_revenue.owner.central + matched.enterprise_software.revenue
  AI revenue at the owners' door                       200bn USD a year
  ENTERPRISE_AI_SOFTWARE revenue, 2026 (article)       80bn USD [1]
Total spend                                            717bn USD a year
  = hyperscaler_capex.spend + matched.enterprise_software.spend + unmatched_cost
  Spend, sum of guidance midpoints: hyperscaler capex  527bn USD a year
  Cost without revenue of its own                      40bn USD a year
  ENTERPRISE_AI_SOFTWARE spend, 2026 (article)         150bn USD [1]

Sources
  [1] Creati.ai, "The $300 Billion Question: AI industry faces reckoning in 2026 (Creati.ai)",
      2026-01-17, https://creati.ai/ai-news/2026-01-17/ai-industry-financial-risks-investor-pressure

More
  Deeper: overbuild why gap:total_gap --as-of 2026-01-17 --depth 3
  One part by its name: overbuild why gap:hyperscaler_capex.spend --as-of 2026-01-17
"""
CFADS = """\
Cash flow available for debt service = 175.4m USD a period (site:cfads@2030Q1)

= operating_cash + terminal_proceeds - tax + fleet_sale
Operating cash                                   181.5m USD a period
  = ebitda + bad_debt - set_off - working_capital_change - prepayment_credit - prepayment_refund
  EBITDA                                         181m USD a period
  Bad debt                                       0 USD a period
  Claims set off against prepayments             0 USD a period
  Change of working capital                      -504,854 USD a period
  Credit of the prepayment                       0 USD a period
  Refund of the prepayment                       0 USD a period
Net proceeds at the end                          0 USD a period
Tax                                              6.13m USD a period
  = refreshed_it.funded * (refreshed_it.funded.part_10 - (1 - new_tax_year) * previous tax.paid) +
    (1 - refreshed_it.funded) * (tax.part_4 - (1 - new_tax_year) * previous tax.paid)
  The fleet is bought: refreshed it              no
  Part 10 of: The fleet is bought: refreshed it  18.3m
  Part 4 of: Tax                                 6.13m
  New tax year                                   1 (built from the case before the run)
    Periods per year                             4 [A1]
  Tax paid, carried on, 2029Q4                   24.2m USD a period
Sale of GPUs that leave                          0 USD a period

Assumptions and inputs
  [A1] Periods per year. examples/contracted-100mw.yaml:11:21

More
  Deeper: overbuild why site:cfads@2030Q1 examples/contracted-100mw.yaml --depth 3
  One part by its name: overbuild why site:ebitda@2030Q1 examples/contracted-100mw.yaml
  A part that is 0 is not opened; it is when you ask for it by name.
"""


@pytest.mark.parametrize(
    ("asked", "screen"),
    [
        (["gap:total_gap", "--as-of", "2026-01-17"], TOTAL_GAP),
        (["site:cfads@2030Q1", CASE], CFADS),
    ],
)
def test_a_number_is_drawn_as_a_tree_with_notes(asked, screen):
    printed = run("why", *asked, "--plain").stdout
    assert printed.partition(FOOT)[0] == screen
    assert max(len(line) for line in printed.splitlines()) <= 100


@pytest.fixture(scope="module")
def revenue():
    return why("gap:ai_revenue.owner.central")


@pytest.mark.parametrize("width", [100, 80, 40])
def test_numbers_stay_whole_at_every_width(revenue, width):
    lines = [line.text for line in tree_lines(revenue.outline, width)]
    assert max(map(len, lines)) <= width
    for branch in revenue.outline.branches[1:]:
        assert sum(branch.amount in line for line in lines) >= 1, branch


def test_an_address_is_never_broken(revenue):
    for note in revenue.outline.below["Sources"]:
        address = note.text.rpartition(", ")[2]
        assert not address.startswith("http") or any(address in line for line in note_lines(note, 40))


def test_figures_go_by_entity_metric_period_and_kind(revenue):
    labels = [branch.label for branch in revenue.outline.branches]
    assert "MSFT ai_revenue, 2026-03-31 (run rate)" in labels and "AI revenue of MSFT at the owners' door" in labels
    assert not [label for label in labels if "operands" in label or ".value" in label]


def test_one_document_is_one_note(revenue):
    sources = revenue.outline.below["Sources"]
    assert [note.name for note in sources] == [str(number) for number in range(1, len(sources) + 1)]
    marks = [
        branch.notes for branch in revenue.outline.branches if branch.label.endswith("growth, 2026-03-31 (reported)")
    ]
    assert marks == [("1",), ("1",)]


def test_a_deep_tree_draws_each_part_once():
    deep = why("gap:annualised_gap", depth=12)
    opened = [branch.label for branch in deep.outline.branches if branch.formula]
    assert len(opened) == len(set(opened))
    assert any(branch.remark in ("see above", "see below") for branch in deep.outline.branches)


def test_what_is_of_another_period_says_so():
    outline = why("site:working_capital_change@2030Q1", ROOT / CASE).outline
    labels = [branch.label for branch in outline.branches if branch.level == 1]
    assert "Receivables" in labels and "Contracts offtake receivable, carried on, 2029Q4" in labels


def test_a_site_at_any_depth_stays_within_bounds():
    deep = why("site:cfads@2030Q1", ROOT / CASE, depth=12)
    assert len(deep.outline.branches) < 3000 and len(deep.table("why").rows) < 10000


def test_a_part_of_another_case_is_asked_for_with_that_case():
    number = ("why", "grid:load_pays.delivery", "preset:pjm", "--shock", "network.tariff=aep-ohio")
    told = " ".join(run(*number).stdout.partition("\nMore\n")[2].partition("\n\n")[0].split())
    deeper, part = (line.split() for line in told.split("overbuild ")[1:])
    deeper = deeper[: deeper.index("3") + 1]
    assert part[1].startswith("tariff:") and part[2:] == ["preset:aep-ohio"]
    for words in (deeper, part):
        asked = run(*words)
        assert asked.returncode == 0, asked.stderr
        assert words[1] in asked.stdout
