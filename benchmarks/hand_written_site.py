"""What no scenario moves of the preset `neocloud-100mw-gb300`, written by hand, as an engineer would without a package.

On it the scenarios run twice: in plain Python, one at a time with `if` (`hand_written_floats.py`), and in NumPy, all of
them together (`hand_written_arrays.py`). Both take the plan's numbers, the schedules and the base case as sized, and give
least cover and the owners' value at their hurdle. They serve as a yardstick of speed and as two independent computations
of the same model: `benchmarks/site.py` holds them equal to the package to 1e-9.

They know the features of that one case and no others: one hall, one contract, a market, GPUs that leave, a hall that is
then let; loans on their own collateral, of one rank and without a sweep; a mezzanine; a reserve; a lock-up; a covenant and its
cures, which owners make where what is ahead of them is worth it, and which prepay the loans.
"""

from typing import NamedTuple

HOURS, KW = 8760.0, 1000.0
MACRS15 = (0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059,
           0.0591, 0.0295)  # fmt: skip
MACRS5 = (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576)
TABLES = {"SL39": (1 / 39,) * 39, "MACRS15": MACRS15, "MACRS5": MACRS5}


class Year(NamedTuple):
    """What no scenario moves of a period: assets, power, rent, costs, the schedule."""

    new_tax_year: bool
    depreciation: float
    gain: float
    received: float
    hours: float
    sold: float
    free: float
    mwh: float
    costs: float
    market: float
    energy: float
    scheduled: tuple
    target: float
    pots: dict
    worth: float
    base_margin: float


class Fixed(NamedTuple):
    """All periods of operation, what owners paid in, and balances when it begins."""

    first: int
    years: tuple
    rates: tuple
    balances: tuple
    mezzanine: float
    reserve: float
    paid_in: float


