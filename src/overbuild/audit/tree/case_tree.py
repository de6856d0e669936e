"""Why the numbers of any case are what they are whose file form is its record: lines, results, inputs."""

from __future__ import annotations

from pathlib import Path

from overbuild.audit.explained import ExplainedCase
from overbuild.audit.tree.leaves import Leaves
from overbuild.audit.tree.tree import Tree, Why
from overbuild.errors import InputError, did_you_mean, did_you_mean_first
from overbuild.timeline.run import evaluate
from overbuild.world.fields import currency_of, in_currency


def case_why(explained: ExplainedCase, path: str, depth: int, workspace: Path | str | None = None) -> Why:
    """The tree of a number of a case, money in the currency that it names. Raises as `_why`."""
    found, currency = _why(explained, path, depth, workspace), currency_of(explained.case.record)
    return _told_in(found, currency, {}) if currency else found


def _told_in(why: Why, currency: str, told: dict[int, Why]) -> Why:
    """The tree with the currency in its units; a part that stands twice stays one object."""
    if id(why) not in told:
        below = tuple(_told_in(one, currency, told) for one in why.below)
        told[id(why)] = why._replace(unit=in_currency(why.unit, currency), below=below)
    return told[id(why)]


def _why(explained: ExplainedCase, path: str, depth: int, workspace: Path | str | None = None) -> Why:
    """The tree of a number of a case: a line at a place (`economic_value@3`), a result, an input of the file.

    Raises InputError `unknown_name` with close names, `missing` for a line without its place, `bad_period` for a place
    that is none.
    """
    case, question = explained.case, explained.question

    def opened(input_path: str) -> Why | None:
        link = explained.linked.get(input_path)
        return None if link is None else case_why(link.explained, link.result, depth, workspace)

    leaves = Leaves(question, explained.origins, case.inputs, case.unit_of, workspace, opened, explained.given)
    tree = Tree(question, evaluate(explained.model), leaves.of, explained.label, explained.shown_at)
    name, _, label = path.partition("@")
    if label:
        return _at(explained, tree, name, label, depth)
    if name in case.inputs:
        return leaves.input(name)
    declared = {one.id: one for one in explained.model.reported}
    found = tree.result(declared[name].line if name in declared else name, depth)
    if found is not None:
        return found._replace(id=f"{question}:{name}")
    lines = tree.lines(run_once=False)
    if name in lines:
        example = f"{question}:{name}@{explained.label(explained.shown_at)}"
        hint = f"a line has one value a place; say which, as in {example}"
        raise InputError("missing", f"{question}:{name}", None, hint)
    close = did_you_mean_first(name, declared, [*case.inputs, *tree.lines(run_once=True), *lines])
    raise InputError("unknown_name", f"{question}:{name}", name, f"no such number.{close}")


def _at(explained: ExplainedCase, tree: Tree, name: str, label: str, depth: int) -> Why:
    if not explained.labels:
        hint = f"the numbers of a {explained.question} have no places: leave out @{label}"
        raise InputError("bad_period", f"{explained.question}:{name}@{label}", label, hint)
    if label not in explained.labels:
        near = did_you_mean(label, explained.labels)
        first, last = explained.labels[0], explained.labels[-1]
        hint = f"no such place.{near} They run from {first} to {last}"
        raise InputError("bad_period", f"{explained.question}:{name}@{label}", label, hint)
    found = tree.at(name, explained.labels.index(label), depth)
    if found is None:
        hint = f"no such line at {label}.{did_you_mean(name, tree.lines(run_once=False))}"
        raise InputError("unknown_name", f"{explained.question}:{name}@{label}", name, hint)
    return found
