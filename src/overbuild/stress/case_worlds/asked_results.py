"""What is asked of a case in each scenario: the results that its model reports, and whether they exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel import Wanted
from overbuild.equations.model import Model, programs_of
from overbuild.equations.reading.line_table import label_of, row_of
from overbuild.equations.reported import Reported
from overbuild.errors import InputError, did_you_mean
from overbuild.stress.worlds.draws import Row
from overbuild.world.fields import in_currency


class AskedResult(NamedTuple):
    """A result by its id, where its line and those of its conditions stand (`STAGE.LINE`), the currency of its money."""

    reported: Reported
    line: str
    conditions: tuple[str, ...]
    currency: str = ""

    @property
    def id(self) -> str:
        """Its id."""
        return self.reported.id

    @property
    def label(self) -> str:
        """What it is called."""
        return label_of(self.reported.line)

    @property
    def unit(self) -> str:
        """Its unit; of a period its number."""
        found = row_of(self.reported.line)
        return "period" if self.reported.is_period else "" if found is None else in_currency(found.unit, self.currency)

    def of(self, found: Mapping[Wanted, Row]) -> Row:
        """The result of every scenario; NaN where it does not exist."""
        row = np.asarray(found[self.line], dtype=np.float64)
        return np.where(self.exists(found), row, np.nan)

    def exists(self, found: Mapping[Wanted, Row]) -> NDArray[np.bool_]:
        """Whether it exists, by scenario."""
        there = np.ones(np.shape(found[self.line]), dtype=bool)
        for one, line in zip(self.reported.exists, self.conditions, strict=True):
            there &= (found[line] <= 0.0) if one.absent else (found[line] > 0.0)
        return there


def asked_results(model: Model, wanted: Sequence[str] = (), currency: str = "") -> tuple[AskedResult, ...]:
    """The results that a model reports on lines that are run once, or those that are wanted, in their order.

    What a solver finds is none: it is not found again in every world. Raises InputError `unknown_name`.
    """
    lines = {
        line: f"{stage.name}.{line}"
        for stage in model.stages
        if stage.columns is None
        for line in programs_of(model)[stage.name].lines
    }
    known = [
        AskedResult(one, lines[one.line], tuple(lines[each.line] for each in one.exists), currency)
        for one in model.reported
        if one.line in lines and all(each.line in lines for each in one.exists)
    ]
    ids = [one.id for one in known]
    for name in wanted:
        if name not in ids:
            hint = f"no result of this case that is run in every world.{did_you_mean(name, ids)} There are {', '.join(ids)}"
            raise InputError("unknown_name", "wanted", name, hint)
    by_id = {one.id: one for one in known}
    return tuple(by_id[name] for name in dict.fromkeys(wanted or ids))


def lines_of(results: Sequence[AskedResult]) -> tuple[str, ...]:
    """Every line that the results take."""
    return tuple(dict.fromkeys(line for one in results for line in (one.line, *one.conditions)))
