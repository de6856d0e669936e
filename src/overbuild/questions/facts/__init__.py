"""What is known: lists of figures with their periods, sources and the days they became known."""

from overbuild.questions.facts.answer import (
    check_facts,
    list_facts,
    search_facts,
    show_facts,
    show_source,
)
from overbuild.questions.facts.entered import add_facts, pull_facts
from overbuild.questions.facts.logged import fact_log
from overbuild.questions.facts.reconciled import reconcile_facts

__all__ = [
    "add_facts",
    "check_facts",
    "fact_log",
    "list_facts",
    "pull_facts",
    "reconcile_facts",
    "search_facts",
    "show_facts",
    "show_source",
]
