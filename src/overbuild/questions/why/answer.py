"""Where does this number come from: the tree behind it, as rows and as an outline."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from overbuild.answer import Answer, Column, Headline, Table
from overbuild.audit.case_kinds import EXPLAINED, KINDS, explained_kind
from overbuild.audit.companies.numbers import company_why
from overbuild.audit.contagion.rounds_why import contagion_why
from overbuild.audit.tree.case_tree import case_why
from overbuild.audit.tree.gap_beside import beside_why
from overbuild.audit.tree.leaves import cited_leaf, of_fact
from overbuild.audit.tree.rows import facts_in, rows
from overbuild.audit.tree.site_numbers import site_why
from overbuild.audit.tree.tree import Why
from overbuild.audit.tree.world_numbers import world_why
from overbuild.audit.tree.year_tree import year_why
from overbuild.audit.year_numbers import gap_numbers, need_numbers
from overbuild.ecosystem.contagion.asked_case import asked_by_shocks, asked_case, network_asked
from overbuild.ecosystem.gap.case import gap_case
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.errors import FactError, InputError, did_you_mean
from overbuild.facts.cited_fields import cited_fields
from overbuild.facts.ledger import View
from overbuild.facts.store import known_on
from overbuild.questions.facts_used import after_the_newest
from overbuild.questions.why.story import headline, outline
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "The tree shows how a number was computed and which documents its inputs were read in, not that they are right.",
    "A solved number (the loan's schedule, a rate of return, a break-even) ends at its solver and what it is found from.",
)

WORLDS = (
    "A probability is of the worlds drawn here, from the drivers as they are given; it is not a rating or a forecast."
)

_OF_A_YEAR = ("gap.", "need.")
"""How an id may begin too that is written with a point in the place of the colon."""

QUESTIONS = ("gap", "need", "companies", "company", "site", "stress", *EXPLAINED, "contagion", "fact")
"""What an id may begin with."""

_COLUMNS = (
    Column("what", "what"),
    Column("shown", "value"),
    Column("formula", "formula"),
    Column("origin", "origin"),
)


def why(
    number: str,
    file: Path | str | None = None,
    *,
    depth: int = 2,
    shocks: tuple[str, ...] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
    worlds: StressSettings | None = None,
) -> Answer:
    """The tree behind a number: formula, operands with values and units, inputs, facts with source, date and page.

    `number` is `QUESTION:path[@period]` (`gap:total_gap`, `site:cfads@2029Q3`, `site.pue`, `stress:p_default`,
    `company:MSFT.capex@2025Q3`, `contagion:CRWV.all_losses`, `fact:KEY`); `file` is the case of a site, of which `worlds`
    says how many are drawn and how. `depth` counts levels of lines; inputs are always followed to their source.
    Raises InputError `unknown_name` with close names, `missing` where a site's number comes without its case.
    """
    if depth < 0:
        raise InputError("negative", "depth", depth, "a depth is 0 or more")
    asked, others = _asked(number, None if file is None else Path(file)), dict[str, str]()
    if asked[0] == "stress":
        if file is None:
            raise InputError("missing", number, None, "a number over many worlds needs its case: overbuild why ID FILE")
        tree = world_why(asked[1], Path(file), depth, settings=worlds, shocks=shocks, workspace=workspace)
    elif worlds not in (None, StressSettings()):
        raise InputError("contradiction", "scenarios", number, "worlds are drawn for an id that begins with stress:")
    else:
        found = _tree(number, Path(file) if file is not None else None, depth, shocks, as_of, workspace)
        tree = found.why
        others = {question: _options(one, (), as_of, workspace) for question, one in found.others.items()}
    table = Table("why", f"Why {tree.id}", _COLUMNS, rows(tree))
    return Answer(
        question="why",
        headline=Headline(tree.id, tree.value, tree.unit, headline(tree)),
        values={tree.id: tree.value},
        status={} if tree.value is not None else {tree.id: "words, not a number"},
        tables=(table,),
        facts=facts_in(tree),
        assumptions=(),
        limits=(
            *([WORLDS] if asked[0] == "stress" else []),
            *(after_the_newest(known_on(as_of, workspace)) if as_of else ()),
            *LIMITS,
        ),
        as_of=as_of,
        outline=outline(tree, depth, _options(file, shocks, as_of, workspace), others),
    )


def _options(file: Path | str | None, shocks: tuple[str, ...], as_of: str | None, workspace: Path | str | None) -> str:
    """The case and the options of a question as one writes them behind its id."""
    given = [("", file), *(("--shock", one) for one in shocks), ("--as-of", as_of), ("--workspace", workspace)]
    written = (f"{name} {shlex.quote(str(value))}".strip() for name, value in given if value is not None)
    return "".join(f" {one}" for one in written)


def _asked(number: str, file: Path | None) -> tuple[str, str]:
    """The question that an id is of, and the name of the number in it."""
    question, colon, path = number.partition(":")
    if colon:
        return question, path
    if number.startswith(_OF_A_YEAR):
        question, _, path = number.partition(".")
        return question, path
    return ("site", number) if file is not None else ("gap", number)


class FoundTree(NamedTuple):
    """The tree behind a number, and by question the file of another case whose numbers stand in it."""

    why: Why
    others: Mapping[str, str] = MappingProxyType({})


def _tree(
    number: str,
    file: Path | None,
    depth: int,
    shocks: tuple[str, ...],
    as_of: str | None,
    workspace: Path | str | None,
) -> FoundTree:
    question, path = _asked(number, file)
    if question == "fact":
        return FoundTree(_fact(path, as_of, workspace))
    if question in ("gap", "need"):
        return FoundTree(_of_year(question, path, depth, known_on(as_of, workspace)))
    if question in ("company", "companies"):
        return FoundTree(company_why(path, depth, shocks=shocks, as_of=as_of, workspace=workspace))
    if question == "contagion":
        network = network_asked(file)
        case = asked_case(network, asked_by_shocks(network, shocks, as_of), search=False)
        return FoundTree(contagion_why(case, path, depth))
    if question in ("site", *KINDS):
        if file is None:
            raise InputError("missing", number, None, f"a number of a {question} needs its case: overbuild why ID FILE")
        if question == "site":
            return FoundTree(site_why(path, file, depth, shocks=shocks, workspace=workspace))
        explained = explained_kind(question).explain(file, shocks, workspace)
        others = {one.explained.question: one.explained.case.places[""].file for one in explained.linked.values()}
        return FoundTree(case_why(explained, path, depth, workspace), others)
    hint = f"an id begins with {', '.join(QUESTIONS)}.{did_you_mean(question, QUESTIONS)}"
    raise InputError("unknown_name", "id", number, hint)


def _of_year(question: str, path: str, depth: int, view: View) -> Why:
    presets = presets_with(OwnAssumptions())
    if question == "need":
        return year_why(need_numbers(need_case(view, presets, presets.gap.year)), path, depth)
    case = gap_case(view, presets.gap, presets.gap.year)
    return beside_why(case, path, depth) or year_why(gap_numbers(case), path, depth)


def _fact(key: str, as_of: str | None, workspace: Path | str | None) -> Why:
    view = known_on(as_of, workspace)
    found = view.cited()
    if key not in found and key in cited_fields([key], workspace):
        return cited_leaf(key, workspace)
    if key not in found:
        raise FactError(
            "unknown_name", "fact", key, f"no such fact.{did_you_mean(key, (one.key for one in found.values()))}"
        )
    fact = found[key]
    return of_fact(fact, view.ledger.sources[fact.source])
