"""Which assumptions of a site's case decide it: each at its low and its high end, by what that does to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from overbuild.audit.site_inputs import inputs_of
from overbuild.equations import flatten
from overbuild.equations.records import replaced
from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_numbers
from overbuild.site.case.file_form.form_read import plan_of
from overbuild.site.case.plan import SitePlan
from overbuild.site.case_run import CaseRun
from overbuild.stress.site_breaks import SiteBreaks, breaks_of
from overbuild.stress.variants import Variant, VariantsBeside
from overbuild.world.sourced import Sourced


class Deciding(NamedTuple):
    """An input with a range, and what the site comes to at either end of it, on the amounts and schedules as sized."""

    input: Sourced
    unit: str
    at_low: Variant
    at_high: Variant

    def swing(self, measure: str) -> float:
        """How far the two ends lie apart in a measure; without bound where the site defaults at one of them alone."""
        ends = [getattr(one, measure) for one in (self.at_low, self.at_high)]
        defaults = [one.outcome not in (None, "closed") for one in (self.at_low, self.at_high)]
        if defaults[0] != defaults[1]:
            return float("inf")
        return 0.0 if None in ends else abs(ends[0] - ends[1])


class BreaksAndDeciding(NamedTuple):
    """What breaks a site, and what decides it."""

    breaks: SiteBreaks
    deciding: tuple[Deciding, ...]


def breaks_and_deciding(case: CaseRun) -> BreaksAndDeciding:
    """What breaks a site and every input that says a low and a high end, the one that decides most first.

    It decides by minimum DSCR, else by value. What fixes the loans is held as sized, so that an input that only sizes
    decides nothing here; what building costs more is paid by the owners. Both are run in the same passes.
    """
    varied = list(_varied(case))
    waiting = VariantsBeside([plan for _, *plans in varied for plan in plans], case.sizing)
    breaks = breaks_of(case.run, case.calendar.label, waiting.measured)
    found = waiting.variants()
    told = [
        Deciding(one, case.shocked.form.unit_of(one.path), found[2 * place], found[2 * place + 1])
        for place, (one, _, _) in enumerate(varied)
    ]
    measure = "min_dscr" if case.run.min_dscr is not None else "equity_npv"
    ranked = sorted(told, key=lambda one: one.swing(measure), reverse=True)
    return BreaksAndDeciding(breaks, tuple(ranked))


def _varied(case: CaseRun) -> Iterator[tuple[Sourced, SitePlan, SitePlan]]:
    """Inputs with their plans at both ends; one whose end the case cannot be run on is left out."""
    record, paths = case.shocked.form.record, inputs_of(case.shocked)
    numbers = flatten(record)
    for name, one in case.shocked.inputs.items():
        if one.low is None or one.high is None or one.low == one.high or name not in paths or _is_agreed(name):
            continue
        plans: list[SitePlan] = []
        for end in (one.low, one.high):
            moved = replaced(record, {path: _as(numbers[path], end) for path in paths[name]})
            try:
                plans.append(check_numbers(_stood_by(plan_of(moved), case.sizing.uses)))
            except OverbuildError:
                break
        if len(plans) == 2:
            yield one, plans[0], plans[1]


def _is_agreed(path: str) -> bool:
    """Whether an input is a date of repayment, which the schedule as sized has settled.

    >>> _is_agreed("loans.senior.maturity"), _is_agreed("loans.senior.refinancing.tenor")
    (True, False)
    """
    block, _, rest = path.partition(".")
    return block == "loans" and rest.partition(".")[2] in ("first", "maturity", "tenor")


def _stood_by(plan: SitePlan, uses: float) -> SitePlan:
    """The plan with owners who stand by for what building it costs more; standby is drawn last, and only as needed."""
    return plan._replace(funding=plan.funding._replace(standby=plan.funding.standby + uses))


def _as(number: Any, end: float) -> Any:
    """An end in the kind of the number: periods are whole."""
    return round(end) if type(number) is int else end
