"""The kinds of case besides a site, as commands name them: where their presets lie, what they are of, what to type next."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import NamedTuple


class KindSaid(NamedTuple):
    """A kind of case on the command line.

    `folder` is that of its presets and `default` the one a new file is copied from; `title` heads their list, `starts`
    ends "How do I start ...", `copied` is what is copied; `following` are commands on a new file. Every kind has a
    schema and a worksheet; one that is `explained` also has a workbook that computes and a tree behind its numbers.
    """

    folder: str
    default: str
    title: str
    starts: str
    copied: str
    following: tuple[str, ...]
    explained: bool = True


NEW: dict[str, KindSaid] = {
    "fleet": KindSaid(
        "fleets",
        "h100",
        "Units of a fleet",
        "the case of a unit of a fleet",
        "The unit to copy.",
        ("overbuild fleet {file}", "overbuild why fleet:economic_value@2 {file}"),
    ),
    "agents": KindSaid(
        "agents",
        "support-desk",
        "Workflows for agents",
        "the case of a workflow for agents",
        "The workflow to copy.",
        ("overbuild agents {file} --ask", "overbuild export agents {file} --xlsx agents-book.xlsx"),
    ),
    "programmes": KindSaid(
        "programmes",
        "agents-2026",
        "Portfolios of workflows for agents",
        "the case of a portfolio of workflows",
        "The portfolio to copy.",
        ("overbuild agents all {file}", "overbuild export programmes {file} --xlsx programmes-book.xlsx"),
    ),
    "grid": KindSaid(
        "zones",
        "pjm",
        "Zones of the grid",
        "the case of a zone of the grid",
        "The zone to copy.",
        ("overbuild grid --zone {file}", "overbuild why grid:cost_to_others {file}"),
    ),
    "stack": KindSaid(
        "stacks",
        "ai-stack-2026",
        "Stacks of layers",
        "the case of a stack of layers",
        "The stack to copy.",
        ("overbuild stack {file} --shock cloud_price=+30%", "overbuild why stack:integration_npv {file}"),
    ),
    "rules": KindSaid(
        "rules",
        "ai-rules-2026",
        "Rules on a firm",
        "a case of rules on a firm",
        "The rules to copy.",
        ("overbuild rules {file}", "overbuild why rules:moat_npv {file}"),
    ),
    "tariff": KindSaid(
        "tariffs",
        "aep-ohio",
        "Large loads under a tariff",
        "the case of a large load",
        "The tariff to copy.",
        ("overbuild tariff {file}", "overbuild grid solve --tariff {file} --for min_take"),
    ),
    "portfolio": KindSaid(
        "portfolios",
        "three-loans",
        "Lenders' books",
        "the file of a lender's book",
        "The book to copy.",
        ("overbuild check {file}", "overbuild portfolio {file}"),
        explained=False,
    ),
}
"""By the name of the question that answers a case of the kind: those that a new file may be of."""

EXPLAINED_KINDS = (*sorted(name for name, kind in NEW.items() if kind.explained), "vintages")
"""Kinds with a workbook that computes; a case of vintages is drafted from filings."""

DESCRIBED_KINDS = (*sorted(NEW), "vintages")
"""Kinds with a schema and a worksheet."""


def asked_of(kind: str, file: Path) -> str:
    """The command that answers a sound case of a kind.

    >>> asked_of("grid", Path("mine.yaml")), asked_of("site", Path("mine.yaml"))
    ('overbuild grid --zone mine.yaml', 'overbuild site mine.yaml')
    >>> asked_of("portfolio", Path("mine.yaml"))
    'overbuild portfolio mine.yaml'
    """
    named = shlex.quote(str(file))
    if kind in NEW:
        answering = next(one for one in NEW[kind].following if not one.startswith("overbuild check "))
        return answering.format(file=named)
    return f"overbuild site {named}" if kind == "site" else f"overbuild export {kind} {named} --xlsx {kind}-book.xlsx"
