"""What a leaf of a model is bound to in a run over many scenarios, and what is wanted of the run.

A leaf is named by its stage, its parameter and its path in the record: `site.terms.market.price.value`,
`site.inputs.running`, `site.state.cash`. One that is not bound is the model's own number or series, the same in all
scenarios.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from overbuild.equations.model import RowOf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Lane(NamedTuple):
    """A number of each scenario: row `row` of the lanes of a run."""

    row: int


class Scaled(NamedTuple):
    """base + slope * a number of each scenario: row `row` of the lanes of a run.

    Base and slope are given with the model: numbers for a term, series for a column.
    """

    row: int


class LaneColumn(NamedTuple):
    """A number of each place and scenario: entry `row` of the lane columns of a run."""

    row: int


class DrawnInside(NamedTuple):
    """A number drawn by the kernel for each place and scenario, of the driver of this number: see `draws`.

    A standard normal, or uniform between 0 and 1. A term or an opening number is drawn once, at place 0. A series is drawn
    at its place and so many `ahead`: of two models that begin on different days, places of one day then draw alike.
    """

    driver: int
    uniform: bool = False
    ahead: int = 0


Binding: TypeAlias = Lane | Scaled | LaneColumn | DrawnInside


class Fold(NamedTuple):
    """A wanted number: a row operation (`row_sum`, `row_dot`, `row_min`, `row_first`) on lines of a stage over places."""

    operation: str
    stage: str
    lines: tuple[str, ...]


Wanted: TypeAlias = str | RowOf | Fold
"""What may be wanted: a line of a stage that is run once, `STAGE.LINE`; the whole row of a line of a stage over
places, `RowOf(STAGE, LINE)`; a fold of such rows."""


class Scenarios(NamedTuple):
    """Scenarios of a run: `size` of them from number `first` on (what is drawn depends on the number).

    `numbers` are those of scenarios that do not follow each other, below 2^53. `lanes` is (rows, size): what `Lane` and
    `Scaled` are bound to. `columns` is (rows, places, size): `LaneColumn`.
    """

    size: int
    lanes: NDArray[np.float64] | None = None
    columns: NDArray[np.float64] | None = None
    first: int = 0
    seed: int = 0
    numbers: NDArray[np.uint64] | None = None

    @property
    def numbered(self) -> NDArray[np.uint64]:
        """The number of each scenario.

        >>> Scenarios(3, first=5).numbered.tolist()
        [5, 6, 7]
        """
        if self.numbers is not None:
            return self.numbers
        import numpy as np

        return np.arange(self.first, self.first + self.size, dtype=np.uint64)
