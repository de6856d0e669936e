"""The inputs of a site's case: which numbers of its file each stands for, and what sizing fixed beside them."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from overbuild.audit.origins import Origins
from overbuild.equations import flatten
from overbuild.equations.model import Model
from overbuild.site.case.file_form.form_read import plan_of
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.read import SiteCase
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.site.case_run import CaseRun
from overbuild.site.model import model_of
from overbuild.site.sizing.sizing import Sizing
from overbuild.site.terms.columns import Schedules
from overbuild.site.terms.from_plan import Commitments
from overbuild.site.terms.inputs import BaseCaseInputs
from overbuild.units import Usd, UsdStock
from overbuild.world.sourced import Sourced


class FixedLoan(NamedTuple):
    """A loan as sized: amount, principal by place, the cash that carries the loan that refinances it."""

    name: str
    amount: UsdStock
    principal: tuple[Usd, ...]
    capacity: tuple[Usd, ...]


class FixedNumbers(NamedTuple):
    """What sizing fixes for every run, as numbers with paths; rows by place, close first."""

    loans: tuple[FixedLoan, ...]
    mezzanine: UsdStock
    uses: UsdStock
    equity: UsdStock
    cure_cap: UsdStock
    base: BaseCaseInputs

    def commitments(self) -> Commitments:
        """What lenders and owners have promised."""
        amounts: dict[str, Any] = {loan.name: loan.amount for loan in self.loans}
        fixed: Any = (self.mezzanine, self.uses, self.equity, 0.0, self.cure_cap)
        return Commitments(amounts, *fixed)

    @property
    def schedules(self) -> Schedules:
        """Principal by period, and the base case."""
        rows: Any = self.base
        return Schedules(
            {loan.name: cast("Any", loan.principal) for loan in self.loans},
            {loan.name: cast("Any", loan.capacity) for loan in self.loans},
            BaseCaseInputs(*(list(row) for row in rows)),
        )


def fixed_by(sizing: Sizing) -> FixedNumbers:
    """What a sizing fixes.

    >>> from overbuild.site.examples import SIZING
    >>> found = fixed_by(SIZING)
    >>> found.equity / 1e6, [round(due / 1e6) for due in found.loans[0].principal]
    (400.0, [0, 0, 150, 150, 150, 150, 0])
    """
    schedules, refinanced = sizing.schedules, {one.name for one in sizing.plan.loans if one.refinancing is not None}
    rows: Any = schedules.base
    return FixedNumbers(
        loans=tuple(
            FixedLoan(
                one.name,
                one.amount,
                tuple(one.principal),
                tuple(schedules.capacity[one.name]) if one.name in refinanced else (),
            )
            for one in sizing.loans
        ),
        mezzanine=sizing.mezzanine,
        uses=sizing.uses,
        equity=sizing.equity,
        cure_cap=sizing.cure_cap,
        base=BaseCaseInputs(*(tuple(row) for row in rows)),
    )


def model_from(record: ShortPlan | SitePlan, fixed: FixedNumbers) -> Model:
    """The model of a file's record on what sizing fixed: a number that is moved is moved in the file."""
    return model_of(plan_of(record), fixed)


def site_origins(case: CaseRun) -> Origins:
    """The origins of the numbers that a site as run is given; those of a world that are no number of the case have none."""

    def made(record: ShortPlan | SitePlan, fixed: FixedNumbers) -> Model:
        return model_of(plan_of(record), fixed, case.world)

    return Origins(case.shocked.form.record, fixed_by(case.sizing), made, inputs_of(case.shocked))


def inputs_of(case: SiteCase) -> dict[str, tuple[str, ...]]:
    """The inputs of a case by id, each with the numbers of the file's record that it stands for.

    A number is an input by itself, and so is each entry of a series, counted from 1; a series that the case writes as
    one number is one input.
    """
    single = inputs_as_one(case)
    found: dict[str, list[str]] = {}
    for path in flatten(case.form.record):
        found.setdefault(input_of(path, case, single), []).append(path)
    return {name: tuple(paths) for name, paths in found.items()}


def inputs_as_one(case: SiteCase) -> set[str]:
    """Series that the case writes as one number for all periods."""
    return {path for path, one in case.inputs.items() if len(entries_of(one)) == 1}


def input_of(path: str, case: SiteCase, single: set[str]) -> str:
    """Id of the input that a number of the file's record stands in: its path in the file, places counted from 1."""
    counted = ".".join(str(int(step) + 1) if step.isdigit() else step for step in path.split("."))
    written = case.form.written.of(counted)
    if written == counted and written not in case.inputs:
        written = written.removesuffix(".value")
    block, _, last = written.rpartition(".")
    return block if last.isdigit() and block in single else written


def entries_of(one: Sourced) -> tuple[Any, ...]:
    """Entries of an input that is a series; none where it is not."""
    value: object = one.value
    return cast("tuple[Any, ...]", value) if isinstance(value, tuple) else ()
