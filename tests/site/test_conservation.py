"""Whatever happens to a site, cash adds up and the books close in every period."""

import pytest

from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.plans import drawn_plan

SEEDS = range(220)
TOLERANCE = 1e-9


def row(lines, name):
    return lines.get(name, [0.0] * len(lines["cfads"]))


def cash_gaps(run):
    """Cash in less cash out less what accounts took, by place, while the site goes on."""
    lines = run.lines
    loans = [one.name for one in run.plan.loans]
    before = {"dsra_balance": 0.0, "trapped_cash": 0.0, "lc_balance": 0.0, "debt_balance": 0.0}
    for place in range(len(lines["cfads"])):
        if lines["alive"][place] <= 0.0:
            return
        at = {name: entries[place] for name, entries in lines.items()}
        drawn = sum(at[f"{name}.draw"] for name in loans) + at["mezzanine.draw"]
        came = at["cfads"] + at["cash_beside_cfads"] + at.get("prepayment_received", 0.0) + drawn + at["refinanced"]
        came += at["equity_draw"] + at["standby_draw"] + at["cure"] + at["support"]
        owed = before["debt_balance"] - at["principal"] - at["balloon"] + at["refinanced"]
        went = at["capex"] + at["fees"] + at["interest"] + at["principal"] + at["balloon"] + at["refinancing_fee"]
        went += min(at["to_prepay"], max(0.0, owed)) + at["sweep"] + at["distribution"]
        went += at.get("mezzanine.cash_interest", 0.0) + at.get("mezzanine.principal", 0.0)
        lent = at["lc_balance"] - before["lc_balance"]
        kept = sum(at[name] - before[name] for name in ("dsra_balance", "trapped_cash"))
        yield came + lent - went - kept
        before = {name: at[name] for name in before}


@pytest.mark.parametrize("seed", SEEDS)
def test_books_close_and_cash_adds_up_in_every_period(seed):
    base, stressed = drawn_plan(seed)
    sizing = size(base)
    scale = sizing.uses
    for plan in (base, stressed):
        run = run_site(plan, sizing)
        for name in ("balance_gap", "cash_gap", "funding_gap"):
            assert max(abs(gap) for gap in run.lines[name]) < TOLERANCE * scale
        assert max(abs(gap) for gap in cash_gaps(run)) < 2 * TOLERANCE * scale
        shared_in_full(run, scale)


def shared_in_full(run, scale):
    """What collateral, accounts and owners bring in a default is what lenders, offtaker, mezzanine and owners get."""
    if run.outcome in (None, "closed"):
        return
    at = {name: entries[run.last] for name, entries in run.lines.items()}
    brought = at["collateral_value"] + at["pledged_accounts"] + at["called"]
    got = at["default_recovered"] + at["prepayment_recovered"] + at["mezzanine_recovered"] + at["surplus"]
    assert abs(brought - got) < TOLERANCE * scale
    assert at["default_recovered"] <= at["default_claim"] + TOLERANCE * scale


def test_the_random_plans_meet_every_outcome():
    met = set()
    for seed in SEEDS[:30]:
        base, stressed = drawn_plan(seed)
        met.add(run_site(stressed, size(base)).outcome)
    assert met >= {None, "unfunded", "maturity", "payment", "covenant", "closed"}
