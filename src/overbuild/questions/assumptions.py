"""The assumptions of an answer, from the numbers of a case or preset that no source gives."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.questions.answer import Assumption
from overbuild.world.sourced import Sourced


def assumptions_by_id(assumed: Mapping[str, Sourced]) -> tuple[Assumption, ...]:
    """Assumptions as an answer lists them, in order, each under its id."""
    return tuple(
        Assumption(name, float(one.value), one.unit, one.low, one.high, one.author, one.reason)
        for name, one in assumed.items()
    )
