"""A site's answer as a verdict and tables."""

from __future__ import annotations

from overbuild.questions.answer import Cell, Column, Row, Table
from overbuild.questions.site.basis import Basis
from overbuild.questions.site.tranches import tranche_table
from overbuild.site.case_plan import SiteCase
from overbuild.site.run import skips_refresh
from overbuild.world.tree import Entry

_MILLION = 1e6
_TOLERANCE = 1e-9


def _m(amount: float) -> str:
    return f"{amount / _MILLION:,.0f}m"


def headline(basis: Basis) -> str:
    """Pays or not, least cover and when, returns, default and loss."""
    run, found = basis.run, basis.run.results
    failed = run.defaulted_in
    owners = "pays its owners" if float(found.equity_npv) >= 0 else "does not pay its owners"
    hurdle = f"{run.plan.owners.hurdle_per_year:.1%}"
    rate = run.equity_irr
    irr = f"IRR {rate.per_year:.1%}" if rate.per_year is not None and rate.status == "ok" else f"IRR {rate.status}"
    returns = f"{owners} at {hurdle} (equity NPV {_m(float(found.equity_npv))} USD, {irr}, {float(found.moic):.2f}x)"
    if float(found.debt) <= 0:
        return f"{basis.sized.name}: no debt; {returns}."
    cover = f"least cover {float(found.min_dscr):.2f}x"
    if run.min_dscr_period:
        cover += f" in {basis.label(run.min_dscr_period)}"
    debt = f"debt {_m(float(found.debt))} of {_m(float(found.uses))} USD uses"
    if failed:
        lenders = (
            f"defaults in {basis.label(failed)}; lenders lose {float(found.loss_given_default):.0%} of what is owed"
        )
    elif float(found.min_dscr) < 1.0 - _TOLERANCE:
        lenders = "pays its lenders only out of reserves and owners' cures"
    else:
        lenders = "pays its lenders"
    life = "" if failed else f", LLCR {float(found.llcr):.2f}x, PLCR {float(found.plcr):.2f}x"
    return f"{basis.sized.name}: {lenders}; {cover}{life}, {debt}; {returns}."


def tables(basis: Basis) -> tuple[Table, ...]:
    """All tables of the answer; the last two hold every line of every period."""
    loans = (tranche_table(basis.run),) if basis.run.shape.tranches or basis.run.holdco else ()
    return (
        _funds(basis),
        *loans,
        _covenants(basis),
        _annual(basis),
        construction(basis),
        *holdco_periods(basis),
        periods(basis),
    )


def _funds(basis: Basis) -> Table:
    building = basis.run.building
    names = {
        "capex": "Capex",
        "capitalised": "Interest during construction",
        "fees": "Fees",
        "delay_cost": "Cost of delay",
        "initial_dsra": "First filling of the debt service reserve",
    }
    loans = [loan.name for loan in basis.run.plan.loans]
    parts = {
        "capex": sum(building["capex"]),
        "capitalised": sum(sum(building.get(f"{name}.capitalised_interest", [0.0])) for name in loans),
        "fees": sum(
            sum(building.get(f"{name}.{fee}", [0.0])) for name in loans for fee in ("commitment_fee", "upfront_fee")
        ),
        "delay_cost": sum(building["delay_cost"]),
        "initial_dsra": sum(building["initial_dsra"]),
    }
    rows: list[Row] = [
        {"side": "use", "item": names[name], "amount": amount} for name, amount in parts.items() if amount
    ]
    rows.append({"side": "", "item": "Total uses", "amount": sum(building["uses_of_funds"])})
    prepaid = sum(building.get("prepayment_received", [0.0]))
    if prepaid:
        rows.append({"side": "source", "item": "Prepayment of the customer", "amount": prepaid})
    rows += [{"side": "source", "item": f"Loan {name}", "amount": sum(building[f"{name}.draw"])} for name in loans]
    junior = sum(building.get("mezzanine.draw", [0.0]))
    if junior:
        rows.append({"side": "source", "item": "Mezzanine", "amount": junior})
    rows.append({"side": "source", "item": "Equity", "amount": sum(building["equity_draw"])})
    rows.append(
        {
            "side": "",
            "item": "Total sources",
            "amount": sum(building["draw"]) + junior + prepaid + sum(building["equity_draw"]),
        }
    )
    columns = (Column("item", "item"), Column("side", "side"), Column("amount", "amount", "USD_m"))
    return Table("sources_and_uses", "Sources and uses", columns, tuple(rows))


