"""What of the general form is not a plain copy of what `short_written` says, and what is said of each change."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from overbuild.site.case.short_form.short_paths import GPUS, OFFTAKE, POWERED_SHELL, SITE

How: TypeAlias = Literal["same", "later", "said"]
"""A copy; a period counted from close in place of opening; something that the short form says in another way."""


class Change(NamedTuple):
    """What became of an input: its path in the old file, in the new one, and what changed. Empty: it is not there."""

    old: str
    new: str
    what: str


class Move(NamedTuple):
    """How a path of the plan comes from the short form; `old` where `short_written` names no input of its own.

    `words` say what it is made of. Those of `said` are a comment in the file too, unless they are `quiet`.
    """

    how: How
    old: str = ""
    words: str = ""
    quiet: bool = False


SAME = "as it was"
RENAMED = "renamed"
AS_REPLACED = "written once more: as of the GPUs that are replaced"

_OPENING = "the first period after construction"
_NAMED = Move("said", words="the name that the short form gives it", quiet=True)

_MOVES: Mapping[str, Move] = {
    "horizon.periods": Move("later"),
    f"phases.{SITE}.name": _NAMED,
    "components.refreshed_*.name": _NAMED,
    "fleets.*.name": _NAMED,
    f"fleets.{GPUS}.component": Move("said", "refresh.replaces", "the component that the GPUs are", quiet=True),
    "fleets.*.component": Move("said", words="the component below `components` that has their cost", quiet=True),
    "fleets.*.kw_per_gpu": Move("same", "site.kw_per_gpu"),
    "fleets.*.phase": Move("said", words="the one phase", quiet=True),
    "fleets.*.at": Move("later"),
    "fleets.*.owners_pay": Move("said", "refresh.paid_by", "the owners promise what is missing", quiet=True),
    "fleets.*.until": Move("later", "relet.period"),
    "fleets.*.sale": Move("same", "relet.it_proceeds"),
    "contracts.*.name": _NAMED,
    "contracts.*.phase": Move("said", words="the one phase", quiet=True),
    "contracts.*.unit": Move("said", words="the hall is let by its power", quiet=True),
    "contracts.*.ends": Move("said", words="it ends with the site", quiet=True),
    f"contracts.{OFFTAKE}.long_stop": Move("later"),
    f"contracts.{OFFTAKE}.fails_in": Move("later"),
    f"contracts.{POWERED_SHELL}.start": Move("later"),
    f"contracts.{POWERED_SHELL}.tenor": Move("said", "relet.period", "from relet.period to the end of the site"),
    f"contracts.{POWERED_SHELL}.utilisation": Move("said", words="the tenant pays the power itself"),
    "costs.inflation.value": Move("said", words="an index", quiet=True),
    "loans.*.maturity": Move("later"),
    "loans.*.first": Move("said", "site.construction_periods", _OPENING),
    "loans.*.repayment": Move("same", words="level_parts is called straight_line", quiet=True),
    "loans.*.construction_rate_per_year": Move("same", words="the short form has 0 where no rate is given"),
    "loans.*.collateral": Move("same", words="with the GPUs that replace those it names"),
    "mezzanine.maturity": Move("later"),
    "prepayment.contract": Move("said", words="the one contract", quiet=True),
    "prepayment.credited_from": Move("later", words="the first period of operation, where none is given"),
    "tests.*.test": Move("said", words="the short form tests cover of the last twelve months", quiet=True),
    "tests.*.action": Move("said", words="what a breach of this level does", quiet=True),
    "cures.in_year": Move("same", words="as many as in all: the short form counts none by the year"),
}

MOVES: Mapping[str, Move] = MappingProxyType(_MOVES)
"""By path of the plan, in which `*` stands for the name of an item."""


NO_COLLATERAL = "none: other loans name theirs"


def move_of(path: str) -> Move:
    """How a path of the plan comes from the short form.

    >>> move_of("loans.senior.maturity").how, move_of("tax.rate").how
    ('later', 'same')
    """
    return next((move for pattern, move in MOVES.items() if fnmatchcase(path, pattern)), Move("same"))


_LEFT_OUT: Mapping[str, str] = {
    "refresh.mode": "a later fleet is bought only where it can be paid",
    "refresh.replaces": "said by the component of the first fleet",
    "refresh.paid_by": "the project pays, as where nothing is said",
    "waterfall.covenant": "without a level there is no test",
    "waterfall.cures*": "a covenant that calls a default at once has no cures",
    "waterfall.sweep_share": "without a trigger nothing is swept",
    "costs.maintained": "no component of these names",
    "loans.*.draws": "draws follow what is spent",
    "loans.*.base_rate_per_year": "an empty series says no rate",
    "*_per_year": "it is 0, and nothing moves",
}

UNSAID = "it says nothing that the general form has"


def left_out(path: str) -> str:
    """Why an input has no place in the general form.

    >>> left_out("power.escalator_per_year")
    'it is 0, and nothing moves'
    """
    return next((words for pattern, words in _LEFT_OUT.items() if fnmatchcase(path, pattern)), UNSAID)
