"""Is this case file sound, and where do its numbers come from?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from overbuild.answer import Answer, Cell, Chart, Column, Headline, Row, Screen, Table
from overbuild.audit.cited_facts import facts_of
from overbuild.audit.kind_of_case import SITE, kind_of_case
from overbuild.errors import InputErrors, OverbuildError
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.charts import NAVY, chart, headed, ranged_bars
from overbuild.questions.check.inputs import HELD, INPUTS, PARTS, by_part, resting_on
from overbuild.questions.check.record_case import check_record
from overbuild.questions.columns import table
from overbuild.questions.drivers.tables import driver_numbers_table, drivers_table
from overbuild.questions.prose import capitalised, times
from overbuild.site.case.peers.outside import Outside, outside_sources
from overbuild.site.case.read import SiteCase, read_site_case
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.sizing.sizing import size
from overbuild.version import __version__
from overbuild.world.provenance.documents import HOW

CHECK_LIMITS = (
    "A file without a fault can still be a poor case: a value inside the range of its sources is not thereby right.",
    "Sources are those of the package and the workspace; for a quantity that none speaks of, nothing is said.",
)


def check(file: Path | str, *, workspace: Path | str | None = None) -> Answer:
    """Check a case: every fault at once with its place; without one, every input with where it comes from.

    A value outside every source known for its quantity is no fault: it is named with its place and the sources, and
    with the case's reason where it gives one (`outside_sources` counts those that give none). A number that differs from
    the fact it cites, or from its own derivation, is a fault. Of a case of another kind nothing is said of other sources.
    """
    kind = kind_of_case(Path(file))
    if kind != SITE:
        return check_record(kind, Path(file), CHECK_LIMITS[:1], workspace=workspace)
    case = read_site_case(Path(file), workspace=workspace)
    try:
        size(case.plan)
    except OverbuildError as error:
        raise case.locate(error) from None
    found = _drawn(case)
    facts = facts_of(case, workspace)
    used, outside = case.used, outside_sources(case, workspace)
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
            inputs_table(case),
            table("agreements", "What each sourced input is held against", HELD, case.agreements),
            outside_table(outside),
            drivers_table(found),
            driver_numbers_table(case, found),
        ),
        facts=facts,
        assumptions=assumptions_of_case(used),
        limits=CHECK_LIMITS,
        notes=(*(one.text for one in outside), *_said_of_sources(case)),
        charts=(_picture(case),),
        screen=_screen(case, outside),
    )


_NAMED = 4
"""How many values outside every source, and how many other remarks, the first screen names."""


def _screen(case: SiteCase, outside: tuple[Outside, ...]) -> Screen:
    """What is printed first: how each part of the case is sourced, then what lies outside every source."""
    said = [*(one.text for one in outside), *_said_of_sources(case)]
    more = len(said) - _NAMED
    moves = (*said[:_NAMED], *((f"And {times(more, 'remark')} more (--full).",) if more > 0 else ()))
    title = "Outside every source, or cited without a document"
    shown = table("parts", "Inputs by part of the case, and what they rest on", PARTS, by_part(case.used))
    return Screen(shown, moves, moves_title=title)


def _drawn(case: SiteCase) -> Uncertain:
    """What is drawn of the case. Raises CaseError, located, for drivers that cannot be."""
    try:
        return uncertain(case.drivers, case.forms)
    except OverbuildError as error:
        raise case.places.located(error) from None


def _picture(case: SiteCase) -> Chart:
    """What the inputs of each part of the case rest on."""
    points: list[dict[str, str | float]] = []
    for name, inputs in by_part(case.used):
        count = float(resting_on(inputs, "fact"))
        text = f"{count:.0f} of {len(inputs)} from a fact or source"
        points.append({"label": name, "kind": "fact", "low": count, "central": count, "high": count, "text": text})
    sourced = resting_on(list(case.used.values()), "fact")
    finding = f"{case.name}: {sourced} of {times(len(case.used), 'input')} rest on a fact or a source"
    measure = "Number of inputs in each part of the case that cite a fact or a document."
    drawing = ranged_bars(points, title="inputs", colours={"fact": NAVY})
    height, foot = 26 * len(points), f"Source: {case.name}. overbuild {__version__}"
    return chart("inputs", finding, headed(finding, measure), width=480, height=height, drawing=drawing, foot=foot)


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


def _said_of_sources(case: SiteCase) -> Iterator[str]:
    """Sources that name no document, and keys that are called otherwise now, each with its place."""
    for one in case.agreements:
        place = f"{one.place.file}:{one.place.line}:{one.place.column} {one.path}"
        if one.verdict == "no document":
            yield f"{place}: `source: {one.cited}` names no document and is counted as neither fact nor assumption. Write {HOW}."
        elif one.note:
            yield f"{place}: {one.note}."


def inputs_table(case: SiteCase) -> Table:
    """Every input of a case with where it comes from."""
    return table("inputs", "Inputs", INPUTS, case.inputs.values())


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
