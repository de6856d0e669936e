"""The site of `hand_written_site.py`, one scenario at a time in plain Python."""

DUST = 1e-9


def by_floats(plan, sizing, fixed, pue, power_price, market_price):
    """One scenario in plain Python: least cover, the owners' value at their hurdle."""
    p, taxes, junior, held = plan.horizon.periods_per_year, plan.tax, plan.mezzanine, plan.reserve.dsra_periods
    lockup, default = (next(one.level for one in plan.tests if one.action == word) for word in ("lockup", "default"))
    scale, hurdle = sizing.debt, 1 + plan.owners.hurdle_per_year
    balances, mezz, dsra, trapped = list(fixed.balances), fixed.mezzanine, fixed.reserve, 0.0
    nol = carry = nol_before = carry_before = income = written = interest_paid = tax_paid = 0.0
    cures, cure_paid, cured = plan.cures.number, 0.0, []
    past, margins, least, value, last = [], [], None, -fixed.paid_in, plan.horizon.periods
    for t, now in enumerate(fixed.years, fixed.first):
        revenue = now.sold + now.free * market_price * now.market
        margin = revenue - now.mwh * pue * power_price * now.energy - now.costs
        interest = [balance * rate for balance, rate in zip(balances, fixed.rates, strict=True)]
        opening, pays = sum(balances), sum(interest)
        accrued = mezz * (junior.cash_rate_per_year + junior.pik_rate_per_year) / p
        if now.new_tax_year:
            nol_before, carry_before = nol, carry
            income = written = interest_paid = tax_paid = 0.0
        income, written = income + margin + now.gain, written + now.depreciation
        interest_paid += pays + accrued
        allowed = min(interest_paid + carry_before, taxes.interest_share * max(0.0, income))
        taxable = income - written - allowed
        used = min(nol_before, taxes.nol_share * max(0.0, taxable))
        due_tax = taxes.rate * (max(0.0, taxable) - used)
        tax, tax_paid = due_tax - tax_paid, due_tax
        carry, nol = interest_paid + carry_before - allowed, nol_before - used + max(0.0, -taxable)
        cfads = margin + now.received - tax
        principal = [min(balance, due) for balance, due in zip(balances, now.scheduled, strict=True)]
        due = pays + sum(principal)
        margins = [*margins[-(p - 1) :], (margin, now.base_margin)]
        past = [*past[-(p - 1) :], (cfads, due)]
        if due > DUST * scale:
            least = cfads / due if least is None else min(least, cfads / due)
        cash = cfads + trapped
        short = max(0.0, due - cash)
        draw = min(dsra, short, max(0.0, due))
        unpaid, cure = short - draw, 0.0
        balances = [balance - paid for balance, paid in zip(balances, principal, strict=True)]
        cash_12m, due_12m = sum(one for one, _ in past), sum(one for _, one in past)
        counts = opening > DUST * scale and due_12m > DUST * scale
        breached = counts and cash_12m / due_12m - lockup + DUST < 0
        missing = default * due_12m - cash_12m if counts and cash_12m / due_12m - default + DUST < 0 else 0.0
        if unpaid > DUST * scale or missing > DUST * scale:
            amount = max(min(missing, unpaid + sum(balances)), unpaid)
            base = sum(one for _, one in margins)
            outlook = min(1.0, max(0.0, sum(one for one, _ in margins) / base)) if base else 1.0
            willing = outlook * now.worth - amount + DUST * scale >= 0
            within = sizing.cure_cap - cure_paid - amount + DUST * scale >= 0
            if not (cures and willing and within and sum(cured[-(p - 1) :]) < plan.cures.in_year):
                claims = [balance + paid for balance, paid in zip(balances, principal, strict=True)]
                left = surplus(plan, now, claims, interest, cash, dsra, mezz, accrued, opening)
                return least, value + left * hurdle ** (-t / p)
            cure, cures, cure_paid = amount, cures - 1, cure_paid + amount
        cured.append(cure > 0)
        past[-1] = (cfads + cure, due)
        prepaid, owed_now = max(0.0, cure - unpaid) if cure else 0.0, sum(balances)
        if prepaid:
            balances = [balance * (1 - min(1.0, prepaid / owed_now)) for balance in balances]
        free = max(0.0, cash - due) + max(0.0, prepaid - owed_now)
        most = sum(balance * (1 + rate * held) for balance, rate in zip(balances, fixed.rates, strict=True))
        kept = dsra - draw
        dsra = min(now.target, most, kept + free)
        free += kept - dsra
        balances = [balance if balance > DUST * scale else 0.0 for balance in balances]
        remains = sum(balances) > DUST * scale
        if not remains:
            free, dsra = free + dsra, 0.0
        trapped = free if remains and breached and t < last else 0.0
        free -= trapped
        asked = mezz * junior.cash_rate_per_year / p
        interest_cash = min(asked, free)
        missed = (asked - interest_cash) / asked if asked else 0.0
        added = junior.pik_rate_per_year + missed * (junior.cash_rate_per_year + junior.pik_premium_per_year)
        owed = mezz + mezz * added / p
        repaid = min(owed, free - interest_cash) if t >= junior.maturity else 0.0
        mezz = owed - repaid if owed - repaid > DUST * owed else 0.0
        value += (free - interest_cash - repaid - cure) * hurdle ** (-t / p)
    return least, value


def surplus(plan, now, balances, interest, cash, dsra, mezz, accrued, opening):
    """What a default leaves the owners: each loan takes its own collateral, then the accounts, then what is over."""
    rate = plan.horizon.periods_per_year * sum(interest) / opening
    discount = (1 + rate) ** -plan.enforcement.lag_years
    owing = [balance + one for balance, one in zip(balances, interest, strict=True)]
    pool = 0.0
    for place, loan in enumerate(plan.loans):
        pot = sum(now.pots[name] for name in loan.collateral) * discount
        pool += max(0.0, pot - owing[place])
        owing[place] = max(0.0, owing[place] - pot)
    accounts = max(0.0, cash) + dsra
    lack = sum(owing)
    left = max(0.0, pool + max(0.0, accounts - lack) - max(0.0, lack - accounts))
    return max(0.0, left - min(mezz + accrued, left))
