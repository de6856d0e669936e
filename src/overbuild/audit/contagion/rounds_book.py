"""The book of a contagion study: every number with its source, and the rounds of losses as columns of live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from overbuild.audit.book.book import Book, Check, InputRow, ResultRow, Row
from overbuild.audit.book.input_rows import constant_rows
from overbuild.audit.book.result_rows import LABELS
from overbuild.audit.contagion.round_origins import label_of_number, origin_of
from overbuild.audit.line_labels import CARRIED, label_of_row, unit_of_row
from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.told.reduced import Reduced, reduced
from overbuild.equations import flatten
from overbuild.equations.reading.cells import Pieces, Ref, cell_of
from overbuild.equations.reading.expression import Operand
from overbuild.equations.reading.named_lines import NamedLine, named_lines
from overbuild.lenders.rounds.model import rounds_model
from overbuild.timeline.run import Evaluated, evaluate
from overbuild.world.fields import unit_of_leaf

_TERMS = "terms."
_MORE = 3
"""Rounds beyond those that the study took: room for inputs that are changed."""

_SETTLED = 1.0
"""USD within which the last two rounds must agree."""


def rounds_book(case: ContagionCase) -> Book:
    """The book without the words at its head. USD; place 0 is before the shock, each further column one round."""
    small = reduced(case)
    model = rounds_model(small.study, small.terms, case.outcome.rounds + _MORE)
    run = evaluate(model)["rounds"]
    lines = named_lines(run.program, CARRIED, CARRIED)
    inputs = tuple(_inputs(case, small, run))
    count = len(run.steps)
    rows = tuple(_rows(run, lines, {one.id for one in inputs}))
    return Book(
        title="contagion",
        read_me=(),
        labels=("before", *(f"round {at}" for at in range(1, count + 1))),
        inputs=inputs,
        constants=tuple(constant_rows((run.program,))),
        time=(
            Row(LABELS, "Round", "", dict(enumerate(("before", *(f"round {at}" for at in range(1, count + 1)))))),
            Row("inputs.number", "Number of the round", "count", {at: float(at) for at in range(1, count + 1)}),
        ),
        model=rows,
        sizing=(),
        results=tuple(_results(small, run, count)),
        checks=tuple(_checks(small, run, count)),
        facts=(),
    )


def _rows(run: Evaluated, lines: Mapping[str, NamedLine], inputs: set[str]) -> Iterator[Row]:
    opening = flatten(run.stage.opening)
    yield Row("", "Rounds of losses: every line, round by round")
    for line in lines.values():
        pieces = cell_of(line, partial(_place, inputs))
        values: dict[int, float] = {run.first + at: float(steps[line.place]) for at, steps in enumerate(run.steps)}
        formulas: dict[int, Pieces] = dict.fromkeys(values, pieces)
        if line.kind == "result":
            values = {run.first - 1: float(opening[line.name.removeprefix(CARRIED)]), **values}
        yield Row(line.name, label_of_row(line), unit_of_row(line, run.stage), values, formulas)


def _place(inputs: set[str], operand: Operand) -> Ref:
    if operand.kind == "constant":
        return Ref(f"constant.{operand.name}")
    if operand.kind == "previous":
        return Ref(operand.name, shift=-1)
    name = operand.name.removeprefix(_TERMS)
    return Ref(name if name in inputs else operand.name)


def _inputs(case: ContagionCase, small: Reduced, run: Evaluated) -> Iterator[InputRow]:
    """A row for each number that a formula takes, with the document or the reason behind it."""
    wanted = {step.name for step in run.program.steps if step.kind == "input" and step.name.startswith(_TERMS)}
    for path, value in flatten(small.terms, "terms").items():
        if path in wanted:
            name = path.removeprefix(_TERMS)
            unit, origin = unit_of_leaf(type(small.terms), name), origin_of(case, small, name)
            kind = "fact" if origin.fact else "assumption"
            yield InputRow(name, label_of_number(name), unit, float(value), kind, *origin, True, "live")


def _results(small: Reduced, run: Evaluated, last: int) -> Iterator[ResultRow]:
    """What each party has lost after the last round, and whether it has stopped."""
    for party in small.study.parties:
        name = f"{party.id}.all_losses"
        yield ResultRow(
            f"loss.{party.id}",
            f"All losses: {party.label}",
            "USD",
            run.row(name)[-1],
            (Ref(name, first=last),),
            True,
            "",
        )
    for party in small.study.parties:
        if not party.holds:
            name = f"{party.id}.stops_paying"
            yield ResultRow(
                f"stops.{party.id}",
                f"Stops paying: {party.label}",
                "0 or 1",
                run.row(name)[-1],
                (Ref(name, first=last),),
                True,
                "",
            )


def _checks(small: Reduced, run: Evaluated, last: int) -> Iterator[Check]:
    """That the last two rounds agree: if not, the cascade has not ended and more rounds are needed."""
    for party in small.study.parties:
        name = f"{party.id}.all_losses"
        row = run.row(name)
        pieces: Pieces = ("(", Ref(name, first=last), "-", Ref(name, first=last - 1), ")")
        yield Check(
            f"check.settled.{party.id}",
            f"Losses of the last two rounds agree: {party.label}",
            pieces,
            row[-1] - row[-2],
            _SETTLED,
            "The cascade has not ended in these rounds: export again.",
        )
