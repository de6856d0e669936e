"""The result that a case stands or falls by, and what is bad of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
