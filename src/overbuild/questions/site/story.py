"""A site's answer in sentences and as pictures: the verdict, the story of its cover, cash against debt service."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart
from overbuild.old_site.case_run import CaseRun
from overbuild.old_site.run import skips_refresh
from overbuild.old_site.sizing.debt_capacity import ASSUMED_DSCR
from overbuild.old_site.statements import support_of
from overbuild.questions.charts import NAVY, ORANGE, TEAL, Spec, amounts, chart, coloured, mark
from overbuild.questions.prose import MILLION, m, pct, times
from overbuild.stress.break_even import BreakEven, Found
from overbuild.stress.departures import DRIVERS
from overbuild.stress.site_breaks import SiteBreaks
from overbuild.world.tree import Entry

_TOLERANCE = 1e-9


def headline(basis: CaseRun) -> str:
    """Pays or not, least cover and when, returns, default and loss."""
    run, found = basis.run, basis.run.results
    failed = run.defaulted_in
    owners = "pays its owners" if float(found.equity_npv) >= 0 else "does not pay its owners"
    hurdle = pct(run.plan.owners.hurdle_per_year, 1)
    rate = run.equity_irr
    irr = "no IRR" if rate.per_year is None else f"IRR {pct(rate.per_year, 1)}"
    worth = f"equity NPV {m(float(found.equity_npv))} USD, {irr}, {float(found.moic):.2f}x"
    returns = f"{owners} at {hurdle} ({'; '.join(part for part in (worth, rate.mark) if part)}){_support(basis)}"
    if float(found.debt) <= 0:
        return f"{basis.sized.name}: no debt; {returns}."
    cover = f"least cover {float(found.min_dscr):.2f}x"
    if run.min_dscr_period:
        cover += f" in {basis.label(run.min_dscr_period)}"
    debt = f"debt {m(float(found.debt))} of {m(float(found.uses))} USD uses"
    if failed:
        lost = pct(float(found.loss_given_default))
        lenders = f"defaults in {basis.label(failed)}; lenders lose {lost} of what is owed"
    elif float(found.min_dscr) < 1.0 - _TOLERANCE:
        lenders = "pays its lenders only out of reserves and owners' cures"
    else:
        lenders = "pays its lenders"
    life = "" if failed else f", LLCR {float(found.llcr):.2f}x, PLCR {float(found.plcr):.2f}x"
    return f"{basis.sized.name}: {lenders}; {cover}{life}, {debt}; {returns}."


def _support(basis: CaseRun) -> str:
    """What the owners pay in to keep the site alive, in all and by what it is for; empty where nothing."""
    given = support_of(basis.run)
    if given.total <= 0.0:
        return ""
    parts = {"cures": given.cures, "losses without debt": given.losses, "equity of a delay": given.delay}
    listed = ", ".join(f"{name} {m(amount)}" for name, amount in parts.items() if amount > 0.0)
    return f"; owners support it with {m(given.total)} USD ({listed})"


def _of_entry(entry: Entry) -> str:
    if entry.items is not None:
        return " ".join(_of_entry(one) for one in entry.items)
    return "none" if entry.value is None else str(entry.value)


def notes(basis: CaseRun) -> tuple[str, ...]:
    """The story in words: what was shocked, where cover is thinnest and why, how a default came about."""
    said: list[str] = []
    if basis.shocks:
        changed = ", ".join(f"{path} = {_of_entry(entry)}" for path, entry in basis.shocks)
        said.append(f"Shocked after sizing, schedule fixed: {changed}.")
    run, rows = basis.run, basis.run.operating
    place = run.min_dscr_period
    if place and not run.defaulted_in:
        said.append(f"Cover is thinnest in {basis.label(place)}: {_why(basis, place - 1)}.")
    said += [*_uncovered(basis), *_refresh_skipped(basis)]
    drawn = [basis.label(j + 1) for j, amount in enumerate(rows["dsra_draw"]) if amount > 0 and rows["alive"][j] > 0]
    if drawn:
        said.append(f"The debt service reserve is drawn in {len(drawn)} periods, first in {drawn[0]}.")
    locked = [basis.label(j + 1) for j, flag in enumerate(rows.get("lockup", ())) if flag > 0 and rows["alive"][j] > 0]
    if locked:
        said.append(f"Distributions are locked up in {len(locked)} periods, first in {locked[0]}.")
    if run.defaulted_in:
        said += _default_story(basis, run.defaulted_in - 1)
    return tuple(said)


def lease_note(basis: CaseRun) -> tuple[str, ...]:
    """The lease in one sentence; none where the shell is owned."""
    values = basis.results.values
    if "lease_liability" not in values:
        return ()
    owed, debt = (m(float(values[name] or 0.0)) for name in ("lease_liability", "debt_with_leases"))
    kind = f", a {values['lease_class']} lease" if values["lease_class"] else ""
    return (f"The rent of the shell is worth {owed} USD at opening{kind}; with it, debt is {debt}.",)


def _uncovered(basis: CaseRun) -> list[str]:
    """In how many periods cash does not cover debt service, and whether the contract runs in them."""
    rows = basis.run.operating
    short = [j for j, cover in enumerate(rows["dscr"]) if rows["covered"][j] > 0 and cover < 1.0 - _TOLERANCE]
    if not short:
        return []
    contracted = sum(rows["contracted_share"][j] > 0 for j in short)
    while_it_runs = {0: "", len(short): ", in all of them while the contract runs"}
    when = while_it_runs.get(contracted, f", in {contracted} of them while the contract runs")
    return [
        f"Cash does not cover debt service in {times(len(short), 'period')}, first in {basis.label(short[0] + 1)}{when}."
    ]


def _refresh_skipped(basis: CaseRun) -> list[str]:
    """That a refresh did not find its funding, and how much was missing."""
    refresh, rows = basis.run.plan.refresh, basis.run.operating
    if refresh is None or not skips_refresh(rows) or rows["alive"][refresh.period - 1] <= 0.0:
        return []
    missing = m(-rows["refresh_headroom"][refresh.period - 1])
    return [
        f"The refresh does not come in {basis.label(refresh.period)}: reserve and cash after scheduled debt service are "
        f"{missing} USD short of its net cost. The old chips stay and the reserve is released."
    ]


def _why(basis: CaseRun, j: int) -> str:
    rows = basis.run.operating
    parts = [f"CFADS of {m(rows['cfads'][j])} against {m(rows['debt_service'][j])} USD due"]
    if rows["refresh_capex"][j] > 0:
        parts.append(f"the refresh of {m(rows['refresh_capex'][j])} falls in this period")
    if rows["refresh_reserve_contribution"][j] > 0:
        parts.append(f"{m(rows['refresh_reserve_contribution'][j])} is saved for the refresh")
    if rows["hall_rent"][j] > 0:
        parts.append(f"the chips are gone and the hall brings {m(rows['hall_rent'][j])} of rent")
    elif rows["contracted_share"][j] <= 0 < max(rows["contracted_share"]):
        parts.append("the contract has ended and all capacity is sold at the market price")
    return "; ".join(parts)


def _default_story(basis: CaseRun, j: int) -> list[str]:
    run, rows = basis.run, basis.run.operating
    said = [f"Default in {basis.label(j + 1)}: {_why(basis, j)}."]
    failure = run.plan.offtaker_default
    if failure is not None and failure.period <= j + 1:
        k = failure.period - 1
        said.append(
            f"It began in {basis.label(failure.period)}, when the offtaker failed: its revenue ended, "
            f"{m(rows['bad_debt'][k])} of receivables were lost and {m(rows['termination_recovery'][k])} was "
            "recovered on the claim."
        )
    if rows["refresh_capex"][j] > 0:
        before = rows["refresh_reserve_balance"][j - 1] if j else 0.0
        came = "funded before tax" if "refresh_funded" in rows else "committed"
        said.append(
            f"The refresh of {m(rows['refresh_capex'][j])} was {came} and only {m(before)} had been saved for it, "
            "so the cash of the period could not pay it and the loan."
        )
    said.append(
        f"Lenders claim {m(rows['default_claim'][j])}; cash and reserves give {m(rows['default_cash'][j])} and the "
        f"collateral, net of cost and delay, {m(rows['collateral_net'][j])}: they recover "
        f"{m(rows['default_recovery'][j])} and lose {pct(rows['loss_given_default'][j], 1)}."
    )
    told = [
        f"{name} recovers {m(rows[f'{name}.recovered'][j])} of {m(rows[f'{name}.claim'][j])}"
        for name in run.shape.reported
    ]
    if told:
        said.append(f"One by one: {', '.join(told)}.")
    return said


def pictures(basis: CaseRun) -> tuple[Chart, ...]:
    """CFADS against debt service with the cover ratio, and the balances of loan and reserves."""
    return (_cover(basis), _balances(basis))


def _alive(basis: CaseRun) -> Sequence[int]:
    """Places of the operating periods before a default."""
    return [j for j, flag in enumerate(basis.run.operating["alive"]) if flag > 0]


def _periods(basis: CaseRun) -> Spec:
    """The axis of periods, with a name every half of four years."""
    names = basis.labels
    labels = [names[j] for j in _alive(basis)]
    every = max(1, 2 * basis.run.plan.site.periods_per_year)
    axis = {"labelAngle": 0, "values": labels[::every], "title": None}
    return {"field": "period", "type": "ordinal", "sort": None, "axis": axis}


def _cover(basis: CaseRun) -> Chart:
    rows, labels, x = basis.run.operating, basis.labels, _periods(basis)
    cfads, service, ratio = "CFADS", "Debt service", "DSCR (right)"
    colour = coloured("flow", {cfads: TEAL, service: NAVY, ratio: ORANGE})

    def flow(line: str, name: str, places: Sequence[int]) -> list[dict[str, str | float]]:
        return [{"period": labels[j], "flow": name, "usd_m": rows[line][j] / MILLION} for j in places]

    alive = _alive(basis)
    served = [j for j in alive if rows["debt_service"][j] > 0]
    ratios = [{"period": labels[j], "flow": ratio, "dscr": rows["dscr"][j]} for j in served]
    columns = mark(
        flow("cfads", cfads, alive),
        {"type": "bar", "opacity": 0.75},
        x=x,
        y=amounts("usd_m", "USD m a period"),
        color=colour,
    )
    steps = mark(
        flow("debt_service", service, served),
        {"type": "line", "interpolate": "step", "strokeWidth": 2.5},
        x=x,
        y=amounts("usd_m"),
        color=colour,
    )
    right = mark(
        ratios,
        {"type": "line", "point": True, "strokeWidth": 1.5},
        x=x,
        y=amounts("dscr", "DSCR", axis={"orient": "right", "grid": False}),
        color=colour,
    )
    drawing: Spec = {"layer": [{"layer": [columns, steps]}, right], "resolve": {"scale": {"y": "independent"}}}
    heading = {"text": f"{basis.sized.name}: cash against debt service"}
    return chart("cover", "Cash against debt service", heading, width=620, height=280, drawing=drawing)


def _balances(basis: CaseRun) -> Chart:
    rows, labels = basis.run.operating, basis.labels
    names = {
        "debt_balance": "Loan",
        "dsra_balance": "Debt service reserve",
        "refresh_reserve_balance": "Refresh reserve",
    }
    points = [
        {"period": labels[j], "balance": label, "usd_m": rows[name][j] / MILLION}
        for j in _alive(basis)
        for name, label in names.items()
    ]
    drawing = mark(
        points,
        {"type": "line", "strokeWidth": 2.5},
        x=_periods(basis),
        y=amounts("usd_m", "USD m"),
        color=coloured("balance"),
    )
    heading = {"text": f"{basis.sized.name}: balances at the end of each period"}
    return chart("balances", "Balances", heading, width=620, height=240, drawing=drawing)


def break_headline(breaks: SiteBreaks) -> str:
    """What breaks the site first; empty where nothing does that is not broken yet."""
    if breaks.first is None:
        return ""
    return f"Breaks first: {change(breaks.first, breaks.found[breaks.first, ''])}."


def break_notes(basis: CaseRun, breaks: SiteBreaks) -> tuple[str, ...]:
    """What moves cover and value to their limits, and how much debt the site can carry."""
    said: list[str] = []
    lines, capacity = basis.run.lines, breaks.capacity
    pays = {"": lines["min_dscr"] >= 1.0, ".equity_npv": lines["equity_npv"] >= 0.0}
    for suffix, told, met in (("", "Least cover", "1.00x"), (".equity_npv", "The owners' net present value", "0")):
        changed = changes(breaks.found, suffix, adverse=pays[suffix])
        if changed:
            said.append(f"{told} {'falls' if pays[suffix] else 'would rise'} to {met} with {changed}.")
    if capacity.amount is not None:
        cover = f"an assumed cover of {ASSUMED_DSCR:.2f}x" if capacity.assumed else "the cover that lenders ask for"
        said.append(f"At {cover}, the site can carry {m(capacity.amount)} USD of debt.")
    return tuple(said)


_SHORT = {"price": "price", "utilisation": "use", "gpu_cost": "cost of chips", "power_price": "price of power"}


def change(driver: str, one: BreakEven) -> str | None:
    """A break-even in words.

    >>> change("price", BreakEven(0.918)), change("gpu_cost", BreakEven(None, "no debt"))
    ('price 8.2% lower', None)
    """
    if one.value is None:
        return None
    return f"{_SHORT[driver]} {abs(one.value - 1.0):.1%} {'lower' if one.value < 1.0 else 'higher'}"


def changes(found: Found, suffix: str, *, adverse: bool) -> str:
    """The multiples at which a target is just met, in words, the smallest change first.

    `adverse` takes those that hurt the site, else those that help it.
    """
    there: list[tuple[float, str]] = []
    for driver in DRIVERS:
        one = found[driver.id, suffix]
        words = change(driver.id, one)
        if one.value is not None and words and ((one.value - 1.0) * driver.adverse >= 0.0) == adverse:
            there.append((abs(one.value - 1.0), words))
    return "; ".join(words for _, words in sorted(there))
