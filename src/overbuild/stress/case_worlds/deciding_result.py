"""The result that a case stands or falls by, and what is bad of it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError
from overbuild.stress.worlds.draws import Row


class DecidingResult(NamedTuple):
    """A result by its id, the level that decides, and on which side of it the case is bad."""

    id: str
    level: float = 0.0
    bad: Literal["below", "above"] = "below"

    def is_bad(self, values: Row) -> NDArray[np.bool_]:
        """Where a result is on the bad side; a result that does not exist is not.

        >>> DecidingResult("npv").is_bad(np.array([-1.0, 0.0, np.nan])).tolist()
        [True, False, False]
        """
        return values < self.level if self.bad == "below" else values > self.level


_BAD = re.compile(r"\s*([\w.]+)\s*([<>])\s*(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*\Z")


def decided_by(text: str) -> DecidingResult:
    """What is bad as one writes it: a result, < or >, a level in the unit of the result.

    Raises InputError `syntax` for anything else.

    >>> decided_by("unit_npv < 5000")
    DecidingResult(id='unit_npv', level=5000.0, bad='below')
    """
    found = _BAD.match(text)
    if found is None:
        raise InputError("syntax", "bad", text, "write RESULT<LEVEL or RESULT>LEVEL, such as unit_npv<5000")
    return DecidingResult(found[1], float(found[3]), "below" if found[2] == "<" else "above")
