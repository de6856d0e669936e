"""Golden case of an agent on a workflow: cost per correct task, break-even success."""

from __future__ import annotations

from typing import Any

from scipy.optimize import brentq

from overbuild.demand.agents.model import programme_model
from overbuild.demand.agents.programme import ProgrammeTerms, Rollout
from overbuild.demand.agents.task import Agent, Person, Review, TaskTerms, task_unit
from overbuild.timeline.compiled_run import run_compiled


def unit_economics(inputs: dict[str, Any]) -> dict[str, Any]:
    agent = Agent(
        float(inputs["K"]),
        inputs["s"],
        0.0,
        inputs["hard"],
        inputs["tok_in"],
        inputs["tok_out"],
        inputs["price_in"],
        inputs["price_out"],
        inputs["tool_cost"],
        0.0,
    )
    task = TaskTerms(
        agent,
        Review(1.0, inputs["review_cost"], inputs["se"], inputs["fa"]),
        Person(inputs["human_cost"], inputs["human_error"], inputs["error_loss"]),
        inputs["platform_cost"],
    )
    rollout = Rollout(inputs["volume"], inputs["fixed_cost"], 0.0, 2.0, 1.0, 0.0, 0.1)
    rows = run_compiled(programme_model(ProgrammeTerms(task, rollout), 4)).rows
    found = {name: row[0] for stage in ("task", "results") for name, row in rows[stage].items()}

    def saving(success: float) -> float:
        return task_unit(task._replace(agent=agent._replace(success=success))).saving

    least = 0.0 if saving(0.0) >= 0.0 else None if saving(1.0) < 0.0 else brentq(saving, 0.0, 1.0, xtol=1e-14)
    return {
        "cost_per_attempt": found["attempt_cost"],
        "expected_cost": found["cost_per_task"],
        "baseline_cost": found["baseline_cost"],
        "saving": found["saving_per_task"],
        "attempts": found["attempts_per_task"],
        "accept_ok": found["accepted_right"],
        "accept_bad": found["accepted_wrong"],
        "fallback": found["left_to_person"],
        "correct_rate": found["correct_rate"],
        "cost_per_correct": found["cost_per_correct"],
        "breakeven_success": least,
        "roi": found["programme_roi"],
    }


ADAPTERS = {"G02": unit_economics}
