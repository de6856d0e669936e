"""Adapters of the debt instruments' golden shapes: floating loan, delayed-draw loan, mezzanine, lease."""

from __future__ import annotations

from datetime import date

from overbuild.instruments import (
    ContractMargin,
    DelayedDrawLoan,
    Draw,
    DrawTerms,
    FloatingTerms,
    LeaseContract,
    MezzanineTerms,
    all_in_cost,
    days_between,
    delayed_draw_schedule,
    floating_schedule,
    measure_lease,
    mezzanine_return,
    mezzanine_schedule,
    weighted_margin,
)


def floating_loan(inputs):
    dates = [date.fromisoformat(day) for day in inputs["dates"]]
    terms = FloatingTerms(inputs["principal"], inputs["floor"], inputs["margin"])
    periods = floating_schedule("loan", terms, inputs["amort"], dates, inputs["sofr"])
    rows = [
        {
            "days": days,
            "rate": row.coupon_per_year,
            "interest": row.interest,
            "principal": row.principal,
            "closing": row.closing,
        }
        for days, row in zip(days_between(dates), periods, strict=True)
    ]
    return {"rows": rows, "total_interest": sum(row.interest for row in periods)}


def delayed_draw_loan(inputs):
    graded = inputs["ig_share"]
    margin = weighted_margin(
        (
            ContractMargin("investment_grade", graded, inputs["ig_margin"]),
            ContractMargin("other", 1.0 - graded, inputs["nig_margin"]),
        )
    )
    terms = DrawTerms(inputs["commitment"], margin, inputs["commit_fee"], 4.0)
    draws = tuple(Draw(period, amount) for period, amount in inputs["draws"])
    loan = DelayedDrawLoan("gpu", draws, inputs["m"], inputs["avail_end"], terms)
    periods = delayed_draw_schedule(loan, (inputs["base_rate"],) * (inputs["n"] - 1))
    rows = [
        {
            "t": place,
            "interest": row.interest,
            "fee": row.commitment_fee,
            "principal": row.principal,
            "draw": row.draw,
            "closing": row.closing,
        }
        for place, row in enumerate(periods)
    ]
    return {
        "rows": rows,
        "all_in_cost": all_in_cost(periods, 4).per_year,
        "margin": margin,
        "total_interest": sum(row.interest for row in periods),
    }


def mezzanine(inputs):
    terms = MezzanineTerms(inputs["cash_rate"], inputs["pik_rate"], inputs["pik_premium"], 1.0)
    cash = inputs["residual_cash"]
    periods = mezzanine_schedule("mezz", inputs["principal"], len(cash), terms, cash)
    rows = [
        {
            "t": place,
            "cash_interest": row.cash_interest,
            "pik": row.pik_interest,
            "repaid": row.repaid,
            "closing": row.closing,
            "to_equity": row.to_equity,
        }
        for place, row in enumerate(periods, 1)
    ]
    earned = mezzanine_return(inputs["principal"], periods, 1)
    return {"rows": rows, "mezz_irr": earned.per_year, "shortfall": periods[-1].shortfall}


def lessee(inputs):
    found = measure_lease(
        "lease",
        LeaseContract(
            payment=inputs["payment"],
            periods=inputs["n"],
            periods_per_year=1,
            rate_per_year=inputs["rate"],
            paid_in_advance=float(inputs["advance"]),
            economic_life_years=inputs["econ_life"],
            fair_value=inputs["fair_value"],
            guarantee_owed=inputs.get("rvg") or 0.0,
            ownership_transfers=float(inputs["transfer"]),
            bargain_option=float(inputs["bargain"]),
            specialised_asset=float(inputs["specialised"]),
        ),
    )
    tests = found.tests
    return {
        "pv": found.lease_value,
        "tests": {
            "transfer": tests.transfer == 1.0,
            "bargain": tests.bargain == 1.0,
            "life": tests.life == 1.0,
            "pv": tests.value == 1.0,
            "specialised": tests.specialised == 1.0,
        },
        "finance_lease": found.finance_lease == 1.0,
        "liability_day1": found.liability,
        "year1_interest": found.first_year_interest,
        "year1_expense_finance": found.first_year_expense.finance,
        "year1_expense_operating": found.first_year_expense.operating,
    }


ADAPTERS = {"B06": floating_loan, "B07": delayed_draw_loan, "B11": mezzanine, "B13": lessee}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
