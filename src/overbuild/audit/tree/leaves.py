"""Inputs, facts and assumptions as leaves of the tree behind a number: value, unit, document or reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from overbuild.answer import Cell, FactUsed
from overbuild.audit.explained import GivenTerm
from overbuild.audit.labels import label_of_input, label_of_role, label_of_thing, plain_words
from overbuild.audit.origins import Leaf, Origins
from overbuild.audit.tree.tree import Document, Reason, Why
from overbuild.facts.cited_fields import CitedField, cited_fields
from overbuild.facts.fact import Fact
from overbuild.facts.sources import Source
from overbuild.facts.store import load_ledger
from overbuild.world.provenance.derivation import DerivationOperand
from overbuild.world.sourced import Sourced


class Leaves:
    """The inputs of a case as leaves: `sourced` has by path what the file says beside each, `unit_of` says its unit.

    `opened` gives the tree of the result of another case that an input is, `given` says where terms come from that the
    case does not have. Facts are looked up when needed.
    """

    def __init__(
        self,
        question: str,
        origins: Origins,
        sourced: Mapping[str, Sourced],
        unit_of: Callable[[str], str],
        workspace: Path | str | None,
        opened: Callable[[str], Why | None] | None = None,
        given: Mapping[str, GivenTerm] | None = None,
    ) -> None:
        self.given = given or {}
        self.question, self.origins, self.sourced, self.workspace = question, origins, sourced, workspace
        self.unit_of, self.opened = unit_of, opened

    def input(self, path: str) -> Why:
        """An input of the case by its path. Raises KeyError for a path that the file does not give."""
        one = self.sourced[path]
        shown = _single(one)
        place = f"{one.place.file}:{one.place.cell}"
        ends = f" ({one.low:g} to {one.high:g})" if one.low is not None and one.high is not None else ""
        said = f"{one.author}: {one.reason}" if one.reason else one.source
        origin = "; ".join(part for part in (f"{said}{ends}".strip(), place) if part)
        below = tuple(self._fact(key) for key in one.facts)
        if one.derivation is not None:
            below = tuple(self._operand(path, operand) for operand in one.derivation.operands)
        made = None if self.opened is None else self.opened(path)
        if made is not None:
            below = (made,)
        kind = "input" if made is not None else "assumption" if one.origin == "assumption" else "input"
        unit, line = _bare(self.unit_of(path)), one.derive and f"{path} = {one.derive}"
        reason = Reason(one.author, one.reason or one.source, one.low, one.high, place)
        named, label = f"{self.question}:{path}", label_of_input(path)
        return Why(named, label, shown, unit, kind, formula=line, origin=origin, below=below, reason=reason)

    def _operand(self, path: str, operand: DerivationOperand) -> Why:
        """An operand of a derived input: the fact it cites under its name, or the number as the case writes it."""
        if operand.cited is not None:
            fact = self._fact(operand.cited.key)
            return fact._replace(label=label_of_role(operand.name, fact.label))
        named = f"{self.question}:{path}.from.{operand.name}"
        return Why(named, plain_words(operand.name), operand.written, "", "input", origin="the case")

    def of(self, leaf: Leaf, value: float, label: str = "") -> Why:
        """A number that a stage is given, with the input it is a copy of or the inputs that it is built from."""
        plain = leaf.path.partition(".")[2]
        named = f"{self.question}:{plain}@{label}" if label else f"{self.question}:{plain}"
        copied = self._sourced_of(self.origins.input_of.get(self.origins.copy_of(leaf), ""))
        if copied and not label:
            return self.input(copied)._replace(value=value)
        made = (copied,) if copied else map(self._sourced_of, self.origins.made_of(leaf.stage, leaf.path))
        below = tuple(self.input(path) for path in dict.fromkeys(made) if path)
        said = label_of_input(plain)
        if below:
            return Why(named, said, value, "", "schedule", origin="built from the case before the run", below=below)
        if plain in self.given:
            unit, origin = self.given[plain]
            return Why(named, said, value, unit, "input", origin=origin)
        if self.origins.is_scheduled(leaf):
            return Why(named, said, value, "", "schedule", origin="found by sizing the loans, before the run")
        origin = "the calendar" if label else "the case's default, or made from its dates and names"
        return Why(named, said, value, "", "schedule" if label else "input", origin=origin)

    def _sourced_of(self, name: str) -> str:
        """The path under which the file gives an input: its own, or that of the series that it is an entry of."""
        series = name.rpartition(".")[0]
        return name if name in self.sourced else series if series in self.sourced else ""

    def _fact(self, key: str) -> Why:
        return cited_leaf(key.removeprefix("fact:"), self.workspace)


def _single(one: Sourced) -> Cell:
    """The value of an input, or the one entry of a series that the case writes as one number."""
    if isinstance(one.value, int | float | str):
        return one.value
    return one.numbers[0] if len(one.numbers) == 1 else None


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
    source = ledger.sources[cited.source]
    origin = f"{source.citation()}; known {cited.known_at} (to the {cited.known_at_precision})"
    used = FactUsed(key, cited.source, cited.known_at, cited.known_at_precision)
    shown, label = cited.text if cited.number is None else cited.number, _label_of_field(cited)
    read_in = _document(source, cited.known_at, "")
    unit = _bare(cited.unit)
    return Why(f"fact:{key}", label, shown, unit, "fact", origin=origin, fact=used, document=read_in)


def _label_of_field(cited: CitedField) -> str:
    """What a figure of a typed table is called: the thing, and the column where the key names one."""
    thing = label_of_thing(cited.label)
    return f"{thing}, {plain_words(cited.field)}" if cited.field else thing


def _document(source: Source, known_at: str, locator: str) -> Document:
    return Document(source.producer, source.title, source.date_published or known_at, source.url, locator)


def of_fact(fact: Fact, source: Source) -> Why:
    """A fact as a leaf: figure as printed, document, day, place in the document, address."""
    place = f", {fact.locator}" if fact.locator else ""
    origin = f"{source.citation()}{place}; known {fact.known_at} (to the {fact.known_at_precision})"
    named = " ".join(part for part in (fact.entity, fact.metric) if part)
    when = f", {fact.period}" if fact.period else ""
    return Why(
        id=f"fact:{fact.key}",
        label=f"{named}{when} ({fact.kind.replace('_', ' ')})",
        value=fact.value_in_base_unit if fact.value is not None else fact.value_text or None,
        unit=fact.base_unit if fact.value is not None else "",
        kind="fact",
        origin=origin,
        fact=FactUsed(fact.key, fact.source, fact.known_at, fact.known_at_precision),
        document=_document(source, fact.known_at, fact.locator),
    )


def of_assumption(path: str, assumed: Sourced) -> Why:
    """An assumption as a leaf: its value, range, author and reason."""
    ends = f" ({assumed.low:g} to {assumed.high:g})" if assumed.low is not None and assumed.high is not None else ""
    origin = f"{assumed.author}: {assumed.reason}{ends}"
    reason = Reason(assumed.author, assumed.reason, assumed.low, assumed.high)
    label = label_of_input(path)
    return Why(path, label, assumed.value, assumed.unit, "assumption", origin=origin, reason=reason)
