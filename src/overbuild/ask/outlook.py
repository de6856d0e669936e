"""Ways out, asked in Python: who keeps the margin of the stack, what rules cost and controls are worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def agents(
    case: Path | str, *, as_ask: bool = False, sets: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Does an agent pay on this workflow, at which values does it stop to pay, and what is the programme worth?

    `case` is a file, or `preset:support-desk` and others for workflows that ship; `sets` (`path=value`) edit the case;
    `as_ask` tells it as the ask of a board. Money in the currency of the case. Raises CaseError for every fault of the case, located.

    >>> from overbuild import ask
    >>> round(ask.agents("preset:support-desk").values["breakeven_success"], 2)
    0.78
    """
    from overbuild.questions.agents import agents as asked

    return asked(case, as_ask=as_ask, sets=sets, workspace=workspace)


def agents_all(
    case: Path | str | None = None,
    *,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """Which workflows are worth a budget, and what share of all work must agents take for the spend on AI to be earned?

    `case` is a portfolio, or `preset:agents-2026`, which is answered on without one; `sets` (`path=value`) edit it.
    Money in USD. Raises CaseError for every fault of the portfolio and its workflows, located.

    >>> from overbuild import ask
    >>> found = ask.agents_all(sets=["budget=250000"]).values
    >>> found["portfolio_chosen"], found["share_of_tasks_needed.low"] < found["share_of_tasks_needed.high"]
    ('code-review, invoice-handling', True)
    """
    from overbuild.questions.agents_all import agents_all as asked

    return asked(case, sets=sets, as_of=as_of, workspace=workspace)


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
