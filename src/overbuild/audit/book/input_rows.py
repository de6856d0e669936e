"""A site's inputs as rows: one for each number, with where it comes from and whether the book follows a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from overbuild.audit.book.book import NONE, FactRow, InputRow, Row
from overbuild.audit.labels import label_of_path, words
from overbuild.audit.origins import Origins
from overbuild.audit.site_inputs import entries_of, inputs_of
from overbuild.equations import Program, flatten
from overbuild.site.case.read import SiteCase
from overbuild.site.case_run import CaseRun
from overbuild.world.sourced import Sourced

LIVE = "live"
LIVE_UNSIZED = "live, debt as sized"
AGAIN = "export again"


def input_rows(
    basis: CaseRun, origins: Origins, sizes: Collection[str], facts: Mapping[str, FactRow]
) -> Iterator[InputRow]:
    """One row for each input: the name and the close, then the numbers and words of the file in its own order.

    A number that the file does not give stands among them where the model takes it. `sizes` are the inputs that sizing
    looks at.
    """
    case, sized = basis.shocked, dict(_given(basis.sized))
    for name, value in _given(case):
        if name in case.inputs or series_of(name) in case.inputs or origins.is_taken(name):
            follows = name in origins.inputs and origins.follows(name)
            moves = name in sizes or not follows
            effect = (LIVE_UNSIZED if moves else LIVE) if follows else AGAIN
            row = _row(case, name, value, facts)
            yield row._replace(follows=follows, effect=effect, sized=sized.get(name, NONE), sizes=moves)


def _given(case: SiteCase) -> Iterator[tuple[str, Any]]:
    """Name and close, the inputs that are numbers, then the words of the case."""
    yield from (("name", case.name), ("close", case.close))
    numbers = flatten(case.form.record)
    yield from ((name, numbers[paths[0]]) for name, paths in inputs_of(case).items())
    for path, one in case.inputs.items():
        if isinstance(one.value, str) and path not in ("name", "close") and not path.endswith(".name"):
            yield path, one.value
        entries = entries_of(one)
        if entries and isinstance(entries[0], str):
            yield path, ", ".join(entries)


def series_of(path: str) -> str:
    """The series that an entry stands in, counted from 1, or the input itself.

    >>> series_of("components.it.spend.3"), series_of("site.pue")
    ('components.it.spend', 'site.pue')
    """
    block, _, last = path.rpartition(".")
    return block if last.isdigit() else path


def _row(case: SiteCase, path: str, value: Any, facts: Mapping[str, FactRow]) -> InputRow:
    one: Sourced | None = case.inputs.get(path) or case.inputs.get(series_of(path))
    cited = [facts[key] for key in one.facts if key in facts] if one else []
    reason = ": ".join(part for part in (one.author, one.reason) if part) if one else ""
    return InputRow(
        id=path,
        label=label_of_path(path),
        unit=case.form.unit_of(path),
        value=value,
        kind=_kind(one),
        fact="; ".join(one.facts) if one else "",
        source=(one.source or _each(fact.document for fact in cited)) if one else "",
        date=max((fact.date for fact in cited), default=""),
        reason=reason,
        low=one.low if one else None,
        high=one.high if one else None,
        follows=False,
        effect="",
        derived=one.derivation.text if one and one.derivation else "",
    )


def _each(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _kind(one: Sourced | None) -> str:
    if one is None:
        return "default"
    return "case" if one.origin == "case" else one.origin


def constant_rows(programs: Iterable[Program]) -> list[Row]:
    """A row for each named constant that the formulas take."""
    numbers = {step.name: step.number for program in programs for step in program.steps if step.kind == "constant"}
    return [
        Row(f"constant.{name}", words(name), "constant", {0: number}, scalar=True)
        for name, number in sorted(numbers.items())
    ]