def _covenants(basis: Basis) -> Table:
    water, found = basis.run.plan.waterfall, basis.run.results
    rows: list[Row] = []
    levels = (
        ("Debt service paid in full", 1.0, float(found.min_dscr), "single period"),
        ("Lock-up of distributions", water.lockup_dscr, float(found.min_dscr_12m), "twelve months"),
        ("Cash sweep", water.sweep_trigger, float(found.min_dscr_12m), "twelve months"),
        ("Default covenant", water.default_dscr, float(found.min_dscr_12m), "twelve months"),
    )
    for name, level, least, over in levels:
        if level is None or float(found.covered_periods) <= 0:
            continue
        fall = 1.0 - level / least if least > 0 else None
        rows.append({"covenant": name, "level": level, "least": least, "over": over, "cash_may_fall": fall})
    columns = (
        Column("covenant", "covenant"),
        Column("level", "level", "ratio"),
        Column("least", "least cover", "ratio"),
        Column("over", "over"),
        Column("cash_may_fall", "cash may fall by", "decimal"),
    )
    return Table("covenants", "Headroom", columns, tuple(rows), "negative: the level is already missed")


_FLOWS = ("revenue", "opex", "tax", "cfads", "debt_service", "distribution")


def _annual(basis: Basis) -> Table:
    rows_of, site = basis.run.operating, basis.run.plan.site
    years: dict[str, dict[str, float]] = {}
    for place in range(site.operating_periods):
        if rows_of["alive"][place] <= 0:
            continue
        year = basis.label(place + 1)[:4]
        row = years.setdefault(year, dict.fromkeys(_FLOWS, 0.0) | {"least": float("inf")})
        for name in _FLOWS:
            row[name] += rows_of[name][place]
        row["debt_balance"] = rows_of["debt_balance"][place]
        if rows_of["covered"][place] > 0:
            row["least"] = min(row["least"], rows_of["dscr"][place])
    rows: list[Row] = [
        {"year": year, **row, "least": row["least"] if row["least"] < float("inf") else None}
        for year, row in years.items()
    ]
    labels = {"cfads": "CFADS", "debt_service": "debt service", "distribution": "to owners"}
    columns = (
        Column("year", "year"),
        *(Column(name, labels.get(name, name), "USD_m") for name in _FLOWS),
        Column("debt_balance", "debt at end", "USD_m"),
        Column("least", "least cover", "ratio"),
    )
    note = "periods after a default are left out" if basis.run.defaulted_in else ""
    return Table("annual", "By calendar year", columns, tuple(rows), note)


def periods(basis: Basis) -> Table:
    """Every named line of every operating period; `alive` is 0 for the ghosts after a default."""
    lines = basis.run.operating
    rows = tuple(
        {"period": basis.label(place + 1), **{name: row[place] for name, row in lines.items()}}
        for place in range(basis.run.plan.site.operating_periods)
    )
    return Table(
        "periods", "Operating periods", (Column("period", "period"), *(Column(name, name) for name in lines)), rows
    )


def holdco_periods(basis: Basis) -> tuple[Table, ...]:
    """Every line of the holding company's debt by operating period; no table without one."""
    if basis.run.holdco is None:
        return ()
    lines = basis.run.holdco.rows
    rows = tuple(
        {"period": basis.label(place + 1), **{name: row[place] for name, row in lines.items()}}
        for place in range(basis.run.plan.site.operating_periods)
    )
    columns = (Column("period", "period"), *(Column(name, name) for name in lines))
    return (Table("holdco_periods", "Debt of the holding company", columns, rows),)


def construction(basis: Basis) -> Table:
    """Every named line of close and of each construction period."""
    lines = basis.run.building
    count = len(next(iter(lines.values())))
    rows = tuple(
        {"period": basis.calendar.label(place), **{name: row[place] for name, row in lines.items()}}
        for place in range(count)
    )
    columns = (Column("period", "period"), *(Column(name, name) for name in lines))
    return Table("construction", "Close and construction", columns, rows)


def inputs_table(case: SiteCase) -> Table:
    """Every input of a case with where it comes from."""
    rows = tuple(
        {
            "input": one.path,
            "value": _shown(one.value),
            "origin": one.origin,
            "from": one.fact or one.source or one.author or "",
            "place": f"{one.place.line}:{one.place.column}",
        }
        for one in case.inputs.values()
    )
    columns = (
        Column("input", "input"),
        Column("value", "value"),
        Column("origin", "origin"),
        Column("from", "from"),
        Column("place", "line:column"),
    )
    return Table("inputs", "Inputs", columns, rows)


