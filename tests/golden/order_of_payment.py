"""Shapes B08, B10 and B12: a sweep, a reserve, and who gets what in a default."""

from __future__ import annotations

from math import isclose

from overbuild.equations import collecting
from overbuild.instruments import CollateralPool, CreditorClaim, Lien, average_balance_sweep, enforce_liens
from overbuild.site.case.plan import Component, Loan, Path
from overbuild.site.debt.service import Debt, DebtService
from overbuild.site.examples import PLAN, SIZING
from overbuild.site.terms.from_plan import shape_of, terms_of
from overbuild.site.waterfall.enforcement import EnforcementGiven, enforce
from tests.golden.small_sites import earning, ran


def average_balance_interest(inputs):
    balance, rows = inputs["opening"], []
    for cash, due in zip(inputs["cf_pre"], inputs["principal"], strict=True):
        swept = average_balance_sweep(balance, inputs["rate"], inputs["tax_rate"], inputs["sweep"], cash, due)
        rows.append(swept._asdict())
        balance = swept.closing
    return {"rows": rows}


def reserve_alone(inputs):
    """A site whose loan bears no interest: its debt service is its principal, and its reserve is full at opening."""
    dues = inputs["ds"]
    debt = sum(dues)
    loan = Loan(
        "senior",
        maturity=1 + len(dues),
        rate=Path(value=0.0),
        amount=debt,
        repayment="custom",
        shares=tuple(due / debt for due in dues),
    )
    hall = (Component("site", 2.0 * debt, 1.0, "SL1"),)
    plan = earning(inputs["cfads"], hall, loan, reserve=inputs["periods"])
    lines = ran(plan).lines
    assert isclose(lines["dsra_balance"][1], inputs["initial"], rel_tol=1e-12)
    rows = []
    for place in range(2, 2 + len(dues)):
        draw, balance = lines["dsra_draw"][place], lines["dsra_balance"][place]
        moved = balance - (lines["dsra_balance"][place - 1] - draw)
        rows.append(
            {
                "draw": draw,
                "unpaid": lines["shortfall"][place] - draw,
                "topup": max(0.0, moved),
                "release": max(0.0, -moved),
                "balance": balance,
                "target": lines["dsra_target"][place],
                "distributable": lines["distribution"][place],
            }
        )
    return {"rows": rows}


def enforcement(inputs):
    """What each creditor is paid comes from the pots of a site; the instrument agrees, and has the loss at its own rate.

    A site discounts all pots at the one rate of its loans together, the instrument each creditor's at the creditor's.
    """
    pools = tuple(
        CollateralPool(one["value"], one.get("cost") or 0.0, tuple(Lien(**lien) for lien in one["liens"]))
        for one in inputs.get("collateral") or ()
    )
    claims = tuple(
        CreditorClaim(one["name"], one["amount"], one["rank"], one.get("rate") or 0.0) for one in inputs["claims"]
    )
    free = inputs.get("unencumbered") or 0.0
    alone, left = enforce_liens(pools, free, claims, inputs.get("lag") or 0.0)
    paid, surplus = _paid_by_a_site(pools, free, claims)
    assert all(isclose(one.paid, paid[one.name], rel_tol=1e-12, abs_tol=1e-9) for one in alone)
    assert isclose(left, surplus, abs_tol=1e-9)
    recoveries = {
        one.name: {
            "paid": paid[one.name],
            "rate": paid[one.name] / claim.amount,
            "pv_lgd": one.loss_given_default,
        }
        for one, claim in zip(alone, claims, strict=True)
    }
    return {"recoveries": recoveries, "to_equity": surplus}


def _paid_by_a_site(pools, free, claims):
    """Paid by name, and what is left for owners, by the enforcement of a site that sells at once."""
    names = [f"pool_{place}" for place in range(len(pools))]
    held = {
        claim.name: tuple(
            name for name, pool in zip(names, pools, strict=True) if claim.name in {lien.claim for lien in pool.liens}
        )
        for claim in claims
    }
    loans = tuple(
        Loan(one.name, maturity=5, rate=Path(value=0.0), amount=1.0, rank=int(one.rank), collateral=held[one.name])
        for one in claims
    )
    parts = tuple(PLAN.components[1]._replace(name=name) for name in (*names, "unpledged"))
    plan = PLAN._replace(
        components=parts, loans=loans, fleets=(PLAN.fleets[0]._replace(component="unpledged"),), tests=()
    )
    sizing = SIZING._replace(plan=plan, loans=tuple(SIZING.loans[0]._replace(name=one.name) for one in claims))
    shape, terms = shape_of(plan), terms_of(plan, sizing.commitments())
    debts = tuple(Debt(one.name, one.amount, 0.0, 0.0, 0.0, 0.0) for one in claims)
    service = DebtService(debts, 0.0, 0.0, 0.0, sum(one.balance for one in debts), 1.0)
    values = {name: pool.value * (1.0 - pool.cost_share) for name, pool in zip(names, pools, strict=True)}
    with collecting() as rows:
        found = enforce(shape, service, {**values, "unpledged": free}, EnforcementGiven(0.0, 0.0, 0.0, 0.0), terms)
    return {one.name: rows[f"{one.name}.recovered"][0] for one in claims}, found.surplus


ADAPTERS = {"B08": average_balance_interest, "B10": reserve_alone, "B12": enforcement}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
