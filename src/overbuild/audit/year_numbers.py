"""The numbers that a year of the gap, or of what must be earned, is made of: figures, guidance and assumptions by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from overbuild.audit.labels import label_of_input, label_of_role
from overbuild.audit.origins import Leaf, Origins
from overbuild.audit.tree.leaves import of_assumption, of_fact
from overbuild.audit.tree.tree import Why
from overbuild.ecosystem.derived_figures import KnownOperand, KnownPart
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.evidence.known import KnownEvidence
from overbuild.ecosystem.gap.evidence.vintages import SpenderCapex
from overbuild.ecosystem.gap.figures import RowFigures, guidance_given
from overbuild.ecosystem.gap.gap import Guide
from overbuild.ecosystem.gap.model import gap_model
from overbuild.ecosystem.gap.preset import DeclaredOverlap, GapPreset, assumptions_of, tax_years_of, with_assumption
from overbuild.ecosystem.gap.terms import gap_terms
from overbuild.ecosystem.need.case import NeedCase, need_terms
from overbuild.ecosystem.need.model import need_model
from overbuild.ecosystem.need.preset import NeedPresets, assumptions_of_need, with_need_assumption
from overbuild.equations.model import Model
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.world.sourced import Sourced, assumption


class NamedNumber(NamedTuple):
    """A number of a case by its name."""

    name: str
    value: float


class FigurePaper(NamedTuple):
    """A figure's papers as a leaf of the tree, and its value."""

    paper: Why
    value: float


class YearNumbers:
    """The numbers of a case by name, each with its papers as a leaf of the tree; and the model that they make.

    `remade` makes the model of the case with other numbers in the place of its own. Numbers that are another question's
    stand in `elsewhere`, each with its name among those of the `other`.
    """

    def __init__(
        self,
        question: str,
        model: Model,
        numbers: Mapping[str, float],
        papers: Mapping[str, Why],
        remade: Callable[[Mapping[str, float]], Model],
    ) -> None:
        self.question, self.model, self.papers = question, model, papers
        self.elsewhere: Mapping[str, str] = {}
        self.other: YearNumbers | None = None
        record = tuple(NamedNumber(name, value) for name, value in numbers.items())
        inputs = {name: (f"{name}.value",) for name in numbers}

        def of_record(changed: tuple[NamedNumber, ...], _: object) -> Model:
            return remade({one.name: one.value for one in changed})

        self.origins = Origins(record, (), of_record, inputs)

    def value(self, name: str) -> float:
        """A number of the case."""
        return self.origins.numbers[f"{name}.value"]

    def leaf(self, leaf: Leaf, value: float, label: str = "") -> Why:
        """A term of the year with the papers of the number that it is a copy of, or of those that it is made of."""
        plain = leaf.path.partition(".")[2]
        named = f"{self.question}:{plain}"
        copied = self.origins.copy_of(leaf).removesuffix(".value")
        if not copied:
            made = self.origins.made_of(leaf.stage, leaf.path)
            below = tuple(self.papers[name] for name in made)
            origin = "made from these before the year is computed" if below else "by construction of the table"
            return Why(named, label_of_input(plain), value, "", "input", origin=origin, below=below)
        found = self.papers[copied]
        if found.kind == "fact":
            _, of_parts, role = plain.removesuffix(".value").partition(".operands.")
            return found._replace(label=label_of_role(role, found.label)) if of_parts else found
        return found._replace(id=named, label=label_of_input(plain), value=value)


