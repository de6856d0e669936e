"""Sources written in a row: a user's table may give a page's title and address instead of the key of a source."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from urllib.parse import urlparse

from overbuild.facts.sources import Source

WRITTEN = ("source_title", "source_url", "published")
"""Columns that describe a document in place of `source`."""


def with_keys(text: str, taken: Collection[str]) -> tuple[str, dict[str, Source]]:
    r"""The table with a `source` column in the place of titles and addresses, and the sources these make.

    A table that has a `source` column, or is no readable CSV, comes back as it is. One address (or title, where
    there is no address) is one source; its key is `producer-year-word`, made from the address, date and title.

    >>> table = "entity,source_title,source_url,published\nMSFT,Annual report,https://www.example.org/a,2026-01-31\n"
    >>> text, sources = with_keys(table, ())
    >>> text.splitlines()[1], sources["example-2026-annual"].url
    ('MSFT,example-2026-annual', 'https://www.example.org/a')
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return text, {}
    header = rows[0] if rows else []
    if "source" in header or not {"source_title", "source_url"} & set(header):
        return text, {}
    written = {name: header.index(name) for name in WRITTEN if name in header}
    kept = [place for place in range(len(header)) if place not in written.values()]
    made: dict[str, Source] = {}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(header[place] for place in kept), "source"])
    for row in rows[1:]:
        if len(row) != len(header):
            writer.writerow(row)
            continue
        source = _source({name: row[place].strip() for name, place in written.items()}, made, taken)
        writer.writerow([*(row[place] for place in kept), source])
    return out.getvalue(), made


def _source(cells: dict[str, str], made: dict[str, Source], taken: Collection[str]) -> str:
    title, url, published = (cells.get(name, "") for name in WRITTEN)
    if not title and not url:
        return ""
    for key, known in made.items():
        if (known.url, known.title if not url else "") == (url, title if not url else ""):
            return key
    host = re.sub(r"^www\.", "", urlparse(url).hostname or "own")
    producer = host.split(".")[-2] if "." in host else host
    year = re.search(r"(19|20)\d\d", published)
    word = next((word for word in re.findall(r"[a-z0-9]+", title.lower()) if len(word) > 3), "page")
    plain = "-".join((re.sub(r"[^a-z0-9]", "", producer.lower()) or "own", year[0] if year else "undated", word))
    key, count = plain, 2
    while key in made or key in taken:
        key, count = f"{plain}-{count}", count + 1
    made[key] = Source(key=key, producer=producer, title=title or url, date_published=published, url=url)
    return key
