"""Why the numbers of a year are what they are: the gap's, and what must be earned."""

from __future__ import annotations

from overbuild.audit.labels import label_of_input
from overbuild.audit.tree.tree import Tree, Why
from overbuild.audit.year_numbers import YearNumbers
from overbuild.errors import InputError, did_you_mean_first
from overbuild.timeline.run import evaluate


def year_why(numbers: YearNumbers, path: str, depth: int) -> Why:
    """The tree of a number of a year: a named line (`total_gap`, `capital_charge.it`) or a figure (`energy.spend`).

    Raises InputError `unknown_name` with close names.
    """
    if path in numbers.elsewhere and numbers.other is not None:
        return year_why(numbers.other, numbers.elsewhere[path], depth)._replace(id=f"{numbers.question}:{path}")
    tree = Tree(numbers.question, evaluate(numbers.model), numbers.leaf)
    lines = {one.id: one.line for one in numbers.model.reported}
    found = tree.result(path, depth) or (tree.result(lines[path], depth) if path in lines else None)
    if found is not None and path in lines:
        found = found._replace(id=f"{numbers.question}:{path}")
    if found is not None:
        return found
    if path in numbers.papers:
        leaf = numbers.papers[path]
        below = leaf.below or (leaf,)
        named = f"{numbers.question}:{path}"
        label = f"{label_of_input(path)}, the figure in force"
        return Why(named, label, numbers.value(path), leaf.unit, "input", below=below)
    known = [*numbers.elsewhere, *tree.lines(run_once=True), *numbers.papers]
    name = f"{numbers.question}:{path}"
    raise InputError("unknown_name", name, path, f"no such number.{did_you_mean_first(path, lines, known)}")
