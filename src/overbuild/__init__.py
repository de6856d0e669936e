"""overbuild: does the AI build-out pay for itself, under which assumptions, what breaks first, and who is hurt?

The public list. Nothing heavy is imported until a name is used:

    import overbuild
    answer = overbuild.gap(as_of="2026-01-17")
    answer.values["total_gap"]            # -437000000000.0
    print(answer.headline.text)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from overbuild.version import __version__ as __version__

_PUBLIC = {
    "Answer": "overbuild.questions.answer",
    "Fact": "overbuild.facts.fact",
    "Ledger": "overbuild.facts.ledger",
    "claims": "overbuild.questions.claims",
    "gap": "overbuild.questions.gap",
    "load_ledger": "overbuild.facts.store",
    "need": "overbuild.questions.need",
}

if TYPE_CHECKING:
    from overbuild.facts.fact import Fact as Fact
    from overbuild.facts.ledger import Ledger as Ledger
    from overbuild.facts.store import load_ledger as load_ledger
    from overbuild.questions.answer import Answer as Answer
    from overbuild.questions.claims import claims as claims
    from overbuild.questions.gap import gap as gap
    from overbuild.questions.need import need as need


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'overbuild' has no attribute {name!r}; it offers {', '.join(sorted(_PUBLIC))}")
    value = getattr(importlib.import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*_PUBLIC, "__version__"])
