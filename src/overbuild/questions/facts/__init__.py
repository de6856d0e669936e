"""What is known: lists of figures with their periods, sources and the days they became known."""

from overbuild.questions.facts.answer import (
    add_facts,
    check_facts,
    list_facts,
    search_facts,
    show_facts,
    show_source,
)

__all__ = ["add_facts", "check_facts", "list_facts", "search_facts", "show_facts", "show_source"]
