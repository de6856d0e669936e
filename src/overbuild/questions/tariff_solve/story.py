"""What a lever has to be, in sentences."""

from __future__ import annotations

from overbuild.questions.prose import listed, m, pct
from overbuild.questions.tariff_solve.words import SHORT, amount_of, lever_value, measure_words
from overbuild.stress.tariff_levers.frontier import Frontier
from overbuild.stress.tariff_levers.solve import Solution


def headline(solution: Solution) -> str:
    """The value found, or that there is none and which comes nearest."""
    plan, lever, condition = solution.drawn.plan, solution.lever, solution.condition
    now = lever_value(lever, lever.value(plan))
    wanted = f"{'at most' if condition.sign == '<=' else 'at least'} {amount_of(condition, condition.amount)}"
    if not solution.feasible:
        return (
            f"{plan.name}: no {SHORT[lever.id].lower()} keeps {measure_words(condition)} {wanted}. "
            f"{infeasible(solution)}"
        )
    return (
        f"{plan.name}: {'an' if lever.id == 'exit_fee' else 'a'} {SHORT[lever.id].lower()} of "
        f"{lever_value(lever, solution.value)} (now {now}) keeps {measure_words(condition)} {wanted}: run, it is "
        f"{amount_of(condition, solution.found.at_level)} (now {amount_of(condition, solution.as_is.at_level)}), and "
        f"{amount_of(condition, solution.other_seed.at_level)} on other draws."
    )


def infeasible(solution: Solution) -> str:
    """What comes nearest where no value does."""
    lever, condition, found = solution.lever, solution.condition, solution.found
    return (
        f"The nearest is {lever_value(lever, solution.value)}: {amount_of(condition, found.at_level)} "
        f"(now {amount_of(condition, solution.as_is.at_level)}); there it holds in {pct(found.held)} of worlds."
    )


def moves(solution: Solution) -> tuple[str, ...]:
    """What the value found does to others, and in how many worlds."""
    found, now = solution.others_found, solution.as_is
    drawn = f"{solution.drawn.scenarios:,} worlds, seed {solution.drawn.seed}"
    return (
        f"Others lose {m(found.p50)} USD in the median and {m(found.p95)} at P95 (below 0 they gain); the condition holds in "
        f"{pct(found_share(solution))} of {drawn}, in {pct(now.held)} as the case is.",
        *(_other(solution, place) for place in range(len(solution.other_levers))),
    )


def found_share(solution: Solution) -> float:
    """The share of worlds in which the condition holds at the value found."""
    return solution.found.held


def _other(solution: Solution, place: int) -> str:
    one = solution.other_levers[place]
    amount = amount_of(solution.condition, one.most.spread.at_level)
    return f"{SHORT[one.lever.id]} alone, at {lever_value(one.lever, one.most.value)}: {amount}."


def decides(solution: Solution, frontier: Frontier) -> tuple[str, ...]:
    """How the two levers of the frontier stand for one another, and what is drawn."""
    lever, other = frontier.lever, frontier.other
    if frontier.points:
        first, last = frontier.points[0], frontier.points[-1]
        traded = (
            f"{SHORT[lever.id]} against {SHORT[other.id].lower()}: {lever_value(lever, first.needed)} at "
            f"{lever_value(other, first.other)}, {lever_value(lever, last.needed)} at {lever_value(other, last.other)}."
        )
    else:
        traded = f"No {SHORT[lever.id].lower()} and {SHORT[other.id].lower()} together do it."
    names = [path.rpartition(".")[2].replace("_", " ") for path in solution.drawn.values]
    return (traded, f"Drawn: {listed(names)}.")


def notes(solution: Solution) -> tuple[str, ...]:
    """What the numbers mean."""
    condition = solution.condition
    return (
        f"Asked: {condition.text}. The same draws are run at each value of the lever, so that nothing but the lever moves.",
        "Collateral is what is posted in all, exemptions and years of bills apart; a minimum take is that of delivery and of "
        "generation alike.",
    )
