"""A site's inputs as rows: one for each number, with where it comes from and whether the book follows a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from overbuild.audit.book.book import FactRow, InputRow, Row
from overbuild.audit.labels import label_of_path, words
from overbuild.audit.site_inputs import entries_of, inputs_of
from overbuild.equations import Program, flatten
from overbuild.old_site.case.read import SiteCase, unit_of_input
from overbuild.world.sourced import Sourced

FOLLOWS = "live: the debt stays as sized"
AGAIN = "export again"


def input_rows(case: SiteCase, follows: Collection[str], facts: Mapping[str, FactRow]) -> list[InputRow]:
    """One row for each input: the name and the close, then the plan's numbers and words in its own order."""
    rows = [_row(case, "name", case.name, facts), _row(case, "close", case.close, facts)]
    rows += [_row(case, name, value, facts) for name, value in _given(case)]
    return [row._replace(follows=row.id in follows, effect=FOLLOWS if row.id in follows else AGAIN) for row in rows]


def _given(case: SiteCase) -> Iterator[tuple[str, Any]]:
    """The inputs that are numbers, then the words of the case."""
    numbers = flatten(case.plan)
    yield from ((name, numbers[paths[0]]) for name, paths in inputs_of(case).items())
    for path, one in case.inputs.items():
        if isinstance(one.value, str) and path not in ("name", "close") and not path.endswith(".name"):
            yield path, one.value
        entries = entries_of(one)
        if entries and isinstance(entries[0], str):
            yield path, ", ".join(entries)


def _row(case: SiteCase, path: str, value: Any, facts: Mapping[str, FactRow]) -> InputRow:
    series = path.rpartition(".")[0] if path.rpartition(".")[2].isdigit() else path
    one: Sourced | None = case.inputs.get(path) or case.inputs.get(series)
    cited = [facts[key] for key in one.facts if key in facts] if one else []
    reason = ": ".join(part for part in (one.author, one.reason) if part) if one else ""
    return InputRow(
        id=path,
        label=label_of_path(path),
        unit=unit_of_input(path),
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
