"""The site of `examples/contracted-100mw.yaml` written twice by hand, as an engineer would without a package.

Once in plain Python, one scenario at a time with `if`; once in NumPy, all scenarios of a period together. Both take the
plan's numbers and the schedule as sized, and give least cover, loan life cover and the owners' value. They serve as a
yardstick of speed and as two independent computations of the same model: `benchmarks/site.py` holds them equal to the
package to 1e-9. They know the features of that one case and no others: one loan, a committed refresh, a sweep below a
trigger, a lock-up, one cure, no failure of the offtaker.
"""

from typing import NamedTuple

import numpy as np

HOURS, DAYS, KW = 8760.0, 365.0, 1000.0
MACRS15 = (0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059,
           0.0591, 0.0295)  # fmt: skip
MACRS5 = (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576)


class Part(NamedTuple):
    """A component: cost with its part of the financing cost, life, tax shares by year, periods in service."""

    cost: float
    basis: float
    life: float
    shares: tuple
    first: int
    last: int
    liquidation: float


def parts_of(plan, financing_cost):
    """Shell, power, chips and the chips of the refresh."""
    site, refresh = plan.site, plan.refresh
    cost = sum(one.cost for one in plan.components)
    tables = {"SL39": (1 / 39,) * 39, "MACRS15": MACRS15, "MACRS5": MACRS5}
    made = []
    for one in plan.components:
        last = refresh.period if one.name == "it" else site.operating_periods
        # bonus depreciation: a class of at most 20 years is written off in its first tax year
        shares = (1.0,) if tables[one.tax_class] in (MACRS15, MACRS5) else tables[one.tax_class]
        basis = one.cost * (1 + financing_cost / cost)
        made.append(Part(one.cost, basis, one.book_life_years, shares, 1, last, one.liquidation_share))
    chips = next(one for one in plan.components if one.name == "it")
    first = refresh.period + 1
    made.append(
        Part(
            refresh.cost,
            refresh.cost,
            chips.book_life_years,
            (1.0,),
            first,
            site.operating_periods,
            chips.liquidation_share,
        )
    )
    return made


def charges(part, j, p):
    """Book and tax depreciation of operating period j."""
    if not part.first <= j <= part.last:
        return 0.0, 0.0
    served = j - part.first
    book = part.basis * max(0.0, min(1.0, part.life * p - served)) / (part.life * p)
    year = served // p
    tax = part.basis * part.shares[year] / p if year < len(part.shares) else 0.0
    return book, tax


def fixed_of(plan, sizing):
    """What no scenario moves: depreciation, book values, the schedule, the reserve's target, the collateral."""
    site, p, loan = plan.site, plan.site.periods_per_year, plan.loans[0]
    parts = parts_of(plan, sizing.financing_cost)
    book = {id(part): (part.basis if part.first == 1 else 0.0) for part in parts}
    tax = dict(book)
    principal = list(sizing.loans[0].principal) + [0.0] * (site.operating_periods - loan.tenor)
    service = list(sizing.loans[0].debt_service) + [0.0] * (site.operating_periods - loan.tenor)
    rows = []
    for j in range(1, site.operating_periods + 1):
        opening = sum(book.values())
        depreciation = tax_sold = 0.0
        for part in parts:
            charge, tax_charge = charges(part, j, p)
            depreciation += tax_charge
            book[id(part)] -= charge
            tax[id(part)] -= tax_charge
            if j == part.last and part.last < site.operating_periods:
                tax_sold += tax[id(part)]
                book[id(part)] = tax[id(part)] = 0.0
            if j == part.first - 1:
                book[id(part)] = tax[id(part)] = part.cost
        if j == site.operating_periods:
            tax_sold += sum(tax.values())
        held = [part for part in parts if part.first <= j <= part.last]
        pot = sum(
            part.liquidation * part.cost * (1 - plan.enforcement.decay_per_year) ** ((j - part.first + 1) / p)
            for part in held
        )
        pot *= (1 - plan.enforcement.cost_share) * (1 + loan.rate_per_year) ** -plan.enforcement.lag_years
        target = sum(service[j : j + plan.reserves.dsra_periods])
        rows.append((opening, depreciation, tax_sold, principal[j - 1], target, pot))
    return rows


