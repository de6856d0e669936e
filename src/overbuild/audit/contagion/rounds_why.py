"""Why anybody in a contagion study pays, loses or stops: the lines of the rounds down to contracts, sheets and the shock."""

from __future__ import annotations

from functools import partial

from overbuild.audit.contagion.round_origins import NumberOrigin, label_of_number, origin_of
from overbuild.audit.origins import Leaf
from overbuild.audit.tree.leaves import cited_leaf
from overbuild.audit.tree.tree import Document, Reason, Tree, Why
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import NO_END
from overbuild.ecosystem.contagion.told.reduced import Reduced, reduced
from overbuild.errors import InputError, did_you_mean_first
from overbuild.lenders.rounds.model import rounds_model
from overbuild.timeline.run import evaluate
from overbuild.world.fields import unit_of_leaf

QUESTION = "contagion"

_SHORT = {"loss": "all_losses", "recovery": "junior_paid", "stops": "stops_paying"}
"""How `loss.CRWV` may be asked for in the place of `CRWV.all_losses`."""


def contagion_why(case: ContagionCase, path: str, depth: int) -> Why:
    """The tree of a number at the point of a study: `PARTY.all_losses`, `CONTRACT.paid`, `CONTRACT.lost`, `PARTY.senior_paid`.

    `@N` says after which round; without it the last one holds, when nothing moves any more. Raises InputError `unknown_name`
    with close names, `bad_period` for a round that is none.
    """
    small = reduced(case)
    last = case.outcome.rounds
    model = rounds_model(small.study, small.terms, last)
    tree = Tree(QUESTION, evaluate(model), partial(_leaf, case, small), str, last)
    name, _, said = path.partition("@")
    first, _, rest = name.partition(".")
    line = f"{rest}.{_SHORT[first]}" if first in _SHORT else name
    known = tree.lines(run_once=False)
    if said and said not in {str(number) for number in range(1, last + 1)}:
        raise InputError(
            "bad_period", f"{QUESTION}:{path}", said, f"a round from 1 to {last}, when nothing moves any more"
        )
    if line not in known:
        hint = f"no such number of this study.{did_you_mean_first(line, known, known)}"
        hint = f"{hint} Who loses nothing in any network has none; --shock fail=ID says who fails"
        raise InputError("unknown_name", f"{QUESTION}:{path}", name, hint)
    found = tree.at(line, int(said or last), depth)
    assert found is not None
    return found


def _leaf(case: ContagionCase, small: Reduced, leaf: Leaf, value: float, label: str = "") -> Why:
    """A number that the rounds are given: from a row of a table, the preset, or the shock."""
    name = leaf.path.partition(".")[2]
    named = f"{QUESTION}:{name}"
    if leaf.path.startswith("inputs."):
        return Why(named, "Number of the round", value, "", "input", origin="the rounds are counted")
    origin = origin_of(case, small, name)
    unit = unit_of_leaf(type(small.terms), name)
    reason = _reason(origin)
    if value >= NO_END / 2:
        said = f"{origin.reason}: no figure, and so no end"
        return Why(
            named, label_of_number(name), None, unit, "assumption", origin=said, reason=reason._replace(reason=said)
        )
    label = label_of_number(name)
    below = cited_leaf(origin.fact, None) if origin.fact else None
    if below is not None and below.fact is not None:
        read_in = below.document or Document("", origin.source, origin.date, "")
        said = f"{origin.reason} {below.origin}".strip()
        return Why(named, label, value, unit, "fact", "", said, (), below.fact, read_in)
    if below is not None:
        reason = reason._replace(author="the file of the network")
    return Why(named, label, value, unit, "assumption", origin=origin.reason, reason=reason)


def _reason(origin: NumberOrigin) -> Reason:
    """What is said beside an assumed number: by whom, and its range where it has one."""
    author, _, said = origin.reason.partition(": ")
    if origin.source or not said:
        author, said = origin.source or "overbuild", origin.reason
    low, high = (origin.low, origin.high) if origin.low != origin.high else (None, None)
    return Reason(author, said, low, high)
