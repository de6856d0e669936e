"""The books of the gap and of what must be earned: one year, every sum live, every figure with its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from overbuild.ecosystem.gap.case import gap_case
from overbuild.ecosystem.gap.preset import gap_preset
from overbuild.ecosystem.gap.year import gap_of_year
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.ecosystem.need.year import need_of_year
from overbuild.equations import trace
from overbuild.equations.cells import Ref
from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.facts.store import known_on
from overbuild.questions.answer import Answer
from overbuild.questions.gap.answer import gap
from overbuild.questions.need.answer import need
from overbuild.questions.why.gap import assumed_by_path, origins_of, written_off_by_path
from overbuild.questions.why.tree import Why, of_assumption, of_fact
from overbuild.questions.workbook.book import Book, Check
from overbuild.questions.workbook.facts import cited_rows
from overbuild.questions.workbook.one_page import OnePage, one_page
from overbuild.world.sourced import Sourced

_READING = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once.",
    "The ranges, the path over the years and the tables of the answer are not in this book: run the command.",
)
_BROKEN = "The identity does not hold: do not use this book."


def gap_book(*, as_of: str | None = None, workspace: Path | str | None = None) -> Book:
    """Everything the workbook of the gap shows, on the facts known on a day. Raises as `gap`."""
    preset = gap_preset()
    case = gap_case(known_on(as_of, workspace), preset, preset.year)
    answer = gap(as_of=as_of, workspace=workspace)
    program = trace(partial(gap_of_year, case.shape), case.terms)
    page = one_page(program, case.terms, origins_of(case), answer)
    apart: Check = Check(
        "check.two_sums",
        "Column of gaps less total gap less cost without revenue, as a share of spend",
        ("(", Ref("unreconciled"), "/", Ref("total_spend"), ")"),
        case.table.unreconciled / case.table.total_spend,
        1e-9,
        _BROKEN,
    )  # fmt: skip
    return _book("gap", answer, page, (apart,), workspace)


def need_book(*, as_of: str | None = None, workspace: Path | str | None = None) -> Book:
    """Everything the workbook of what must be earned shows, on the facts known on a day. Raises as `need`."""
    presets = presets_with(OwnAssumptions())
    view = known_on(as_of, workspace)
    case = need_case(view, presets, presets.gap.year)
    answer = need(as_of=as_of, workspace=workspace)
    sources = view.ledger.sources
    origins: dict[str, Why] = {
        "terms.capex": _figure(case.capex.facts, sources),
        "terms.opex": _figure(case.opex.facts, sources),
        "terms.earned": _figure(case.earned.facts, sources),
    }
    named: dict[str, Sourced] = {
        f"terms.layers.{layer.name}.gross_margin": layer.gross_margin for layer in presets.need.layers
    }
    named["terms.chip_share_of_cost"] = presets.need.chip_share_of_cost
    named["terms.end_user_gross_margin"] = presets.need.end_user_gross_margin
    named |= assumed_by_path(presets.gap)
    origins |= {path: of_assumption(path, one) for path, one in named.items()} | written_off_by_path(presets.gap)
    page = one_page(trace(need_of_year, case.terms), case.terms, origins, answer)
    return _book("need", answer, page, (), workspace)


def _figure(facts: Iterable[Fact], sources: Mapping[str, Source]) -> Why:
    leaves = tuple(of_fact(fact, sources[fact.source]) for fact in facts)
    return leaves[0] if len(leaves) == 1 else Why("", "", None, "USD", "input", below=leaves)


_QUESTIONS = {
    "gap": "How big is the gap between AI spend and AI revenue?",
    "need": "What must be earned for a hurdle return?",
}


def _book(name: str, answer: Answer, page: OnePage, checks: tuple[Check, ...], workspace: Path | str | None) -> Book:
    day = answer.as_of or f"everything known; newest exact day {answer.data_until}"
    said = [("Question", _QUESTIONS[name]), ("Answer when exported", answer.headline.text), ("Facts known on", day)]
    said += [("How to read", line) for line in _READING]
    said += [("Limit", line) for line in answer.limits]
    keys = (key for row in page.inputs for key in row.fact.split("; "))
    return Book(
        title=f"{name}: {_QUESTIONS[name]}",
        read_me=tuple(said),
        labels=(),
        inputs=page.inputs,
        constants=page.constants,
        time=(),
        model=page.model,
        sizing=(),
        results=page.results,
        checks=checks,
        facts=tuple(sorted(cited_rows(keys, workspace).values())),
    )