def by_floats(plan, sizing, fixed, pue, power_price, market_price):  # noqa: C901
    """One scenario in plain Python: least cover, loan life cover, the owners' value at their hurdle."""
    site, loan, water, refresh = plan.site, plan.loans[0], plan.waterfall, plan.refresh
    p, contract, costs, taxes = site.periods_per_year, plan.offtake, plan.costs, plan.tax
    chips = next(one for one in plan.components if one.name == "it")
    built = sum(one.cost for one in plan.components)
    amount = sizing.debt
    balance, dsra, trapped, carry, nol, saved = amount, sizing.initial_dsra, 0.0, 0.0, 0.0, 0.0
    receivable = payable = 0.0
    past, cures, least, owed_value = [], water.cures, None, 0.0
    close = site.construction_periods
    hurdle = 1 + plan.owners.hurdle_per_year
    value = 0.0
    for t, need in enumerate(sizing.uses_by_period):
        value -= (need - sizing.loans[0].draw_share * need) * hurdle ** (-t / p)
    alive = True
    for j, (book, depreciation, tax_sold, scheduled, target, pot) in enumerate(fixed, 1):
        last, years = j == site.operating_periods, (j - 1) // p
        age = (j - 1 - (refresh.period if j > refresh.period else 0)) / p
        gpus = site.it_mw * KW / site.kw_per_gpu * (1 - site.attrition_per_year) ** age * site.availability_share
        hours = gpus * HOURS / p * (refresh.performance_gain if j > refresh.period else 1.0)
        share = contract.contract_share if j <= contract.tenor else 0.0
        used = share * contract.utilisation[j - 1] + (1 - share) * plan.market.utilisation[j - 1]
        paid = max(contract.utilisation[j - 1], contract.take_or_pay_share)
        revenue = share * hours * paid * contract.price_per_gpu_hour * (1 + contract.escalator_per_year) ** years
        rent = market_price * (1 - plan.market.decline_per_year) ** ((j - 1) / p)
        revenue += (1 - share) * hours * plan.market.utilisation[j - 1] * rent
        mwh = site.it_mw * (site.idle_load_share + (1 - site.idle_load_share) * used) * pue * HOURS / p
        grown = (1 + costs.inflation_per_year) ** years
        opex = mwh * power_price * (1 + plan.power.escalator_per_year) ** years + costs.staff_per_year / p * grown
        opex += costs.maintenance_share_per_year / p * chips.cost * grown
        opex += costs.insurance_share_per_year / p * built + costs.property_tax_share_per_year / p * book
        ebitda = revenue - opex
        new_receivable = 0.0 if last else revenue * p * costs.receivable_days / DAYS
        new_payable = 0.0 if last else opex * p * costs.payable_days / DAYS
        terminal = max(site.terminal_proceeds, site.residual_value_guarantee) - site.decommissioning if last else 0.0
        cash = ebitda - (new_receivable - receivable) + (new_payable - payable) + terminal
        receivable, payable = new_receivable, new_payable
        interest = balance * loan.rate_per_year / p
        gain = terminal + (refresh.old_it_proceeds if j == refresh.period else 0.0) - tax_sold
        allowed = min(interest + carry, taxes.interest_share * max(0.0, ebitda + gain))
        carry = carry + interest - allowed
        taxable = ebitda + gain - depreciation - allowed
        if taxable > 0:
            nol_used = min(nol, taxes.nol_share * taxable)
            tax, nol = taxes.rate * (taxable - nol_used), nol - nol_used
        else:
            tax, nol = 0.0, nol - taxable
        contribution = 0.0
        if refresh.period - refresh.reserve_periods <= j < refresh.period:
            missing = max(0.0, refresh.cost - refresh.old_it_proceeds - saved)
            contribution = min(missing / (refresh.period - j), max(0.0, cash - tax))
        saved += contribution
        cfads = cash - tax - contribution
        if j == refresh.period:
            cfads += saved - refresh.cost + refresh.old_it_proceeds
            saved = 0.0
        principal = min(balance, scheduled)
        due = interest + principal
        past = [*past[-(p - 1) :], (cfads, due)]
        due_12m = sum(one for _, one in past)
        cover = sum(one for one, _ in past) / due_12m if due_12m > 1e-9 * amount else None
        if alive and due > 1e-9 * amount:
            least = cfads / due if least is None else min(least, cfads / due)
        if j <= loan.tenor:
            owed_value += cfads * (1 + loan.rate_per_year / p) ** -j
        available = cfads + trapped
        surplus = (
            pot + max(0.0, available) + dsra + saved - min(balance + interest, pot + max(0.0, available) + dsra + saved)
        )
        shortfall = max(0.0, due - available)
        draw = min(dsra, shortfall, due)
        unmet, from_owners, failed, had = shortfall - draw, 0.0, False, balance > 1e-9 * amount
        scale = due if due > 0 else 1.0
        if not had:
            from_owners, unmet = unmet, 0.0
        elif cures >= 1:
            cures -= 1 if unmet > 1e-9 * scale else 0
            from_owners, unmet = unmet, 0.0
        if unmet > 1e-9 * scale:
            failed = True
        unpaid = min(unmet, due - draw)
        free = max(0.0, available - due)
        kept = dsra - draw
        dsra = min(target, kept + free)
        free = free + kept - dsra
        left = balance - principal
        swept = 0.0
        if cover is not None and cover - water.sweep_trigger + 1e-9 < 0:
            swept = min(left, water.sweep_share * free)
        balance = left + unpaid - swept
        balance = balance if balance > 1e-9 * amount else 0.0
        free -= swept
        locked = cover is not None and cover - water.lockup_dscr + 1e-9 < 0 and balance > 1e-9 * amount and not last
        trapped = free if locked else 0.0
        flow = surplus if failed else free - trapped - from_owners
        if alive:
            value += flow * hurdle ** (-(close + j) / p)
        alive = alive and not failed
    return least, owed_value / amount, value


