"""Is this case file sound, and where do its numbers come from?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Column, Headline, Row, Screen, Table
from overbuild.audit.cited_facts import facts_of
from overbuild.audit.kind_of_case import SITE, kind_of_case
from overbuild.errors import InputErrors, OverbuildError
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.check.of_inputs import (
    agreements_table,
    inputs_picture,
    inputs_table,
    parts_table,
    said_of_sources,
)
from overbuild.questions.check.of_worksheet import changed_in, changed_notes, changed_table
from overbuild.questions.check.record_case import check_record
from overbuild.questions.drivers.tables import driver_numbers_table, drivers_table
from overbuild.questions.prose import capitalised, times
from overbuild.site.case.peers.outside import Outside, outside_sources
from overbuild.site.case.read import SiteCase, read_site_case
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.sizing.sizing import size

CHECK_LIMITS = (
    "A file without a fault can still be a poor case: a value inside the range of its sources is not thereby right.",
    "Sources are those of the package and the workspace; for a quantity that none speaks of, nothing is said.",
)


def check(file: Path | str, *, workspace: Path | str | None = None, kind: str = "") -> Answer:
    """Check a case: every fault at once with its place; without one, every input with where it comes from.

    `kind` is its kind; without one, that which its file shows. What follows is of a site, of other kinds see `check_record`.

    A value outside every source known for its quantity is no fault: it is named with its place and the sources, and
    with the case's reason where it gives one (`outside_sources` counts those that give none). A number that differs from
    the fact it cites, or from its own derivation, is a fault.
    """
    known = kind or kind_of_case(Path(file))
    if known != SITE:
        return check_record(known, Path(file), workspace)
    case = read_site_case(Path(file), workspace=workspace)
    try:
        size(case.plan)
    except OverbuildError as error:
        raise case.locate(error) from None
    found = _drawn(case)
    facts = facts_of(case, workspace)
    used, outside, changed = case.used, outside_sources(case, workspace), changed_in(Path(file), case.form.record)
    unexplained = sum(not one.kept for one in outside)
    counts = {origin: sum(one.origin == origin for one in used.values()) for origin in ("fact", "assumption", "case")}
    held = [one for one in case.agreements if one.path in used]
    verdicts = {word: sum(one.verdict == word for one in held) for word in ("agrees", "derived")}
    text = (
        f"{case.name}: no fault. {len(used)} inputs: {counts['fact']} from facts or sources, "
        f"{counts['assumption']} named assumptions, {counts['case']} with neither. Held against what they cite: "
        f"{verdicts['agrees']} agree, {verdicts['derived']} are derived. "
        f"{_outside_words(len(outside), unexplained)}{_published_words(case)}"
    )
    values: dict[str, Cell] = {
        "faults": 0,
        "kind": SITE,
        "outside_sources": unexplained,
        "outside_sources.kept": len(outside) - unexplained,
        "inputs": len(used),
        "published": len(case.published),
        "drivers": len(found.told),
        **{f"inputs.{k}": n for k, n in (counts | verdicts).items()},
    }
    return Answer(
        question="check",
        headline=Headline("faults", 0, "count", text),
        values=values,
        status={},
        tables=(
            inputs_table(case.inputs),
            agreements_table(case.agreements),
            outside_table(outside),
            drivers_table(found),
            driver_numbers_table(case, found),
            *((changed_table(changed),) if changed else ()),
        ),
        facts=facts,
        assumptions=assumptions_of_case(used),
        limits=CHECK_LIMITS,
        notes=(*changed_notes(changed), *(one.text for one in outside), *said_of_sources(case.agreements)),
        charts=(inputs_picture(case.name, case.used),),
        screen=_screen(case, outside, changed_notes(changed)),
    )


_NAMED = 4
"""How many values outside every source, and how many other remarks, the first screen names."""


def _screen(case: SiteCase, outside: tuple[Outside, ...], changed: tuple[str, ...]) -> Screen:
    """What is printed first: how each part of the case is sourced, then what lies outside every source."""
    said = [*(one.text for one in outside), *said_of_sources(case.agreements)]
    more = len(said) - _NAMED
    moves = (*changed, *said[:_NAMED], *((f"And {times(more, 'remark')} more (--full).",) if more > 0 else ()))
    title = (
        "Changed, outside every source, or cited without a document"
        if changed
        else "Outside every source, or cited without a document"
    )
    shown = parts_table(case.used)
    return Screen(shown, moves, moves_title=title)


def _drawn(case: SiteCase) -> Uncertain:
    """What is drawn of the case. Raises CaseError, located, for drivers that cannot be."""
    try:
        return uncertain(case.drivers, case.forms)
    except OverbuildError as error:
        raise case.places.located(error) from None


def _outside_words(count: int, unexplained: int) -> str:
    if not count:
        return "No value lies outside every source known for it."
    return f"Outside every source known: {times(count, 'value')}, {count - unexplained} kept for a reason."


def _published_words(case: SiteCase) -> str:
    """How many published figures of the deal stand in the case, and how many of them cite what prints them."""
    if not case.published:
        return ""
    cited = sum(bool(case.inputs[f"published.{one.name}.value"].facts) for one in case.published)
    count = len(case.published)
    return f" {capitalised(times(count, 'published figure'))} of the deal: {cited} from facts; `site` sets them beside the case."


def all_faults(error: OverbuildError) -> tuple[OverbuildError, ...]:
    """An error's parts: itself, or the errors it gathers."""
    return error.errors if isinstance(error, InputErrors) else (error,)


def outside_table(found: tuple[Outside, ...]) -> Table:
    """The values outside their sources, one a row, with the facts they were held against."""
    rows: list[Row] = [
        {
            "input": one.path,
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "quantity": one.quantity.label.rstrip(","),
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "unit": one.quantity.unit,
            "sources": len(one.sources),
            "facts": "; ".join(source.fact for source in one.sources),
            "kept": one.kept or None,
            "warning": one.text,
        }
        for one in found
    ]
    labels = ("input", "file", "line", "column", "quantity", "value", "low", "high", "unit", "sources", "facts", "kept")
    columns = tuple(Column(label, label) for label in (*labels, "warning"))
    return Table("outside_sources", "Values outside every source", columns, tuple(rows))
