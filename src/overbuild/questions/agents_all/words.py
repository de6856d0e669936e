"""Inputs of a portfolio and published claims in words."""

from __future__ import annotations

from overbuild.questions.prose import spelled

_INPUTS = {
    "work.requirement": "what must be earned, as a multiple",
    "work.earned_there": "share earned in the United States",
    "work.by_agents": "share that agents must earn",
    "work.wage_bill": "wages in the United States",
    "work.addressable": "share of work that agents can address",
    "work.worth_of_work": "worth of an agent a USD of work",
    "work.paid_share": "share of that worth paid for AI",
    "agent.success": "success",
    "agent.hard_share": "hard tasks",
    "agent.tool_cost": "price asked",
    "agent.fee_per_accepted": "seller's fee",
    "review.cost": "review cost",
    "review.wrong_accepted": "wrong accepted",
    "person.cost": "person's cost",
    "person.error_loss": "error loss",
    "programme.platform_cost": "platform price",
}


def input_words(path: str) -> str:
    """An input in few words.

    >>> input_words("work.paid_share"), input_words("agent.tokens_in")
    ('share of that worth paid for AI', 'agent tokens in')
    """
    return _INPUTS.get(path, path.replace(".", " ").replace("_", " "))


def claim_words(name: str) -> str:
    """A published claim by its author and year.

    >>> claim_words("goldman_2023"), claim_words("own_guess")
    ('Goldman Sachs 2023, what AI could replace', 'own guess')
    """
    return _CLAIMS.get(name, spelled(name))


_CLAIMS = {
    "acemoglu_2024": "Acemoglu 2024, worth automating in ten years",
    "iceberg_2025": "Iceberg Index 2025, what AI can do now",
    "goldman_2023": "Goldman Sachs 2023, what AI could replace",
}
