"""The equations of a model compiled into one fused kernel of machine code, run over many scenarios.

    kernel = kernel_of(model, wanted, bindings)       structure only: once for all cases of one shape
    prepared = kernel.on(model, scales)               the numbers of a case; what no scenario moves is computed here
    found = prepared.run(Scenarios(count, lanes))     arrays by what was wanted

*Wanted* are lines of stages that are run once (`"results.equity_npv"`), whole rows of stages over places
(`RowOf("site", "dscr")`, an array of places and scenarios) and row operations on such rows
(`Fold("row_first", "site", ("ends",))`: 0 where it never holds, else the place counted from 1;
`Fold("row_dot", "site", ("ends", "outcome_payment"))`: 1 where that is how it ended).

*Bindings* are by leaf, `STAGE.PARAMETER.PATH`: `Lane(row)` a number of each scenario; `Scaled(row)` base + slope * such
a number (base 0 and slope the model's own unless `scales` says otherwise, so that the lane is a multiple);
`LaneColumn(row)` a number of each place and scenario; `DrawnInside(driver)` drawn inside, see `draws`, correlated for drivers
named in `together`. All others are the model's own numbers. Delay, sizing and any other edit that keeps the structure is another
`on` of the same kernel.

>>> import numpy as np
>>> from overbuild.equations import line
>>> from overbuild.equations.model import Model, RowOf, Stage
>>> def owed(state, paid, rate): return line("owed", state * (1.0 + rate) - paid)
>>> def most(rows): return line("sum", row_sum(rows[0]))
>>> from overbuild.equations import row_sum
>>> stages = Stage("debt", owed, None, 0.5, 100.0, [20.0, 30.0]), Stage("all", most, None, None, (RowOf("debt", "owed"),))
>>> kernel = kernel_of(Model(stages), ["all.sum", RowOf("debt", "owed")], {"debt.rate": Lane(0)})
>>> found = kernel.on(Model(stages)).run(Scenarios(2, np.array([[0.5, 0.0]])))
>>> found["all.sum"].tolist(), found[RowOf("debt", "owed")].tolist()
([295.0, 130.0], [[130.0, 80.0], [165.0, 50.0]])

Stages over places of one length go through places together; a row that later stages take only in row operations is never kept.
Numbers are contracted (a * b + c rounded once) and never reordered: a scenario has the same bits whatever the block, the
thread and the lanes. Minimum and maximum do not pass on what is no number: check what goes in, and that what comes out
is finite.
"""

from overbuild.equations.kernel.bindings import Binding as Binding
from overbuild.equations.kernel.bindings import DrawnInside as DrawnInside
from overbuild.equations.kernel.bindings import Fold as Fold
from overbuild.equations.kernel.bindings import Lane as Lane
from overbuild.equations.kernel.bindings import LaneColumn as LaneColumn
from overbuild.equations.kernel.bindings import Scaled as Scaled
from overbuild.equations.kernel.bindings import Scenarios as Scenarios
from overbuild.equations.kernel.bindings import Wanted as Wanted
from overbuild.equations.kernel.kernel import Kernel as Kernel
from overbuild.equations.kernel.kernel import Prepared as Prepared
from overbuild.equations.kernel.kernel import kernel_of as kernel_of
