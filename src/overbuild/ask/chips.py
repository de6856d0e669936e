"""Chips as they age, asked in Python: what a unit is worth, how long it pays to run, what the books say meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def fleet(
    case: Path | str,
    *,
    life: float | None = None,
    cadence: float | None = None,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """What are these chips worth as they age, how long does it pay to run them, and what do the books say meanwhile?

    `case` is a file, or `preset:h100` for a unit that ships; `life` one accounting life in years in the place of those of
    the case, `cadence` the years from one generation to the next, `sets` (`path=value`) edit the case. Money in USD a unit.
    Raises CaseError for every fault of the case, located; InputError `life_lt_1`.

    >>> from overbuild import ask
    >>> ask.fleet("preset:h100", cadence=1.0).values["unit_npv"] < ask.fleet("preset:h100").values["unit_npv"]
    True
    """
    from overbuild.questions.fleet import fleet as asked

    return asked(case, life=life, cadence=cadence, sets=sets, workspace=workspace)


def vintages(
    company: Path | str,
    *,
    life: float | None = None,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """When do a spender's AI chips have to be written down, how large, and what must be believed for its books to be right?

    `company` is a ticker, whose case is drafted from its filings, or the file of a case of one's own; `life` an accounting
    life in years in the place of the one in force. Money in USD.
    Raises FactError `unknown_name`, `no_fact`; CaseError for every fault of the case, located.

    >>> from overbuild import ask
    >>> values = ask.vintages("MSFT").values
    >>> values["write_down.low"] <= values["write_down.central"] <= values["write_down.high"]
    True
    """
    from overbuild.questions.vintages import vintages as asked

    return asked(company, life=life, sets=sets, as_of=as_of, workspace=workspace)


def spenders(
    *,
    life: float | None = None,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """Whose AI chips have to be written down, when, and how large?

    `life` is one accounting life in years for all spenders, in the place of each one's own. Money in USD.
    Raises CaseError for what `sets` get wrong; InputError `no_fact` where no spender's chips are known on the day.

    >>> from overbuild import ask
    >>> values = ask.spenders().values
    >>> values["write_down.high"] >= values["MSFT.write_down.high"]
    True
    """
    from overbuild.questions.vintages import spenders as asked

    return asked(life=life, sets=sets, as_of=as_of, workspace=workspace)
