"""What is wrong with a network: unknown parties, debts to oneself, negative amounts, owners of more than everything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from overbuild.errors import CaseError, did_you_mean
from overbuild.facts.period import is_day
from overbuild.lenders.network.records import GUARANTEES, ContractRow, EntityRow

_ROUNDING = 1e-9


def network_faults(entities: Sequence[EntityRow], contracts: Sequence[ContractRow]) -> Iterator[CaseError]:
    """Every fault of a network; the path of each begins with the id of its row.

    Codes: `duplicate`, `unknown_name`, `self_liability`, `negative_entry`, `bad_period`, `two_current_versions`,
    `ownership` and `cycle`.
    """
    yield from _ids(entities, contracts)
    known = {one.id for one in entities}
    versions = {one.id: one for one in contracts}
    for one in entities:
        yield from _amounts(one)
    for one in contracts:
        yield from _amounts(one)
        yield from _parties(one, known)
        yield from _version(one, versions)
    yield from _twice_replaced(contracts)
    yield from _owned(contracts)
    yield from _cycles(contracts)


def _ids(entities: Sequence[EntityRow], contracts: Sequence[ContractRow]) -> Iterator[CaseError]:
    for rows, what in ((entities, "entity"), (contracts, "contract")):
        for name, count in Counter(one.id for one in rows).items():
            if count > 1:
                yield CaseError("duplicate", name, count, f"the id of more than one {what}; an id stands once")


def _amounts(row: EntityRow | ContractRow) -> Iterator[CaseError]:
    """Negative amounts, but for income; and days that are none."""
    for name in row._fields:
        value = getattr(row, name)
        if isinstance(value, float) and value < 0 and name != "operating_income_usd_bn":
            yield CaseError(
                "negative_entry", f"{row.id}: {name}", value, "an amount is 0 or more; turn payer and payee"
            )
    if row.known_at and not is_day(row.known_at):
        yield CaseError("bad_period", f"{row.id}: known_at", row.known_at, "a day of the calendar, YYYY-MM-DD")


def _parties(row: ContractRow, known: set[str]) -> Iterator[CaseError]:
    for name in ("payer", "payee", "guarantor"):
        party = getattr(row, name)
        if party and party not in known:
            yield CaseError(
                "unknown_name", f"{row.id}: {name}", party, f"no entity of this id.{did_you_mean(party, known)}"
            )
    if row.payer == row.payee:
        yield CaseError("self_liability", f"{row.id}: payee", row.payee, "nobody has a contract with itself")


def _version(row: ContractRow, versions: dict[str, ContractRow]) -> Iterator[CaseError]:
    """What a row replaces, and what it overlaps with, are rows; a row replaces none that came later."""
    for name, ids in (("supersedes", row.supersedes), ("overlaps", row.overlaps)):
        for other in ids.split():
            if other not in versions:
                yield CaseError(
                    "unknown_name", f"{row.id}: {name}", other, f"no such row.{did_you_mean(other, versions)}"
                )
    for other in row.supersedes.split():
        if other in versions and versions[other].known_at > row.known_at:
            hint = f"{other} became known later, on {versions[other].known_at}; a version replaces an earlier one"
            yield CaseError("bad_period", f"{row.id}: supersedes", row.known_at, hint)


def _twice_replaced(contracts: Sequence[ContractRow]) -> Iterator[CaseError]:
    """One version that two current ones replace: the contract then has two current versions."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for row in contracts:
        if row.version_state in ("", "current"):
            for other in row.supersedes.split():
                heirs[other].append(row.id)
    for other, found in heirs.items():
        if len(found) > 1:
            hint = f"{' and '.join(found)} both replace {other} and are current; one of them replaces the other"
            yield CaseError("two_current_versions", found[-1], other, hint)


def _owned(contracts: Sequence[ContractRow]) -> Iterator[CaseError]:
    """Stakes in a company of more than all of it."""
    held: dict[str, float] = defaultdict(float)
    for row in contracts:
        if row.type == "equity_stake" and row.version_state in ("", "current") and row.share is not None:
            held[row.payee] += row.share
            if held[row.payee] > 1.0 + _ROUNDING:
                hint = f"with this stake more than all of {row.payee} is owned; shares add up to 1 at most"
                yield CaseError("ownership", f"{row.id}: share", held[row.payee], hint)


def _cycles(contracts: Sequence[ContractRow]) -> Iterator[CaseError]:
    """Guarantees that lead back to who gave them: nobody then stands behind the debt."""
    onward: dict[str, dict[str, str]] = defaultdict(dict)
    for row in contracts:
        if row.type in GUARANTEES and row.version_state in ("", "current"):
            onward[row.payer][row.payee] = row.id
    done: set[str] = set()
    for start in list(onward):
        path = [start]
        while path and path[-1] not in done:
            following = [name for name in onward.get(path[-1], {}) if name not in done]
            if not following:
                done.add(path.pop())
                continue
            if following[0] in path:
                ring = [*path[path.index(following[0]) :], following[0]]
                hint = f"guarantees run in a ring: {' -> '.join(ring)}; nobody then stands behind them"
                yield CaseError("cycle", onward[path[-1]][following[0]], following[0], hint)
                done.update(path)
                break
            path.append(following[0])
