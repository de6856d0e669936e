"""overbuild: does the AI build-out pay for itself, under which assumptions, what breaks first, and who is hurt?

Questions are asked through `ask`; rooms are imported by name (`overbuild.site`). Nothing heavy is imported until it is used:

    from overbuild import ask
    answer = ask.gap(as_of="2026-01-17")
    answer.values["total_gap"]            # -437000000000.0
    print(answer.headline.text)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from overbuild.version import __version__

if TYPE_CHECKING:
    from overbuild import ask
    from overbuild.answer import Answer
    from overbuild.facts.fact import Fact
    from overbuild.facts.ledger import Ledger
    from overbuild.facts.store import load_ledger

__all__ = ["Answer", "Fact", "Ledger", "ask", "load_ledger", "__version__"]

_PLACES = {
    "Answer": "overbuild.answer",
    "Fact": "overbuild.facts.fact",
    "Ledger": "overbuild.facts.ledger",
    "load_ledger": "overbuild.facts.store",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name == "ask":
        return importlib.import_module("overbuild.ask")
    if name not in _PLACES:
        offered = ", ".join(__all__[:-1])
        raise AttributeError(f"module 'overbuild' has no attribute {name!r}; it offers {offered}; questions are in ask")
    value = getattr(importlib.import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
