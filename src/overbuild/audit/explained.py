"""A model of a case with the papers of its inputs: what a book and the tree behind a number are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from overbuild.audit.origins import Origins
from overbuild.equations.model import Model
from overbuild.world.case_record import CaseRecord


class LinkedResult(NamedTuple):
    """The result of another case that an input of this one is."""

    explained: ExplainedCase
    result: str


class GivenTerm(NamedTuple):
    """A term that no input of the case is: its unit, and where it comes from, in words."""

    unit: str
    origin: str


class ExplainedCase:
    """A case whose file form is its record, and its model.

    `model_of` makes the model of a record; `labels` names the places of its axis, `places_of` says what they are, such
    as `age`; `shown_at` is the place at which whole rows are shown. `linked` has by path the inputs that are results of
    another case, `given` by path the terms that are the answer of another question.
    """

    def __init__(
        self,
        case: CaseRecord[Any],
        model_of: Callable[[Any], Model],
        labels: tuple[str, ...] = (),
        shown_at: int = 0,
        linked: Mapping[str, LinkedResult] | None = None,
        given: Mapping[str, GivenTerm] | None = None,
    ) -> None:
        self.case, self.model_of, self.labels, self.shown_at = case, model_of, labels, shown_at
        self.question = case.kind.name
        self.linked, self.given = linked or {}, given or {}

    @cached_property
    def model(self) -> Model:
        """The model of the case."""
        return self.model_of(self.case.record)

    @cached_property
    def origins(self) -> Origins:
        """Which numbers of the case the model's terms and series are copies of."""
        return Origins(self.case.record, (), lambda record, _: self.model_of(record), self.case.paths)

    def label(self, place: int) -> str:
        """The name of a place."""
        return self.labels[place] if 0 <= place < len(self.labels) else str(place)
