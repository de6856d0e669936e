"""Who is hurt over many worlds: losses of the AI economy as a distribution, its tail, and whose failure adds most to it."""

from __future__ import annotations

import math

from overbuild.answer import Answer, Assumption, Cell, FactUsed, Headline
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.preset import assumptions_of
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.contagion import drawn_story as story
from overbuild.questions.contagion.drawn_tables import (
    classes_table,
    drivers_table,
    moves_table,
    parties_table,
    too_big_drawn_table,
)
from overbuild.stress.economy_worlds.drivers import economy_inputs
from overbuild.stress.economy_worlds.results import EconomyDistribution
from overbuild.stress.economy_worlds.run import economy_worlds
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "Probabilities are of the worlds drawn here. Nearly all numbers behind them are judged, and no series of failures of "
    "such companies exists; `--assumptions` lists them.",
    "Who holds debt that nobody names, and which contracts there are, is as at the point in every world: that is in the bounds of "
    "`--structure all`, not in these quantiles.",
    "Banks, funds and insurers lose and do not fail; runs and fire sales are not drawn. A lab that fails by itself is taken "
    "over with the chance of the table `absorption`, and nobody then loses.",
)


def drawn(
    case: ContagionCase,
    settings: StressSettings,
    facts: tuple[FactUsed, ...],
    as_of: str | None,
) -> Answer:
    """The answer of an economy over many worlds; `facts` are the contracts and sheets it is made of."""
    found = economy_worlds(case, settings)
    values = _values(found)
    return Answer(
        question="contagion",
        headline=Headline("loss.lenders.mean", values["loss.lenders.mean"], "USD", story.headline(found, as_of)),
        values=values,
        status={
            name: "nobody's capital is known" if name.startswith("tbtf.") else "too few worlds"
            for name, value in values.items()
            if value is None
        },
        tables=(
            classes_table(found),
            parties_table(found),
            too_big_drawn_table(found),
            moves_table(found),
            drivers_table(),
        ),
        facts=facts,
        assumptions=(*_assumptions(), *assumptions_by_id(assumptions_of(case.preset))),
        limits=LIMITS,
        as_of=as_of,
        notes=story.notes(found),
        charts=story.pictures(found, facts),
        units=dict.fromkeys((name for name in values if name.startswith("loss.")), "USD"),
        screen=story.screen(found, classes_table(found, first=True)),
    )


def _values(found: EconomyDistribution) -> dict[str, Cell]:
    values: dict[str, Cell] = {"scenarios": found.worlds.summary.scenarios, "digest": found.worlds.digest}
    for one in found.classes():
        name = f"loss.{one.id}"
        values |= {f"{name}.mean": one.mean.value, f"{name}.mean.low": one.mean.low, f"{name}.mean.high": one.mean.high}
        values |= {f"{name}.p50": one.median, f"{name}.p95": one.p95.value, f"{name}.p99": one.p99.value}
        values |= {f"{name}.worst_5pct": one.worst.value, f"{name}.worst_5pct.low": one.worst.low}
        values |= {f"{name}.worst_5pct.high": one.worst.high, f"{name}.in_tail": one.in_tail}
    values["defaults.mean"] = found.mean("stopped_in_all").value
    values["defaults.by_itself.mean"] = found.mean("by_itself").value
    for one in found.parties():
        values |= {f"p_stop.{one.id}": one.stops.value, f"p_stop.{one.id}.in_tail": one.in_tail}
        values[f"delta_covar.{one.id}"] = None if math.isnan(one.apart) else one.apart
    for one in found.too_big:
        values |= {f"tbtf.{one.party}": one.share, f"tbtf.{one.party}.added": one.added.value}
        values |= {f"tbtf.{one.party}.added.low": one.added.low, f"tbtf.{one.party}.added.high": one.added.high}
    return values


def _assumptions() -> tuple[Assumption, ...]:
    found: list[Assumption] = []
    for name, one in economy_inputs().items():
        for place, number in enumerate(one.numbers, 1):
            path = name if len(one.numbers) == 1 else f"{name}.{place}"
            found.append(Assumption(path, float(number), one.unit, one.low, one.high, one.author, one.reason))
    return tuple(found)
