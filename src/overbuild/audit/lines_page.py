"""The reference page of named lines: every line with its formula, unit and source, read off the traced programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from overbuild.audit.examples import REFINANCED
from overbuild.company.examples import SHAPE, TERMS
from overbuild.company.model import company_model
from overbuild.company.vintages.examples import TERMS as SPENDER
from overbuild.company.vintages.model import spender_model
from overbuild.demand.agents.examples import TERMS as PROGRAMME
from overbuild.demand.agents.model import programme_model
from overbuild.demand.programmes.examples import WORK
from overbuild.demand.programmes.model import needed_model
from overbuild.demand.stack.examples import SHAPE as CHAIN
from overbuild.demand.stack.examples import TERMS as LAYERS
from overbuild.demand.stack.model import stack_model
from overbuild.ecosystem.gap.case import gap_case
from overbuild.ecosystem.gap.gap import Guide, guided_spend
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.payback import Quarter, next_quarter
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.ecosystem.need.required_revenue import required_of_vintages
from overbuild.equations import trace
from overbuild.equations.graph import Program
from overbuild.equations.model import Model, programs_of
from overbuild.equations.reading.line_table import LineRow, line_rows, row_of
from overbuild.equations.reading.named_lines import NamedLine, named_lines
from overbuild.equations.reading.told import is_whole, told
from overbuild.facts.store import known_on
from overbuild.fleet.examples import TERMS as UNIT
from overbuild.fleet.model import unit_model
from overbuild.lenders.rounds.examples import STUDY
from overbuild.lenders.rounds.examples import TERMS as ROUND
from overbuild.lenders.rounds.model import rounds_model
from overbuild.money.annuity import annuity_payment
from overbuild.money.user_cost import user_cost
from overbuild.policy.rules.rules_run import DEFAULT_RULES, model_of_rules, run_rules
from overbuild.policy.tariff.examples import BUILT, LOAD, SHARING, TARIFF
from overbuild.policy.tariff.model import tariff_model
from overbuild.policy.tariff.yearly.year import DealTerms
from overbuild.power.examples import ZONE
from overbuild.power.model import zone_model
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.case_run import run_case
from overbuild.site.model import model_of
from overbuild.site.sizing.sizing import size
from overbuild.world.presets import DEFAULT, PREFIX, site_presets


def programs() -> Iterator[Program]:
    """The traced programs that hold every named line: of sites, of the gap, and the formulas of `need`."""
    for model in models():
        yield from programs_of(model).values()
    yield trace(partial(guided_spend, "category"), (Guide("NAME", 0.0, 0.0),))
    yield trace(required_of_vintages, (0.0, 0.0), 0.0)
    yield trace(next_quarter, Quarter(0.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.0, 0.0)
    yield trace(user_cost, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    yield trace(annuity_payment, 0.0, 0.0, 0.0)


def models() -> Iterator[Model]:
    """Models that have every named line, the plainest first: sites, a world, gap, `need`, a unit, a company, rounds."""
    yield model_of(REFINANCED, size(REFINANCED))
    for name in sorted(site_presets()):
        yield run_case(Path(f"{PREFIX}{name}")).run.model
    drawn = run_case(Path(f"{PREFIX}{DEFAULT}"))
    world = uncertain(drawn.shocked.drivers, drawn.shocked.forms).world
    yield model_of(drawn.shocked.plan, drawn.sizing, world)
    now, presets = known_on(None, None), presets_with(OwnAssumptions())
    for view in (now, known_on("2026-01-17", None)):
        yield gap_case(view, presets.gap, presets.gap.year).model
    yield need_case(now, presets, presets.gap.year).model
    yield unit_model(UNIT, 2)
    yield zone_model(ZONE)
    yield spender_model(SPENDER, (2,))
    yield company_model(SHAPE, TERMS, frozenset())
    yield rounds_model(STUDY, ROUND, 1)
    yield programme_model(PROGRAMME, 1)
    yield needed_model(WORK)
    yield stack_model(CHAIN, LAYERS)
    yield model_of_rules(run_rules(Path(f"{PREFIX}{DEFAULT_RULES}")).plan)
    yield tariff_model(DealTerms(LOAD, TARIFF, BUILT, SHARING), 2)


def formula_of(program: Program, name: str) -> str:
    """The formula of a line; a long one is told in parts, the line itself last.

    >>> from overbuild.equations import line
    >>> formula_of(trace(lambda terms: line("debt", terms * 2), 1.0), "debt")
    'debt = terms * 2'
    """
    known = named_lines(program)
    texts = [f"{name} = {told(program, name, known).text}"] if is_whole(program, name) else list(_in_parts(known, name))
    return "\n    ".join(
        one.replace("terms.", "").replace("inputs.", "").replace("state.", "previous ") for one in texts
    )


def _in_parts(known: Mapping[str, NamedLine], name: str) -> Iterator[str]:
    """The parts that a line needs, in order of evaluation, and the line."""
    needed, waiting = {name}, [name]
    while waiting:
        for operand in known[waiting.pop()].operands:
            if operand.name in known and known[operand.name].kind == "part" and operand.name not in needed:
                needed.add(operand.name)
                waiting.append(operand.name)
    yield from (f"{one.name} = {one.text}" for one in known.values() if one.name in needed)


def lines_page() -> str:
    """Every named line of the package, room by room."""
    formulas: dict[str, str] = {}
    for program in programs():
        for name in program.lines:
            row = row_of(name)
            if row is not None and row.name not in formulas:
                formulas[row.name] = formula_of(program, name)
    parts = [
        "# Named lines",
        "Generated from the traced equations. `previous x` is x at the end of the period before; a name with a dot is an "
        "input of the case or a line of one thing (a loan, a component). A line of several things shows the first. Long "
        "formulas are told in parts (`x.part_1`).",
    ]
    rooms = dict.fromkeys(row.room for row in line_rows())
    for room in rooms:
        parts.append(f"## {room}")
        parts += [_entry(row, formulas.get(row.name, "")) for row in line_rows() if row.room == room]
    return "\n\n".join(parts) + "\n"


def _entry(row: LineRow, formula: str) -> str:
    shown = f"\n\n    {formula}" if formula else ""
    return f"**`{row.name}`** {row.label} ({row.unit}; source: {row.source}){shown}"
