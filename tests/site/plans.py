"""Plans drawn at random: phases, fleets, contracts, loans of every kind, and what happens to them."""

from __future__ import annotations

import random

from overbuild.site.case.plan import (
    START,
    Component,
    CovenantTest,
    Cures,
    DebtReserve,
    EnforcementCosts,
    Funding,
    GpuFleet,
    Horizon,
    IncomeTax,
    JuniorDebt,
    Loan,
    OfftakeContract,
    OfftakerPrepayment,
    OperatingCosts,
    Owners,
    Path,
    Phase,
    PowerSupply,
    Refinancing,
    ShellLease,
    SitePlan,
    SpotMarket,
)

M = 1e6


def maybe(draw, chance, value, other=None):
    return value() if draw.random() < chance else other


def drawn_path(draw, low, high):
    kind = draw.choice(("flat", "growing", "by_year", "by_period"))
    value = draw.uniform(low, high)
    listed = tuple(draw.uniform(low, high) for _ in range(draw.randint(1, 6)))
    if kind == "growing":
        return Path("growing", value, draw.uniform(-0.15, 0.1), draw.choice((1, 3)), draw.choice(("year", "smooth")))
    return {"flat": Path(value=value), "by_year": Path("by_year", by_year=listed)}.get(
        kind, Path("by_period", by_period=listed)
    )


def spends(draw, periods):
    weights = [draw.random() + 0.1 for _ in range(periods)]
    return tuple(weight / sum(weights) for weight in weights)


def drawn_phases(draw):
    for number in range(draw.choice((1, 1, 2))):
        yield Phase(
            name=f"h{number}",
            it_mw=draw.choice((50.0, 100.0)),
            cod=draw.randint(1, 3) + number,
            fixed=drawn_path(draw, 20 * M, 60 * M),
            share_of_revenue=draw.choice((0.0, 0.03)),
            energised=maybe(draw, 0.3, lambda: 2),
            delay_cost_per_period=draw.choice((0.0, 2 * M)),
            contractor_ld_per_period=draw.choice((0.0, 5 * M)),
            contractor_ld_periods=maybe(draw, 0.5, lambda: 1),
        )


def drawn_components(draw, phases):
    for phase in phases:
        life = draw.choice(("MACRS5", "SL5", "SL39"))
        spend = spends(draw, phase.cod)
        name = phase.name
        yield Component(f"shell_{name}", 200 * M, 20.0, "SL39", spend, name, 0.6, 0.02, draw.choice((0.0, 0.05)))
        yield Component(
            f"it_{name}", 400 * M, 5.0, life, spend, name, 0.5, 0.2, draw.choice((0.0, 0.1)), maintained=True
        )


def drawn_contracts(draw, phases, p):
    for phase in phases:
        left = 1.0
        for number in range(draw.randint(0, 2)):
            share = draw.choice((0.3, 0.5))
            left -= share
            tenor = draw.randint(2, 6)
            one = OfftakeContract(
                name=f"c{number}_{phase.name}",
                share=share,
                tenor=tenor,
                price=drawn_path(draw, 0.3, 0.8)._replace(since=draw.choice((START, 1))),
                phase=phase.name,
                ends=draw.choice(("tenor", "date")),
                utilisation=drawn_path(draw, 0.6, 0.9),
                take_or_pay=draw.choice((0.0, 0.8)),
                pass_through=draw.choice((0.0, 0.5)),
                ld_per_period=draw.choice((0.0, 3 * M)),
                ld_cap=maybe(draw, 0.5, lambda: 4 * M),
                long_stop=phase.cod + 1 if draw.random() < 0.2 else None,
                termination_payment=2 * M,
                recovery_share=0.3,
                claim_periods=3,
            )
            yield one
            if draw.random() < 0.4:
                yield OfftakeContract(
                    f"next_{one.name}", share, 3, Path(value=0.4), phase.name, follows=one.name, renews=0.7
                )
        if left > 0.25 and draw.random() < 0.3:
            yield OfftakeContract(
                f"hall_{phase.name}", 0.2, 8, Path(value=90.0), phase.name, unit="kw_month", pass_through=1.0
            )


def drawn_loans(draw, plan, end, last):
    names = tuple(one.name for one in plan.components)
    for number in range(draw.choice((1, 1, 2, 3))):
        maturity = draw.randint(end + 2, last - 1)
        kind = draw.choice(("annuity", "straight_line", "bullet", "sculpted" if number == 0 else "annuity"))
        new = Refinancing(
            Path(value=draw.uniform(0.05, 0.11)),
            draw.randint(2, max(2, last - maturity)),
            1.3,
            maybe(draw, 0.5, lambda: 0.7),
            draw.choice((0.0, 0.01)),
            draw.choice((1.0, 1.0, 0.5)),
        )
        balloon = draw.choice((0.0, 0.4))
        yield Loan(
            name=f"loan{number}",
            maturity=maturity,
            first=maybe(draw, 0.3, lambda: end),
            rate=None if number == 1 else drawn_path(draw, 0.03, 0.12),
            base_rate=drawn_path(draw, 0.01, 0.06) if number == 1 else None,
            margin_per_year=0.04 if number == 1 else None,
            swap_share=0.5,
            swap_fixed_per_year=0.03,
            construction_rate_per_year=maybe(draw, 0.3, lambda: 0.09),
            amount=None if kind == "sculpted" else draw.uniform(0.1, 0.25) * sum(one.cost for one in plan.components),
            max_debt_share=0.5 if kind == "sculpted" else None,
            repayment=kind,
            dscr=(1.4,) if kind == "sculpted" else (),
            allow_negative_amortisation=True,
            balloon_share=balloon,
            refinancing=new if (balloon or kind == "bullet") and draw.random() < 0.7 else None,
            rank=number + 1 if draw.random() < 0.5 else 1,
            collateral=draw.choice((None, None, names[: 1 + number])),
            draw="after_equity" if number == 2 and kind != "sculpted" else "with_equity",
            upfront_fee_share=draw.choice((0.0, 0.01)),
            commitment_fee_per_year=draw.choice((0.0, 0.005)),
        )


