"""A workflow for the worked numbers of this room."""

from __future__ import annotations

from overbuild.demand.agents.programme import ProgrammeTerms, Rollout
from overbuild.demand.agents.task import Agent, Person, Review, TaskTerms

TERMS = ProgrammeTerms(
    TaskTerms(
        Agent(3.0, 0.72, 0.0, 0.08, 180000.0, 22000.0, 3.0, 15.0, 0.04, 0.0),
        Review(1.0, 1.1, 0.95, 0.12),
        Person(14.0, 0.03, 55.0),
        0.35,
    ),
    Rollout(120000.0, 400000.0, 0.0, 2.0, 1.0, 0.0, 0.1),
)
"""A task that costs a person 15.65 with the wrong ones, and an agent 8.19."""
