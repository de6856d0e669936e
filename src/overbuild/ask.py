"""The questions, asked in Python: each function takes one and returns its Answer.

    from overbuild import ask
    answer = ask.gap(as_of="2026-01-17")
    answer.values["total_gap"]            # -437000000000.0

What the command line asks, it asks here. A question is imported when it is asked, so importing this file costs nothing.
Everywhere `as_of` is a day (YYYY-MM-DD) after which no fact is used, `workspace` is a folder with the reader's own facts,
and a site case is a file, or `preset:NAME` for a case that ships. Money is in USD, power in MW, shares and rates are
decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def gap(*, year: int | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How big is the gap between AI spend and AI revenue in a calendar year, on the facts known on a day?

    `year` is the preset's year where none is named. Values are in USD.
    Raises FactError `no_fact` where a row has no figure for the year or the day, `bad_period` for a day that is no day;
    WithheldError where the two sums of the table and the item between them do not agree.

    >>> from overbuild import ask
    >>> ask.gap(as_of="2026-01-17").values["total_gap"]
    -437000000000.0
    """
    from overbuild.questions.gap import gap as asked

    return asked(year=year, as_of=as_of, workspace=workspace)


def need(
    *,
    hurdle: float | None = None,
    life: float | None = None,
    margins: Sequence[float] | None = None,
    price_decline: float | None = None,
    growth: float | None = None,
    year: int | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """What revenue must be earned on a year's capex for a hurdle return, and when does it break even?

    `hurdle` is the after-tax return asked a year, `life` the years that chips and servers earn, `margins` the gross
    margins of the layers to the end user, in order, `price_decline` the yearly fall of what chips rent for and `growth`
    the yearly growth of AI revenue: decimals but for the life; the preset's where none is given. Values are in USD a
    year. Raises InputError for every number that cannot be (`hurdle_le_minus1`, `life_nonpositive`,
    `share_out_of_range`, `not_finite`), all at once; FactError as `gap`.

    >>> from overbuild import ask
    >>> dearer, usual = ask.need(hurdle=0.15), ask.need()
    >>> dearer.values["required_revenue.owner"] > usual.values["required_revenue.owner"]
    True
    """
    from overbuild.ecosystem.need.preset import OwnAssumptions
    from overbuild.questions.need import need as asked

    given = OwnAssumptions(hurdle, life, tuple(margins) if margins is not None else None, price_decline, growth)
    return asked(year=year, as_of=as_of, workspace=workspace, given=given)


def claims(*, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """Whose published sum closes? Every published analysis is recomputed from its own inputs by its own formula.

    Numbers are in the unit of each claim. Raises ClaimError for every fault of the lists at once; FactError for a day
    that is no day, a day before any analysis, or a workspace that is not there.

    >>> from overbuild import ask
    >>> ask.claims().values["closes"]
    20
    """
    from overbuild.questions.claims import claims as asked

    return asked(as_of=as_of, workspace=_folder(workspace))


def explain_claim(claim_id: str, *, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How does one published analysis reach its result, step by step, and what does our model say on its inputs?

    Numbers are in the unit of the claim. Raises ClaimError `unknown_name` with ids that are close; else as `claims`.

    >>> from overbuild import ask
    >>> ask.explain_claim("sequoia_2024_600b").values["recomputed"]
    600.0
    """
    from overbuild.questions.claims import explain as asked

    return asked(claim_id, as_of=as_of, workspace=_folder(workspace))


def add_claims(file: Path | str, workspace: Path | str) -> Answer:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault.

    Raises ClaimError or InputErrors with every fault of form and arithmetic at once, each with file and line.

        ask.add_claims("mine.csv", "my-workspace")
    """
    from overbuild.questions.claims import add as asked

    return asked(Path(file), Path(workspace))


def companies(
    tickers: Sequence[str] = (),
    *,
    metric: str | None = None,
    frequency: str = "quarterly",
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """Who spends, out of which cash, under which definition of capex; and who diverges?

    Without `tickers` the spenders of the build-out. `metric` (`capex`, `free_cash_flow_ttm`) shows one over the newest
    periods; `frequency` is `quarterly`, on the calendar by the last day of a fiscal quarter, or `annual`, fiscal years.
    Values are `TICKER.metric@2025Q3` or `@FY2025`, in USD and decimals; `status` says where each was filed.
    Raises FactError `unknown_name` for a ticker, InputError `unknown_name` for a metric or a frequency.

    >>> from overbuild import ask
    >>> ask.companies(["MSFT"]).values["MSFT.capex@2025Q3"]
    19394000000.0
    """
    from overbuild.questions.companies import companies as asked

    return asked(tickers, metric=metric, frequency=frequency, as_of=as_of, workspace=workspace)


def site(
    case: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Does this site pay its lenders and owners, and how much debt can it carry?

    `sets` (`path=value`) edit the case before its loan is sized; `shocks` (`path=value`, or a YAML file) depart from it
    afterwards, on the schedule as sized. Money in USD, shares and rates as decimals, cover and break-evens as multiples.
    Raises CaseError for every fault of the files, located; InputError where the loan cannot be sized
    (`debt_exceeds_uses`, `infeasible_gearing`, `negative_amortisation`, `no_convergence`); WithheldError where the books
    of a period do not close.

    >>> from overbuild import ask
    >>> answer = ask.site("preset:single-loan-80-20", shocks=["site.pue=1.4"])
    >>> answer.headline.id, answer.headline.unit
    ('min_dscr', 'ratio')
    """
    from overbuild.questions.site import site as asked

    return asked(case, sets=sets, shocks=shocks, workspace=workspace)


def check(case: Path | str, *, workspace: Path | str | None = None) -> Answer:
    """Is this site case sound, and where does each of its numbers come from?

    A value outside every source known for its quantity is no fault; it is named, with the sources.
    Raises CaseError for every fault at once, with file, line and column; InputError as `site`.

    >>> from overbuild import ask
    >>> ask.check("preset:single-loan-80-20").values["faults"]
    0
    """
    from overbuild.questions.check import check as asked

    return asked(case, workspace=workspace)


def compare(a: Path | str, b: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Answer:
    """In what do two site cases differ: inputs, results, break-evens?

    `sets` (`path=value`) edit both cases before they are sized. A difference is that of B less that of A, in the unit of
    the value. Raises as `site`, for either case.

    >>> from overbuild import ask
    >>> ask.compare("preset:leased-shell", "preset:leased-shell").values["values_differ"]
    0
    """
    from overbuild.questions.compare import compare as asked

    return asked(a, b, sets=sets, workspace=workspace)


def why(
    number: str,
    case: Path | str | None = None,
    *,
    depth: int = 2,
    shocks: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """Where does a number come from: formula, operands with values and units, inputs, facts with source and day?

    `number` is `gap:total_gap`, `site:cfads@2029Q3`, `site.pue` or `fact:KEY`; a number of a site needs its `case`.
    `depth` counts levels of lines, 0 or more; inputs are always followed to their source. A break-even of a site leads to
    the inputs it moves. Raises InputError `unknown_name` with names that are close, `missing` where the case is, `negative` for the depth;
    else as the question that the number belongs to.

    >>> from overbuild import ask
    >>> ask.why("gap:total_gap", as_of="2026-01-17").headline.text
    'Total gap = -437bn USD a year (gap:total_gap)'
    """
    from overbuild.questions.why import why as asked

    return asked(number, case, depth=depth, shocks=tuple(shocks), as_of=as_of, workspace=workspace)


def list_facts(*, entity: str | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """What do the tables speak of: every table and entity, counted, or one entity's metrics?

    Raises FactError `unknown_name` for an entity that is not there, with names that are close; `no_fact` for a day before
    any fact.

    >>> from overbuild import ask
    >>> ask.list_facts().values["rows"] == ask.check_facts().values["rows"]
    True
    """
    from overbuild.questions.facts import list_facts as asked

    return asked(entity=entity, as_of=as_of, workspace=_folder(workspace))


def show_facts(
    subject: str, metric: str | None = None, *, as_of: str | None = None, workspace: Path | str | None = None
) -> Answer:
    """What is known of one metric of one entity, period by period, which figure is in force, and where was it read?

    Or what does one name stand for: a citing key (`deals.iren_gpu_notes`, `deals.iren_gpu_notes.coupon_pct`,
    `ENTITY.METRIC@PERIOD#source`), a table of rows (`deals`), an entity? `value` of a row is in the base unit, `figure`
    and `unit` are as printed. Raises FactError `unknown_name` for a name that is not there, with names that are close;
    `no_fact` for a row not known on the day, or a field that its row leaves blank.

    >>> from overbuild import ask
    >>> ask.show_facts("MSFT", "capex", as_of="2026-06-30").table("facts").rows[0]["standing"]
    'in force'
    >>> ask.show_facts("deals.iren_gpu_notes.coupon_pct").headline.value
    0.0596
    """
    from overbuild.questions.facts import show_facts as asked

    return asked(subject, metric, as_of=as_of, workspace=_folder(workspace))


def search_facts(words: str, *, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """Which figures hold every one of these words, in their names, notes or sources?

    Raises FactError `no_fact` for a day before any fact.

    >>> from overbuild import ask
    >>> ask.search_facts("leases not commenced").values["found"] > 0
    True
    """
    from overbuild.questions.facts import search_facts as asked

    return asked(words, as_of=as_of, workspace=_folder(workspace))


def show_source(key: str, *, workspace: Path | str | None = None) -> Answer:
    """What is this source, and which figures were read in it?

    Raises FactError `unknown_name` for a key that is not there, with keys that are close.

    >>> from overbuild import ask
    >>> ask.show_source("creati-2026-reckoning").headline.unit
    'count'
    """
    from overbuild.questions.facts import show_source as asked

    return asked(key, workspace=_folder(workspace))


def check_facts(*, workspace: Path | str | None = None) -> Answer:
    """Are the tables of facts sound?

    Raises FactError or InputErrors with every fault at once, each with its file and line.

    >>> from overbuild import ask
    >>> len(ask.check_facts().tables[0].rows) > 10
    True
    """
    from overbuild.questions.facts import check_facts as asked

    return asked(workspace=_folder(workspace))


def fact_quality(*, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How good are the figures: in whose words, how exactly dated, from how many sources, by table and by question?

    Primary is the issuer's own word: a filing or a company's release. Shares are decimals. Raises FactError `no_fact` for
    a day before any fact.

    >>> from overbuild import ask
    >>> ask.fact_quality().values["sourced_share"]
    1.0
    """
    from overbuild.questions.fact_quality import fact_quality as asked

    return asked(as_of=as_of, workspace=workspace)


def add_facts(file: Path | str, workspace: Path | str) -> Answer:
    """Enter the rows of a CSV file into a workspace: all of them, or none if one is at fault.

    Raises FactError or InputErrors with every fault at once, each with its file and line.

        ask.add_facts("mine.csv", "my-workspace")
    """
    from overbuild.questions.facts import add_facts as asked

    return asked(Path(file), Path(workspace))


def glossary(word: str | None = None) -> Answer:
    """What does a word mean, as `ask.glossary("LLCR")`? Raises InputError `unknown_name` for one that is no term."""
    from overbuild.questions.glossary import glossary as asked

    return asked(word)


def _folder(workspace: Path | str | None) -> Path | None:
    return None if workspace is None else Path(workspace)
