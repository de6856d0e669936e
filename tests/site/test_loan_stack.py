"""Several loans: who is paid first, how they are sized round each other, drawn, covered and recovered."""

import pytest

from overbuild.errors import OverbuildError
from overbuild.site.case.plan import EnforcementCosts, Path
from overbuild.site.examples import PLAN
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from tests.site.halls import GPU_LOAN, HALL, HALL_LOAN, LEVEL, LONG, at_prices, gpu_loan, told


def service(run, name):
    return [a + b for a, b in zip(run.lines[f"{name}.interest"], run.lines[f"{name}.principal"], strict=True)][2:]


def test_a_sculpted_loan_takes_the_cover_that_a_gpu_loan_leaves():
    """CFADS 500 at 2.5x carry 200. The GPU loan of 0.5 * 600 = 300 asks 150 + 30 = 180, then 150 + 15 = 165.

    The hall loan asks 20, 35, 200, 200: 20 / 1.05 + 35 / 1.05^2 + 200 / 1.05^3 + 200 / 1.05^4 = 388.10.
    """
    run = run_site(HALL)
    assert service(run, "gpu") == pytest.approx([180.0, 165.0, 0.0, 0.0])
    assert service(run, "hall") == pytest.approx([20.0, 35.0, 200.0, 200.0])
    assert run.sizing.amounts["hall"] == pytest.approx(20 / 1.05 + 35 / 1.05**2 + 200 / 1.05**3 + 200 / 1.05**4)
    assert run.sizing.uses == pytest.approx(1000.0)
    assert run.lines["dscr"][2:] == pytest.approx([2.5] * 4)


def test_loans_that_reach_the_uses_are_refused():
    """At 1.25x the hall loan would ask 220, 235, 400, 400, which is worth 1,097 at 5%."""
    with pytest.raises(OverbuildError) as caught:
        size(HALL._replace(loans=(GPU_LOAN, HALL_LOAN._replace(dscr=(1.25,)))))
    assert (caught.value.code, caught.value.path) == ("debt_exceeds_uses", "loans")


def test_every_loan_has_its_own_cover():
    """Of one rank they share 500: 500 / (180 + 20) = 2.5 together; 500 / 180 and 500 / 20 each alone."""
    found = told(run_site(HALL))
    assert found["tranche.gpu.debt"] == pytest.approx(300.0)
    assert found["tranche.gpu.dscr"] == pytest.approx(500 / 180)
    assert found["tranche.hall.dscr"] == pytest.approx(2.5)
    assert found["tranche.gpu.rank_dscr"] == found["tranche.hall.rank_dscr"] == pytest.approx(2.5)
    assert found["tranche.gpu.llcr"] == pytest.approx((500 / 1.1 + 500 / 1.21) / 300)


def test_a_loan_behind_another_counts_on_what_is_left():
    """Ranked second the hall loan has 500 - 180 = 320 before it: 320 / 20 = 16x, then 335 / 35, 500 / 200."""
    found = told(run_site(HALL._replace(loans=(GPU_LOAN, HALL_LOAN._replace(rank=2)))))
    worth = sum(cash / 1.05**year for year, cash in enumerate([320.0, 335.0, 500.0, 500.0], 1))
    assert found["tranche.hall.dscr"] == pytest.approx(2.5)
    assert found["tranche.hall.llcr"] == pytest.approx(worth / found["tranche.hall.debt"])


def test_loans_draw_in_proportion_and_are_repaid():
    run = run_site(HALL._replace(components=tuple(one._replace(spend=(1.0,)) for one in HALL.components)))
    lines, uses = run.lines, run.sizing.uses
    for name, amount in run.sizing.amounts.items():
        assert lines[f"{name}.draw"][1] == pytest.approx(amount / uses * lines["uses_of_funds"][1])
        assert lines[f"{name}.balance"][-1] == 0.0


def test_in_a_default_each_loan_gets_what_its_collateral_brings_and_its_rank():
    """In period 2 nothing is earned. The GPUs bring 600 * 0.25 = 150 to 330 owed, the shell 200 to the hall loan.

    The second loan, behind both and on nothing, gets what they leave: here nothing but what the hall loan leaves.
    """
    hall = HALL_LOAN._replace(amount=150.0, dscr=(), repayment="straight_line")
    second = LEVEL._replace(name="second", rank=2, amount=100.0, collateral=())
    plan = HALL._replace(loans=(GPU_LOAN, hall, second), enforcement=EnforcementCosts(0.0, 0.0))
    run = run_site(at_prices(plan, 1.0, 0.0), size(plan))
    assert (run.outcome, run.outcome_period) == ("payment", 2)
    row = {name: line[2] for name, line in run.lines.items()}
    assert row["hall.claim"] == pytest.approx(157.5)
    left = 200.0 - 157.5
    assert row["hall.recovered"] == pytest.approx(157.5)
    assert row["gpu.recovered"] == pytest.approx(150.0 + left)
    assert row["second.recovered"] == 0.0
    found = told(run)
    assert found["tranche.gpu.lgd"] == pytest.approx(1.0 - (150.0 + left) / 330.0)
    assert (found["tranche.hall.lgd"], found["tranche.second.lgd"]) == (pytest.approx(0.0), pytest.approx(1.0))


