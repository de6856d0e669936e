"""The economy of payers, asked in Python: who is hurt when one of them fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer
    from overbuild.stress.worlds.settings import StressSettings


def contagion(
    *,
    fail: Sequence[str] | str = (),
    ai_revenue: float = 0.0,
    structure: str = "all",
    years: float = 1.0,
    as_of: str | None = None,
    ask: bool = False,
    network: Path | str | None = None,
    worlds: StressSettings | None = None,
) -> Answer:
    """Who fails in which round, and who loses how much, when payers of the AI economy fail or AI revenue falls?

    `fail` are ids of entities that are taken to fail; `ai_revenue` is the share of their revenue that labs lose, `years` how
    many years of payments count. `structure` is `all` for bounds over every network that agrees with the tables, `known` or
    `maxent` for one point; `ask` ranks what is not known by how much it would narrow the bounds. `network` is a YAML file of
    one's own. Values are in USD, each class with `.low` and `.high`. `worlds` (`ask.StressSettings`) draws many worlds in the
    place of one and its bounds: values are then means, quantiles and the tail.
    Raises InputError `unknown_name`, `share_out_of_range`, `bad_value` and `bad_period`, all at once; CaseError for every
    fault of a file, located.

    >>> from overbuild import ask
    >>> found = ask.contagion(fail="CRWV").values
    >>> found["loss.lenders.low"] <= found["loss.lenders"] <= found["loss.lenders.high"]
    True
    """
    from overbuild.questions.contagion import contagion as asked

    named = (fail,) if isinstance(fail, str) else tuple(fail)
    return asked(
        fail=named,
        ai_revenue=ai_revenue,
        structure=structure,
        years=years,
        as_of=as_of,
        ask=ask,
        network=None if network is None else Path(network),
        worlds=worlds,
    )
