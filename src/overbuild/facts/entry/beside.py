"""Added rows beside those that stand already: repeated identities, other measures, slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from overbuild.errors import FactError
from overbuild.facts.entry.plausibility import find_slips
from overbuild.facts.fact import Fact
from overbuild.units import UNITS


def faults_beside(added: Sequence[Fact], established: Sequence[Fact]) -> list[FactError]:
    """Faults of added rows beside those that stand already: repeated identities, other measures, slips."""
    own = {fact.file for fact in added}
    repeated = [fault for fault in find_duplicates([*established, *added]) if fault.file in own]
    return [*repeated, *find_unit_clashes(added, established), *find_slips(added, established)]


def find_duplicates(facts: Iterable[Fact]) -> list[FactError]:
    """Rows that repeat the identity of an earlier row, with what to do: it depends on what else is the same."""
    seen: dict[tuple[str, ...], Fact] = {}
    faults: list[FactError] = []
    for fact in facts:
        first = seen.setdefault(fact.identity, fact)
        if first is not fact:
            faults.append(_at_row(fact, "duplicate", fact.vintage, _figure(fact), _repeated(fact, first)))
    return faults


def _repeated(fact: Fact, first: Fact) -> str:
    place = f"{first.file}:{first.line}"
    if fact.base_unit != first.base_unit or fact.unit_printed != first.unit_printed:
        said = " ".join(part for part in (_figure(first), first.unit_printed) if part)
        return (
            f"{place} has the same entity, metric, period, kind, source and known_at in another unit or definition"
            f" ({said}); say the difference in the name of the metric"
        )
    if (fact.value_in_base_unit, fact.value_text) == (first.value_in_base_unit, first.value_text):
        return f"repeats {place} exactly; take one of the two rows out"
    return (
        f"the same entity, metric, period, kind, source and known_at as {place}, which says {_figure(first)};"
        " one source gives one figure on one day: enter a revision with the later day on which it became known"
    )


def _figure(fact: Fact) -> str:
    if fact.status == "withdrawn":
        return "withdrawn"
    return fact.value_text or f"{fact.value:.12g} {fact.unit}"


def find_unit_clashes(added: Iterable[Fact], established: Iterable[Fact]) -> list[FactError]:
    """Added rows that measure something else than the metric does in every established row, or in an earlier row.

    The earlier row is one of the same entity, metric and period.
    """
    measures: dict[str, set[str]] = {}
    units: dict[tuple[str, ...], Fact] = {}
    for fact in established:
        if fact.value is not None:
            measures.setdefault(fact.metric, set()).add(UNITS[fact.unit].measures)
            units.setdefault(fact[:4], fact)
    faults: list[FactError] = []
    for fact in added:
        if fact.value is None:
            continue
        first, known = units.setdefault(fact[:4], fact), measures.get(fact.metric)
        if known is None and (first is fact or first.unit == fact.unit):
            continue
        path, measured = f"{fact.entity} {fact.metric}: unit", UNITS[fact.unit].measures
        if known and measured not in known:
            hint = f"{fact.metric} is {' or '.join(sorted(known))} in the tables, {fact.unit} is {measured}"
            faults.append(_at_row(fact, "bad_unit", path, fact.unit, hint))
        elif first.base_unit != fact.base_unit:
            hint = f"{first.file}:{first.line} gives this period in {first.unit}; a figure of another measure is another metric"
            faults.append(_at_row(fact, "bad_unit", path, fact.unit, hint))
    return faults


def _at_row(fact: Fact, code: str, path: str, value: object, hint: str) -> FactError:
    return FactError(code, path, value, hint, file=fact.file, line=fact.line)
