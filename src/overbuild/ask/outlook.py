"""Ways out, asked in Python: who keeps the margin of the stack, what rules cost and controls are worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def stack(
    case: Path | str | None = None,
    *,
    shocks: Sequence[str] = (),
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """Who keeps the margin when a layer of the stack is shocked, and does owning layers pay?

    `case` is a file, or `preset:ai-stack-2026` for the stack that ships, which is answered on without one; `shocks` are
    such as `cloud_price=+30%` or `energy_cost=+50%`, `sets` (`path=value`) edit the case. Money in USD.
    Raises CaseError for every fault of the case and of the shocks, located.

    >>> from overbuild import ask
    >>> chain = "preset:adjacent-chain"
    >>> ask.stack(chain, shocks=["chips_cost=+25%"]).values["winner"], ask.stack(chain, shocks=["model_price=+30%"]).values["winner"]
    ('api_app', 'integrated')
    """
    from overbuild.questions.stack import stack as asked

    return asked(case, shocks=shocks, sets=sets, workspace=workspace)


def rules(
    case: Path | str | None = None,
    *,
    company: str | None = None,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """What do rules cost a firm, how bad is a bad year, and do controls pay for themselves?

    `case` is a file, or `preset:ai-rules-2026` for the rules that ship, which are answered on without one; `company` a
    ticker whose turnover is taken from the facts, `sets` (`path=value`) edit the case. Money in USD.
    Raises CaseError for every fault of the case, located; InputError for a company without turnover, `grid_too_short`.

    >>> from overbuild import ask
    >>> round(ask.rules(company="MSFT").values["fine_ceiling.ai_act_prohibited"] / 331.839e9, 4)
    0.07
    """
    from overbuild.questions.rules import rules as asked

    return asked(case, company=company, sets=sets, workspace=workspace)
