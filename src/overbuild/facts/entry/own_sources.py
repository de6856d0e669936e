"""Sources written in a row: a user's table may give a page's title and address instead of the key of a source."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from urllib.parse import urlparse

from overbuild.errors import FactError
from overbuild.facts.entry.documents import document_id, known_documents, merged
from overbuild.facts.entry.publishers import publisher_of
from overbuild.facts.fact import DESCRIBED
from overbuild.facts.sources import Source

LONGEST = 32
"""Letters that a key takes from an address; a longer address is cut and told apart by four digits of its own."""


class WrittenSources(NamedTuple):
    """A table that cites keys, the sources its rows describe (new ones, and known ones met again), and the faults."""

    text: str
    sources: dict[str, Source]
    faults: list[FactError]


def with_keys(text: str, file: str, known: Mapping[str, Source], settled: Collection[str] = ()) -> WrittenSources:
    r"""The table with a `source` column in the place of titles and addresses, and the sources that these describe.

    A table that has a `source` column, or is no readable CSV, comes back as it is. One address (or title, where
    there is no address) is one source, also where `known` has it; a known source that is not `settled` takes the
    newest of the dates and its title, and the row keeps its own title as locator, where it gives no locator. A key is made
    of the publisher and the address alone. Each row says the date and the address, or why there is none.

    >>> table = "entity,source_title,source_url,published\nMSFT,Annual report,https://www.example.org/a,2026-01-31\n"
    >>> found = with_keys(table, "mine.csv", {})
    >>> found.text.splitlines()[1], found.sources["example-a"].url
    ('MSFT,Annual report,example-a', 'https://www.example.org/a')
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return WrittenSources(text, {}, [])
    blank = next((place for place, (_, row) in enumerate(rows) if row), 0)
    rows = rows[blank:]
    header = rows[0][1] if rows else []
    if "source" in header or not {"source_title", "source_url"} & set(header):
        return WrittenSources(text, {}, [])
    written = {name: header.index(name) for name in DESCRIBED if name in header}
    locator = header.index("locator") if "locator" in header else None
    kept = [place for place in range(len(header)) if place not in (*written.values(), locator)]
    documents, faults = _Documents(known, settled), list[FactError]()
    met: dict[tuple[str, ...], _Cited] = {}
    out = io.StringIO()
    out.write("\n" * blank)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(header[place] for place in kept), "locator", "source"])
    for line, row in rows[1:]:
        if len(row) != len(header):
            writer.writerow(row)
            continue
        cells = tuple(row[place].strip() for place in written.values())
        if (cited := met.get(cells)) is None:
            source = _described(dict(zip(written, cells, strict=True)))
            cited = met[cells] = _Cited(source, documents.key_of(source) if source.title else "")
        source, key = cited
        if key and key not in settled:
            faults += _unsaid(source, file, line)
        found_at = row[locator].strip() if locator is not None else ""
        writer.writerow([*(row[place] for place in kept), found_at or source.title, key])
    return WrittenSources(out.getvalue(), documents.met, faults)


class _Cited(NamedTuple):
    """A document as a row describes it, and the key that the row then cites."""

    source: Source
    key: str


class _Documents:
    """The sources met while reading a table, by key, and the key of every document known."""

    def __init__(self, known: Mapping[str, Source], settled: Collection[str]) -> None:
        self.known, self.settled = known, settled
        self.keys = known_documents(known)
        self.met: dict[str, Source] = {}

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


def _unsaid(source: Source, file: str, line: int) -> list[FactError]:
    """What a row must say of its document and does not."""
    if (source.date_published or source.why_no_date) and (source.url or source.why_no_address):
        return []
    wanted = (
        ("published", "the date as the page prints it", source.date_published or source.why_no_date, "why_no_date"),
        ("source_url", "the address", source.url or source.why_no_address, "why_no_address"),
    )
    return [
        FactError(
            "missing",
            f"{source.title}: {column}",
            None,
            f"give {what} in the column {column}, or say in the column {reason} why there is none",
            file=file,
            line=line,
        )
        for column, what, said, reason in wanted
        if not said
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
