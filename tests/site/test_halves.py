"""A site cut in two that is not two sites: a phase, its components, a loan in equal halves change nothing."""

import pytest

from tests.site.plans import drawn_plan
from tests.site.test_invariance import agree, ran, scaled_path

SEEDS = range(1100, 1130)
HALVES = ("a", "b")


def half_of(name, half):
    return f"{name}_{half}"


def halved(record, names):
    """The record with half of each of these amounts."""
    given = {name: getattr(record, name) for name in names}
    return record._replace(**{name: one if one is None else one / 2.0 for name, one in given.items()})


def in_two(records, chosen, cut):
    """The records, the chosen ones in two halves."""
    return tuple(part for one in records for part in ((cut(one, half) for half in HALVES) if chosen(one) else (one,)))


def with_half_phases(plan, name):
    """The plan with one phase as two of half its power, with half of what stands in it."""

    def phase(one, half):
        small = halved(one, ("it_mw", "delay_cost_per_period", "contractor_ld_per_period"))
        return small._replace(name=half_of(name, half), fixed=scaled_path(one.fixed, 0.5))

    def component(one, half):
        return halved(one, ("cost",))._replace(name=half_of(one.name, half), phase=half_of(name, half))

    def fleet(one, half):
        return one._replace(
            name=half_of(one.name, half), phase=half_of(name, half), component=half_of(one.component, half)
        )

    def contract(one, half):
        small = halved(one, ("ld_per_period", "ld_cap", "termination_payment"))
        follows = half_of(one.follows, half) if one.follows else ""
        return small._replace(name=half_of(one.name, half), phase=half_of(name, half), follows=follows)

    def here(one):
        return one.phase == name

    gone = {one.name for one in plan.components if here(one)}

    def liens(names):
        return names and tuple(
            part for one in names for part in ([half_of(one, half) for half in HALVES] if one in gone else [one])
        )

    return plan._replace(
        phases=in_two(plan.phases, lambda one: one.name == name, phase),
        components=in_two(plan.components, here, component),
        fleets=in_two(plan.fleets, here, fleet),
        contracts=in_two(plan.contracts, here, contract),
        loans=tuple(one._replace(collateral=liens(one.collateral)) for one in plan.loans),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_phase_in_two_halves_does_not_matter(seed):
    base, stressed = drawn_plan(seed)
    busy = {one.phase for one in base.fleets if one.at is not None}
    paid = base.prepayment.contract if base.prepayment else ""
    busy |= {one.phase for one in base.contracts if one.name == paid}
    names = [one.name for one in base.phases if one.name not in busy]
    for name in names[:1]:
        agree(ran(base, stressed), ran(with_half_phases(base, name), with_half_phases(stressed, name)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_component_in_two_halves_does_not_matter(seed):
    """The shell of the first phase: two parts of half the cost, held by the same loans."""

    def cut(plan):
        name = plan.components[0].name
        return plan._replace(
            components=in_two(
                plan.components,
                lambda one: one.name == name,
                lambda one, half: halved(one, ("cost",))._replace(name=half_of(name, half)),
            ),
            loans=tuple(
                one._replace(
                    collateral=one.collateral
                    and tuple(
                        part
                        for held in one.collateral
                        for part in ([half_of(name, half) for half in HALVES] if held == name else [held])
                    )
                )
                for one in plan.loans
            ),
        )

    base, stressed = drawn_plan(seed)
    agree(ran(base, stressed), ran(cut(base), cut(stressed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_loan_in_two_halves_of_one_rank_does_not_matter(seed):
    """Halves of a loan that another loan does not refinance; a sculpted one takes what cover leaves, and is alone."""

    def cut(plan, name):
        return plan._replace(
            loans=in_two(
                plan.loans,
                lambda one: one.name == name,
                lambda one, half: halved(one, ("amount",))._replace(name=half_of(name, half)),
            )
        )

    base, stressed = drawn_plan(seed)
    names = [one.name for one in base.loans if one.refinancing is None and one.repayment != "sculpted"]
    if names and not any(one.refinancing for one in base.loans):
        agree(ran(base, stressed), ran(cut(base, names[0]), cut(stressed, names[0])))
