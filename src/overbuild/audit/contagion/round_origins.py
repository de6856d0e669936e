"""Where each number that the rounds of losses are given comes from: a row of a table, the preset, or the shock."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.preset import LABELS as ASSUMED
from overbuild.ecosystem.contagion.told.contracts import cited
from overbuild.ecosystem.contagion.told.reduced import Reduced

_FIELDS = {
    "buffer": "Capital that bears losses",
    "worth": "What owners hold",
    "unnamed": "Debt without a named holder",
    "revenue": "Revenue from end users in the window",
    "fallen": "Share of that revenue that is lost",
    "forced": "Taken to fail (1) or not (0)",
    "amount": "Amount of the contract in the study",
    "cut": "Share that the buyer gives up without failing",
    "limit": "Most that the guarantee pays",
}


class NumberOrigin(NamedTuple):
    """Where a number comes from: its fact, document, day and reason, and the range that it leaves."""

    fact: str = ""
    source: str = ""
    date: str = ""
    reason: str = ""
    low: float | None = None
    high: float | None = None


def label_of_number(name: str) -> str:
    """What a number that the rounds are given is called."""
    if "." not in name:
        return ASSUMED[_field(name)]
    _, thing, field = name.split(".")
    return f"{_FIELDS[field]}: {thing}"


def _field(name: str) -> str:
    return "estate_share" if name == "share" else name


def origin_of(case: ContagionCase, small: Reduced, name: str) -> NumberOrigin:
    """Of an assumption of the preset, a balance sheet, a contract or a guarantee."""
    if "." not in name:
        one = getattr(case.preset, _field(name))
        return NumberOrigin(reason=f"{one.author}: {one.reason}", low=one.low, high=one.high)
    _, thing, field = name.split(".")
    parties = {one.id: place for place, one in zip(small.parties, small.study.parties, strict=True)}
    if thing in parties:
        return _of_party(case, parties[thing], field)
    ties = {tie.row.id: tie for tie in small.ties}
    key = f"ecosystem_contracts.{thing}"
    if thing not in ties:
        row = {row.id: row for row in case.given.guarantees}[thing]
        return NumberOrigin(key, cited(row), row.known_at, row.note)
    tie = ties[thing]
    low, high = (tie.amount.low, tie.amount.high) if field == "amount" else (None, None)
    fact = "" if tie.row.assumed else key
    return NumberOrigin(fact, cited(tie.row), tie.row.known_at, f"{tie.rests_on}. {tie.row.note}", low, high)


def _of_party(case: ContagionCase, place: int, field: str) -> NumberOrigin:
    """Of a number of a balance sheet, or of the shock."""
    entity, buffer = case.given.entities[place], case.given.buffers[place]
    if field in ("forced", "fallen"):
        return NumberOrigin(reason="the shock that was asked for")
    fact = "" if buffer.missing and field in ("buffer", "worth") else f"ecosystem_entities.{entity.id}"
    low, high = (buffer.amount.low, buffer.amount.high) if field == "buffer" else (None, None)
    reason = f"{buffer.rests_on}. {entity.note}" if field in ("buffer", "worth") else entity.note
    return NumberOrigin(fact, entity.source, entity.known_at, reason, low, high)
