"""The terms of the package, one row each of `terms.csv`."""

from __future__ import annotations

import csv
import functools
from importlib.resources import files
from typing import NamedTuple


class Term(NamedTuple):
    """A word as it is used here: its other names, its unit, the questions that use it, and what it means."""

    term: str
    also_called: tuple[str, ...]
    unit: str
    used_in: tuple[str, ...]
    meaning: str

    @property
    def names(self) -> tuple[str, ...]:
        """The term and its other names."""
        return (self.term, *self.also_called)


@functools.cache
def terms() -> tuple[Term, ...]:
    """Every term, by the alphabet.

    >>> next(one.meaning for one in terms() if one.term == "CFADS")
    'Operating cash after tax and capital spending, before interest and principal.'
    """
    text = files("overbuild.questions.glossary").joinpath("terms.csv").read_text("utf-8")
    found = [
        Term(
            row["term"],
            tuple(name.strip() for name in row["also_called"].split(";") if name.strip()),
            row["unit"],
            ("every question",) if row["used_in"] == "every question" else tuple(row["used_in"].split()),
            row["meaning"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(sorted(found, key=lambda one: one.term.lower()))


def named(word: str) -> tuple[Term, ...]:
    """The terms of which a word is the name or one of the other names, then those that have it in a name.

    >>> [one.term for one in named("loan life cover ratio")], [one.term for one in named("nonsense")]
    (['LLCR'], [])
    """
    asked = " ".join(word.replace("_", " ").lower().split())
    exact = [one for one in terms() if asked in [name.lower() for name in one.names]]
    if exact:
        return tuple(exact)
    parts = asked.split()
    return tuple(one for one in terms() if any(_holds(name.lower(), parts) for name in one.names))


def _holds(name: str, parts: list[str]) -> bool:
    words = name.replace(",", " ").replace("-", " ").split()
    return bool(parts) and all(part in words for part in parts)
