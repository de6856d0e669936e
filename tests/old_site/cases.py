"""Plans that the tests of this room run: the site of the golden cases, its splitting into shorter periods, random ones."""

from hypothesis import assume
from hypothesis import strategies as st

from overbuild.errors import InputError
from overbuild.old_site.case.plan import (
    Component,
    Costs,
    Enforcement,
    Lease,
    Loan,
    Margin,
    Market,
    Mezzanine,
    Offtake,
    OfftakerDefault,
    Owners,
    Power,
    Prepayment,
    Refresh,
    Relet,
    Reserves,
    Site,
    SitePlan,
    Tax,
    Waterfall,
)
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size

M = 1e6

BASE = SitePlan(
    site=Site(100.0, 1.4, 2, 8, 1, 0.02, 0.97, 1.2, 0.35, terminal_proceeds=520 * M, decommissioning=25 * M),
    components=(
        Component("shell", 400 * M, (0.6, 0.4), 25.0, "SL39", 0.55),
        Component("power", 500 * M, (0.5, 0.5), 20.0, "MACRS15", 0.6),
        Component("network", 300 * M, (0.0, 1.0), 6.0, "MACRS5", 0.3),
        Component("it", 2300 * M, (0.0, 1.0), 6.0, "MACRS5", 0.75),
    ),
    market=Market(2.3, 0.12, (0.5, 0.6, 0.7, 0.7, 0.7, 0.75, 0.75, 0.75)),
    offtake=Offtake(5, 0.8, 2.6, (0.85, 0.92, 0.95, 0.95, 0.95, 0.0, 0.0, 0.0), 0.0, 0.9),
    power=Power(65.0, 0.02),
    costs=Costs(18 * M, 0.02, 0.003, 0.008, 0.025, 45.0, 30.0),
    refresh=Refresh(5, 900 * M, 120 * M, 2, 2.0),
    tax=Tax(0.25, 0.0, 0.8, 0.3),
    loans=(
        Loan(
            "senior",
            0.085,
            6,
            target_dscr=(1.4, 1.4, 1.4, 1.4, 1.4, 1.8),
            max_debt_share=0.7,
            construction_rate_per_year=0.09,
            upfront_fee_share=0.02,
            commitment_fee_per_year=0.0075,
        ),
    ),
    reserves=Reserves(1),
    waterfall=Waterfall(sweep_trigger=1.2, sweep_share=1.0, lockup_dscr=1.15),
    enforcement=Enforcement(0.08, 1.0, 0.25),
    owners=Owners(0.12),
)
"""The base case."""

STRESSED = BASE._replace(
    market=Market(2.3, 0.2, (0.3,) * 8),
    offtake=BASE.offtake._replace(utilisation=(0.8,) * 5 + (0.0,) * 3, take_or_pay_share=0.7),
)
"""Prices and use miss; nobody defaults."""

FAILED = BASE._replace(
    market=Market(2.3, 0.3, (0.5, 0.6, 0.45, 0.5, 0.55, 0.6, 0.6, 0.6)),
    offtaker_default=OfftakerDefault(3, 0.3, 2),
    components=tuple(
        component._replace(liquidation_share=share)
        for component, share in zip(BASE.components, (0.35, 0.4, 0.15, 0.45), strict=True)
    ),
    enforcement=Enforcement(0.08, 1.0, 0.35),
)
"""The offtaker fails in year 3; the site cannot pay in year 5."""

STACK = BASE._replace(
    loans=(
        BASE.loans[0]._replace(name="hall", max_debt_share=None, collateral=("shell", "power")),
        Loan(
            "gpu",
            0.11,
            4,
            "straight_line",
            construction_rate_per_year=0.11,
            upfront_fee_share=0.015,
            collateral=("it",),
            advance_rate=0.25,
            advances_on=("it", "network"),
        ),
        Loan("second", 0.13, 5, "annuity", debt_share=0.06, construction_rate_per_year=0.13, rank=2),
    ),
)
"""A hall loan sculpted round a chip loan of the same rank, and a second loan behind both."""

FLOATING = STACK._replace(
    loans=(
        STACK.loans[0]._replace(
            rate_per_year=None,
            base_rate_per_year=(0.04, 0.038, 0.035, 0.03, 0.02, 0.02, 0.025, 0.03),
            floor_per_year=0.025,
            margin_per_year=0.0475,
            swap_share=0.6,
            swap_fixed_per_year=0.037,
        ),
        STACK.loans[1]._replace(
            rate_per_year=None,
            repayment="level_parts",
            draws=(0.0, 0.0, 600 * M),
            amount=640 * M,
            commitment_fee_per_year=0.005,
            base_rate_per_year=(0.04, 0.038, 0.035, 0.03, 0.02, 0.02, 0.025, 0.03),
        ),
        STACK.loans[2],
    ),
    margins=(Margin("graded", "gpu", 0.75, 0.0625), Margin("other", "gpu", 0.25, 0.13)),
)
"""The stack at rates that float, the hall loan mostly swapped, the chip loan with stated draws."""

