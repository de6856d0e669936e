"""Agents at work: what a task costs with an agent against a person, and what a programme of such tasks is worth."""
