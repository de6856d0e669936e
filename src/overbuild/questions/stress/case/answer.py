"""How likely is the result of a case bad, how far does it spread, and what moves it: any kind of case but a site."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.answer import Answer, Cell, Headline, Screen
from overbuild.audit.case_kinds import explained_kind
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.stress.case import story
from overbuild.questions.stress.case.pictures import pictures
from overbuild.questions.stress.case.tables import results_table, tables
from overbuild.stress.case_worlds import CaseDistribution, case_worlds
from overbuild.stress.case_worlds.deciding_result import decided_by
from overbuild.stress.case_worlds.distribution import QUANTILES
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "A probability is of the worlds drawn here, from the drivers as the case gives them; it is not a forecast.",
    "Each driver is drawn once and holds for the whole of a world; nothing moves from period to period.",
    "What no driver moves is as in the case in every world. Results that a solver finds are not found again in each.",
)
_ROWS = 8
_QUANTILES = ("p5", "p50", "p95")


def stress_case(
    kind: str,
    file: Path | str,
    *,
    sets: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
    bad: str = "",
) -> Answer:
    """Run a case of a kind over many worlds: every result with its quantiles, how likely it is bad, what moves it.

    `bad` says what is bad of a result, such as `unit_npv<5000`; without it, what the kind says. Raises as the question of
    the kind, and as `case_worlds`; InputError `syntax` for another `bad`.
    """
    known = explained_kind(kind)
    explained = known.explain(Path(file), sets, workspace)
    found = case_worlds(explained, settings, verdict=decided_by(bad) if bad else known.verdict, progress=progress)
    inputs, drawn = explained.case.inputs, explained.case.drawn_from
    keys = {key for one in (*inputs.values(), *drawn.values()) for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    values = {one.id: one for one in _values(found)}
    return Answer(
        question="stress",
        headline=Headline("p_bad", found.bad.value, "decimal", story.headline(found)),
        values={name: one.value for name, one in values.items()},
        status={name: one.status or "it exists in no world" for name, one in values.items() if one.value is None},
        tables=tables(found),
        facts=facts,
        assumptions=(*assumptions_of_case(drawn), *assumptions_of_case(inputs)),
        limits=LIMITS,
        notes=story.notes(found),
        charts=pictures(found, facts) if found.run.summary.counted >= story.FEWEST_MOVED else (),
        units={name: one.unit for name, one in values.items()},
        labels={name: one.label for name, one in values.items()},
        screen=Screen(results_table(found, _shown(found)), story.moves(found), story.decides(found)),
    )


def _shown(found: CaseDistribution) -> tuple[str, ...]:
    """The results of the first screen: that which decides, then the others in their order."""
    return (found.verdict.id, *(one for one in found.ids if one != found.verdict.id))[:_ROWS]


class CaseValue(NamedTuple):
    """A value of the answer: its id, what it is called, its unit, and why it is None."""

    id: str
    label: str
    unit: str
    value: Cell
    status: str = ""


def _values(found: CaseDistribution) -> Iterator[CaseValue]:
    summary = found.run.summary
    yield CaseValue("scenarios", "Scenarios", "count", summary.scenarios)
    yield CaseValue("failed", "Scenarios that could not be computed", "count", summary.scenarios - summary.counted)
    words = f"Probability that {found.verdict.id} is {found.verdict.bad} {found.verdict.level:g}"
    for end, value in (("", found.bad.value), (".low", found.bad.low), (".high", found.bad.high)):
        yield _of(f"p_bad{end}", words, "decimal", value)
    for name in found.ids:
        one = found.result(name)
        label, unit = one.asked.label, one.asked.unit
        yield CaseValue(name, f"{label}, of the case itself", unit, one.at_base)
        yield _of(f"{name}.mean", f"{label}, mean", unit, one.mean.value)
        for word, share, quantile in zip(_QUANTILES, QUANTILES, one.quantiles, strict=True):
            yield _of(f"{name}.{word}", f"{label}, {word}", unit, quantile.value, one.untold(share))
        yield _of(f"{name}.p_below_zero", f"{label}: probability below 0", "decimal", one.below_zero.value)
        yield _of(f"{name}.p_none", f"{label}: probability that it does not exist", "decimal", one.not_existing.value)
    yield CaseValue("digest", "What stands for every digit", "", found.run.digest)


def _of(name: str, label: str, unit: str, value: float, otherwise: str = "") -> CaseValue:
    return CaseValue(name, label, unit, None if math.isnan(value) else value, otherwise)
