"""The SEC's companyfacts JSON: what one issuer filed, as points of our tags, typed and checked.

The layout is that of the `companyfacts` interface (also trimmed copies of it): `cik`, `entityName`, perhaps `ticker`,
and `facts` by taxonomy, tag and unit. Only the tags of the table of concepts are decoded; `fy`, `fp` and `frame` are
never read, for they say which filing a value stood in and not which period it is of.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from overbuild.errors import FactError
from overbuild.facts.filings.concepts import Concept, tags_read
from overbuild.facts.period import is_day

if TYPE_CHECKING:
    import msgspec

UNITS_READ = {"USD": "USD", "shares": "count"}
"""Units that are read, and what the ledger calls them. Amounts in other money are not converted, so not read."""

LARGEST_VALUE = 1e16
"""A larger amount is no figure of a company, and not exact as a float."""

ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")


class Point(NamedTuple):
    """One filed value: the filing day, its accession, the period (`start` empty for an instant), form and tag.

    `value` is as filed, in whole units. Points sort by the day on which they were filed.
    """

    filed: str
    accession: str
    end: str
    start: str
    tag: str
    value: float
    form: str


class Issuer(NamedTuple):
    """What a file says its issuer is: the CIK, the name, and a ticker where the copy has one."""

    cik: int
    name: str
    ticker: str = ""


class Filings(NamedTuple):
    """Points of one issuer by tag (`us-gaap:Revenues`), and what was left out of the file, in words.

    `own` are concepts beside the table's (segments), `inferred` the accessions whose day of filing is inferred.
    """

    issuer: Issuer
    points: dict[str, list[Point]]
    left_out: tuple[str, ...]
    own: tuple[Concept, ...] = ()
    inferred: frozenset[str] = frozenset()


def decode_company_facts(data: bytes, file: str) -> Filings:
    """The points of a companyfacts text.

    Raises FactError: `syntax` for what is no JSON, `bad_layout` for JSON of another layout, `bad_value` for a
    CIK that is none. A point whose days or accession are no days and no accession is left out and said.
    """
    import msgspec

    try:
        body = _decoder().decode(data)
    except msgspec.ValidationError as error:
        hint = f"not the layout of SEC companyfacts (cik, entityName, facts by taxonomy, tag and unit): {error}"
        raise FactError("bad_layout", "companyfacts", None, hint, file=file) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise FactError("syntax", "companyfacts", None, f"not readable JSON: {error}", file=file) from None
    issuer = Issuer(_cik(body.cik, file), body.entityName.strip(), body.ticker.strip())
    doubtful = _Doubtful()
    points = {tag: found for tag, raw in _by_tag(body.facts) if (found := doubtful.sound(tag, raw))}
    return Filings(issuer, points, doubtful.said())


def _cik(written: int | str, file: str) -> int:
    text = str(written).strip()
    if not re.fullmatch(r"\d{1,10}", text):
        raise FactError("bad_value", "cik", written, "a CIK is a number of at most ten digits", file=file)
    return int(text)


def _by_tag(facts: Any) -> Iterator[tuple[str, list[Any]]]:
    for taxonomy, names in tags_read().items():
        block = getattr(facts, _field(taxonomy))
        for name in names if block is not None else ():
            tag = getattr(block, name)
            if tag is not None:
                for unit in UNITS_READ.keys() & tag.units.keys():
                    yield f"{taxonomy}:{name}", tag.units[unit]


class _KnownDays(dict[str, bool]):
    """Whether texts are days of our time, each looked at once; no text is a day that is not needed."""

    def __missing__(self, text: str) -> bool:
        known = self[text] = is_day(text) and "1900" <= text[:4] <= "2200"
        return known


class _KnownAccessions(dict[str, bool]):
    """Whether texts are accessions, each looked at once."""

    def __missing__(self, text: str) -> bool:
        known = self[text] = ACCESSION.fullmatch(text) is not None
        return known


class _Doubtful:
    """Which points can be used: their days are days, in order, their accession is one, their amount no monster."""

    def __init__(self) -> None:
        self.days, self.accessions = _KnownDays(), _KnownAccessions()
        self.bad = self.ahead = 0

    def sound(self, tag: str, raw: Sequence[Any]) -> list[Point]:
        day, accession, most, found = self.days, self.accessions, LARGEST_VALUE, list[Point]()
        for one in raw:
            start, end, filed, value = one.start, one.end, one.filed, one.val
            dated = day[end] and day[filed] and (not start or day[start])
            if not (dated and accession[one.accn] and -most < value < most):
                self.bad += 1
            elif start > end or filed < end:
                self.ahead += 1
            else:
                found.append(Point(filed, one.accn, end, start, tag, value, one.form))
        return found

    def said(self) -> tuple[str, ...]:
        bad = [f"{self.bad} values whose days, accession or size cannot be"] if self.bad else []
        ahead = [f"{self.ahead} values of periods that end after the day of filing"] if self.ahead else []
        return (*bad, *ahead)


def _field(taxonomy: str) -> str:
    return taxonomy.replace("-", "_")


@functools.cache
def _decoder() -> msgspec.json.Decoder[Any]:
    """A decoder that builds objects for our tags alone and skips all others."""
    import msgspec

    point = msgspec.defstruct(
        "CompanyFactsPoint",
        [("end", str), ("val", int | float), ("accn", str), ("filed", str), ("start", str, ""), ("form", str, "")],
        gc=False,
    )
    tag = msgspec.defstruct("CompanyFactsTag", [("units", dict[str, list[point]])], gc=False)
    taxonomies = [
        (
            _field(name),
            msgspec.defstruct(f"Tags_{_field(name)}", [(one, tag | None, None) for one in tags]) | None,
            msgspec.field(name=name, default=None),
        )
        for name, tags in tags_read().items()
    ]
    facts = msgspec.defstruct("CompanyFactsByTaxonomy", taxonomies)
    fields = [("cik", int | str), ("entityName", str), ("facts", facts), ("ticker", str, "")]
    return msgspec.json.Decoder(msgspec.defstruct("CompanyFacts", fields))
