"""Inputs, facts and assumptions as leaves of the tree behind a number: value, unit, document or reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from overbuild.answer import FactUsed
from overbuild.audit.origins import SOLVED, Leaf, Origins
from overbuild.audit.tree import Why
from overbuild.facts.cited_fields import cited_fields
from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.facts.store import load_ledger
from overbuild.world.provenance.derivation import DerivationOperand
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
        below = tuple(self._fact(key) for key in one.facts)
        if one.derivation is not None:
            below = tuple(self._operand(path, operand) for operand in one.derivation.operands)
        kind = "assumption" if one.origin == "assumption" else "input"
        unit, line = _bare(self.unit_of(path)), one.derive and f"{path} = {one.derive}"
        return Why(f"{self.question}:{path}", path, shown, unit, kind, formula=line, origin=origin, below=below)

    def _operand(self, path: str, operand: DerivationOperand) -> Why:
        """An operand of a derived input: the fact it cites under its name, or the number as the case writes it."""
        if operand.cited is not None:
            fact = self._fact(operand.cited.key)
            return fact._replace(label=f"{operand.name}: {fact.label}")
        label = f"{operand.name}: {operand.written}"
        return Why(
            f"{self.question}:{path}.from.{operand.name}", label, operand.written, "", "input", origin="the case"
        )

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
        return cited_leaf(key.removeprefix("fact:"), self.workspace)


def _bare(unit: str) -> str:
    """A unit as the tree shows it; words need none, and neither does a plain ratio."""
    return "" if unit in ("word", "true or false", "ratio") else unit


@cache
def cited_leaf(key: str, workspace: Path | str | None) -> Why:
    """What a citing key stands for as a leaf: an observation, a row of a typed table or one field of it."""
    ledger = load_ledger(workspace)
    observed = ledger.cited().get(key)
    if observed is not None:
        return of_fact(observed, ledger.sources[observed.source])
    cited = cited_fields([key], workspace).get(key)
    if cited is None:
        return Why(f"fact:{key}", key, None, "", "fact")
    label = f"{key}: {cited.label}, {cited.printed} {cited.printed_unit}".removesuffix(" text")
    origin = f"{ledger.sources[cited.source].citation()}; known {cited.known_at} (to the {cited.known_at_precision})"
    used = FactUsed(key, cited.source, cited.known_at, cited.known_at_precision)
    shown = cited.text if cited.number is None else cited.number
    return Why(f"fact:{key}", label, shown, _bare(cited.unit), "fact", origin=origin, fact=used)


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
