"""The site of `hand_written_site.py`, many scenarios together in NumPy, period by period."""

import numpy as np

DUST = 1e-9


def by_arrays(plan, sizing, fixed, pue, power_price, market_price):
    """Many scenarios in NumPy, period by period; the same two numbers, each an array."""
    p, taxes, junior, held = plan.horizon.periods_per_year, plan.tax, plan.mezzanine, plan.reserve.dsra_periods
    lockup, default = (next(one.level for one in plan.tests if one.action == word) for word in ("lockup", "default"))
    scale, hurdle, many = sizing.debt, 1 + plan.owners.hurdle_per_year, len(pue)
    balances = [np.full(many, balance) for balance in fixed.balances]
    mezz, dsra, trapped = np.full(many, fixed.mezzanine), np.full(many, fixed.reserve), np.zeros(many)
    nol, carry, nol_before, carry_before, income, interest_paid, tax_paid, cure_paid = (
        np.zeros(many) for _ in range(8)
    )
    written, cures, cured = 0.0, np.full(many, float(plan.cures.number)), []
    past, margins, last = [], [], plan.horizon.periods
    least, value, alive = np.full(many, np.inf), np.full(many, -fixed.paid_in), np.ones(many, dtype=bool)
    energy_price = pue * power_price
    for t, now in enumerate(fixed.years, fixed.first):
        margin = now.sold - now.costs + now.free * now.market * market_price - now.mwh * now.energy * energy_price
        interest = [balance * rate for balance, rate in zip(balances, fixed.rates, strict=True)]
        opening, pays = sum(balances), sum(interest)
        accrued = mezz * ((junior.cash_rate_per_year + junior.pik_rate_per_year) / p)
        if now.new_tax_year:
            nol_before, carry_before, written = nol, carry, 0.0
            income, interest_paid, tax_paid = np.zeros(many), np.zeros(many), np.zeros(many)
        income, written = income + margin + now.gain, written + now.depreciation
        interest_paid = interest_paid + pays + accrued
        deductible = interest_paid + carry_before
        allowed = np.minimum(deductible, taxes.interest_share * np.maximum(0.0, income))
        taxable = income - written - allowed
        profit = np.maximum(0.0, taxable)
        used = np.minimum(nol_before, taxes.nol_share * profit)
        due_tax = taxes.rate * (profit - used)
        cfads = margin + now.received - (due_tax - tax_paid)
        tax_paid, carry, nol = due_tax, deductible - allowed, nol_before - used + np.maximum(0.0, -taxable)
        principal = [np.minimum(balance, due) for balance, due in zip(balances, now.scheduled, strict=True)]
        due = pays + sum(principal)
        margins = [*margins[-(p - 1) :], (margin, now.base_margin)]
        past = [*past[-(p - 1) :], (cfads, due)]
        served = due > DUST * scale
        with np.errstate(divide="ignore", invalid="ignore"):
            least = np.where(alive & served, np.minimum(least, cfads / due), least)
        cash = cfads + trapped
        short = np.maximum(0.0, due - cash)
        draw = np.minimum(np.minimum(dsra, short), np.maximum(0.0, due))
        unpaid = short - draw
        opened = balances
        balances = [balance - paid for balance, paid in zip(balances, principal, strict=True)]
        cash_12m, due_12m = sum(one for one, _ in past), sum(one for _, one in past)
        counts = (opening > DUST * scale) & (due_12m > DUST * scale)
        cover = np.divide(cash_12m, due_12m, out=np.full(many, np.inf), where=counts)
        breached = cover - lockup + DUST < 0
        missing = np.where(cover - default + DUST < 0, default * due_12m - cash_12m, 0.0)
        wanted = (unpaid > DUST * scale) | (missing > DUST * scale)
        cure = np.zeros(many)
        if wanted.any():
            amount = np.maximum(np.minimum(missing, unpaid + sum(balances)), unpaid)
            base = sum(one for _, one in margins)
            outlook = np.clip(sum(one for one, _ in margins) / base, 0.0, 1.0) if base else 1.0
            pays_in = wanted & (cures > 0) & (outlook * now.worth - amount + DUST * scale >= 0)
            pays_in &= sizing.cure_cap - cure_paid - amount + DUST * scale >= 0
            pays_in &= sum(cured[-(p - 1) :], np.zeros(many)) < plan.cures.in_year
            cure, ends = np.where(pays_in, amount, 0.0), wanted & ~pays_in
            cures, cure_paid = cures - pays_in, cure_paid + cure
            left = many_surplus(plan, now, opened, interest, cash, dsra, mezz, accrued, opening)
            value = value + np.where(alive & ends, left * hurdle ** (-t / p), 0.0)
            alive = alive & ~ends
        cured.append(cure > 0)
        past[-1] = (cfads + cure, due)
        prepaid, owed_now = np.where(cure > 0, np.maximum(0.0, cure - unpaid), 0.0), sum(balances)
        kept_share = 1.0 - np.minimum(1.0, np.divide(prepaid, owed_now, out=np.zeros(many), where=owed_now > 0))
        balances = [balance * kept_share for balance in balances]
        free = np.maximum(0.0, cash - due) + np.maximum(0.0, prepaid - owed_now)
        most = sum(balance * (1 + rate * held) for balance, rate in zip(balances, fixed.rates, strict=True))
        kept = dsra - draw
        dsra = np.minimum(np.minimum(now.target, most), kept + free)
        free = free + kept - dsra
        balances = [balance * (balance > DUST * scale) for balance in balances]
        remains = sum(balances) > DUST * scale
        free, dsra = free + ~remains * dsra, dsra * remains
        trapped = free * (remains & breached) * (t < last)
        free = free - trapped
        asked = mezz * (junior.cash_rate_per_year / p)
        interest_cash = np.minimum(asked, free)
        missed = np.divide(asked - interest_cash, asked, out=np.zeros(many), where=asked > 0)
        added = junior.pik_rate_per_year + missed * (junior.cash_rate_per_year + junior.pik_premium_per_year)
        owed = mezz + mezz * added / p
        repaid = np.minimum(owed, free - interest_cash) if t >= junior.maturity else np.zeros(many)
        mezz = (owed - repaid) * (owed - repaid > DUST * owed)
        value = value + alive * (free - interest_cash - repaid - cure) * hurdle ** (-t / p)
    return least, value


def many_surplus(plan, now, balances, interest, cash, dsra, mezz, accrued, opening):
    """The same surplus for many scenarios."""
    rate = plan.horizon.periods_per_year * np.divide(
        sum(interest), opening, out=np.zeros_like(opening), where=opening > 0
    )
    discount = (1 + rate) ** -plan.enforcement.lag_years
    pool, lack = 0.0, 0.0
    for balance, one, loan in zip(balances, interest, plan.loans, strict=True):
        gap = balance + one - sum(now.pots[name] for name in loan.collateral) * discount
        pool, lack = pool + np.maximum(0.0, -gap), lack + np.maximum(0.0, gap)
    accounts = np.maximum(0.0, cash) + dsra
    left = np.maximum(0.0, pool + np.maximum(0.0, accounts - lack) - np.maximum(0.0, lack - accounts))
    return np.maximum(0.0, left - np.minimum(mezz + accrued, left))
