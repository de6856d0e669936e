"""What a lever has to be, in sentences."""

from __future__ import annotations

from overbuild.questions.prose import listed, m, pct
from overbuild.questions.tariff_solve.words import SHORT, amount_of, condition_words, lever_short, lever_value
from overbuild.stress.tariff_levers.frontier import Frontier
from overbuild.stress.tariff_levers.solve import LeverSolution


def headline(solution: LeverSolution) -> str:
    """The value found, or that there is none and which comes nearest."""
    plan, lever, condition = solution.drawn.plan, solution.lever, solution.condition
    now = lever_short(lever, lever.value(plan))
    if not solution.feasible:
        return (
            f"{plan.name}: there is no {SHORT[lever.id].lower()} at which {condition_words(condition)}. "
            f"{infeasible(solution)}"
        )
    if solution.value <= 0.0:
        return (
            f"{plan.name}: {condition_words(condition)} even without any {SHORT[lever.id].lower()} (now {now}). Run, it is "
            f"{amount_of(condition, solution.found.at_level)} (now {amount_of(condition, solution.as_is.at_level)})."
        )
    return (
        f"{plan.name}: with {'an' if lever.id == 'exit_fee' else 'a'} {SHORT[lever.id].lower()} of "
        f"{lever_value(lever, solution.value)} (now {now}) {condition_words(condition)}. Run, it is "
        f"{amount_of(condition, solution.found.at_level)} (now {amount_of(condition, solution.as_is.at_level)}); on other "
        f"draws {amount_of(condition, solution.other_seed.at_level)}."
    )


def infeasible(solution: LeverSolution) -> str:
    """What comes nearest where no value does."""
    lever, condition, found = solution.lever, solution.condition, solution.found
    return (
        f"The nearest is {lever_value(lever, solution.value)}: {amount_of(condition, found.at_level)} "
        f"(now {amount_of(condition, solution.as_is.at_level)}); there it holds in {pct(found.held)} of worlds."
    )


def moves(solution: LeverSolution) -> tuple[str, ...]:
    """What the value found does to others, and in how many worlds."""
    found, now = solution.others_found, solution.as_is
    drawn = f"{solution.drawn.scenarios:,} worlds, seed {solution.drawn.seed}"
    return (
        f"Others lose {usd_m(found.p50)} USD in the median and {usd_m(found.p95)} at P95 (below 0 they gain); the condition holds in "
        f"{pct(found_share(solution))} of {drawn}, in {pct(now.held)} as the case is.",
        *(_other(solution, place) for place in range(len(solution.other_levers))),
    )


def usd_m(amount: float) -> str:
    """Millions, without a minus before nothing.

    >>> usd_m(-8.5e-8), usd_m(-110.1e6)
    ('0m', '-110m')
    """
    return m(amount) if abs(amount) >= 5e5 else m(0.0)


def found_share(solution: LeverSolution) -> float:
    """The share of worlds in which the condition holds at the value found."""
    return solution.found.held


def _other(solution: LeverSolution, place: int) -> str:
    one = solution.other_levers[place]
    amount = amount_of(solution.condition, one.most.spread.at_level)
    return f"{SHORT[one.lever.id]} alone, at {lever_value(one.lever, one.most.value)}: {amount}."


def decides(solution: LeverSolution, frontier: Frontier) -> tuple[str, ...]:
    """How the two levers of the frontier stand for one another, and what is drawn."""
    lever, other = frontier.lever, frontier.other
    if frontier.points:
        first, last = frontier.points[0], frontier.points[-1]
        traded = (
            f"{SHORT[lever.id]} against {SHORT[other.id].lower()}: {lever_short(lever, first.needed)} at "
            f"{lever_short(other, first.other)}, {lever_short(lever, last.needed)} at {lever_short(other, last.other)}."
        )
    else:
        traded = f"No {SHORT[lever.id].lower()} and {SHORT[other.id].lower()} together do it."
    names = [name.replace("_", " ") for name in solution.drawn.names]
    return (traded, f"Drawn: {listed(names)}.")


def notes(solution: LeverSolution) -> tuple[str, ...]:
    """What the numbers mean."""
    condition = solution.condition
    return (
        f"Asked: {condition.text}. The same draws are run at each value of the lever, so that nothing but the lever moves.",
        "Collateral is what is posted in all, exemptions and years of bills apart; a minimum take is that of delivery and of "
        "generation alike.",
    )