def gap_numbers(case: GapCase) -> YearNumbers:
    """The numbers of the gap of a day."""
    preset, view = case.preset, case.view
    given = guidance_given(view, preset, case.year)
    overlaps = _overlaps(preset)
    assumed = assumptions_of(preset) | overlaps
    papers, numbers = _assumed(assumed, preset)
    for name, (paper, number) in _figures_of(case).items():
        papers[name], numbers[name] = paper, number
    guides = {guide.name: guide for guide in case.terms.guides}
    for one in given:
        for end, fact in (("low", one.low), ("high", one.high)):
            name = f"guides.{one.entity}.{end}"
            papers[name], numbers[name] = _figure((fact,), view), getattr(guides[one.entity], end)

    def remade(changed: Mapping[str, float]) -> Model:
        figures = {row: _figures_with(row, found, changed) for row, found in case.figures.items()}
        ends = tuple(Guide(name, changed[f"guides.{name}.low"], changed[f"guides.{name}.high"]) for name in guides)
        known = _evidence_with(case.known, changed)
        return gap_model(case.shape, gap_terms(_preset_with(preset, changed), figures, known, ends))

    return YearNumbers("gap", case.model, numbers, papers, remade)


def _figures_of(case: GapCase) -> dict[str, FigurePaper]:
    """The figures of the table, the operands of what is derived, and the purchases of earlier years, by name."""
    view, found = case.view, dict[str, FigurePaper]()
    for row, (spend, revenue) in case.figures.items():
        found[f"{row}.spend"] = FigurePaper(_figure(spend.facts, view), spend.central)
        if revenue is not None:
            found[f"{row}.revenue"] = FigurePaper(_figure(revenue.facts, view), revenue.central)
    for quantity, parts in case.known.parts.items():
        for part in parts:
            for one in part.operands:
                found[f"{quantity}.{part.name}.{one.name}"] = FigurePaper(_operand(one, view), one.value)
    for vintage in case.known.vintages:
        for one in vintage.spenders:
            found[f"vintages.{vintage.year}.{one.name}"] = FigurePaper(_spender(one, view), one.value)
    return found


def need_numbers(case: NeedCase) -> YearNumbers:
    """The numbers of what must be earned on the figures of a day."""
    presets, view = NeedPresets(case.gap_preset, case.preset), case.view
    papers, numbers = _assumed(assumptions_of(presets.gap) | assumptions_of_need(presets.need), presets.gap)
    figures = {"capex": case.capex, "opex": case.opex, "earned": case.earned}
    papers |= {name: _figure(one.facts, view) for name, one in figures.items()}
    numbers |= {name: one.central for name, one in figures.items()}
    of_end_user = (fact for part in case.gap.known.end_user or case.gap.known.owner for fact in part.facts)
    papers["earned_end_user"], numbers["earned_end_user"] = _figure(of_end_user, view), case.earned_end_user.central

    def remade(changed: Mapping[str, float]) -> Model:
        need = presets.need
        for name in assumptions_of_need(need):
            need = with_need_assumption(need, name, changed[name])
        both = NeedPresets(_preset_with(presets.gap, changed), need)
        figures = {name: changed[name] for name in ("capex", "opex", "earned", "earned_end_user")}
        return need_model(need_terms(both, **figures))

    found = YearNumbers("need", case.model, numbers, papers, remade)
    found.elsewhere, found.other = OF_THE_GAP, gap_numbers(case.gap)
    return found


_DERIVED_IN_GAP = {
    "earned": "ai_revenue.owner.central",
    "earned_revenue": "ai_revenue.owner.central",
    "earned_revenue.end_user": "ai_revenue.end_user.central",
    "earned_end_user": "ai_revenue.end_user.central",
    "opex": "energy_of_ai_sites.central",
}
OF_THE_GAP = _DERIVED_IN_GAP | {
    f"{name}{ending}": f"{line}.{end}"
    for name, line in (("required_of_vintages", "annualised_cost"), ("need_gap.vintages", "annualised_gap"))
    for ending, end in (("", "central"), ("_low", "low"), ("_high", "high"))
}
"""Numbers of `need` that the gap computes: both doors, energy, and everything over all vintages."""


