"""A site's inputs as rows: one for each number, with where it comes from and whether the book follows a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from overbuild.equations import Program, flatten
from overbuild.questions.wording import label_of_path, unit_of_path, words
from overbuild.questions.workbook.book import FactRow, InputRow, Row
from overbuild.questions.workbook.copies import row_of_leaf
from overbuild.site.case_plan import SiteCase
from overbuild.world.sourced import Sourced

FOLLOWS = "live: the debt stays as sized"
AGAIN = "export again"


def single_series(case: SiteCase) -> set[str]:
    """Series that the case writes as one number for all periods."""
    return {path for path, one in case.inputs.items() if len(_entries(one)) == 1}


def input_rows(case: SiteCase, follows: Collection[str], facts: Mapping[str, FactRow]) -> list[InputRow]:
    """One row for each input: the name and the close, then the plan's numbers and words in its own order."""
    rows = [_row(case, "name", case.name, facts), _row(case, "close", case.close, facts)]
    single, met = single_series(case), set[str]()
    for path, value in _given(case):
        row = row_of_leaf(path, single)
        if row not in met:
            met.add(row)
            rows.append(_row(case, row, value, facts))
    return [row._replace(follows=row.id in follows, effect=FOLLOWS if row.id in follows else AGAIN) for row in rows]


def _given(case: SiteCase) -> Iterator[tuple[str, Any]]:
    """The plan's leaves, then the words of the case, which are no leaves."""
    yield from flatten(case.plan).items()
    for path, one in case.inputs.items():
        if isinstance(one.value, str) and path not in ("name", "close") and not path.endswith(".name"):
            yield path, one.value
        words = _entries(one)
        if words and isinstance(words[0], str):
            yield path, ", ".join(words)


def _entries(one: Sourced) -> tuple[Any, ...]:
    """Entries of an input that is a series; none where it is not."""
    return cast("tuple[Any, ...]", one.value) if isinstance(one.value, tuple) else ()  # pyright: ignore[reportUnknownMemberType]


def _row(case: SiteCase, path: str, value: Any, facts: Mapping[str, FactRow]) -> InputRow:
    series = path.rpartition(".")[0] if path.rpartition(".")[2].isdigit() else path
    one: Sourced | None = case.inputs.get(path) or case.inputs.get(series)
    fact = facts.get(one.fact.removeprefix("fact:")) if one and one.fact else None
    reason = ": ".join(part for part in (one.author, one.reason) if part) if one else ""
    return InputRow(
        id=path,
        label=label_of_path(path),
        unit=unit_of_path(path, value),
        value=value,
        kind=_kind(one),
        fact=one.fact.removeprefix("fact:") if one else "",
        source=(one.source or (fact.document if fact else "")) if one else "",
        date=fact.date if fact else "",
        reason=reason,
        low=one.low if one else None,
        high=one.high if one else None,
        follows=False,
        effect="",
    )


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
