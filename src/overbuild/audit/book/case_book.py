"""The book of any case whose file form is its record: inputs with their papers, the model by place, results, facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from overbuild.audit.book.blocks import Places, blocks_of
from overbuild.audit.book.book import Book, Check, FactRow, InputRow, Picture, ResultRow, Row
from overbuild.audit.book.input_rows import AGAIN, LIVE, constant_rows
from overbuild.audit.book.result_rows import LABELS, line_rows
from overbuild.audit.book.rows import model_rows, time_rows
from overbuild.audit.book.things import Thing
from overbuild.audit.cited_facts import cited_rows
from overbuild.audit.explained import ExplainedCase
from overbuild.audit.labels import label_of_path
from overbuild.equations import flatten
from overbuild.world.fields import currency_of, in_currency
from overbuild.world.sourced import Sourced

TellsUnit = TypeVar("TellsUnit", Row, ResultRow)
"""A row of a sheet that says a unit."""


def case_book(
    explained: ExplainedCase,
    *,
    axis: str = "Period",
    things: tuple[Thing, ...] = (),
    checks: tuple[Check, ...] = (),
    pictures: tuple[Picture, ...] = (),
    workspace: Path | str | None = None,
) -> Book:
    """The book of a case, without the words at its head. `axis` is what the places of the model are called.

    A number of the case is an input cell; whatever the model copies of it follows a change, the rest says export again.
    """
    case, origins = explained.case, explained.origins
    blocks = blocks_of(explained.model)
    places = Places(blocks, origins)
    currency = currency_of(case.record)
    model = tuple(_told_in(row, currency) for row in model_rows(blocks, places, things))
    once = [block for block in blocks.values() if not block.over_time]
    results = tuple(_told_in(row, currency) for row in line_rows(explained.model.reported, once, places))
    cited = cited_rows((key for one in case.inputs.values() for key in one.facts), workspace)
    time = tuple(_told_in(row, currency) for row in time_rows(blocks, places, things))
    labelled = (Row(LABELS, axis, "", dict(enumerate(explained.labels))),) if explained.labels else ()
    return Book(
        title=getattr(case.record, "name", explained.question),
        read_me=(),
        labels=explained.labels,
        inputs=tuple(_inputs(explained, cited)),
        constants=tuple(constant_rows(block.program for block in blocks.values())),
        time=(*labelled, *time),
        model=model,
        sizing=(),
        results=results,
        checks=checks,
        facts=tuple(sorted(cited.values())),
        pictures=pictures,
    )


def _told_in(row: TellsUnit, currency: str) -> TellsUnit:
    """A row with the currency of the case in its unit."""
    return row._replace(unit=in_currency(row.unit, currency))


def _inputs(explained: ExplainedCase, facts: dict[str, FactRow]) -> Iterator[InputRow]:
    """One row for each number of the case, then its words, with where each comes from."""
    case, origins = explained.case, explained.origins
    numbers = flatten(case.record)
    for name, paths in case.paths.items():
        value = numbers[paths[0]]
        if isinstance(value, str):
            continue
        follows = origins.follows(name)
        yield _row(explained, name, value, facts)._replace(follows=follows, effect=LIVE if follows else AGAIN)
    for path, one in case.inputs.items():
        if isinstance(one.value, str) and not path.endswith("name"):
            yield _row(explained, path, one.value, facts)._replace(effect=AGAIN)


def _row(explained: ExplainedCase, path: str, value: Any, facts: dict[str, FactRow]) -> InputRow:
    case = explained.case
    one: Sourced | None = case.inputs.get(path) or case.inputs.get(path.rpartition(".")[0])
    cited = [facts[key] for key in one.facts if key in facts] if one else []
    kind = "default" if one is None else one.origin
    return InputRow(
        id=path,
        label=label_of_path(path),
        unit=case.unit_of(path),
        value=value,
        kind=kind,
        fact="; ".join(one.facts) if one else "",
        source=(one.source or "; ".join(dict.fromkeys(fact.document for fact in cited))) if one else "",
        date=max((fact.date for fact in cited), default=""),
        reason=": ".join(part for part in (one.author, one.reason) if part) if one else "",
        low=one.low if one else None,
        high=one.high if one else None,
        follows=False,
        effect="",
        derived=one.derivation.text if one and one.derivation else "",
    )
