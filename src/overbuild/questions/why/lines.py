"""The tree of a traced number: a line's formula, its operands with their values, down to where inputs come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overbuild.audit.tree import Why
from overbuild.equations.graph import Program
from overbuild.equations.line_table import label_of, row_of
from overbuild.equations.reading import reading_of


class Traced(NamedTuple):
    """A program with the value of every step, and what each of its inputs comes from."""

    question: str
    program: Program
    made: Sequence[Any]
    origins: Mapping[str, Why]

    def line(self, name: str, depth: int) -> Why:
        """The tree of a line, `depth` levels of lines deep; inputs are always shown down to their source."""
        read = reading_of(self.program, name)
        row = row_of(name)
        below: tuple[Why, ...] = ()
        if depth > 0:
            below = (
                *(self.line(one, depth - 1) for one in read.lines),
                *(self._input(one) for one in read.inputs),
            )
        return Why(
            id=f"{self.question}:{name}",
            label=label_of(name),
            value=float(self.made[self.program.lines[name]]),
            unit=row.unit if row else "",
            kind="line",
            formula=f"{name} = {read.text.replace('terms.', '')}",
            origin=f"equation of {row.room}; {row.source}" if row else "",
            below=below,
        )

    def _input(self, name: str) -> Why:
        value = float(self.made[self.program.inputs[name]])
        found = self.origins.get(name)
        shown = name.removeprefix("terms.")
        if found is None:
            return Why(f"{self.question}:{shown}", shown, value, "", "input")
        if found.kind == "input":
            return found._replace(id=f"{self.question}:{shown}", label=shown, value=value)
        leaf = found if found.kind == "fact" else found._replace(id=f"{self.question}:{shown}")
        return leaf._replace(label=f"{shown}: {leaf.label}" if leaf.kind == "fact" else shown)
