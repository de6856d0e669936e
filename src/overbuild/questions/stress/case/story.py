"""A case of any kind over many worlds, in sentences."""

from __future__ import annotations

from overbuild.questions.prose import capitalised, pct, quantity, spelled
from overbuild.stress.case_worlds.distribution import CaseDistribution
from overbuild.stress.worlds.intervals import SampleEstimate

MOST_MOVES = 4
FEWEST_MOVED = 20
"""Worlds from which on a fifth of them is compared with another: four in each."""


def name_of(found: CaseDistribution) -> str:
    """What the case is called."""
    return str(getattr(found.worlds.case.record, "name", found.worlds.case.kind.name))


def chance(found: SampleEstimate) -> str:
    """A probability with its interval."""
    digits = 2 if 0.0 < found.value < 0.01 else 1
    return f"{pct(found.value, digits)} ({pct(found.low, digits)} to {pct(found.high, digits)})"


def bad_words(found: CaseDistribution) -> str:
    """What is bad, in words."""
    verdict, unit = found.verdict, found.result(found.verdict.id).asked.unit
    return f"{verdict.bad} {'0' if verdict.level == 0.0 else quantity(verdict.level, unit)}"


def headline(found: CaseDistribution) -> str:
    """The verdict: how likely what is bad is, and where the result lies in nine worlds of ten."""
    one, worlds = found.result(found.verdict.id), found.run.summary.counted
    low, middle, high = (quantity(each.value, one.asked.unit) for each in one.quantiles)
    case = "does not exist" if one.at_base is None else f"is {quantity(one.at_base, one.asked.unit)}"
    plural = "" if worlds == 1 else "s"
    spread = one.untold(0.95) or f"nine of ten lie from {low} to {high}, half below {middle}"
    return (
        f"{name_of(found)}: {one.asked.label} is {bad_words(found)} in {chance(found.bad)} of {worlds:,} world{plural}; {spread}. "
        f"In the case itself it {case}."
    )


def moves(found: CaseDistribution) -> tuple[str, ...]:
    """Which drivers move the result that decides, the most first."""
    unit = found.result(found.verdict.id).asked.unit
    told = found.moves(found.verdict.id)
    if found.run.summary.counted < FEWEST_MOVED:
        return (f"Too few worlds to say what moves it (at least {FEWEST_MOVED}).",)
    return tuple(
        f"{capitalised(spelled(one.name))}: in the mean {quantity(one.lowest, unit)} in the fifth of the worlds where it "
        f"is lowest, {quantity(one.highest, unit)} where it is highest."
        for one in told[:MOST_MOVES]
    )


def decides(found: CaseDistribution) -> tuple[str, ...]:
    """What the numbers of the drivers rest on."""
    numbers = [one for one in found.worlds.case.drawn_from.values() if one.numbers]
    judged = sum(one.origin != "fact" and not one.reason.startswith(ESTIMATED) for one in numbers)
    if not numbers:
        return ()
    return (
        f"{judged} of {len(numbers)} numbers of the drivers are judged, not estimated or cited: `--assumptions` lists them.",
    )


ESTIMATED = "Estimated"
"""How the reason of a number begins that was fitted to data; other reasons are judgements."""


def notes(found: CaseDistribution) -> tuple[str, ...]:
    """How it was drawn."""
    settings, run = found.worlds.settings, found.run
    told = [f"{run.summary.scenarios:,} worlds, seed {settings.seed}, sampler {settings.sampler}; digest {run.digest}."]
    if settings.freedom is not None:
        told.append(f"Extremes come together: a t copula of {settings.freedom:g} degrees of freedom.")
    told += [f"{capitalised(run.stopped)}."] if run.stopped else []
    told += [f"Slower than it could be: {found.worlds.slow}."] if found.worlds.slow else []
    return tuple(told)