def drawn_plan(seed):
    """A plan, and a harder life of the same plan."""
    draw = random.Random(seed)
    p = draw.choice((1, 1, 2, 4))
    phases = tuple(drawn_phases(draw))
    end, last = max(phase.cod for phase in phases), draw.randint(11, 14)
    plan = SitePlan(
        horizon=Horizon(last, p, 0.98, 0.02, 1.2, 0.3, draw.choice((0.0, 80 * M)), 10 * M),
        phases=phases,
        components=tuple(drawn_components(draw, phases)),
        fleets=tuple(GpuFleet(f"f_{one.name}", f"it_{one.name}", 1.1, phase=one.name) for one in phases),
        contracts=tuple(drawn_contracts(draw, phases, p)),
        market=SpotMarket(drawn_path(draw, 0.3, 0.7), drawn_path(draw, 0.4, 0.8)),
        power=PowerSupply(drawn_path(draw, 30.0, 60.0), Path(value=draw.choice((0.0, 5.0))), 0.85),
        costs=OperatingCosts(Path(value=2 * M), 0.01, 0.002, 0.003, drawn_path(draw, 1.0, 1.1), 30.0, 20.0),
        tax=draw.choice((IncomeTax(), IncomeTax(0.21, 0.05, 0.4, 0.8, 0.3, months_before_close=3))),
        funding=Funding(
            draw.choice(("pro_rata", "equity_first", "debt_first")),
            contingency=draw.choice((0.0, 10 * M)),
            standby=draw.choice((0.0, 40 * M)),
        ),
        reserve=draw.choice((DebtReserve(), DebtReserve(p), DebtReserve(p, 0.5, 0.02))),
        sweep_always=draw.choice((0.0, 0.0, 0.4)),
        cures=draw.choice((Cures(), Cures(3, 1), Cures(9, 4, 200 * M))),
        owners=Owners(0.1, draw.random() < 0.5, draw.choice((None, 30 * M))),
        enforcement=EnforcementCosts(0.08, 1.0, 0.0, 0.6),
        lease=maybe(draw, 0.2, lambda: ShellLease(4 * M, 0.07, 0.02)),
    )
    plan = in_months_or_refunded(random.Random(seed + 1_000_000), plan)
    plan = plan._replace(loans=tuple(drawn_loans(draw, plan, end, last)))
    if draw.random() < 0.3:
        plan = plan._replace(mezzanine=JuniorDebt(0.1, last - 2, 0.02, 0.03, 40 * M))
    if plan.contracts and draw.random() < 0.4:
        first = plan.contracts[0]
        plan = plan._replace(prepayment=OfftakerPrepayment(first.name, 30 * M, (1.0,), end + 2, 3))
    if draw.random() < 0.4:
        phase = phases[0]
        new = Component("it_new", 250 * M, 4.0, "MACRS5", (), phase.name, 0.5, 0.2)
        fleet = GpuFleet(
            "f_new",
            "it_new",
            1.3,
            2.0,
            phase.name,
            end + 4,
            30 * M,
            2,
            owners_pay=draw.choice((0.0, 60 * M)),
            owners_pay_all=draw.random() < 0.3,
            until=maybe(draw, 0.4, lambda: last - 1),
            sale=15 * M,
        )
        plan = plan._replace(components=(*plan.components, new), fleets=(*plan.fleets, fleet))
    return plan, stressed(draw, plan)


def in_months_or_refunded(draw, plan):
    """Some sites run by the month, some sell for a guaranteed value, some have their losses refunded."""
    months = plan.horizon.periods_per_year == 4 and draw.random() < 0.3
    horizon = plan.horizon._replace(
        periods_per_year=12 if months else plan.horizon.periods_per_year,
        residual_value_guarantee=draw.choice((0.0, 0.0, 60 * M)),
        residual_value_guarantor=draw.choice(("third_party", "offtaker")),
    )
    if draw.random() < 0.7:
        return plan._replace(horizon=horizon)
    relief = {"loss_use": "immediate", "financing_cost_in_basis": draw.random() < 0.5}
    return plan._replace(horizon=horizon, tax=plan.tax._replace(rate=0.25, **relief))


def stressed(draw, plan):
    """Other prices, delays, failures and tests; commitments and schedules stay as they were sized."""
    words = ("dscr_12m", "dscr_ahead", "llcr", "ltv", "contracted_share")
    levels = {"dscr_12m": 1.2, "dscr_ahead": 1.2, "llcr": 1.2, "ltv": 0.7, "contracted_share": 0.2}
    tests = []
    for _ in range(draw.randint(0, 4)):
        word = draw.choice(words)
        tests.append(CovenantTest(word, levels[word], draw.choice(("report", "lockup", "sweep", "default")), 0.5))
    return plan._replace(
        phases=tuple(one._replace(delay=draw.choice((0, 0, 1, 3))) for one in plan.phases),
        contracts=tuple(one._replace(fails_in=maybe(draw, 0.2, lambda: draw.randint(3, 8))) for one in plan.contracts),
        market=plan.market._replace(price=drawn_path(draw, 0.05, 0.6)),
        tests=tuple(tests),
    )
