"""Where does this number come from: the tree behind it, as rows and as an outline."""

from __future__ import annotations

import shlex
from pathlib import Path

from overbuild.answer import Answer, Column, Headline, Table
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.tree.case_tree import case_why
from overbuild.audit.tree.leaves import cited_leaf, of_fact
from overbuild.audit.tree.rows import facts_in, rows
from overbuild.audit.tree.site_numbers import site_why
from overbuild.audit.tree.tree import Why
from overbuild.audit.tree.year_tree import year_why
from overbuild.audit.year_numbers import YearNumbers, gap_numbers, need_numbers
from overbuild.ecosystem.gap.case import gap_case
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.errors import FactError, InputError, did_you_mean
from overbuild.facts.cited_fields import cited_fields
from overbuild.facts.store import known_on
from overbuild.questions.why.story import headline, outline

LIMITS = (
    "The tree shows how a number was computed and which documents its inputs were read in, not that they are right.",
    "A solved number (the loan's schedule, a rate of return, a break-even) ends at its solver and what it is found from.",
)

QUESTIONS = ("gap", "need", "site", *EXPLAINED, "fact")
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
) -> Answer:
    """The tree behind a number: formula, operands with values and units, inputs, facts with source, date and page.

    `number` is `QUESTION:path[@period]` (`gap:total_gap`, `site:cfads@2029Q3`, `site.pue`, `fact:KEY`); `file` is the
    case of a site. `depth` counts levels of lines; inputs are always followed to their source.
    Raises InputError `unknown_name` with close names, `missing` where a site's number comes without its case.
    """
    if depth < 0:
        raise InputError("negative", "depth", depth, "a depth is 0 or more")
    tree = _tree(number, Path(file) if file is not None else None, depth, shocks, as_of, workspace)
    table = Table("why", f"Why {tree.id}", _COLUMNS, rows(tree))
    return Answer(
        question="why",
        headline=Headline(tree.id, tree.value, tree.unit, headline(tree)),
        values={tree.id: tree.value},
        status={} if tree.value is not None else {tree.id: "words, not a number"},
        tables=(table,),
        facts=facts_in(tree),
        assumptions=(),
        limits=LIMITS,
        as_of=as_of,
        outline=outline(tree, depth, _options(file, shocks, as_of, workspace)),
    )


def _options(file: Path | str | None, shocks: tuple[str, ...], as_of: str | None, workspace: Path | str | None) -> str:
    """The case and the options of a question as one writes them behind its id."""
    given = [("", file), *(("--shock", one) for one in shocks), ("--as-of", as_of), ("--workspace", workspace)]
    written = (f"{name} {shlex.quote(str(value))}".strip() for name, value in given if value is not None)
    return "".join(f" {one}" for one in written)


def _tree(
    number: str,
    file: Path | None,
    depth: int,
    shocks: tuple[str, ...],
    as_of: str | None,
    workspace: Path | str | None,
) -> Why:
    question, colon, path = number.partition(":")
    if not colon:
        question, path = ("site", number) if file is not None else ("gap", number)
    if question == "fact":
        return _fact(path, as_of, workspace)
    if question in ("gap", "need"):
        return year_why(_numbers(question, as_of, workspace), path, depth)
    if question == "site":
        if file is None:
            raise InputError("missing", number, None, "a number of a site needs its case: overbuild why ID FILE")
        return site_why(path, file, depth, shocks=shocks, workspace=workspace)
    if question in EXPLAINED:
        if file is None:
            raise InputError("missing", number, None, f"a number of a {question} needs its case: overbuild why ID FILE")
        return case_why(EXPLAINED[question].explain(file, shocks, workspace), path, depth, workspace)
    hint = f"an id begins with {', '.join(QUESTIONS)}.{did_you_mean(question, QUESTIONS)}"
    raise InputError("unknown_name", "id", number, hint)


def _numbers(question: str, as_of: str | None, workspace: Path | str | None) -> YearNumbers:
    view, presets = known_on(as_of, workspace), presets_with(OwnAssumptions())
    year = presets.gap.year
    if question == "gap":
        return gap_numbers(gap_case(view, presets.gap, year))
    return need_numbers(need_case(view, presets, year))


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
