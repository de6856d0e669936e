"""Files of filings as one reading: companyfacts JSON, inline XBRL and classic instances, plain or gzipped, or folders.

Files of one issuer are read together: the same value of the same filing counts once, whichever copy it came from.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import re
import zlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError, raise_all
from overbuild.facts.fact import Fact
from overbuild.facts.filings.company_facts import ACCESSION, Filings, decode_company_facts
from overbuild.facts.filings.issuers import Named, entity_of
from overbuild.facts.filings.ledger_rows import rows_of
from overbuild.facts.filings.pages.documents import Filed, filed_as, filings_of
from overbuild.facts.filings.pages.inline_xbrl import FilingDocument, read_document
from overbuild.facts.ledger import Ledger
from overbuild.facts.period import is_day
from overbuild.facts.sources import Source

LARGEST = 512 * 1024 * 1024
"""Bytes of one file, unpacked, above which it is no filing."""

ENDINGS = (".json", ".htm", ".html", ".xhtml", ".xml")
"""Names of files that a folder is searched for; each may end in `.gz` too."""

_CIK_IN_HEAD = re.compile(rb'"cik"\s*:\s*"?0*(\d{1,10})\b')


class ReadFilings(NamedTuple):
    """What files of filings gave: rows, the sources they cite, remarks in words by file, and files that were refused."""

    facts: tuple[Fact, ...]
    sources: dict[str, Source]
    remarks: tuple[tuple[str, str], ...]
    refused: tuple[FactError, ...]

    def ledger(self, facts: Iterable[Fact] = (), sources: dict[str, Source] | None = None) -> Ledger:
        """The rows as a ledger, beside other facts and their sources where some are given."""
        return Ledger((*facts, *self.facts), {**(sources or {}), **self.sources})


def read(
    paths: Path | str | Sequence[Path | str],
    as_of: str | None = None,
    *,
    filed: str = "",
    accession: str = "",
    tickers: Mapping[int, str] | None = None,
) -> ReadFilings:
    """The rows of filings in files and folders; of what was filed by a day, where one is given.

    `filed` and `accession` say when a page of XBRL was filed and as what; a page itself does not. `tickers` name issuers
    that the package's table does not have, by their CIK.

    A file that is named must be sound: its fault is raised (FactError `missing`, `unreadable`, `syntax`,
    `bad_layout`, `other_entity`, all at once). In a folder a file that is refused stands in `refused` and the others are
    read; a file of no format of filings is passed over with a remark.
    """
    if as_of is not None and not is_day(as_of):
        raise FactError("bad_period", "as_of", as_of, "a date is a day of the calendar written YYYY-MM-DD")
    named = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    reader = _FilingsReader(as_of, _filed(filed, accession), tickers or {})
    for path in named:
        found = [_File(one, named=False) for one in _files_of(path)] if path.is_dir() else [_File(path, named=True)]
        reader.take(found)
    with _no_collecting():
        return reader.reading()


@contextlib.contextmanager
def _no_collecting() -> Generator[None]:
    """Without a search for cycles: rows are many, hold none, and are all kept."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _filed(filed: str, accession: str) -> Filed | None:
    if not filed and not accession:
        return None
    if not is_day(filed):
        raise FactError("bad_period", "filed", filed or None, "give the day of filing, YYYY-MM-DD, with the accession")
    if not ACCESSION.fullmatch(accession):
        hint = "give the accession beside the day of filing, as the SEC writes it: 0001652044-25-000014"
        raise FactError("bad_value", "accession", accession or None, hint)
    return Filed(filed, accession)


