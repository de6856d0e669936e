"""Which minimum take, exit fee or collateral keeps other customers whole over drawn worlds?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen
from overbuild.facts.cited_fields import cited_fields
from overbuild.policy.tariff.tariff_run import run_tariff
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.tariff_solve import story
from overbuild.questions.tariff_solve.pictures import pictures
from overbuild.questions.tariff_solve.tables import tables
from overbuild.stress.tariff_levers.condition import condition_of
from overbuild.stress.tariff_levers.frontier import frontier_of
from overbuild.stress.tariff_levers.levers import lever_of
from overbuild.stress.tariff_levers.solve import LeverSolution, solve_lever

LIMITS = (
    "How often a load comes, leaves or is good for its debts is judged, not counted: no register of signed loads exists.",
    "One lever is moved at a time and the load does not answer: a harder rule also keeps loads away (`--against` sets two).",
    "A value found is exact on its draws; on others it moves as the last columns of the table say.",
    "What is built is committed in full at the start, and nothing is built later for whoever takes up what is left.",
)


def solve_tariff(
    case: Path | str,
    lever: str,
    condition: str = "others_worse_off<=0@P95",
    *,
    against: str = "",
    scenarios: int = 8192,
    seed: int = 1,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """The least of a lever at which a condition holds over drawn worlds, verified by running it; else the nearest.

    `lever` is min_take, exit_fee or collateral; `against` the lever of the frontier's other axis. Money in USD; an exit fee in
    years of minimum charges, collateral in USD a MW of contract.
    Raises CaseError for every fault of the case, located; InputError for a lever, condition or number of worlds that cannot be.
    """
    asked, wanted = lever_of(lever), condition_of(condition)
    run = run_tariff(Path(case), sets, workspace=workspace)
    solution = solve_lever(run.case, asked, wanted, scenarios=scenarios, seed=seed)
    frontier = frontier_of(solution.drawn, asked, wanted, against)
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    values, status = _values(solution)
    return Answer(
        question="grid solve",
        headline=Headline(asked.id, values[asked.id], asked.unit, story.headline(solution)),
        values=values,
        status=status,
        tables=tables(solution, frontier),
        facts=facts,
        assumptions=(*assumptions_of_case(run.case.drawn_from), *assumptions_of_case(run.case.inputs)),
        limits=LIMITS,
        notes=story.notes(solution),
        charts=pictures(solution, frontier, facts),
        screen=Screen("looked_at", story.moves(solution), story.decides(solution, frontier), "What it does"),
        units={asked.id: asked.unit},
    )


def _values(solution: LeverSolution) -> tuple[dict[str, Cell], dict[str, str]]:
    """The lever, and what others lose there; where no value does, the lever is none and the nearest stands beside."""
    lever, condition = solution.lever, solution.condition
    values: dict[str, Cell] = {lever.id: solution.value if solution.feasible else None}
    status = {} if solution.feasible else {lever.id: story.infeasible(solution)}
    values |= {
        "feasible": 1 if solution.feasible else 0,
        f"nearest.{lever.id}": solution.value,
        f"{lever.id}.as_is": lever.value(solution.drawn.plan),
        "others_worse_off.p50": solution.others_found.p50,
        "others_worse_off.p95": solution.others_found.p95,
        "condition.value": solution.found.at_level,
        "condition.amount": condition.amount,
        "condition.as_is": solution.as_is.at_level,
        "condition.other_seed": solution.other_seed.at_level,
        "condition.share_held": solution.found.held,
        "scenarios": solution.drawn.scenarios,
        "seed": solution.drawn.seed,
    }
    return values, status
