"""Inline XBRL (10-K and 10-Q pages) and classic instances: what one filing tags, read by ixbrlparse without network.

ixbrlparse reads values, contexts, units, scale and sign from the document alone. Before it sees a document we take out
what it does not need and could loop on (continued text blocks), and refuse what would make it swell (entities, scales of
more than two digits).
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from overbuild.errors import FactError
from overbuild.facts.filings.company_facts import Issuer
from overbuild.facts.period import is_day

LARGEST_DOCUMENT = 64 * 1024 * 1024
"""Bytes above which a page is no 10-K: its tree in memory is ten times as large."""

_XBRL = re.compile(rb"<(?:ix:nonFraction|(?:xbrli:)?xbrl[\s>])", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SCALE = re.compile(rb"\bscale\s*=\s*[\"']\s*-?\d{3,}", re.IGNORECASE)
_CONTINUED = re.compile(rb"\bcontinuedAt\s*=")
_LONG_NUMBER = re.compile(r"[^.]{26,}")
_MONTHS = {
    month: f"{number:02d}"
    for number, month in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1,
    )
}  # fmt: skip
_WRITTEN_DAY = re.compile(r"([a-z]+) (\d{1,2}), ?(\d{4})")


class Tagged(NamedTuple):
    """One tagged amount: `us-gaap:Revenues`, its period (`start` empty for an instant), unit and members by axis."""

    tag: str
    start: str
    end: str
    value: float
    unit: str
    members: tuple[tuple[str, str], ...]


class FilingDocument(NamedTuple):
    """One filing: its issuer, form (`10-K`), last day of its period, and what it tags."""

    issuer: Issuer
    form: str
    period_end: str
    tagged: tuple[Tagged, ...]


def read_document(data: bytes, file: str) -> FilingDocument:
    """What a page of inline XBRL or a classic instance tags.

    Raises FactError: `bad_layout` for a page without XBRL or without issuer, form or period, `syntax` for one that
    cannot be parsed, `too_large`.
    """
    if not _XBRL.search(data):
        raise FactError("bad_layout", "document", None, "neither inline XBRL nor an XBRL instance", file=file)
    if len(data) > LARGEST_DOCUMENT:
        raise FactError("too_large", "document", len(data), f"more than {LARGEST_DOCUMENT:,} bytes", file=file)
    if _ENTITY.search(data) or _SCALE.search(data):
        hint = "declares entities or scales by more than two digits, which no filing needs"
        raise FactError("syntax", "document", None, hint, file=file)
    parsed = _parsed(_CONTINUED.sub(b"data-continued=", data), file)
    tagged = tuple(_tagged(parsed.numeric))
    said = _cover(parsed.nonnumeric)
    return FilingDocument(_issuer(said, parsed.contexts, file), *_form_and_end(said, tagged, file), tagged)


def _parsed(data: bytes, file: str) -> Any:
    from ixbrlparse import IXBRL

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = IXBRL(cast("Any", io.BytesIO(data)), raise_on_error=False)
    except Exception as error:  # a parser of others' on any input: whatever it raises is a fault of the document
        raise FactError("syntax", "document", None, f"not readable XBRL: {_first_line(error)}", file=file) from None
    return parsed


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__} {error}".splitlines()[0][:120]


def _tagged(numeric: Iterable[Any]) -> Iterator[Tagged]:
    for one in numeric:
        context, value = one.context, one.value
        if value is None or isinstance(value, bool) or isinstance(context, str):
            continue
        days = _days(context)
        if days is not None and abs(value) < 1e18 and not _LONG_NUMBER.fullmatch(str(one.text)):
            yield Tagged(_name(one), *days, _whole(float(value)), _unit(one.unit), _members(context.segments))


def _days(context: Any) -> tuple[str, str] | None:
    if context.instant is not None:
        start, end = "", str(context.instant)
    else:
        start, end = str(context.startdate), str(context.enddate)
    good = is_day(end) and (not start or (is_day(start) and start <= end)) and "1900" <= end[:4] <= "2200"
    return (start, end) if good else None


def _name(one: Any) -> str:
    prefix = one.schema if one.schema != "unknown" else (one.soup_tag.prefix or "us-gaap")
    return f"{prefix}:{one.name}"


def _unit(unit: object) -> str:
    return str(unit).rpartition(":")[2]


def _whole(value: float) -> float:
    """A value without the rounding of its scale: 1.1 times a thousand million is a whole number of dollars."""
    near = round(value)
    return float(near) if abs(value) >= 1 and abs(value - near) <= 1e-6 * abs(value) and abs(value) > 1e5 else value


def _members(segments: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((one["dimension"], one["value"]) for one in segments if "dimension" in one))


def _cover(nonnumeric: Iterable[Any]) -> dict[str, str]:
    """What the cover says, by the names of its tags; of each the first."""
    said: dict[str, str] = {}
    for one in nonnumeric:
        if one.name in ("EntityCentralIndexKey", "EntityRegistrantName", "DocumentType", "DocumentPeriodEndDate"):
            said.setdefault(str(one.name), " ".join(str(one.soup_tag.text).split()))
    return said


def _issuer(said: Mapping[str, str], contexts: Mapping[str, Any], file: str) -> Issuer:
    identifiers = [str(context.entity.get("identifier") or "") for context in contexts.values()]
    cik = said.get("EntityCentralIndexKey") or next(iter(identifiers), "")
    if not re.fullmatch(r"\d{1,10}", cik):
        raise FactError("bad_layout", "document", cik or None, "says no CIK of its issuer", file=file)
    return Issuer(int(cik), said.get("EntityRegistrantName") or f"CIK {int(cik)}")


def _form_and_end(said: Mapping[str, str], tagged: tuple[Tagged, ...], file: str) -> tuple[str, str]:
    form = said.get("DocumentType", "").upper()
    end = written_day(said.get("DocumentPeriodEndDate", ""))
    end = end or max((one.end for one in tagged if one.start), default="")
    if not form or not end:
        hint = "says neither its form nor its period on a tagged cover: not a 10-K or 10-Q"
        raise FactError("bad_layout", "document", form or None, hint, file=file)
    return form, end


def written_day(text: str) -> str:
    """A day as covers write it, as `YYYY-MM-DD`; empty for anything else.

    >>> written_day("December 31, 2024"), written_day("2015-06-30"), written_day("fiscal 2024")
    ('2024-12-31', '2015-06-30', '')
    """
    text = text.strip().lower()
    if found := _WRITTEN_DAY.fullmatch(text):
        text = f"{found[3]}-{_MONTHS.get(found[1], '')}-{int(found[2]):02d}"
    return text if is_day(text) else ""