def _files_of(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return [path for path in found if path.name.lower().removesuffix(".gz").endswith(ENDINGS)]


def unpacked(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is gzipped.

    Raises FactError: `missing`, `unreadable` (also a truncated gzip), `too_large` above `LARGEST`.
    """
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            with gzip.GzipFile(fileobj=plain) if packed else plain as stream:
                data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise FactError("missing", "file", str(path), "no such file") from None
    except (OSError, EOFError, zlib.error) as error:
        raise FactError("unreadable", "file", str(path), f"cannot be read or unpacked: {error}") from None
    if len(data) > LARGEST:
        raise FactError("too_large", "file", str(path), f"more than {LARGEST:,} bytes unpacked: no filing")
    return data


def head_of(path: Path) -> bytes:
    """The first bytes of a file, unpacked where it is gzipped. Raises FactError `missing`, `unreadable`."""
    try:
        with path.open("rb") as plain:
            head = plain.read(4096)
    except FileNotFoundError:
        raise FactError("missing", "file", str(path), "no such file") from None
    except OSError as error:
        raise FactError("unreadable", "file", str(path), f"cannot be read: {error}") from None
    if head[:2] != b"\x1f\x8b":
        return head
    try:
        return zlib.decompressobj(31).decompress(head, 4096)
    except zlib.error as error:
        raise FactError("unreadable", "file", str(path), f"cannot be unpacked: {error}") from None


def is_page(head: bytes) -> bool:
    """Whether a file begins like a page or an XML document, not like JSON."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


class _File(NamedTuple):
    """A file to read, and whether the caller named it or it was found in a folder."""

    path: Path
    named: bool


class _Page(NamedTuple):
    """A page of XBRL that was read, and the file it stands in."""

    document: FilingDocument
    file: _File


class _OfIssuer(NamedTuple):
    """What was read of an issuer so far, and the first file it was read in."""

    filings: Filings
    file: str


class _FilingsReader:
    """Files are grouped by issuer and read issuer by issuer: the points of one issuer alone are held at once.

    Pages of XBRL are read first, for they say their issuer only inside.
    """

    def __init__(self, as_of: str | None, filed: Filed | None, tickers: Mapping[int, str]) -> None:
        self.as_of, self.filed, self.tickers = as_of, filed, dict(tickers)
        self.groups: dict[int | str, list[_File]] = {}
        self.pages: dict[int | str, list[_Page]] = {}
        self.facts: list[Fact] = []
        self.sources: dict[str, Source] = {}
        self.remarks: list[tuple[str, str]] = []
        self.refused: list[FactError] = []
        self.faults: list[FactError] = []

    def take(self, files: Iterable[_File]) -> None:
        for file in files:
            try:
                head = head_of(file.path)
                if is_page(head):
                    page = read_document(unpacked(file.path), str(file.path))
                    self.pages.setdefault(page.issuer.cik, []).append(_Page(page, file))
                else:
                    found = _CIK_IN_HEAD.search(head)
                    self.groups.setdefault(int(found[1]) if found else str(file.path), []).append(file)
            except FactError as error:
                self._fault(error, file)

    def _fault(self, error: FactError, file: _File) -> None:
        if error.code == "bad_layout" and not file.named:
            self.remarks.append((str(file.path), "not a format of filings that is read; passed over"))
        else:
            (self.faults if file.named else self.refused).append(error)

    def reading(self) -> ReadFilings:
        for issuer in [*self.groups, *(self.pages.keys() - self.groups.keys())]:
            self._read_issuer(self.groups.get(issuer, ()), self.pages.get(issuer, ()))
        raise_all(self.faults)
        return ReadFilings(tuple(self.facts), self.sources, tuple(self.remarks), tuple(self.refused))

    def _read_issuer(self, files: Sequence[_File], pages: Sequence[_Page]) -> None:
        merged: dict[Named, _OfIssuer] = {}
        for file in files:
            try:
                filings = decode_company_facts(unpacked(file.path), str(file.path))
                self._merge(merged, filings, file)
            except FactError as error:
                self._fault(error, file)
        known = next(iter(merged.values()))[0].points if merged else {}
        self.tickers |= {filings.issuer.cik: who.entity for who, (filings, _) in merged.items()}
        for page, file in pages:
            try:
                self._merge(merged, filings_of(page, self.filed or filed_as(page, known)), file)
            except FactError as error:
                self._fault(error, file)
        for who, (filings, file) in merged.items():
            rows = rows_of(filings, who.entity, file, self.as_of)
            self.facts += rows.facts
            self.sources |= rows.sources
            self.remarks += [(file, remark) for remark in (who.remark, *rows.left_out) if remark]

    def _merge(self, merged: dict[Named, _OfIssuer], filings: Filings, file: _File) -> None:
        who = entity_of(filings.issuer, str(file.path), self.tickers)
        who = next((one for one in merged if one.entity == who.entity), who)
        before = merged.get(who)
        merged[who] = (
            _OfIssuer(filings, str(file.path))
            if before is None
            else _OfIssuer(_together(before.filings, filings), before.file)
        )


def _together(one: Filings, other: Filings) -> Filings:
    """The points of two files of one issuer; identical ones count once when they are chosen from."""
    points = {tag: list(found) for tag, found in one.points.items()}
    for tag, found in other.points.items():
        points.setdefault(tag, []).extend(found)
    own = {concept.name: concept for concept in one.own}
    for concept in other.own:
        before = own.get(concept.name)
        ways = dict.fromkeys((*(before.tags if before else ()), *concept.tags))
        own[concept.name] = concept._replace(tags=tuple(ways))
    return Filings(
        one.issuer, points, (*one.left_out, *other.left_out), tuple(own.values()), one.inferred | other.inferred
    )
