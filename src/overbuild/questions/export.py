"""Give me the model: a workbook with live formulas of a site, of the gap, of what must be earned, of companies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from overbuild.answer import Answer
from overbuild.audit.book.book import Book, Check
from overbuild.audit.book.case_book import case_book
from overbuild.audit.book.exhibits import exhibits
from overbuild.audit.book.site.site_book import book_of
from overbuild.audit.book.year_book import year_book
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.companies.book import company_checks, side_by_side
from overbuild.audit.companies.numbers import company_numbers
from overbuild.audit.contagion.rounds_book import rounds_book
from overbuild.audit.sheet.case_sheet import carried_case
from overbuild.audit.year_numbers import gap_numbers, need_numbers
from overbuild.company.case import company_case, company_measures
from overbuild.company.companies import companies_case
from overbuild.company.preset import OwnFigures, companies_preset
from overbuild.company.vintages.drafted_case import DRAFTED
from overbuild.demand.stack.shocks import stack_edits
from overbuild.ecosystem.contagion.asked_case import AskedContagion, asked_case, network_asked
from overbuild.ecosystem.gap.case import gap_case
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.equations.reading.cells import Ref
from overbuild.facts.store import known_on
from overbuild.questions.agents import agents
from overbuild.questions.agents_all import agents_all
from overbuild.questions.companies import companies
from overbuild.questions.company import company
from overbuild.questions.contagion import contagion
from overbuild.questions.fleet import fleet
from overbuild.questions.gap import gap
from overbuild.questions.grid import grid
from overbuild.questions.need import need
from overbuild.questions.rules import rules
from overbuild.questions.site import story
from overbuild.questions.site.answer import LIMITS
from overbuild.questions.stack import stack
from overbuild.questions.tariff import tariff
from overbuild.questions.vintages import vintages
from overbuild.site.case_run import CaseRun, run_case
from overbuild.stress.site_breaks import breaks_of

SITE = "Does this site pay its lenders and owners; how much debt can it carry?"
_READING = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once, with the debt as it was sized.",
    "Where the column 'when changed' says 'export again', the book cannot follow: change the case file and export.",
    "A check that turns red says what it means. 'Sized on other inputs' is a shock: cover is that of the old schedule.",
    "Rows of one phase, fleet, contract, component, loan or test stand together: the outline beside them folds them.",
    "Grey columns of Model are periods after the site has ended: the lines run on, and nothing counts them.",
)


def site_book(
    file: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Book:
    """Everything the workbook of a site shows. Money in USD, rates as decimals; places from close, 0, on.

    Raises as `site`.
    """
    case = run_case(Path(file), sets, shocks, workspace=workspace)
    book = book_of(case, workspace)
    carried = None if shocks else carried_case("site", Path(file), sets, workspace)
    return book._replace(title=f"{book.title}: {SITE}", read_me=_read_me(case), carried=carried)


def _read_me(case: CaseRun) -> tuple[tuple[str, str], ...]:
    said = [("Question", SITE), ("Answer when exported", story.headline(case, breaks_of(case.run)))]
    said.append(("Case", f"{case.shocked.name}, close {case.shocked.close}"))
    said += [("Shock", f"{path}={entry.value}") for path, entry in case.shocks]
    said += [("How to read", line) for line in _READING]
    said += [("Limit", line) for line in LIMITS]
    return tuple(said)


GAP = "How big is the gap between AI spend and AI revenue?"
NEED = "What must be earned for a hurdle return?"
COMPANIES = "Who spends, out of which cash; who diverges?"
COMPANY = "What does this company spend, out of which cash; what does another life of its servers do?"
_OF_A_YEAR = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once.",
    "The ranges, the path over the years and the tables of the answer are not in this book: run the command.",
)


def gap_book(*, as_of: str | None = None, workspace: Path | str | None = None) -> Book:
    """Everything the workbook of the gap shows, on the facts known on a day. Raises as `gap`."""
    presets = presets_with(OwnAssumptions())
    case = gap_case(known_on(as_of, workspace), presets.gap, presets.gap.year)
    apart = Check(
        "check.two_sums",
        "Column of gaps less total gap less cost without revenue, as a share of spend",
        ("(", Ref("unreconciled"), "/", Ref("total_spend"), ")"),
        case.table.unreconciled / case.table.total_spend,
        1e-9,
        "The identity does not hold: do not use this book.",
    )
    return _titled(year_book(gap_numbers(case), (apart,), workspace), GAP, gap(as_of=as_of, workspace=workspace))


def need_book(*, as_of: str | None = None, workspace: Path | str | None = None) -> Book:
    """Everything the workbook of what must be earned shows, on the facts known on a day. Raises as `need`."""
    presets = presets_with(OwnAssumptions())
    case = need_case(known_on(as_of, workspace), presets, presets.gap.year)
    return _titled(year_book(need_numbers(case), (), workspace), NEED, need(as_of=as_of, workspace=workspace))


CONTAGION = "Who is hurt when a payer of the AI economy fails?"
_OF_ROUNDS = (
    "Change a blue cell of Inputs: every round of losses follows, and so do Results and Checks.",
    "Each column of Model is a round: contracts cost where parties stood before it, and parties stand where losses leave them.",
    "This is one world, the point. Bounds over what is not known, holders and classes are not in this book: run the command.",
    "Parties that no open figure lets lose are left out.",
)


def contagion_book(
    *, fail: tuple[str, ...] = (), ai_revenue: float = 0.0, years: float = 1.0, as_of: str | None = None
) -> Book:
    """Everything the workbook of a contagion study shows: its rounds at the point. Raises as `contagion`."""
    case = asked_case(network_asked(None), AskedContagion(fail, ai_revenue, years, as_of), search=False)
    answer = contagion(fail=fail, ai_revenue=ai_revenue, years=years, as_of=as_of, structure="maxent")
    book = _titled(rounds_book(case), CONTAGION, answer)
    kept = tuple(line for line in book.read_me if line[0] != "How to read")
    return book._replace(read_me=(*kept[:3], *(("How to read", line) for line in _OF_ROUNDS), *kept[3:]))


def company_book(
    ticker: str, own: OwnFigures | None = None, *, as_of: str | None = None, workspace: Path | str | None = None
) -> Book:
    """Everything the workbook of a company shows, at its newest period, on the facts known on a day. Raises as `company`."""
    case = company_case(known_on(as_of, workspace), companies_preset(), ticker, own)
    answer = company(case.ticker, own=own, as_of=as_of, workspace=workspace)
    book = year_book(company_numbers(case), tuple(company_checks(case)), workspace)
    return _titled(book, f"{case.name}: {COMPANY}", answer)


def companies_book(
    tickers: Sequence[str] = (), *, as_of: str | None = None, workspace: Path | str | None = None
) -> Book:
    """The workbook of companies side by side: the figures and measures of each at its newest period. Raises as `companies`."""
    view, preset = known_on(as_of, workspace), companies_preset()
    compared = companies_case(view, preset, tickers).companies
    books = {
        one.ticker: year_book(company_numbers(company_measures(view, preset, one.ticker)), (), workspace)
        for one in compared
        if one.newest is not None
    }
    return _titled(side_by_side(books), COMPANIES, companies(tickers, as_of=as_of, workspace=workspace))


def _titled(book: Book, question: str, answer: Answer) -> Book:
    day = answer.as_of or f"everything known; newest exact day {answer.data_until}"
    said = [("Question", question), ("Answer when exported", answer.headline.text), ("Facts known on", day)]
    said += [("How to read", line) for line in _OF_A_YEAR]
    said += [("Limit", line) for line in answer.limits]
    return book._replace(title=f"{book.title}: {question}", read_me=tuple(said))


def case_book_of(kind: str, file: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Book:
    """Everything the workbook of a case of a kind shows that has a book by the general rule. Raises as its question."""
    found = EXPLAINED[kind]
    explained = found.explain(Path(file), sets, workspace)
    book = case_book(explained, axis=found.axis, pictures=found.pictures, workspace=workspace)
    answer = _ANSWERS[kind](file, sets=sets, workspace=workspace)
    said = [("Question", QUESTIONS[kind]), ("Answer when exported", answer.headline.text)]
    said += [("How to read", line) for line in _OF_A_CASE]
    said += [("Limit", line) for line in answer.limits]
    said += exhibits(book)
    shocked = kind == "stack" and bool(stack_edits(sets).shocks)
    drafted = shocked or str(file).startswith(DRAFTED)
    carried = None if drafted else carried_case(kind, Path(file), sets, workspace)
    return book._replace(title=f"{book.title}: {QUESTIONS[kind]}", read_me=tuple(said), carried=carried)


def _stack(file: Path | str, *, sets: Sequence[str], workspace: Path | str | None) -> Answer:
    edits = stack_edits(sets)
    return stack(file, shocks=edits.shocks, sets=edits.sets, workspace=workspace)


QUESTIONS = {
    "fleet": "What are these chips worth as they age, and what do the books say meanwhile?",
    "agents": "Does an agent pay on this workflow, when does it stop to pay, and what is the programme worth?",
    "grid": "What does a large load do to prices, capacity, the bills of others, carbon?",
    "programmes": "What share of work must agents take for the spend on AI to be earned; which workflows are worth a budget?",
    "rules": "What do rules cost a firm, how bad is a bad year, and do controls pay for themselves?",
    "stack": "Who keeps the margin when a layer of the stack is shocked, and does owning layers pay?",
    "tariff": "Who pays under this tariff when a large load comes late, small, not at all, or leaves?",
    "vintages": "When do this spender's AI chips have to be written down, and how large?",
}
_ANSWERS: dict[str, Callable[..., Answer]] = {
    "agents": agents,
    "fleet": fleet,
    "grid": grid,
    "programmes": agents_all,
    "rules": rules,
    "stack": _stack,
    "tariff": tariff,
    "vintages": vintages,
}
_OF_A_CASE = (
    "Change a blue cell of Inputs: Model, Results and Checks follow at once.",
    "Where the column 'when changed' says 'export again', the book cannot follow: change the case file and export.",
)
