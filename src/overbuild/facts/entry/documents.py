"""Documents as sources: when two descriptions speak of one document, and what every description must say.

One document is one address; where there is none, one title. The same address under another title or date is the same
page read at another time. Its source then has the newest date and the title met with it, in whatever order the
descriptions came; the day on which each figure became known stands in the figure's own row.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from urllib.parse import urlparse

from overbuild.errors import FactError
from overbuild.facts.entry.publishers import names_platform, publisher_of
from overbuild.facts.sources import Source


@functools.cache
def document_id(title: str, address: str) -> str:
    """What makes a document one: its address without scheme, `www.`, fragment and last slash; else its title.

    >>> document_id("Report", "https://www.Example.org/a/#top") == document_id("The report", "http://example.org/a")
    True
    >>> document_id("Annual  report", "")
    'annual report'
    """
    if not address:
        return " ".join(title.casefold().split())
    parts = urlparse(address if "//" in address else f"//{address}")
    host = (parts.netloc.lower()).removeprefix("www.")
    return f"//{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def known_documents(sources: Mapping[str, Source]) -> dict[str, str]:
    """The key of each document; the first in order of the mapping where several keys have one document."""
    found: dict[str, str] = {}
    for key, source in sources.items():
        found.setdefault(document_id(source.title, source.url), key)
    return found


def merged(one: Source, other: Source) -> Source:
    """One source of two descriptions of a document: the newest date with its title; the same in either order."""
    newest = max(one, other, key=lambda source: (source.date_published, source.title))
    return one._replace(
        title=newest.title,
        date_published=newest.date_published,
        url=min(one.url, other.url),
        why_no_date="" if newest.date_published else max(one.why_no_date, other.why_no_date),
        why_no_address="" if one.url else max(one.why_no_address, other.why_no_address),
    )


def other_keys(known: Mapping[str, Source], added: Mapping[str, Source]) -> dict[str, str]:
    """Keys of added sources whose document has another key already, with that key: rows cite the key that was first."""
    documents = known_documents({**known, **{key: added[key] for key in sorted(added) if key not in known}})
    keys = {key: documents.get(document_id(source.title, source.url), key) for key, source in added.items()}
    return {key: first for key, first in keys.items() if first != key}


def find_taken_keys(known: Mapping[str, Source], added: Mapping[str, Source], file: str, owner: str) -> list[FactError]:
    """Added sources whose key is taken by another document of the owner (`the package`, `the workspace`)."""
    faults: list[FactError] = []
    for key in sorted(known.keys() & added.keys()):
        one, other = known[key], added[key]
        if document_id(one.title, one.url) != document_id(other.title, other.url):
            hint = f"{owner} has this key for another document ({one.citation()}); choose another key"
            faults.append(FactError("duplicate", key, None, hint, file=file))
    return faults


def find_source_faults(sources: Mapping[str, Source], file: str, text: str) -> list[FactError]:
    """Sources without a date or an address that do not say why, or that are keyed by the host of their page.

    `text` is the file's, for the line of each block.
    """
    faults: list[FactError] = []
    for key, source in sources.items():
        said = [*_unsaid(source)]
        if names_platform(key, source.url):
            hint = f"the key names the host of the page; begin it with its publisher ({publisher_of(source.url)})"
            said.append(("unknown_name", hint))
        faults += [
            FactError(code, key, source.url or None, hint, file=file, line=_line(text, key)) for code, hint in said
        ]
    return faults


def find_repeated_documents(sources: Mapping[str, Source], file: str, text: str) -> list[FactError]:
    """Sources whose document stands under another key already."""
    return [
        FactError(
            "duplicate",
            key,
            sources[key].url or sources[key].title,
            f"this document is {first} already; cite that, and take this block out",
            file=file,
            line=_line(text, key),
        )
        for key, first in other_keys({}, sources).items()
    ]


def _unsaid(source: Source) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    if not source.date_published and not source.why_no_date:
        said.append(
            ("missing", "give `date_published` as the document prints it, or say in `why_no_date` why there is none")
        )
    if source.url and not source.url.startswith(("http://", "https://")):
        said.append(("bad_value", "an address begins with http:// or https://"))
    if not source.url and not source.why_no_address:
        said.append(("missing", "give the address in `url`, or say in `why_no_address` why there is none"))
    return said


def _line(text: str, key: str) -> int | None:
    found = re.search(rf"^\s*\[\s*[\"']?{re.escape(key)}[\"']?\s*\]", text, re.MULTILINE)
    return None if found is None else text.count("\n", 0, found.end()) + 1
