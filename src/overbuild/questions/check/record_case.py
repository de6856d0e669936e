"""Is a case sound whose file form is its record, and where do its numbers come from?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Chart, Headline, Screen
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.charts import NAVY, Points, chart, headed, ranged_bars
from overbuild.questions.check.inputs import HELD, INPUTS, PARTS, by_part, resting_on
from overbuild.questions.columns import table
from overbuild.questions.facts_used import used
from overbuild.questions.prose import times
from overbuild.version import __version__
from overbuild.world.case_record import CaseRecord
from overbuild.world.sourced import Sourced

OF_A_RECORD = "Nothing is said of a value that lies outside what other sources say: that is held for sites alone."


def check_record(kind: str, file: Path, limits: tuple[str, ...], *, workspace: Path | str | None = None) -> Answer:
    """Check a case of a kind by reading and running it: every fault at once with its place, else where each input comes from.

    Raises as its question.
    """
    case = EXPLAINED[kind].explain(file, (), workspace).case
    inputs = numbers_of(case)
    counts = {origin: resting_on(list(inputs.values()), origin) for origin in ("fact", "assumption", "case")}
    verdicts = {word: sum(one.verdict == word for one in case.agreements) for word in ("agrees", "derived")}
    drawn = len(case.drivers.drawn) if case.drivers else 0
    name = getattr(case.record, "name", kind)
    text = (
        f"{name}: no fault in this case of the kind {kind}. {len(inputs)} inputs: {counts['fact']} from facts or sources, "
        f"{counts['assumption']} named assumptions, {counts['case']} with neither. Held against what they cite: "
        f"{verdicts['agrees']} agree, {verdicts['derived']} are derived. Drawn over many worlds: {times(drawn, 'driver')}."
    )
    values: dict[str, Cell] = {"faults": 0, "inputs": len(inputs), "drivers": drawn}
    keys = {key for one in inputs.values() for key in one.facts}
    return Answer(
        question="check",
        headline=Headline("faults", 0, "count", text),
        values={**values, **{f"inputs.{word}": count for word, count in (counts | verdicts).items()}},
        status={},
        tables=(
            table("inputs", "Inputs", INPUTS, inputs.values()),
            table("agreements", "What each sourced input is held against", HELD, case.agreements),
        ),
        facts=used(cited_fields(keys, workspace).values()),
        assumptions=assumptions_of_case(inputs),
        limits=(*limits, OF_A_RECORD),
        charts=(_picture(case, name),),
        screen=Screen(table("parts", "Inputs by part of the case, and what they rest on", PARTS, by_part(inputs))),
    )


def numbers_of(case: CaseRecord[object]) -> dict[str, Sourced]:
    """The inputs of a case and of its drivers that are numbers, or words with a source or a reason."""
    every = {**case.inputs, **case.drawn_from}
    return {path: one for path, one in every.items() if one.numbers or one.origin != "case"}


def _picture(case: CaseRecord[object], name: str) -> Chart:
    """What the inputs of each part of the case rest on."""
    inputs = numbers_of(case)
    points: Points = []
    for part, those in by_part(inputs):
        count = float(resting_on(those, "fact"))
        text = f"{count:.0f} of {len(those)} from a fact or source"
        points.append({"label": part, "kind": "fact", "low": count, "central": count, "high": count, "text": text})
    finding = f"{name}: {resting_on(list(inputs.values()), 'fact')} of {times(len(inputs), 'input')} rest on a fact or a source"
    measure = "Number of inputs in each part of the case that cite a fact or a document."
    drawing = ranged_bars(points, title="inputs", colours={"fact": NAVY})
    height, foot = 26 * len(points), f"Source: {name}. overbuild {__version__}"
    return chart("inputs", finding, headed(finding, measure), width=480, height=height, drawing=drawing, foot=foot)
