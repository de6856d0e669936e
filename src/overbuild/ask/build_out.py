"""The build-out as a whole, asked in Python: the gap, what must be earned, whose published sum closes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer
    from overbuild.foreign.how_written import HowWritten


def gap(*, year: int | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How big is the gap between AI spend and AI revenue in a calendar year, on the facts known on a day?

    `year` is the preset's year where none is named. Values are in USD.
    Raises FactError `no_fact` where a row has no figure for the year or the day, `bad_period` for a day that is no day;
    WithheldError where the two sums of the table and the item between them do not agree.

    >>> from overbuild import ask
    >>> ask.gap(as_of="2026-01-17").values["total_gap"]
    -437000000000.0
    """
    from overbuild.questions.gap import gap as asked

    return asked(year=year, as_of=as_of, workspace=workspace)


def need(
    *,
    hurdle: float | None = None,
    life: float | None = None,
    margins: Sequence[float] | None = None,
    price_decline: float | None = None,
    growth: float | None = None,
    year: int | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """What revenue must be earned on a year's capex for a hurdle return, and when does it break even?

    `hurdle` is the after-tax return asked a year, `life` the years that chips and servers earn, `margins` the gross
    margins of the layers to the end user, in order, `price_decline` the yearly fall of what chips rent for and `growth`
    the yearly growth of AI revenue: decimals but for the life; the preset's where none is given. Values are in USD a
    year. Raises InputError for every number that cannot be (`hurdle_le_minus1`, `life_nonpositive`,
    `share_out_of_range`, `not_finite`), all at once; FactError as `gap`.

    >>> from overbuild import ask
    >>> dearer, usual = ask.need(hurdle=0.15), ask.need()
    >>> dearer.values["required_revenue.owner"] > usual.values["required_revenue.owner"]
    True
    """
    from overbuild.ecosystem.need.preset import OwnAssumptions
    from overbuild.questions.need import need as asked

    given = OwnAssumptions(hurdle, life, tuple(margins) if margins is not None else None, price_decline, growth)
    return asked(year=year, as_of=as_of, workspace=workspace, given=given)


def claims(*, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """Whose published sum closes? Every published analysis is recomputed from its own inputs by its own formula.

    Numbers are in the unit of each claim. Raises ClaimError for every fault of the lists at once; FactError for a day
    that is no day, a day before any analysis, or a workspace that is not there.

    >>> from overbuild import ask
    >>> ask.claims().values["closes"]
    20
    """
    from overbuild.questions.claims import claims as asked

    return asked(as_of=as_of, workspace=_folder(workspace))


def explain_claim(claim_id: str, *, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How does one published analysis reach its result, step by step, and what does our model say on its inputs?

    Numbers are in the unit of the claim. Raises ClaimError `unknown_name` with ids that are close; else as `claims`.

    >>> from overbuild import ask
    >>> ask.explain_claim("sequoia_2024_600b").values["recomputed"]
    600.0
    """
    from overbuild.questions.claims import explain as asked

    return asked(claim_id, as_of=as_of, workspace=_folder(workspace))


def add_claims(file: Path | str, workspace: Path | str, written: HowWritten | None = None) -> Answer:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault.

    `written` says how the table is written, where the file leaves it open.
    Raises ClaimError or InputErrors with every fault of form and arithmetic at once, each with file and line.

        ask.add_claims("mine.csv", "my-workspace")
    """
    from overbuild.questions.claims import add as asked

    return asked(Path(file), Path(workspace), written)


def _folder(workspace: Path | str | None) -> Path | None:
    return None if workspace is None else Path(workspace)
