"""Inputs, facts and assumptions as leaves of the tree behind a number: value, unit, document or reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from overbuild.answer import FactUsed
from overbuild.audit.origins import SOLVED, Leaf, Origins
from overbuild.audit.tree import Why
from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import keyed_rows, printed_figure
from overbuild.world.sourced import Sourced


class Leaves:
    """The inputs of a case as leaves: `sourced` has by path what the file says beside each, `unit_of` says its unit.

    Facts are looked up when needed.
    """

    def __init__(
        self,
        question: str,
        origins: Origins,
        sourced: Mapping[str, Sourced],
        unit_of: Callable[[str], str],
        workspace: Path | str | None,
    ) -> None:
        self.question, self.origins, self.sourced, self.workspace = question, origins, sourced, workspace
        self.unit_of = unit_of

    def input(self, path: str) -> Why:
        """An input of the case by its path. Raises KeyError for a path that the file does not give."""
        one = self.sourced[path]
        shown = one.value if isinstance(one.value, int | float | str) else None
        place = f"{one.place.file}:{one.place.line}:{one.place.column}"
        ends = f" ({one.low:g} to {one.high:g})" if one.low is not None and one.high is not None else ""
        said = f"{one.author}: {one.reason}" if one.reason else one.source
        origin = "; ".join(part for part in (f"{said}{ends}".strip(), place) if part)
        below = (self._fact(one.fact),) if one.fact else ()
        kind = "assumption" if one.origin == "assumption" else "input"
        return Why(f"{self.question}:{path}", path, shown, _bare(self.unit_of(path)), kind, origin=origin, below=below)

    def of(self, leaf: Leaf, value: float, label: str = "") -> Why:
        """A number that a stage is given, with the input it is a copy of or the inputs that it is built from."""
        plain = leaf.path.partition(".")[2]
        named = f"{self.question}:{plain}@{label}" if label else f"{self.question}:{plain}"
        copied = self._input_of(self.origins.copy_of(leaf))
        if copied and not label:
            return self.input(copied)._replace(value=value)
        made = (copied,) if copied else self.origins.made_of(leaf.stage, leaf.path)
        below = tuple(self.input(path) for path in map(self._input_of, made) if path)
        if below:
            return Why(named, plain, value, "", "schedule", origin="built from the case before the run", below=below)
        if self.origins.is_scheduled(leaf):
            return Why(named, plain, value, "", "schedule", origin="found by sizing the loans, before the run")
        origin = "the calendar" if label else "the case's default, or made from its dates and names"
        return Why(named, plain, value, "", "schedule" if label else "input", origin=origin)

    def _input_of(self, path: str) -> str:
        """The path of an input in the file: the number's own, or that of the series that it is an entry of."""
        if not path or path.startswith(f"{SOLVED}."):
            return ""
        series = path.rpartition(".")[0]
        return path if path in self.sourced else series if series in self.sourced else ""

    def _fact(self, key: str) -> Why:
        plain = key.removeprefix("fact:")
        return known_facts(self.workspace).get(plain) or Why(f"fact:{plain}", plain, None, "", "fact")


def _bare(unit: str) -> str:
    """A unit as the tree shows it; words need none, and neither does a plain ratio."""
    return "" if unit in ("word", "true or false", "ratio") else unit


@cache
def known_facts(workspace: Path | str | None) -> dict[str, Why]:
    """Every fact of the package and of a workspace as a leaf, by key."""
    ledger = load_ledger(workspace)
    found = {key: of_fact(fact, ledger.sources[fact.source]) for key, fact in ledger.cited().items()}
    for key, row in keyed_rows().items():
        cells, printed = row.cells, printed_figure(row)
        source = ledger.sources[cells["source"]]
        label = f"{key}: {cells.get('scope', '')}".strip(" :")
        origin = f"{source.citation()}; known {cells['known_at']} (to the {cells['known_at_precision']})"
        used = FactUsed(key, cells["source"], cells["known_at"], cells["known_at_precision"])
        found[key] = Why(f"fact:{key}", label, printed, cells.get("unit", ""), "fact", origin=origin, fact=used)
    return found


def of_fact(fact: Fact, source: Source) -> Why:
    """A fact as a leaf: figure as printed, document, day, place in the document, address."""
    place = f", {fact.locator}" if fact.locator else ""
    origin = f"{source.citation()}{place}; known {fact.known_at} (to the {fact.known_at_precision})"
    printed = fact.value_text or f"{fact.value:g} {fact.unit}"
    return Why(
        id=f"fact:{fact.key}",
        label=f"{fact.entity} {fact.metric} {fact.period}: {printed}, {fact.kind}",
        value=fact.value_in_base_unit,
        unit=fact.base_unit,
        kind="fact",
        origin=origin,
        fact=FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision),
    )


def of_assumption(path: str, assumed: Sourced) -> Why:
    """An assumption as a leaf: its value, range, author and reason."""
    ends = f" ({assumed.low:g} to {assumed.high:g})" if assumed.low is not None and assumed.high is not None else ""
    origin = f"{assumed.author}: {assumed.reason}{ends}"
    return Why(path, path, assumed.value, assumed.unit, "assumption", origin=origin)
