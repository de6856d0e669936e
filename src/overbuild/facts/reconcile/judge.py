"""The verdict on each typed cell, against what the ledger knew on a day.

agrees                  the figure in force, within half of the last digit that was typed
differs by definition   another of the issuer's figures that goes by the name: another definition, sign, vintage, source
                        or period; it says which
wrong                   none of these; by how much, and whether it is a slip of thousands
nothing known           the ledger has no figure of this entity, metric and period
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from overbuild.errors import FactError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.filings.concepts import concepts
from overbuild.facts.filings.issuers import known_issuers
from overbuild.facts.ledger import View
from overbuild.facts.reconcile.definitions import NamedDefinition, amount_of, other_measures
from overbuild.facts.reconcile.periods import Spell, neighbours, spell_of
from overbuild.facts.reconcile.typed_table import TypedCell
from overbuild.units import UNITS

AGREES, DIFFERS, WRONG, UNKNOWN = "agrees", "differs by definition", "wrong", "nothing known"
VERDICTS = (AGREES, DIFFERS, WRONG, UNKNOWN)

TELLING_DIGITS = 3
"""A number of fewer digits meets a figure of another period by chance."""

SLIPS = (1e3, 1e6, 1e9)


class Judged(NamedTuple):
    """A cell with its verdict: the ledger's figure, how far off the typed one is, why in words, and the fact to cite."""

    cell: TypedCell
    entity: str
    metric: str
    verdict: str
    known: float | None
    off: float | None
    why: str
    cite: str


def judge(cells: Iterable[TypedCell], view: View, file: str) -> tuple[list[Judged], list[FactError]]:
    """The verdict on each cell, and a fault for each period that is none."""
    judging = _Judging(view)
    judged: list[Judged] = []
    faults: list[FactError] = []
    for cell in cells:
        try:
            spell = spell_of(cell.period)
        except ValueError:
            hint = "a period is 2025Q3 (the quarter shown under it), FY2025, 2025, 2025-06-30 or FIRST..LAST day"
            path = f"{cell.entity} {cell.metric}: period"
            faults.append(
                FactError(
                    "bad_period",
                    path,
                    cell.period,
                    hint,
                    file=file,
                    line=cell.line,
                    column=cell.column,
                    sheet=cell.sheet,
                )
            )
        else:
            judged.append(judging.verdict(cell, spell))
    return judged, faults


