"""Sources written in a row: a user's table may give a page's title and address instead of the key of a source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlparse

from overbuild.errors import FactError
from overbuild.facts.entry.documents import document_id, known_documents, merged
from overbuild.facts.entry.publishers import publisher_of
from overbuild.facts.fact import DESCRIBED
from overbuild.facts.rows import length_fault
from overbuild.facts.sources import Source
from overbuild.foreign.row import Line

LONGEST = 32
"""Letters that a key takes from an address; a longer address is cut and told apart by four digits of its own."""


class WrittenSources(NamedTuple):
    """Rows that cite keys, the sources that they describe (new ones, and known ones met again), and the faults."""

    rows: Sequence[Line]
    sources: dict[str, Source]
    faults: list[FactError]


def with_keys(
    rows: Sequence[Line], file: str, known: Mapping[str, Source], settled: Collection[str] = ()
) -> WrittenSources:
    """The rows with a `source` column in the place of titles and addresses, and the sources that these describe.

    The first row is the header; cells have no spaces around them. Rows with a `source` column come back as they are. One
    address (or title, where there is no address) is one source, also where `known` has it; a known source that is not
    `settled` takes the newest of the dates and its title, and the row keeps its own title as locator, where it gives no
    locator. A key is made of the publisher and the address alone. Each row says the date and the address, or why there is
    none; a row of another length than the header is a fault.

    >>> header = Line(1, ["entity", "source_title", "source_url", "published"])
    >>> found = with_keys([header, Line(2, ["MSFT", "Report", "https://www.example.org/a", "2026-01-31"])], "mine.csv", {})
    >>> found.rows[1].cells, found.sources["example-a"].url
    (['MSFT', 'Report', 'example-a'], 'https://www.example.org/a')
    """
    header = rows[0].cells if rows else []
    if "source" in header or not {"source_title", "source_url"} & set(header):
        return WrittenSources(rows, {}, [])
    written = {name: header.index(name) for name in DESCRIBED if name in header}
    locator = header.index("locator") if "locator" in header else None
    kept = [place for place in range(len(header)) if place not in (*written.values(), locator)]
    documents, faults = _Documents(known, settled), list[FactError]()
    met: dict[tuple[str, ...], _Cited] = {}
    keyed = [Line(rows[0].number, [*(header[place] for place in kept), "locator", "source"])]
    first, *others = written.values()
    for line, row in rows[1:]:
        if len(row) != len(header):
            faults.append(length_fault(len(row), len(header), file, line))
            continue
        cells = (row[first], *[row[place] for place in others])
        if (cited := met.get(cells)) is None:
            cited = met[cells] = documents.cited(dict(zip(written, cells, strict=True)))
        if cited.unsaid:
            faults += _faults_of(cited, file, line)
        found_at = row[locator] if locator is not None else ""
        keyed.append(Line(line, [*[row[place] for place in kept], found_at or cited.title, cited.key]))
    return WrittenSources(keyed, documents.met, faults)


class _Unsaid(NamedTuple):
    """What a row must say of its document and does not: the column, what goes there, and where to say why it does not."""

    column: str
    what: str
    reason: str


class _Cited(NamedTuple):
    """A document as a row describes it: its title, the key that the row cites, and what is not said of it."""

    title: str
    key: str
    unsaid: tuple[_Unsaid, ...]


class _Documents:
    """The sources met while reading a table, by key, and the key of every document known."""

    def __init__(self, known: Mapping[str, Source], settled: Collection[str]) -> None:
        self.known, self.settled = known, settled
        self.keys = known_documents(known)
        self.met: dict[str, Source] = {}

    def cited(self, cells: Mapping[str, str]) -> _Cited:
        """The document that the cells of a row describe; without a key where they say neither title nor address."""
        source = _described(cells)
        if not source.title:
            return _Cited("", "", ())
        key = self.key_of(source)
        return _Cited(source.title, key, () if key in self.settled else _unsaid(source))

    def key_of(self, source: Source) -> str:
        """The key of a described source, made if its document is new; what was known of it is brought up to date."""
        document = document_id(source.title, source.url)
        key = self.keys.get(document)
        if key is None:
            key = _new_key(source, lambda one: one in self.known or one in self.met)
            self.keys[document] = key
            self.met[key] = source._replace(key=key)
        elif key not in self.settled:
            before = self.met.get(key) or self.known[key]
            self.met[key] = merged(before, source)
        return key


def _described(cells: Mapping[str, str]) -> Source:
    """The source that the cells of a row describe; without a title where they say neither title nor address."""
    title, url, published, why_no_date, why_no_address = (cells.get(name, "") for name in DESCRIBED)
    return Source(
        key="",
        producer=publisher_of(url) or "own",
        title=title or url,
        date_published=published,
        url=url,
        why_no_date=why_no_date,
        why_no_address=why_no_address,
    )


def _unsaid(source: Source) -> tuple[_Unsaid, ...]:
    """What a row must say of its document and does not."""
    date = _Unsaid("published", "the date as the page prints it", "why_no_date")
    address = _Unsaid("source_url", "the address", "why_no_address")
    found = ((date, source.date_published or source.why_no_date), (address, source.url or source.why_no_address))
    return tuple(one for one, said in found if not said)


def _faults_of(cited: _Cited, file: str, line: int) -> list[FactError]:
    return [
        FactError(
            "missing",
            f"{cited.title}: {one.column}",
            None,
            f"give {one.what} in the column {one.column}, or say in the column {one.reason} why there is none",
            file=file,
            line=line,
        )
        for one in cited.unsaid
    ]


def _new_key(source: Source, is_taken: Callable[[str], bool]) -> str:
    """`publisher-words` of the address (`own-words` of the title): the same in whatever order rows are entered.

    The digits of a digest tell apart an address that is cut, or whose key another document has.
    """
    document = document_id(source.title, source.url)
    address = urlparse(document)
    said = re.sub(r"\.(html?|aspx?|php|pdf|md)$", "", address.path) + " " + address.query if source.url else document
    words = "-".join(re.findall(r"[a-z0-9]+", said.lower())) or ("home" if source.url else "untitled")
    digest = hashlib.sha256(document.encode()).hexdigest()
    cut = words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition('-')[0] or words[:LONGEST]}-{digest[:4]}"
    plain = f"{source.producer}-{cut}"
    return plain if not is_taken(plain) else f"{plain}-{digest[:8]}"
