"""What must not matter: the order of listing, the unit of money, a contract in one piece or in two."""

import pytest

from overbuild.site.case.plan import Path
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.world.fields import fields_of
from tests.site.plans import drawn_plan

SEEDS = range(1000, 1040)


def ran(base, stressed):
    sizing = size(base)
    return run_site(stressed, sizing), sizing.uses


def agree(one, other, scale=1.0):
    """Two runs are the same, the second in money of another unit."""
    (run, uses), (again, _) = one, other
    assert (run.outcome, run.outcome_period) == (again.outcome, again.outcome_period)
    for line in ("net_cash_to_equity", "debt_balance", "cfads", "total_assets", "default_recovered"):
        for flow, same in zip(run.lines[line], again.lines[line], strict=True):
            assert same / scale == pytest.approx(flow, rel=1e-9, abs=1e-9 * uses), line


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_listing_does_not_matter(seed):
    def turned(plan):
        lists = ("phases", "components", "fleets", "contracts", "loans", "tests")
        return plan._replace(**{name: tuple(reversed(getattr(plan, name))) for name in lists})

    base, stressed = drawn_plan(seed)
    agree(ran(base, stressed), ran(turned(base), turned(stressed)))


def in_money(record, factor):
    """The same record with every amount of money in another unit."""
    changed = {}
    for name, field in fields_of(type(record)).items():
        value, money = getattr(record, name), field.unit.startswith("USD")
        if value is None:
            continue
        if isinstance(value, Path):
            changed[name] = scaled_path(value, factor) if money else value
        elif field.is_record:
            changed[name] = tuple(in_money(one, factor) for one in value) if field.many else in_money(value, factor)
        elif money:
            changed[name] = value * factor
    return record._replace(**changed)


def scaled_path(path, factor):
    return path._replace(
        value=path.value * factor,
        by_year=tuple(one * factor for one in path.by_year),
        by_period=tuple(one * factor for one in path.by_period),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_unit_of_money_does_not_matter(seed):
    base, stressed = drawn_plan(seed)
    agree(ran(base, stressed), ran(in_money(base, 1e-6), in_money(stressed, 1e-6)), 1e-6)


def halves(plan, name):
    """The plan with one contract as two of half its share and half its damages."""

    def split(one):
        if one.name != name:
            return (one,)
        half = one._replace(
            share=one.share / 2.0,
            ld_per_period=one.ld_per_period / 2.0,
            ld_cap=None if one.ld_cap is None else one.ld_cap / 2.0,
            termination_payment=one.termination_payment / 2.0,
        )
        return half._replace(name=f"{name}_left"), half._replace(name=f"{name}_right")

    return plan._replace(contracts=tuple(part for one in plan.contracts for part in split(one)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_contract_in_two_halves_does_not_matter(seed):
    base, stressed = drawn_plan(seed)
    paid = base.prepayment.contract if base.prepayment else ""
    followed = {one.follows for one in base.contracts}
    names = [one.name for one in base.contracts if one.name not in {paid, *followed}]
    if names:
        agree(ran(base, stressed), ran(halves(base, names[0]), halves(stressed, names[0])))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_without_tests_on_its_own_sizing_repeats_its_base_case(seed):
    base, _ = drawn_plan(seed)
    calm = base._replace(
        sweep_always=0.0,
        owners=base.owners._replace(walk_away=False, support=None),
        cures=base.cures._replace(number=0),
        loans=tuple(one._replace(refinancing=None, balloon_share=0.0) for one in base.loans),
    )
    sizing = size(calm)
    run = run_site(calm, sizing)
    for word in ("cfads", "margin"):
        assert run.lines[word] == pytest.approx(getattr(sizing.base, word), rel=1e-9, abs=1.0)
