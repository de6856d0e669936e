"""What does this word mean here?"""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Answer, Headline, Screen, Table
from overbuild.errors import InputError, did_you_mean
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.glossary.terms import Term, named, terms
from overbuild.questions.prose import listed, times

LIMITS = (
    "A term means here what this table says; loan agreements, accounting standards and companies define some of them otherwise.",
    "Named lines of a model have their formulas in the reference of lines; `overbuild why` explains a number.",
)
_COLUMNS = (
    column("term", "term"),
    column("meaning", "meaning"),
    column("unit", "unit", fill=lambda one: one.unit or "-"),
    column("used_in", "used in", fill=lambda one: ", ".join(one.used_in)),
    unprinted("also_called", lambda one: ", ".join(one.also_called) or None),
)


def glossary(word: str | None = None) -> Answer:
    """Every term with its meaning, or those that a word names.

    Raises InputError `unknown_name` for a word that is no term, with close ones.
    """
    if word is None:
        return _all()
    found = named(word)
    if not found:
        every = [name for one in terms() for name in one.names]
        hint = f"no such term.{did_you_mean(word, every)} `overbuild glossary` lists all"
        raise InputError("unknown_name", "word", word, hint)
    return _answer(found, _told(found), Screen("" if len(found) == 1 else "terms"))


def _all() -> Answer:
    found = terms()
    text = f"{times(len(found), 'term')}, each in one sentence: `overbuild glossary WORD` tells one."
    names = listed([one.term for one in found])
    return _answer(found, text, Screen("", (f"{names}.",), moves_title="Terms"))


def _answer(found: Sequence[Term], text: str, screen: Screen) -> Answer:
    return Answer(
        question="glossary",
        headline=Headline("terms", len(found), "count", text),
        values={"terms": len(found)},
        status={},
        tables=(_table(found),),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        screen=screen,
    )


def _table(found: Sequence[Term]) -> Table:
    return table("terms", "Terms", _COLUMNS, found)


def _told(found: Sequence[Term]) -> str:
    one = found[0]
    if len(found) > 1:
        return f"{times(len(found), 'term')} have this word: {listed([each.term for each in found])}."
    other = f", also called {listed(one.also_called)}" if one.also_called else ""
    unit = f" Unit: {one.unit}." if one.unit else ""
    return f"{one.term}{other}: {one.meaning}{unit} Used in {listed(one.used_in)}."