def _assumed(assumed: dict[str, Sourced], preset: GapPreset) -> tuple[dict[str, Why], dict[str, float]]:
    """Papers and numbers of assumptions; years of a tax table are counts."""
    years = tax_years_of(preset)
    papers = {name: of_assumption(name, one) for name, one in (assumed | years).items()}
    numbers: dict[str, float] = {name: one.value for name, one in assumed.items()}
    numbers |= {name: int(one.value) for name, one in years.items()}
    return papers, numbers


def _figure(facts: Iterable[Fact], view: View) -> Why:
    """A figure as a leaf: the fact, or the facts that it is made of."""
    sources = view.ledger.sources
    leaves = tuple(of_fact(fact, sources[fact.source]) for fact in facts)
    return leaves[0] if len(leaves) == 1 else Why("", "", None, "USD", "input", below=leaves)


def _operand(one: KnownOperand, view: View) -> Why:
    """An operand of a derived figure as a leaf: the fact, or the assumption at one end of its range."""
    if one.fact is not None:
        return _figure((one.fact,), view)
    if one.assumed is None:
        raise ValueError(one.name)
    return of_assumption(one.name, one.assumed)._replace(value=one.value)


def _spender(one: SpenderCapex, view: View) -> Why:
    """A spender's capex of an earlier year as a leaf, with how the year is made of its facts."""
    return _figure(one.facts, view)._replace(label=f"{one.name} capex, {one.basis}") if one.facts else _unknown(one)


def _unknown(one: SpenderCapex) -> Why:
    return Why("", f"{one.name} capex", one.value, "USD", "input", origin="not known on the day; counted as 0")


def _evidence_with(known: KnownEvidence, changed: Mapping[str, float]) -> KnownEvidence:
    """The evidence of a day with other numbers in the place of its own."""
    return known._replace(
        owner=_parts_with(known.owner, "owner", changed),
        end_user=_parts_with(known.end_user, "end_user", changed),
        energy=_parts_with(known.energy, "energy", changed),
        cash=_parts_with(known.cash, "cash", changed),
        with_finance_leases=_parts_with(known.with_finance_leases, "with_finance_leases", changed),
        vintages=tuple(
            one._replace(
                ai_share=one.ai_share.with_values(changed, "ai_share"),
                spenders=tuple(
                    spender._replace(value=changed[f"vintages.{one.year}.{spender.name}"]) for spender in one.spenders
                ),
            )
            for one in known.vintages
        ),
    )


def _parts_with(parts: tuple[KnownPart, ...], quantity: str, changed: Mapping[str, float]) -> tuple[KnownPart, ...]:
    return tuple(part.with_values(changed, quantity) for part in parts)


def _figures_with(row: str, found: RowFigures, changed: Mapping[str, float]) -> RowFigures:
    revenue = found.revenue and found.revenue._replace(central=changed[f"{row}.revenue"])
    return RowFigures(found.spend._replace(central=changed[f"{row}.spend"]), revenue)


def _preset_with(preset: GapPreset, changed: Mapping[str, float]) -> GapPreset:
    for name in assumptions_of(preset) | tax_years_of(preset):
        preset = with_assumption(preset, name, changed[name])
    return preset._replace(overlaps=tuple(_overlap_with(one, changed) for one in preset.overlaps))


def _overlap_with(one: DeclaredOverlap, changed: Mapping[str, float]) -> DeclaredOverlap:
    share = changed.get(f"overlaps.{one.row}.{one.column}_share", one.share.value)
    return one._replace(share=one.share._replace(value=share))


def _overlaps(preset: GapPreset) -> dict[str, Sourced]:
    """The shares that are removed for the net total, by row and column; 0 where none is declared."""
    none = assumption(0.0, "decimal", author="overbuild", reason="No overlap is declared.")
    found = {f"overlaps.{row.name}.{column}_share": none for row in preset.rows for column in ("spend", "revenue")}
    return found | {f"overlaps.{one.row}.{one.column}_share": one.share for one in preset.overlaps}