def _shown(value: object) -> Cell:
    if isinstance(value, tuple):
        first = value[0] if value else None  # pyright: ignore[reportUnknownVariableType]
        return f"{first} x {len(value)}" if len(set(value)) == 1 else ", ".join(str(one) for one in value)  # pyright: ignore
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def _of_entry(entry: Entry) -> str:
    if entry.items is not None:
        return " ".join(_of_entry(one) for one in entry.items)
    return "none" if entry.value is None else str(entry.value)


def notes(basis: Basis) -> tuple[str, ...]:
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


def _uncovered(basis: Basis) -> list[str]:
    """In how many periods cash does not cover debt service, and whether the contract runs in them."""
    rows = basis.run.operating
    short = [j for j, cover in enumerate(rows["dscr"]) if rows["covered"][j] > 0 and cover < 1.0 - _TOLERANCE]
    if not short:
        return []
    contracted = sum(rows["contracted_share"][j] > 0 for j in short)
    while_it_runs = {0: "", len(short): ", in all of them while the contract runs"}
    when = while_it_runs.get(contracted, f", in {contracted} of them while the contract runs")
    periods = "1 period" if len(short) == 1 else f"{len(short)} periods"
    return [f"Cash does not cover debt service in {periods}, first in {basis.label(short[0] + 1)}{when}."]


def _refresh_skipped(basis: Basis) -> list[str]:
    """That a refresh did not find its funding, and how much was missing."""
    refresh, rows = basis.run.plan.refresh, basis.run.operating
    if refresh is None or not skips_refresh(rows) or rows["alive"][refresh.period - 1] <= 0.0:
        return []
    missing = _m(-rows["refresh_headroom"][refresh.period - 1])
    return [
        f"The refresh does not come in {basis.label(refresh.period)}: reserve and cash after scheduled debt service are "
        f"{missing} USD short of its net cost. The old chips stay and the reserve is released."
    ]


def _why(basis: Basis, j: int) -> str:
    rows = basis.run.operating
    parts = [f"CFADS of {_m(rows['cfads'][j])} against {_m(rows['debt_service'][j])} USD due"]
    if rows["refresh_capex"][j] > 0:
        parts.append(f"the refresh of {_m(rows['refresh_capex'][j])} falls in this period")
    if rows["refresh_reserve_contribution"][j] > 0:
        parts.append(f"{_m(rows['refresh_reserve_contribution'][j])} is saved for the refresh")
    if rows["hall_rent"][j] > 0:
        parts.append(f"the chips are gone and the hall brings {_m(rows['hall_rent'][j])} of rent")
    elif rows["contracted_share"][j] <= 0 < max(rows["contracted_share"]):
        parts.append("the contract has ended and all capacity is sold at the market price")
    return "; ".join(parts)


def _default_story(basis: Basis, j: int) -> list[str]:
    run, rows = basis.run, basis.run.operating
    said = [f"Default in {basis.label(j + 1)}: {_why(basis, j)}."]
    failure = run.plan.offtaker_default
    if failure is not None and failure.period <= j + 1:
        k = failure.period - 1
        said.append(
            f"It began in {basis.label(failure.period)}, when the offtaker failed: its revenue ended, "
            f"{_m(rows['bad_debt'][k])} of receivables were lost and {_m(rows['termination_recovery'][k])} was "
            "recovered on the claim."
        )
    if rows["refresh_capex"][j] > 0:
        before = rows["refresh_reserve_balance"][j - 1] if j else 0.0
        came = "funded before tax" if "refresh_funded" in rows else "committed"
        said.append(
            f"The refresh of {_m(rows['refresh_capex'][j])} was {came} and only {_m(before)} had been saved for it, "
            "so the cash of the period could not pay it and the loan."
        )
    said.append(
        f"Lenders claim {_m(rows['default_claim'][j])}; cash and reserves give {_m(rows['default_cash'][j])} and the "
        f"collateral, net of cost and delay, {_m(rows['collateral_net'][j])}: they recover "
        f"{_m(rows['default_recovery'][j])} and lose {rows['loss_given_default'][j]:.1%}."
    )
    told = [
        f"{name} recovers {_m(rows[f'{name}.recovered'][j])} of {_m(rows[f'{name}.claim'][j])}"
        for name in run.shape.reported
    ]
    if told:
        said.append(f"One by one: {', '.join(told)}.")
    return said