def by_arrays(plan, sizing, fixed, pue, power_price, market_price):
    """Many scenarios in NumPy, period by period; the same three numbers, each an array."""
    site, loan, water, refresh = plan.site, plan.loans[0], plan.waterfall, plan.refresh
    p, contract, costs, taxes = site.periods_per_year, plan.offtake, plan.costs, plan.tax
    chips = next(one for one in plan.components if one.name == "it")
    built, many = sum(one.cost for one in plan.components), len(pue)
    amount = sizing.debt
    balance, dsra = np.full(many, amount), np.full(many, sizing.initial_dsra)
    trapped, carry, nol, saved, receivable, payable, owed_value = (np.zeros(many) for _ in range(7))
    past, cures, least = [], np.full(many, float(water.cures)), np.full(many, np.inf)
    close, hurdle, alive = site.construction_periods, 1 + plan.owners.hurdle_per_year, np.ones(many)
    paid_in = sum(
        (need - sizing.loans[0].draw_share * need) * hurdle ** (-t / p) for t, need in enumerate(sizing.uses_by_period)
    )
    value = np.full(many, -paid_in)
    for j, (book, depreciation, tax_sold, scheduled, target, pot) in enumerate(fixed, 1):
        last, years = j == site.operating_periods, (j - 1) // p
        age = (j - 1 - (refresh.period if j > refresh.period else 0)) / p
        gpus = site.it_mw * KW / site.kw_per_gpu * (1 - site.attrition_per_year) ** age * site.availability_share
        hours = gpus * HOURS / p * (refresh.performance_gain if j > refresh.period else 1.0)
        share = contract.contract_share if j <= contract.tenor else 0.0
        used = share * contract.utilisation[j - 1] + (1 - share) * plan.market.utilisation[j - 1]
        paid = max(contract.utilisation[j - 1], contract.take_or_pay_share)
        sold = share * hours * paid * contract.price_per_gpu_hour * (1 + contract.escalator_per_year) ** years
        per_price = (
            (1 - share) * hours * plan.market.utilisation[j - 1] * (1 - plan.market.decline_per_year) ** ((j - 1) / p)
        )
        revenue = sold + per_price * market_price
        grown = (1 + costs.inflation_per_year) ** years
        per_pue = site.it_mw * (site.idle_load_share + (1 - site.idle_load_share) * used) * HOURS / p
        other = costs.staff_per_year / p * grown + costs.maintenance_share_per_year / p * chips.cost * grown
        other += costs.insurance_share_per_year / p * built + costs.property_tax_share_per_year / p * book
        opex = per_pue * (1 + plan.power.escalator_per_year) ** years * pue * power_price + other
        ebitda = revenue - opex
        new_receivable = revenue * (0.0 if last else p * costs.receivable_days / DAYS)
        new_payable = opex * (0.0 if last else p * costs.payable_days / DAYS)
        terminal = max(site.terminal_proceeds, site.residual_value_guarantee) - site.decommissioning if last else 0.0
        cash = ebitda - (new_receivable - receivable) + (new_payable - payable) + terminal
        receivable, payable = new_receivable, new_payable
        interest = balance * (loan.rate_per_year / p)
        gain = terminal + (refresh.old_it_proceeds if j == refresh.period else 0.0) - tax_sold
        allowed = np.minimum(interest + carry, taxes.interest_share * np.maximum(0.0, ebitda + gain))
        carry = carry + interest - allowed
        taxable = ebitda + gain - depreciation - allowed
        profit = np.maximum(0.0, taxable)
        nol_used = np.minimum(nol, taxes.nol_share * profit)
        tax = taxes.rate * (profit - nol_used)
        nol = nol - nol_used + np.maximum(0.0, -taxable)
        cfads = cash - tax
        if refresh.period - refresh.reserve_periods <= j < refresh.period:
            missing = np.maximum(0.0, refresh.cost - refresh.old_it_proceeds - saved)
            contribution = np.minimum(missing / (refresh.period - j), np.maximum(0.0, cfads))
            saved, cfads = saved + contribution, cfads - contribution
        if j == refresh.period:
            cfads = cfads + saved - refresh.cost + refresh.old_it_proceeds
            saved = np.zeros(many)
        principal = np.minimum(balance, scheduled)
        due = interest + principal
        past = [*past[-(p - 1) :], (cfads, due)]
        due_12m, cash_12m = sum(one for _, one in past), sum(one for one, _ in past)
        counts = due_12m > 1e-9 * amount
        cover = cash_12m / np.where(counts, due_12m, 1.0)
        owed = due > 1e-9 * amount
        least = np.where((alive > 0) & owed, np.minimum(least, cfads / np.where(owed, due, 1.0)), least)
        if j <= loan.tenor:
            owed_value = owed_value + cfads * (1 + loan.rate_per_year / p) ** -j
        available = cfads + trapped
        whole = pot + np.maximum(0.0, available) + dsra + saved
        surplus = whole - np.minimum(balance + interest, whole)
        shortfall = np.maximum(0.0, due - available)
        draw = np.minimum(np.minimum(dsra, shortfall), due)
        missing = shortfall - draw
        scale, had = np.where(due > 0, due, 1.0), balance > 1e-9 * amount
        cured = had & (cures >= 1)
        from_owners = np.where(had & ~cured, 0.0, missing)
        cures = cures - (cured & (missing > 1e-9 * scale))
        unmet = missing - from_owners
        failed = unmet > 1e-9 * scale
        unpaid = np.minimum(unmet, due - draw)
        kept = dsra - draw
        before = np.maximum(0.0, available - due)
        dsra = np.minimum(target, kept + before)
        free = before + kept - dsra
        left = balance - principal
        below = counts & (cover - water.sweep_trigger + 1e-9 < 0)
        swept = np.where(below, np.minimum(left, water.sweep_share * free), 0.0)
        balance = left + unpaid - swept
        balance = np.where(balance > 1e-9 * amount, balance, 0.0)
        free = free - swept
        locked = counts & (cover - water.lockup_dscr + 1e-9 < 0) & (balance > 0) & (not last)
        trapped = np.where(locked, free, 0.0)
        flow = np.where(failed, surplus, free - trapped - from_owners)
        value = value + alive * flow * hurdle ** (-(close + j) / p)
        alive = alive * ~failed
    return least, owed_value / amount, value
