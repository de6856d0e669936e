"""A delay in a line: through what it hurts, and what it brings minimum DSCR to."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.questions.prose import MILLION, capitalised, m
from overbuild.site.case_run import CaseRun
from overbuild.stress.break_even import NO_DEBT
from overbuild.stress.counts import DATES_STAND
from overbuild.stress.lateness import OnePeriodLate, one_period_late
from overbuild.stress.site_breaks import SiteBreaks


def delay(basis: CaseRun, breaks: SiteBreaks) -> Iterator[str]:
    """What a delay of every phase does: nothing where there is none to tell."""
    found = one_period_late(basis.run)
    count = next((one for one in breaks.counts if one.id == "delay"), None)
    if count is None:
        return
    status = breaks.found[count.id, ""].status.replace(DATES_STAND, "")
    told = "" if status == NO_DEBT else status
    hurts = "" if found is None else _through(found, basis.calendar.word)
    if told or hurts:
        yield f"{capitalised(count.label)}: {'. '.join((told, capitalised(hurts)) if told and hurts else (told or hurts,))}."


def _through(found: OnePeriodLate, period: str) -> str:
    """Through what one period hurts, USD."""
    parts = [f"{m(found.revenue)} USD of revenue not earned"]
    if found.due > 0.0:
        parts.append(f"{m(found.due)} of debt service due all the same")
    if found.damages > 0.0:
        parts.append(f"{m(found.damages)} of damages paid")
    paid = {"standby": found.standby, "the reserve": found.reserve}
    parts += [f"{who} pays {m(amount)}" for who, amount in paid.items() if amount >= MILLION / 2.0]
    return f"one {period} costs {', '.join(parts)}; the owners' NPV moves by {m(found.equity_npv)}"