def test_a_stack_of_one_loan_on_everything_is_the_plain_loan():
    named = PLAN._replace(loans=(PLAN.loans[0]._replace(collateral=("shell", "it")),))
    price = Path("by_period", by_period=(0.5, 0.5, 0.1, 0.5))
    hard = (PLAN.contracts[0]._replace(price=price),)
    one, other = (run_site(plan._replace(contracts=hard), size(plan)) for plan in (named, PLAN))
    for name in ("cfads", "debt_balance", "default_recovered", "loss_given_default", "net_cash_to_equity"):
        assert one.lines[name] == other.lines[name], name


def lent(contracted, **changes):
    """A sculpted loan of 5% on a share of the hall that is contracted."""
    loan = HALL_LOAN._replace(dscr=(3.0,), dscr_merchant=(5.0,), collateral=None, **changes)
    return HALL._replace(contracts=(LONG._replace(share=contracted),), loans=(loan,))


def test_merchant_cash_is_covered_by_more():
    """375 of 500 is contracted, at 3x: 125; 125 is merchant, at 5x: 25; 150 a year in all."""
    sizing = size(lent(0.75))
    assert sizing.base.due[2:] == pytest.approx((150.0,) * 4)
    assert sizing.debt == pytest.approx(sum(150.0 / 1.05**year for year in range(1, 5)))
    assert size(lent(0.75, max_debt_share=0.3)).debt == pytest.approx(300.0)


def test_in_a_stack_it_is_what_all_senior_loans_together_are_covered_by():
    """150 a year in all, 42 and 41 of it for a GPU loan of 2 * 40 at 2.5%."""
    gpus = GPU_LOAN._replace(rate=Path(value=0.025), amount=80.0, advance_rate=None, advances_on=(), collateral=None)
    run = run_site(lent(0.75)._replace(loans=(*lent(0.75).loans, gpus)))
    assert service(run, "hall") == pytest.approx([108.0, 109.0, 150.0, 150.0])


def test_one_cover_for_both_sources_is_the_plain_loan():
    plain = lent(0.75)._replace(loans=(HALL_LOAN._replace(collateral=None),))
    same = plain._replace(loans=(plain.loans[0]._replace(dscr_merchant=(2.5,)),))
    assert size(same).debt == pytest.approx(size(plain).debt, rel=1e-12)


def test_floating_rates_are_base_or_floor_margin_and_swap():
    """Base 4%, then 3%; half swapped at 3%: 4 + 6 + (3 - 4) / 2 = 9.5%, then 3 + 6 + 0 = 9%; the floor of 2% after."""
    base = Path("by_period", by_period=(0.04, 0.04, 0.03, 0.01, 0.01))
    floats = {"rate": None, "base_rate": base, "floor_per_year": 0.02, "margin_per_year": 0.06}
    run = run_site(gpu_loan(**floats, swap_share=0.5, swap_fixed_per_year=0.03))
    assert run.lines["gpu.rate"][2:5] == pytest.approx([0.095, 0.09, 0.02 + 0.06 + (0.03 - 0.02) / 2])
    assert run.lines["gpu.interest"][2:4] == pytest.approx([28.5, 13.5])


def test_the_sculpted_loan_keeps_its_cover_at_rates_that_float():
    base = Path("by_period", by_period=(0.04, 0.04, 0.03, 0.01, 0.01))
    hall = HALL_LOAN._replace(rate=None, base_rate=base, margin_per_year=0.02)
    run = run_site(HALL._replace(loans=(GPU_LOAN, hall)))
    assert run.lines["dscr"][2:] == pytest.approx([2.5] * 4)
    grown = (1.06, 1.06 * 1.05, 1.06 * 1.05 * 1.03, 1.06 * 1.05 * 1.03 * 1.03)
    worth = sum(due / by for due, by in zip((20.0, 35.0, 200.0, 200.0), grown, strict=True))
    assert run.sizing.amounts["hall"] == pytest.approx(worth)


def test_a_base_rate_that_never_moves_is_a_fixed_rate():
    floats = gpu_loan(rate=None, base_rate=Path(value=0.04), margin_per_year=0.06)
    fixed, moves = run_site(HALL), run_site(floats)
    for name, row in fixed.lines.items():
        assert moves.lines[name] == pytest.approx(row, rel=1e-9, abs=1e-9), name