MEZZANINE = FLOATING._replace(mezzanine=Mezzanine(0.1, 5, 0.03, 0.015, debt_share=0.08))
"""The same with a mezzanine behind all loans."""

PREPAID = MEZZANINE._replace(prepayment=Prepayment(150 * M, (0.1, 0.9), 4))
"""The same with a customer that prepays."""

LEASED = BASE._replace(components=BASE.components[1:], lease=Lease(40 * M, 0.07, 0.02))
"""The base case in a leased shell."""

SAVED = BASE._replace(refresh=BASE.refresh._replace(mode="if_funded"))
"""The base case with a refresh that comes only where it is funded: it is."""

UNSAVED = STRESSED._replace(
    refresh=SAVED.refresh._replace(reserve_periods=0),
    market=STRESSED.market._replace(price_per_gpu_hour=1.0),
    offtaker_default=OfftakerDefault(4, 0.3, 3),
)
"""Prices, use and the offtaker fail and nothing was saved: the refresh does not come."""

FAILED_STACK = FAILED._replace(loans=STACK.loans)
"""The stack on the site that fails in year 5."""


def split(plan, p):
    """The same site in periods of 1/p years: counts times p, series repeated, spending spread."""
    loan = plan.loans[0]
    many = lambda series: tuple(number for number in series for _ in range(p))  # noqa: E731
    return plan._replace(
        site=plan.site._replace(
            construction_periods=plan.site.construction_periods * p,
            operating_periods=plan.site.operating_periods * p,
            periods_per_year=p,
        ),
        components=tuple(
            component._replace(spend=tuple(share / p for share in many(component.spend)))
            for component in plan.components
        ),
        market=plan.market._replace(utilisation=many(plan.market.utilisation)),
        offtake=plan.offtake._replace(tenor=plan.offtake.tenor * p, utilisation=many(plan.offtake.utilisation)),
        refresh=plan.refresh
        and plan.refresh._replace(period=plan.refresh.period * p, reserve_periods=plan.refresh.reserve_periods * p),
        loans=(loan._replace(tenor=loan.tenor * p, target_dscr=many(loan.target_dscr)),),
        reserves=Reserves(plan.reserves.dsra_periods * p),
    )


shares = st.floats(0.0, 1.0)


@st.composite
def random_plans(draw):
    """A plan and a departure from it, of any period length, repayment, covenant and mode."""
    p = draw(st.sampled_from([1, 2, 4, 12]))
    building, operating = draw(st.integers(0, 3)), draw(st.integers(3, 10))
    uses = tuple(draw(shares) for _ in range(operating))
    plan = draw(
        st.builds(
            SitePlan,
            site=st.builds(
                Site,
                it_mw=st.floats(1.0, 2000.0),
                kw_per_gpu=st.floats(0.7, 3.0),
                construction_periods=st.just(building),
                operating_periods=st.just(operating),
                periods_per_year=st.just(p),
                attrition_per_year=st.floats(0.0, 0.2),
                availability_share=st.floats(0.8, 1.0),
                pue=st.floats(1.0, 1.6),
                idle_load_share=shares,
                delay_periods=st.integers(0, 2),
                delay_cost_per_period=st.floats(0.0, 1e7),
                terminal_proceeds=st.floats(0.0, 1e9),
                decommissioning=st.floats(0.0, 1e8),
                residual_value_guarantee=st.floats(0.0, 1e9),
            ),
            components=st.just(
                tuple(
                    Component(
                        name, draw(st.floats(1e6, 3e9)), spend(draw, building), draw(st.floats(1, 30)), kind, share
                    )
                    for name, kind, share in (("shell", "SL39", 0.5), ("network", "MACRS7", 0.2), ("it", "MACRS5", 0.6))
                )
            ),
            market=st.builds(Market, st.floats(0.0, 6.0), st.floats(0.0, 0.6), st.just(uses)),
            offtake=st.one_of(
                st.none(),
                st.builds(
                    Offtake,
                    st.integers(1, operating),
                    shares,
                    st.floats(0.0, 8.0),
                    st.just(uses),
                    st.floats(-0.1, 0.1),
                    shares,
                    st.one_of(st.none(), st.integers(0, 2)),
                ),
            ),
            offtaker_default=st.none(),
            power=st.builds(Power, st.floats(0.0, 200.0), st.floats(-0.05, 0.1)),
            costs=st.builds(
                Costs, st.floats(0.0, 5e7), *[st.floats(0.0, 0.05)] * 4, *[st.floats(0.0, 90.0)] * 2, st.just(("it",))
            ),
            refresh=st.one_of(
                st.none(),
                st.builds(
                    Refresh,
                    st.integers(1, operating - 1),
                    st.floats(0, 1e9),
                    st.floats(0, 2e8),
                    st.integers(0, 3),
                    st.floats(0.5, 4.0),
                    st.just("it"),
                    st.sampled_from(["project", "owners"]),
                    st.just("committed"),
                ),
                st.builds(
                    Refresh,
                    st.integers(1, operating - 1),
                    st.floats(0, 1e9),
                    st.floats(0, 2e8),
                    st.integers(0, 3),
                    st.floats(0.5, 4.0),
                    st.just("it"),
                    st.just("project"),
                    st.just("if_funded"),
                ),
            ),
            tax=st.builds(
                Tax,
                st.floats(0.0, 0.4),
                shares,
                shares,
                st.one_of(st.none(), shares),
                st.sampled_from(["carry", "immediate"]),
                st.booleans(),
            ),
            loans=st.one_of(st.just(()), st.tuples(random_loans(operating))),
            reserves=st.just(Reserves(0)),
            waterfall=st.builds(
                Waterfall,
                st.integers(0, 3),
                st.one_of(st.none(), st.floats(1.0, 2.0)),
                st.one_of(st.none(), shares),
                st.one_of(st.none(), st.floats(1.0, 2.0)),
                st.one_of(st.none(), st.floats(0.5, 2.0)),
                st.sampled_from(["flag", "cure", "sweep_all", "accelerate"]),
                st.one_of(st.none(), st.integers(0, 2)),
            ),
            enforcement=st.builds(Enforcement, shares, st.floats(0.0, 3.0), st.floats(0.0, 0.9)),
            owners=st.builds(Owners, st.floats(0.0, 0.3)),
            margins=st.just(()),
            relet=st.none(),
            mezzanine=st.none(),
            prepayment=st.none(),
            lease=st.none(),
            holdco=st.none(),
        )
    )
    return relet_or_not(draw, plan) if draw(st.booleans()) else plan


