"""The course of a site in sentences: what was shocked, where cover is thinnest, what acted, how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.questions.prose import capitalised, m, pct, times
from overbuild.site.case_run import CaseRun
from overbuild.site.parts import balloons_of
from overbuild.site.sizing.debt_capacity import ASSUMED_DSCR
from overbuild.stress.site_breaks import SiteBreaks
from overbuild.world.tree import Entry

_TOLERANCE = 1e-9


def notes(basis: CaseRun, breaks: SiteBreaks, moves: Sequence[str]) -> tuple[str, ...]:
    """The story in words: what was shocked, what `moves` it, where cover is thinnest and why, how it came to an outcome."""
    said: list[str] = []
    if basis.shocks:
        changed = ", ".join(f"{path} = {_of_entry(entry)}" for path, entry in basis.shocks)
        said.append(f"Shocked after sizing, amounts and schedules fixed: {changed}.")
    said += moves
    if breaks.capacity.amount is not None:
        cover = (
            f"an assumed DSCR of {ASSUMED_DSCR:.2f}x" if breaks.capacity.assumed else "the DSCR that lenders ask for"
        )
        said.append(f"At {cover}, the site can carry {m(breaks.capacity.amount)} USD of debt.")
    if breaks.at_value.amount is not None:
        said.append(f"{capitalised(breaks.at_value.status)}, it can carry {m(breaks.at_value.amount)} USD.")
    said += [
        *_thinnest(basis),
        *_uncovered(basis),
        *_not_bought(basis),
        *_balloons(basis),
        *_acted(basis),
        *_ended(basis),
    ]
    return (*said, *_lease(basis))


def _of_entry(entry: Entry) -> str:
    if entry.items is not None:
        return " ".join(_of_entry(one) for one in entry.items)
    return "none" if entry.value is None else str(entry.value)


def _thinnest(basis: CaseRun) -> Iterator[str]:
    period = basis.results.values["min_dscr_period"]
    if period is not None and basis.run.outcome in (None, "closed"):
        place = basis.calendar.place(str(period))
        yield f"DSCR is lowest in {period}: {_why(basis, place)}."


def _why(basis: CaseRun, place: int) -> str:
    rows = basis.run.lines
    parts = [f"CFADS of {m(rows['cfads'][place])} against {m(rows['debt_service'][place])} USD due"]
    if rows["fleet_cost"][place] > 0:
        parts.append(f"new GPUs for {m(rows['fleet_cost'][place])} are bought in this {basis.calendar.word}")
    if rows["fleet_reserve_contribution"][place] > 0:
        parts.append(f"{m(rows['fleet_reserve_contribution'][place])} is saved for new GPUs")
    share = rows["contracted_share"]
    if share[place] <= 0 < max(share):
        parts.append("no contract runs and all capacity is sold at the market price")
    return "; ".join(parts)


def _uncovered(basis: CaseRun) -> Iterator[str]:
    """In how many periods cash does not cover debt service, and whether a contract runs in them."""
    rows = basis.run.lines
    places = [j for j in range(basis.run.last + 1) if rows["debt_is_due"][j] > 0 and rows["dscr"][j] < 1.0 - _TOLERANCE]
    if places:
        contracted = sum(rows["contracted_share"][j] > 0 for j in places)
        while_runs = {0: "", len(places): ", in all of them while a contract runs"}
        when = while_runs.get(contracted, f", in {contracted} of them while a contract runs")
        first = basis.calendar.label(places[0])
        yield f"Cash does not cover debt service in {times(len(places), basis.calendar.word)}, first in {first}{when}."


def _not_bought(basis: CaseRun) -> Iterator[str]:
    """Fleets that were due and could not be paid."""
    for fleet in basis.run.plan.fleets:
        if fleet.at is not None and fleet.at <= basis.run.last and max(basis.run.lines[f"{fleet.name}.funded"]) <= 0.0:
            yield (
                f"The GPUs of {fleet.name} are not bought in {basis.calendar.label(fleet.at)}: after tax and debt service, "
                "reserve, cash and what the owners promise do not pay them. The old ones stay."
            )


def _balloons(basis: CaseRun) -> Iterator[str]:
    for one in balloons_of(basis.run):
        when, lent = basis.calendar.label(one.place), f"{m(one.lent)} is lent on it"
        short = f"; {m(one.short)} is missing" if one.short > 0.0 else ""
        yield f"The balloon of {one.loan}, {m(one.balloon)} USD, falls due in {when}: {lent}{short}."


def _acted(basis: CaseRun) -> Iterator[str]:
    rows, alive = basis.run.lines, range(basis.run.last + 1)
    for line, told in (
        ("dsra_draw", "The debt service reserve is drawn"),
        ("lc_draw", "The letter of credit of the reserve is drawn"),
        ("standby_draw", "Standby equity is drawn"),
        ("cure", "The owners cure"),
        ("lockup", "Distributions are locked up"),
        ("sweep", "Cash is swept to the lenders"),
    ):
        places = [j for j in alive if rows[line][j] > 0.0]
        if places:
            amount = "" if line == "lockup" else f", {m(sum(rows[line][j] for j in places))} USD in all"
            yield f"{told} in {times(len(places), basis.calendar.word)}, first in {basis.calendar.label(places[0])}{amount}."


def _ended(basis: CaseRun) -> Iterator[str]:
    """How the outcome came about, and what lenders recover one by one."""
    run, rows, place = basis.run, basis.run.lines, basis.run.outcome_period
    if run.outcome is None or place is None:
        return
    if run.outcome == "unfunded":
        yield (
            f"In {basis.calendar.label(place)} {m(rows['uses_of_funds'][place])} USD are to be paid; loans, equity and standby "
            f"leave {m(rows['unfunded'][place])} unpaid. Nothing of it is drawn, and lenders enforce on what was built."
        )
    else:
        yield f"In {basis.calendar.label(place)}: {_why(basis, place)}."
    for contract in run.plan.contracts:
        if contract.fails_in is not None and contract.fails_in <= place:
            at = contract.fails_in
            yield (
                f"The offtaker of {contract.name} failed in {basis.calendar.label(at)}: {m(rows['bad_debt'][at])} USD of "
                f"receivables were lost and {m(rows['offtaker_recovery'][at])} was recovered on the claim."
            )
    if rows["default_claim"][place] > 0.0 and run.outcome != "closed":
        yield (
            f"Lenders claim {m(rows['default_claim'][place])} USD; accounts hold {m(rows['pledged_accounts'][place])} and the "
            f"collateral brings {m(rows['collateral_value'][place])}: they recover {m(rows['default_recovered'][place])} and "
            f"lose {pct(rows['loss_given_default'][place], 1)}."
        )
        told = [
            f"{loan.name} recovers {m(rows[f'{loan.name}.recovered'][place])} of {m(rows[f'{loan.name}.claim'][place])}"
            for loan in run.plan.loans
        ]
        if len(told) > 1:
            yield f"One by one: {', '.join(told)}."


def _lease(basis: CaseRun) -> Iterator[str]:
    values = basis.results.values
    if values.get("lease_liability") is not None:
        owed, debt = (m(_number(values[name])) for name in ("lease_liability", "debt_with_leases"))
        kind = {"operating": ", an operating lease", "finance": ", a finance lease"}.get(str(values["lease_class"]), "")
        yield f"The rent of the shell is worth {owed} USD when service starts{kind}; with it, debt is {debt}."


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
