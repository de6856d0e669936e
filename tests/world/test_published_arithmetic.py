"""The arithmetic of each deal as it is published beside that of its preset, within a stated tolerance."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from overbuild.site.case.dates import availability_end
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.units import HOURS_PER_YEAR


@cache
def plan(name):
    return read_site_case(Path(f"preset:{name}")).plan


@cache
def run(name):
    return run_case(Path(f"preset:{name}"))


def mw(name):
    return sum(phase.it_mw for phase in plan(name).phases)


def gpus(name):
    one = plan(name)
    halls = {phase.name: phase.it_mw for phase in one.phases}
    first = [fleet for fleet in one.fleets if fleet.at is None]
    return sum(halls[fleet.phase or one.phases[0].name] * 1000 / fleet.kw_per_gpu for fleet in first)


def contract_value(name):
    """Price times what is sold over the term, USD, of the contracts that follow none and begin with a phase."""
    one, total = plan(name), 0.0
    halls = {phase.name: phase.it_mw for phase in one.phases}
    density = {fleet.phase: 1000 / fleet.kw_per_gpu for fleet in one.fleets}
    for contract in one.contracts:
        if contract.follows or contract.start is not None:
            continue
        hall = contract.phase or one.phases[0].name
        years = contract.tenor / one.horizon.periods_per_year
        price, size = contract.price.value, halls[hall] * contract.share
        if contract.unit == "kw_month":
            total += price * size * 1000 * 12 * years
        else:
            total += price * size * density.get(hall, density.get("")) * HOURS_PER_YEAR * years
    return total


def cost(name, *words):
    return sum(one.cost for one in plan(name).components if one.name.startswith(words) and one.spend)


def debt(name):
    return run(name).results.values["debt"]


def rate(name, loan=0):
    """The all-in rate of a loan in the period after the availability end."""
    one = plan(name).loans[loan]
    return run(name).run.lines[f"{one.name}.rate"][availability_end(plan(name)) + 1]


HALF, SHARE = 0.5, 100 / 200
PUBLISHED = (
    # IREN and Microsoft: 9.7bn over five years, 76,000 GPUs in 200 MW, 5.8bn of chips, 3.65bn lent at SOFR + 2.25
    ("neocloud-100mw-gb300", "contract", lambda: contract_value("neocloud-100mw-gb300"), 9.7e9 * HALF, 3e-3),
    ("neocloud-100mw-gb300", "GPUs", lambda: gpus("neocloud-100mw-gb300"), 76_000 * HALF, 1e-3),
    ("neocloud-100mw-gb300", "chips", lambda: cost("neocloud-100mw-gb300", "it"), 5.8e9 * HALF, 1e-6),
    (
        "neocloud-100mw-gb300",
        "loan on the chips",
        lambda: run("neocloud-100mw-gb300").results.values["tranche.gpu.debt"],
        3.65e9 * HALF,
        2e-3,
    ),
    ("neocloud-100mw-gb300", "rate", lambda: rate("neocloud-100mw-gb300"), 0.0364 + 0.0225, 1e-9),
    ("neocloud-100mw-gb300", "hall a MW", lambda: cost("neocloud-100mw-gb300", "shell", "power"), 12.5e6 * 118, 1e-3),
    # the same with what is prepaid: a fifth of the contract; with the loan 96 percent of the chips
    ("prepaid-contract", "prepaid", lambda: plan("prepaid-contract").prepayment.amount, 0.2 * 9.7e9 * HALF, 1e-6),
    (
        "prepaid-contract",
        "paid by others",
        lambda: (
            (debt("prepaid-contract") + plan("prepaid-contract").prepayment.amount) / cost("prepaid-contract", "it")
        ),
        0.96,
        6e-3,
    ),
    # Oracle and OpenAI: 300bn over five years for 4.5 GW; CoreWeave 5.0 at SOFR + 4.50; 12.5m a MW at the meter
    ("single-loan-80-20", "contract", lambda: contract_value("single-loan-80-20"), 300e9 * 100 / 4500, 5e-3),
    ("single-loan-80-20", "rate", lambda: rate("single-loan-80-20"), 0.0364 + 0.045, 1e-9),
    ("single-loan-80-20", "debt", lambda: run("single-loan-80-20").results.values["debt_share"], 0.8, 1e-6),
    ("single-loan-80-20", "servers a MW", lambda: cost("single-loan-80-20", "it") / 100, 25e6, 1e-6),
    # Nscale and Microsoft: 14bn, 116,600 GPUs; the rent of Polaris Forge 1: 11bn, 15 years, 400 MW
    (
        "leased-shell",
        "contract a GPU",
        lambda: contract_value("leased-shell") / gpus("leased-shell"),
        14e9 / 116_600,
        2e-3,
    ),
    ("leased-shell", "rent", lambda: plan("leased-shell").lease.payment_per_year, 11e9 / 15 * 100 / 400, 1e-3),
    ("leased-shell", "rate", lambda: rate("leased-shell"), 0.0364 + 0.0225, 1e-9),
    # CoreWeave 4.0: 8.5bn at SOFR + 2.25; Nebius and Microsoft: 17.4bn over five years for 300 MW
    ("ddtl-neocloud", "debt", lambda: debt("ddtl-neocloud"), 8.5e9, 1e-4),
    ("ddtl-neocloud", "rate", lambda: rate("ddtl-neocloud"), 0.0364 + 0.0225, 1e-9),
    (
        "ddtl-neocloud",
        "contract a MW and year",
        lambda: contract_value("ddtl-neocloud") / 5 / 400,
        17.4e9 / 5 / 300,
        3e-3,
    ),
    ("ddtl-neocloud", "rent", lambda: sum(one.fixed.value for one in plan("ddtl-neocloud").phases), 11e9 / 15, 1e-3),
    # Polaris Forge 1: 400 MW, 11bn over 15 years, notes of 2.35bn at 9.25 and 1.59bn at 7.0 percent
    ("powered-shell", "MW", lambda: mw("powered-shell"), 400, 1e-9),
    ("powered-shell", "contract", lambda: contract_value("powered-shell"), 11e9, 1e-3),
    ("powered-shell", "debt", lambda: debt("powered-shell"), 2.35e9 + 1.59e9, 1e-6),
    (
        "powered-shell",
        "interest of a year",
        lambda: debt("powered-shell") * rate("powered-shell"),
        2.35e9 * 0.0925 + 1.59e9 * 0.07,
        1e-3,
    ),
    ("powered-shell", "halls a MW", lambda: cost("powered-shell", "shell", "power") / 400, 12.5e6 * 1.18, 1e-3),
    # Abilene: 1.2 GW, 15bn, loans of 2.3 and 7.1bn; Shackelford: SOFR + 2.50; Polaris Forge 2: 5bn, 15 years, 200 MW
    ("stargate-1gw", "MW at the meter", lambda: mw("stargate-1gw") * 1.18, 1200, 1e-3),
    ("stargate-1gw", "cost", lambda: cost("stargate-1gw", "shell", "power"), 15e9, 1e-3),
    ("stargate-1gw", "debt", lambda: debt("stargate-1gw"), 2.3e9 + 7.1e9, 1e-6),
    ("stargate-1gw", "debt of cost", lambda: debt("stargate-1gw") / 15e9, 0.63, 6e-3),
    ("stargate-1gw", "rate", lambda: rate("stargate-1gw"), 0.0364 + 0.025, 1e-9),
    (
        "stargate-1gw",
        "rent a MW and year",
        lambda: contract_value("stargate-1gw") / 15 / mw("stargate-1gw"),
        5e9 / 15 / 200,
        1e-3,
    ),
    # Epoch: 38bn a GW, 25bn of it servers
    ("hyperscaler-campus", "cost", lambda: cost("hyperscaler-campus", ""), 38e9, 1e-6),
    ("hyperscaler-campus", "servers", lambda: cost("hyperscaler-campus", "it"), 25e9, 1e-6),
)
"""Preset, what, ours, as published, relative tolerance: mostly the rounding of the price to a cent."""


@pytest.mark.parametrize(
    "name, what, ours, published, tolerance", PUBLISHED, ids=[f"{a} {b}" for a, b, *_ in PUBLISHED]
)
def test_ours_is_what_is_published(name, what, ours, published, tolerance):
    assert ours() == pytest.approx(published, rel=tolerance), what


def test_revenue_and_margin_of_iren_and_microsoft():
    """A year brings 9.7bn / 10; 80 percent are left before tax and loans where the company says 85."""
    lines, year = run("neocloud-100mw-gb300").run.lines, slice(8, 12)
    revenue, opex = sum(lines["revenue"][year]), sum(lines["opex"][year])
    assert revenue == pytest.approx(9.7e9 / 10, rel=2e-3) and 0.79 <= 1 - opex / revenue <= 0.85


def test_eight_halls_open_when_they_were_announced():
    phases = plan("stargate-1gw").phases
    assert [phase.cod for phase in phases] == [4, 4, 6, 6, 7, 7, 8, 8]
    assert sum(phase.it_mw for phase in phases[:2]) * 1.18 == pytest.approx(206, rel=1e-3)
    assert {one.offtaker for one in plan("stargate-1gw").contracts} == {"oracle"}
    assert all(one.tenor == 60 for one in plan("stargate-1gw").contracts)


def test_each_draw_falls_due_five_years_after_it():
    one = plan("ddtl-neocloud")
    for phase, loan in zip(one.phases, one.loans, strict=True):
        assert loan.first == phase.cod + 1 and loan.maturity == phase.cod + 20
    lines = run("ddtl-neocloud").run.lines
    drawn = [sum(lines[f"{loan.name}.draw"]) for loan in one.loans]
    assert drawn == pytest.approx([8.5e9 * phase.it_mw / 400 for phase in one.phases], rel=1e-4)
    assert sum(lines["draw_3.draw"][6:]) == 0.0


def test_a_prepayment_is_a_claim_on_the_cash_of_years_three_to_five():
    lines = run("prepaid-contract").run.lines
    assert sum(lines["prepayment_credit"][:15]) == 0.0
    assert sum(lines["prepayment_credit"]) == pytest.approx(970e6) and lines["prepaid"][26] == pytest.approx(0.0, abs=1)
    assert min(lines["dscr"][7:27]) > 1.3


def test_the_merchant_path_is_the_median_of_the_fit():
    """5.30 USD in May 2026 times the median path: 0.8501, 0.6781, 0.5602, 0.4741, 0.4056 after one to five years."""
    path = plan("merchant-gpu-cloud").market.price.by_year
    assert path[:5] == pytest.approx([5.30 * one for one in (0.8501, 0.6781, 0.5602, 0.4741, 0.4056)], rel=3e-3)
    assert all(after / before == pytest.approx(0.86, abs=0.01) for before, after in pairwise(path[4:]))
