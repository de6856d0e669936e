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


class PlanMove(NamedTuple):
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
_NAMED = PlanMove("said", words="the name that the short form gives it", quiet=True)

_MOVES: Mapping[str, PlanMove] = {
    "horizon.periods": PlanMove("later"),
    f"phases.{SITE}.name": _NAMED,
    "components.refreshed_*.name": _NAMED,
    "fleets.*.name": _NAMED,
    f"fleets.{GPUS}.component": PlanMove("said", "refresh.replaces", "the component that the GPUs are", quiet=True),
    "fleets.*.component": PlanMove("said", words="the component below `components` that has their cost", quiet=True),
    "fleets.*.kw_per_gpu": PlanMove("same", "site.kw_per_gpu"),
    "fleets.*.phase": PlanMove("said", words="the one phase", quiet=True),
    "fleets.*.at": PlanMove("later"),
    "fleets.*.owners_pay": PlanMove("said", "refresh.paid_by", "the owners promise what is missing", quiet=True),
    "fleets.*.until": PlanMove("later", "relet.period"),
    "fleets.*.sale": PlanMove("same", "relet.it_proceeds"),
    "contracts.*.name": _NAMED,
    "contracts.*.phase": PlanMove("said", words="the one phase", quiet=True),
    "contracts.*.unit": PlanMove("said", words="the hall is let by its power", quiet=True),
    "contracts.*.ends": PlanMove("said", words="it ends with the site", quiet=True),
    f"contracts.{OFFTAKE}.long_stop": PlanMove("later"),
    f"contracts.{OFFTAKE}.fails_in": PlanMove("later"),
    f"contracts.{POWERED_SHELL}.start": PlanMove("later"),
    f"contracts.{POWERED_SHELL}.tenor": PlanMove("said", "relet.period", "from relet.period to the end of the site"),
    f"contracts.{POWERED_SHELL}.utilisation": PlanMove("said", words="the tenant pays the power itself"),
    "costs.inflation.value": PlanMove("said", words="an index", quiet=True),
    "loans.*.maturity": PlanMove("later"),
    "loans.*.first": PlanMove("said", "site.construction_periods", _OPENING),
    "loans.*.repayment": PlanMove("same", words="level_parts is called straight_line", quiet=True),
    "loans.*.construction_rate_per_year": PlanMove("same", words="the short form has 0 where no rate is given"),
    "loans.*.collateral": PlanMove("same", words="with the GPUs that replace those it names"),
    "mezzanine.maturity": PlanMove("later"),
    "prepayment.contract": PlanMove("said", words="the one contract", quiet=True),
    "prepayment.credited_from": PlanMove("later", words="the first period of operation, where none is given"),
    "tests.*.test": PlanMove("said", words="the short form tests cover of the last twelve months", quiet=True),
    "tests.*.action": PlanMove("said", words="what a breach of this level does", quiet=True),
    "cures.in_year": PlanMove("same", words="as many as in all: the short form counts none by the year"),
}

MOVES: Mapping[str, PlanMove] = MappingProxyType(_MOVES)
"""By path of the plan, in which `*` stands for the name of an item."""


NO_COLLATERAL = "none: other loans name theirs"


def move_of(path: str) -> PlanMove:
    """How a path of the plan comes from the short form.

    >>> move_of("loans.senior.maturity").how, move_of("tax.rate").how
    ('later', 'same')
    """
    return next((move for pattern, move in MOVES.items() if fnmatchcase(path, pattern)), PlanMove("same"))


_LEFT_OUT: Mapping[str, str] = {
    "refresh.mode": "a later fleet is bought only where it can be paid",
    "refresh.replaces": "said by the component of the first fleet",
    "refresh.paid_by": "the project pays, as where nothing is said",
    "waterfall.covenant": "without a level there is no test",
    "waterfall.cures*": "a covenant that calls a default at once has no cures",
    "waterfall.sweep_share": "without a trigger nothing is swept",
    "costs.maintained": "no component of these names",
    "components.*.maintained": "`costs.maintained` names the component",
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
