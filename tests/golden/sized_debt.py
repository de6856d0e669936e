"""Shapes B03 to B05: sculpted loans, and the circle of uses, fees, interest and reserve while building."""

from __future__ import annotations

from math import isclose

from overbuild.instruments import after_tax_debt, principals, sculpted_schedule, supported_debt
from overbuild.site.case.plan import Component, IncomeTax, Loan, Path
from tests.golden.small_sites import earning, ran, straight_lines


def sculpted_loan(inputs):
    rates, cfads = inputs["rates"], inputs["cfads"]
    service = sculpted_schedule(cfads, inputs["dscr"])
    debt = supported_debt(service, rates)
    balance, rows = debt, []
    paid = principals(debt, service, rates)
    for rate, principal, due in zip(rates, paid, service, strict=True):
        rows.append({"interest": rate * balance, "principal": principal, "debt_service": due})
        balance -= principal
        rows[-1]["closing"] = balance
    return {
        "debt": debt,
        "rows": rows,
        "llcr": supported_debt(cfads, rates) / debt,
        "wal": sum(year * principal for year, principal in enumerate(paid, 1)) / debt,
        "negative_amortisation": any(principal < -1e-12 * debt for principal in paid),
    }


def after_tax_sculpting(inputs):
    """Sizing of a whole site finds by passes what the instrument finds backwards; losses are worth their tax at once.

    The loan is worth more than the parts that are written off: its first use is a reserve of all its debt service.
    """
    rate, cover = inputs["rate"], inputs["dscr"]
    loan = Loan(
        "senior",
        maturity=1 + len(inputs["ebitda"]),
        rate=Path(value=rate),
        dscr=(cover,),
        construction_rate_per_year=0.0,
    )
    tax = IncomeTax(inputs["tax_rate"], loss_use="immediate", financing_cost_in_basis=False)
    parts, years = straight_lines(inputs["tax_dep"]), len(inputs["ebitda"])
    run = ran(earning(inputs["ebitda"], parts, loan, tax=tax, reserve=years))
    closed = after_tax_debt(inputs["ebitda"], inputs["tax_dep"], rate, inputs["tax_rate"], cover)
    assert isclose(run.sizing.debt, closed[0], rel_tol=1e-9)
    return {"debt": run.sizing.debt, "cfads": run.lines["cfads"][2:], "interest": run.lines["interest"][2:]}


def construction_circle(inputs):
    """A loan that is a share of uses; its first instalment is the share of it that the reserve holds, at no interest."""
    capex, held = inputs["capex"], inputs.get("dsra_mult") or 0.0
    total, built = sum(capex), len(capex)
    loan = Loan(
        "senior",
        maturity=built + 2,
        rate=Path(value=0.0),
        construction_rate_per_year=inputs.get("rate") or 0.0,
        debt_share=inputs["gearing"],
        repayment="custom",
        shares=(held, 1.0 - held),
        upfront_fee_share=inputs.get("upfront_fee") or 0.0,
        commitment_fee_per_year=inputs.get("commit_fee") or 0.0,
    )
    spend = tuple(spent / total for spent in capex)
    plenty = (total, total)
    run = ran(earning(plenty, (Component("site", total, 1.0, "SL1"),), loan, spend=spend, reserve=1 if held else 0))
    lines, building = run.lines, slice(0, built + 1)
    return {
        "facility": run.sizing.debt,
        "uses": run.sizing.uses,
        "equity": sum(lines["equity_draw"]),
        "idc": sum(lines["senior.interest"][building]),
        "commitment_fees": sum(lines["senior.fees"][1 : built + 1]),
        "upfront": lines["senior.fees"][0],
        "dsra": lines["dsra_balance"][built],
    }


ADAPTERS = {"B03": sculpted_loan, "B04": after_tax_sculpting, "B05": construction_circle}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