def grown(path, t, p):
    """Growth of a path by whole years, or smoothly."""
    if path.kind == "flat":
        return 1.0
    ahead = max(0, t - path.since)
    return (1 + path.growth_per_year) ** (ahead // p if path.step == "year" else ahead / p)


def rate_of(plan, loan):
    """Yearly rate of a loan in operation: fixed, or base and the margin of its contract."""
    if loan.rate is not None:
        return loan.rate.value
    [margin] = [one.margin_per_year for one in plan.margins if one.loan == loan.name]
    return max(loan.base_rate.value, loan.floor_per_year) + margin


def built(plan, sizing):
    """Close and construction: uses, draws in proportion, what interest and fees add to the cost of assets."""
    p, close, junior = plan.horizon.periods_per_year, plan.phases[0].cod, plan.mezzanine
    amounts = [sizing.amounts[loan.name] for loan in plan.loans]
    lent, balances, owed, drawn = sum(amounts), [0.0] * len(amounts), 0.0, 0.0
    financing = paid_in = 0.0
    for t in range(close + 1):
        cost = sum(one.cost * one.spend[t - 1] for one in plan.components) if t else 0.0
        for loan, amount, balance in zip(plan.loans, amounts, balances, strict=True):
            fee = loan.commitment_fee_per_year / p * (amount - balance) if t else loan.upfront_fee_share * amount
            cost_of_loan = fee + balance * rate_of(plan, loan) / p
            cost, financing = cost + cost_of_loan, financing + cost_of_loan
        need = cost + (sizing.initial_dsra if t == close else 0.0)
        draws = [amount / sizing.uses * need for amount in amounts]
        rest = need - sum(draws)
        mezz = min(sizing.mezzanine / (sizing.uses - lent) * rest, sizing.mezzanine - drawn)
        accrued = owed * (junior.cash_rate_per_year + junior.pik_rate_per_year) / p
        financing += accrued
        owed, drawn = owed + accrued + mezz, drawn + mezz
        balances = [balance + draw for balance, draw in zip(balances, draws, strict=True)]
        paid_in += (rest - mezz) * (1 + plan.owners.hurdle_per_year) ** (-t / p)
    return financing, paid_in, tuple(balances), owed


def worth_of(plan, sizing):
    """What the base case pays owners after each period, less what they pay, at their hurdle."""
    step, worth = (1 + plan.owners.hurdle_per_year) ** (1 / plan.horizon.periods_per_year), [0.0]
    for flow in reversed(sizing.base.paid_to_owners[1:]):
        worth.append((flow + worth[-1]) / step)
    return worth[::-1]


def fixed_of(plan, sizing):
    """What no scenario moves."""
    horizon, phase, fleet, costs = plan.horizon, plan.phases[0], plan.fleets[0], plan.costs
    p, first, end = horizon.periods_per_year, phase.cod + 1, horizon.periods
    contract, tenant = plan.contracts
    financing, paid_in, balances, owed = built(plan, sizing)
    total = sum(one.cost for one in plan.components)
    basis = {one.name: one.cost * (1 + financing / total) for one in plan.components}
    book, tax, years = dict(basis), dict(basis), []
    schedules = [loan.principal for loan in sizing.loans]
    ahead, held, kept = worth_of(plan, sizing), plan.reserve.dsra_periods, 1 - plan.enforcement.cost_share
    for t in range(first, end + 1):
        opening, depreciation, gain, pots = sum(book.values()), 0.0, 0.0, {}
        quarters = [one for one in range(first, end + 1) if (one - 1) // p == (t - 1) // p]
        for one in plan.components:
            if one.name not in book:
                continue
            year = (t - 1) // p - (first - 1) // p
            table = (1.0,) if one.tax_class.startswith("MACRS") else TABLES[one.tax_class]  # bonus in the first year
            charge = basis[one.name] * table[year] / len(quarters) if year < len(table) else 0.0
            life = one.book_life_years * p
            book[one.name] -= basis[one.name] * min(1.0, max(0.0, life - (t - first))) / life
            tax[one.name] -= charge
            depreciation += charge
            if t == end or (one.name == fleet.component and t == fleet.until):
                gain -= tax.pop(one.name)
                book.pop(one.name)
        sale = fleet.sale if t == fleet.until else 0.0
        ends = max(horizon.terminal_proceeds, horizon.residual_value_guarantee) - horizon.decommissioning
        received = sale + (ends if t == end else 0.0)
        for one in plan.components:
            decay = plan.enforcement.decay_per_year if one.decay_per_year is None else one.decay_per_year
            gone = one.name == fleet.component and t >= fleet.until
            value = one.liquidation_share * one.cost * (1 - decay) ** ((t + 1 - first) / p) * kept
            pots[one.name] = 0.0 if gone else value
        stands, let = t <= fleet.until, tenant.share if tenant.start <= t else 0.0
        share = contract.share if t < first + contract.tenor else 0.0
        gpus = phase.it_mw * KW / fleet.kw_per_gpu * (1 - horizon.attrition_per_year) ** ((t - first) / p)
        hours = gpus * horizon.availability_share * fleet.performance * HOURS / p if stands else 0.0
        use, free = plan.market.utilisation.value, 1.0 - share - let
        idle = horizon.idle_load_share
        load = idle * (1 - let) + (1 - idle) * (free * use + share * contract.utilisation.value) if stands else 0.0
        sold = share * hours * max(contract.utilisation.value, contract.take_or_pay) * contract.price.value
        sold += let * phase.it_mw * KW * 12 / p * tenant.price.value
        maintained = sum(one.cost for one in plan.components if one.maintained and stands)
        other = costs.staff.value * grown(costs.staff, t, p) / p
        other += costs.maintenance_share_per_year / p * grown(costs.inflation, t, p) * maintained
        other += costs.insurance_share_per_year / p * total
        other += costs.property_tax_share_per_year / p * opening
        years.append(
            Year(
                new_tax_year=t == first or (t - 1) % p == 0,
                depreciation=depreciation,
                gain=gain + received,
                received=received,
                hours=hours,
                sold=sold,
                free=free * hours * use,
                mwh=phase.it_mw * load * HOURS / p,
                costs=other,
                market=grown(plan.market.price, t, p),
                energy=grown(plan.power.price, t, p),
                scheduled=tuple(row[t] for row in schedules),
                target=sum(sizing.base.due[t + 1 : t + 1 + held]),
                pots=pots,
                worth=ahead[t],
                base_margin=sizing.base.margin[t],
            )
        )
    rates = tuple(rate_of(plan, loan) / p for loan in plan.loans)
    return Fixed(first, tuple(years), rates, balances, owed, sizing.initial_dsra, paid_in)
