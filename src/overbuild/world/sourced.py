"""A number with its origin: the value, what it rests on, how far it may be argued over, and where it stands."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple, TypeAlias, cast

from overbuild.world.provenance.derivation import Derivation
from overbuild.world.tree import Entry

NOT_IN_A_FILE = Entry(None, "", 0, 0)
"""The place of a number that no file holds."""


class Sourced(NamedTuple):
    """A value of a file with its unit and where it comes from.

    `origin` is `fact` where a fact or a document is cited, `assumption` where an author gives a reason or what is cited
    is no more than that, `case` where nothing is said. `derive` is the line of arithmetic that the file gives, and
    `derivation` what it comes to, where that was computed. `value` is a finite number where a record asks for a
    `Sourced`; among the inputs of a reading it may also be a word, a flag or a series. `low` and `high` are the range
    one may argue over. Texts that are not given are empty.
    """

    path: str
    value: Any
    unit: str
    origin: str
    fact: str
    source: str
    reason: str
    author: str
    low: float | None
    high: float | None
    place: Entry
    derive: str = ""
    derivation: Derivation | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of the facts that it cites: its own, or those of the operands it is derived from."""
        if self.derivation is not None:
            return tuple(dict.fromkeys(one.key for one in self.derivation.cited))
        return (self.fact.removeprefix("fact:"),) if self.fact else ()

    @property
    def numbers(self) -> tuple[float, ...]:
        """The number, or the numbers of a series; none for words, flags and what is missing.

        >>> assumption(0.12, "decimal", author="me", reason="A guess.").numbers
        (0.12,)
        """
        value: object = self.value
        entries = cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,)
        return tuple(one for one in entries if isinstance(one, int | float) and not isinstance(one, bool))


SourcedShare: TypeAlias = Annotated[Sourced, "decimal"]
SourcedPerYear: TypeAlias = Annotated[Sourced, "decimal_per_year"]
SourcedYears: TypeAlias = Annotated[Sourced, "years"]


def assumption(value: float, unit: str, *, author: str, reason: str, path: str = "") -> Sourced:
    """An assumption that is made in no file: by the asker, or by a rule that says its reason. It has no range.

    >>> assumption(0.12, "decimal_per_year", author="asker", reason="Given for this answer.").origin
    'assumption'
    """
    return Sourced(path, value, unit, "assumption", "", "", reason, author, None, None, NOT_IN_A_FILE)
