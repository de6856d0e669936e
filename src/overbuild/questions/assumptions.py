"""The assumptions of an answer, from the numbers of a case or preset that no source gives."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.answer import Assumption
from overbuild.world.sourced import Sourced


def assumptions_by_id(assumed: Mapping[str, Sourced]) -> tuple[Assumption, ...]:
    """Assumptions as an answer lists them, in order, each under its id."""
    return tuple(
        Assumption(name, float(one.value), one.unit, one.low, one.high, one.author, one.reason)
        for name, one in assumed.items()
    )


def assumptions_of_case(inputs: Mapping[str, Sourced]) -> tuple[Assumption, ...]:
    """The numbers of a case file that give a reason and no source, each under its path."""
    assumed = {
        path: one for path, one in inputs.items() if one.origin == "assumption" and isinstance(one.value, int | float)
    }
    return assumptions_by_id(assumed)