class _Judging:
    def __init__(self, view: View) -> None:
        self.view = view
        self.about: dict[tuple[str, str], list[Fact]] = {}
        for fact in view.in_force:
            if fact.value is not None:
                self.about.setdefault((fact.entity, fact.metric), []).append(fact)
        self.entities = {name.casefold(): name for name in view.ledger.entities}
        self.entities |= {one.name.casefold(): one.ticker for one in known_issuers().values()}
        self.labels = {one.label.casefold(): one.name for one in concepts().values()}

    def verdict(self, cell: TypedCell, spell: Spell) -> Judged:
        """The verdict on one cell."""
        entity = self.entities.get(cell.entity.casefold(), cell.entity)
        metric = self.labels.get(cell.metric.casefold(), cell.metric.strip().lower().replace(" ", "_"))
        fact = self._figure(entity, metric, spell)
        known = None if fact is None else fact.value_in_base_unit
        if fact is None or known is None or fact.base_unit != UNITS[cell.unit].inside:
            return self._beside(cell, entity, metric, spell)
        if _fits(cell, known):
            return Judged(cell, entity, metric, AGREES, known, cell.value - known, "", fact.key)
        for why, cite in self._otherwise(cell, fact, spell):
            return Judged(cell, entity, metric, DIFFERS, known, cell.value - known, why, cite)
        return Judged(cell, entity, metric, WRONG, known, cell.value - known, _slip(cell, known), fact.key)

    def _beside(self, cell: TypedCell, entity: str, metric: str, spell: Spell) -> Judged:
        """Nothing of this name: it may be another definition that the ledger has; else what is near."""
        for why, cite in self._by_measure(cell, entity, metric, spell):
            return Judged(cell, entity, metric, DIFFERS, None, None, why, cite)
        return Judged(cell, entity, metric, UNKNOWN, None, None, self._unknown(entity, metric, spell), "")

    def _unknown(self, entity: str, metric: str, spell: Spell) -> str:
        metrics = {name for who, name in self.about if who == entity}
        if not metrics:
            return f"no figures of {entity}.{did_you_mean(entity, self.entities.values())}"
        if metric not in metrics:
            return f"{entity} has no such metric.{did_you_mean(metric, metrics)}"
        return f"{entity} {metric} has no figure for {spell.label}"

    def _figure(self, entity: str, metric: str, spell: Spell) -> Fact | None:
        return spell.find(self.about.get((entity, metric), ()))

    def _otherwise(self, cell: TypedCell, fact: Fact, spell: Spell) -> Iterator[tuple[str, str]]:
        """What the typed figure is instead, the nearest explanation first, with the fact to cite."""
        known = fact.value_in_base_unit or 0.0
        if known and _fits(cell._replace(value=-cell.value), known):
            yield "the same amount with the other sign", fact.key
        for other in self.view.ledger.about(fact.entity, fact.metric):
            of_period = (other.period_start, other.period_end) == (fact.period_start, fact.period_end)
            if of_period and self.view.knows(other) and other is not fact and _fits(cell, other.value_in_base_unit):
                yield _said_by(other, fact), other.vintage
        yield from self._by_measure(cell, fact.entity, fact.metric, spell)
        if cell.significant >= TELLING_DIGITS:
            for other in neighbours(fact, self.about.get((fact.entity, fact.metric), ())):
                if _fits(cell, other.value_in_base_unit):
                    yield f"the figure of another period: {other.period}", other.key

    def _by_measure(self, cell: TypedCell, entity: str, metric: str, spell: Spell) -> Iterator[tuple[str, str]]:
        for measure in other_measures(metric):
            used: list[Fact] = []
            amount = amount_of(measure, self._figures_of(entity, spell, cell.unit, used))
            if _fits(cell, amount):
                yield f"{measure.words} ({_written(measure)})", used[0].key

    def _figures_of(self, entity: str, spell: Spell, unit: str, used: list[Fact]) -> Callable[[str], float | None]:
        def figure(metric: str) -> float | None:
            fact = self._figure(entity, metric, spell)
            if fact is None or fact.base_unit != UNITS[unit].inside:
                return None
            used.append(fact)
            return fact.value_in_base_unit

        return figure


def _fits(cell: TypedCell, known: float | None) -> bool:
    """Whether a figure rounds to what was typed."""
    return known is not None and abs(cell.value - known) <= cell.half_digit + 1e-9 * abs(known)


def _said_by(other: Fact, fact: Fact) -> str:
    if other.source_class == fact.source_class and other.known_at < fact.known_at:
        return f"as it was known on {other.known_at} ({other.source}), replaced since"
    return f"as {other.source} has it ({other.source_class.replace('_', ' ')}), which {fact.source} outranks"


def _written(measure: NamedDefinition) -> str:
    return " ".join(f"{'+' if sign > 0 else '-'} {name}" for sign, name in measure.terms).removeprefix("+ ")


def _slip(cell: TypedCell, known: float) -> str:
    for factor in SLIPS:
        if _fits(cell._replace(value=cell.value / factor, half_digit=cell.half_digit / factor), known):
            return f"{factor:,.0f} times too large: a slip of the unit"
        if _fits(cell._replace(value=cell.value * factor, half_digit=cell.half_digit * factor), known):
            return f"{factor:,.0f} times too small: a slip of the unit"
    off = (cell.value - known) / UNITS[cell.unit].factor
    share = f" ({abs(cell.value - known) / abs(known):.2g} of it)" if known else ""
    return f"{abs(off):,.6g} too {'high' if off > 0 else 'low'}{share}"


def counted(judged: Sequence[Judged]) -> dict[str, int]:
    """How many cells have each verdict."""
    return {verdict: sum(one.verdict == verdict for one in judged) for verdict in VERDICTS}