def relet_or_not(draw, plan):
    """The hall let after the contract and the refresh, where a period is left for it."""
    first = max(plan.refresh.period + 1 if plan.refresh else 1, plan.offtake.tenor if plan.offtake else 1)
    if first >= plan.site.operating_periods:
        return plan
    at = draw(st.integers(first, plan.site.operating_periods - 1))
    rents = (draw(st.floats(0.0, 300.0)), draw(st.floats(-0.1, 0.1)), draw(shares))
    return plan._replace(relet=Relet(at, *rents, draw(st.floats(0.0, 1e6)), draw(st.floats(0.0, 1e9))))


def with_annuity(loan, debt_share):
    """The loan as an annuity for a share of uses."""
    return loan._replace(repayment="annuity", target_dscr=(), max_debt_share=None, debt_share=debt_share)


def spend(draw, building):
    weights = [draw(st.floats(0.1, 1.0)) for _ in range(building or 1)]
    return tuple(weight / sum(weights) for weight in weights)


@st.composite
def random_loans(draw, operating):
    tenor = draw(st.integers(1, operating))
    kind = draw(st.sampled_from(["sculpted", "annuity", "straight_line", "bullet"]))
    return Loan(
        "senior",
        draw(st.floats(0.0, 0.15)),
        tenor,
        kind,
        target_dscr=(draw(st.floats(1.05, 2.5)),) * tenor,
        max_debt_share=draw(st.floats(0.1, 0.9)),
        debt_share=draw(st.floats(0.05, 0.9)),
        construction_rate_per_year=draw(st.floats(0.0, 0.15)),
        upfront_fee_share=draw(st.floats(0.0, 0.03)),
        commitment_fee_per_year=draw(st.floats(0.0, 0.01)),
        allow_negative_amortisation=True,
    )


def sized_then_run(plan, price, refused, **departures):
    """Size a random plan, then run it with its market price times `price`; a plan refused for one of the codes is skipped."""
    try:
        sizing = size(plan)
    except InputError as fault:
        assert fault.code in refused
        assume(False)
    market = plan.market._replace(price_per_gpu_hour=plan.market.price_per_gpu_hour * price)
    return run_site(plan._replace(market=market, **departures), sizing)


def assert_books_close(run):
    """The balance sheet and the cash of every period close to a billionth of the assets or of the uses."""
    for gap, cash, assets in zip(*(run.operating[n] for n in ("balance_gap", "cash_gap", "total_assets")), strict=True):
        assert abs(gap) <= 1e-9 * max(assets, run.results.uses)
        assert abs(cash) <= 1e-9 * max(assets, run.results.uses)
