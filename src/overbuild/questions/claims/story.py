"""Published sums in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from overbuild.answer import Screen, Table
from overbuild.ecosystem.claims.case import CheckedClaim
from overbuild.ecosystem.claims.inputs_moved import MovedInput, within
from overbuild.ecosystem.need.required_revenue import RequiredRevenue
from overbuild.facts.sources import Source, shipped_sources
from overbuild.facts.store import sources_of
from overbuild.questions.deciding import DECISIVE
from overbuild.questions.prose import bn, capitalised, listed, spelled

VERDICTS = {
    "closes": "closes",
    "closes_by_construction": "closes by construction",
    "does_not_close": "does not close",
    "cannot_be_closed": "cannot be closed",
}
"""A verdict in words."""

NAMED = 3
"""How many sums of a kind are named."""


def said_unit(unit: str) -> str:
    """The unit of a claim, a label, as one says it.

    >>> said_unit("USD_bn_per_year"), said_unit("ratio"), said_unit("USD_bn_per_GW")
    ('USD bn a year', '', 'USD bn per GW')
    """
    return "" if unit == "ratio" else unit.replace("_", " ").replace("per year", "a year")


def number(value: float) -> str:
    """A number of a claim to six digits."""
    return f"{value:,.6g}"


def counted(checked: Sequence[CheckedClaim], counts: Mapping[str, int]) -> str:
    """How many of the sums met each verdict."""
    return (
        f"Of {len(checked)} published sums {counts['closes']} close on their own inputs, "
        f"{counts['closes_by_construction']} close only because an input was solved from the result, "
        f"{counts['does_not_close']} do not close, and {counts['cannot_be_closed']} cannot be closed because their "
        "inputs were not published."
    )


def screen(checked: Sequence[CheckedClaim], failing: Table, counts: Mapping[str, int]) -> Screen:
    """What is printed first of the list: the sums that do not close, then what else does not stand."""
    tested = [one for one in checked if one.verdict.difference is not None and one.verdict.tolerance is not None]
    closed, at_half, at_twice = (len(within(tested, times)) for times in (1.0, 0.5, 2.0))
    decides = (
        f"Tolerance, half a unit of the last printed digit: at half of it {closed - at_half} more would not close, at "
        f"twice of it {at_twice - closed} more would.",
    )
    title = "What else to know of them"
    return Screen(failing if counts["does_not_close"] else "claims", tuple(_beside(checked)), decides, title)


def _beside(checked: Sequence[CheckedClaim]) -> Iterator[str]:
    solved = [one.claim.id for one in checked if one.verdict.verdict == "closes_by_construction"]
    missing = [one.claim.id for one in checked if one.verdict.verdict == "cannot_be_closed"]
    mixed = [one.claim.id for one in checked if one.verdict.mixes]
    if solved:
        yield f"Closed by construction: {_some(solved)}."
    if missing:
        yield f"Without their inputs: {_some(missing)}."
    if mixed:
        yield f"Beside its verdict a sum mixes measurements that are not one: {_some(mixed)}."


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - NAMED
    return listed([*ids[:NAMED], f"{more} more"]) if more > 0 else listed(ids)


def verdict(one: CheckedClaim) -> str:
    """Whose sum it is, what it says, and what became of it."""
    claim, found = one
    unit = said_unit(claim.unit)
    printed = f"{number(claim.output)} {unit}".rstrip()
    head = f"{claim.author}, {claim.published}: {claim.claim.rstrip('.')}, {printed}."
    if found.recomputed is None:
        return f"{head} It cannot be closed: {found.why}."
    if found.verdict == "does_not_close":
        return f"{head} It does not close: {found.why}."
    return f"{head} It {VERDICTS[found.verdict]}: {found.why}."


def screen_of_one(
    one: CheckedClaim, moved: Sequence[MovedInput], ours: RequiredRevenue | None, workspace: Path | None
) -> Screen:
    """What is printed first of one sum: its arithmetic, what stands behind it, and the inputs that move it most."""
    table = "steps" if one.verdict.steps else "inputs"
    return Screen(table, tuple(_behind(one, ours, workspace)), decides(one, moved), "What stands behind it")


def decides(one: CheckedClaim, moved: Sequence[MovedInput]) -> tuple[str, ...]:
    """The inputs that move the sum most, with the sum a tenth lower and higher."""
    unit = f" {said_unit(one.claim.unit)}".rstrip()
    return tuple(
        f"{capitalised(spelled(found.name))}, {number(found.value)}: the sum is {_or_none(found.at_low)}{unit} at 10% less, "
        f"{_or_none(found.at_high)} at 10% more."
        for found in moved[:DECISIVE]
        if found.swing
    )


def _or_none(value: float | None) -> str:
    return "not defined" if value is None else number(value)


def _behind(one: CheckedClaim, ours: RequiredRevenue | None, workspace: Path | None) -> Iterator[str]:
    yield _read_in(one, workspace)
    yield from (f"Beside the verdict: the sum {mixture}." for mixture in one.verdict.mixes)
    if ours is not None:
        yield (
            f"On its capex of {bn(ours.capex)} USD our model asks {bn(ours.owner)} in the first year at the owners' door and "
            f"{bn(ours.end_user)} at the end user's."
        )


def notes(one: CheckedClaim, ours: RequiredRevenue | None, workspace: Path | None) -> tuple[str, ...]:
    """Where the sum was read, and what is to be said beside it."""
    claim = one.claim
    said = [_read_in(one, workspace)]
    said += [claim.note] if claim.note else []
    said += [f"Tolerance: {claim.tolerance_reason}"] if claim.tolerance_reason else []
    said += [f"Beside the verdict: the sum {mixture}." for mixture in one.verdict.mixes]
    if ours is None:
        said.append("Our model has nothing to set beside it: the claim names no capex that a return could be asked on.")
    return tuple(said)


def _read_in(one: CheckedClaim, workspace: Path | None) -> str:
    claim = one.claim
    source = _sources(workspace).get(claim.source)
    return f"Source: {claim.author}, {claim.published}; read in {source.citation() if source else claim.source}."


def _sources(workspace: Path | None) -> dict[str, Source]:
    return sources_of(workspace) if workspace else shipped_sources()


def mixtures(checked: Sequence[CheckedClaim]) -> tuple[str, ...]:
    """What each sum mixes, in sentences."""
    return tuple(f"{one.claim.id} {mixture}." for one in checked for mixture in one.verdict.mixes)
