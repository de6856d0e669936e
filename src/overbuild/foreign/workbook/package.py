"""The package of a workbook: a zip of XML parts, opened within limits.

Refused are macros, links to other workbooks, what is encrypted or older than .xlsx, and a zip that would unpack to more than
the limits. A part is read as a stream: no part stands in memory whole.
"""

from __future__ import annotations

import posixpath
import struct
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, NoReturn

from overbuild.errors import InputError
from overbuild.foreign.watch import WATCH

LARGEST_FILE = 32 * 2**20
"""Bytes of the file itself; a larger one is refused unopened."""

LARGEST_PART = 512 * 2**20
"""Bytes that one part, and all together, may unpack to."""

MOST_PARTS = 5_000
_CHUNK = 64 * 2**10
_LONGEST_MARK = 2 * 2**20
"""Bytes of XML that the parser may hold back before a mark ends."""

_OLD = b"\xd0\xcf\x11\xe0"
_BROKEN = (
    struct.error, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError, OverflowError, KeyError, IndexError, MemoryError,
)  # fmt: skip
"""What the zip library raises for packages that others broke: each becomes our `unreadable`."""


def _to_no_one(_done: int, _whole: int) -> None:
    """Where no one is told."""


class Package:
    """A workbook's zip, open for reading. Raises InputError `unreadable`, `too_large` or `refused`, and nothing else."""

    def __init__(self, path: Path, name: str = "file") -> None:
        self.path, self.name = path, name
        self._check_file()
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except _BROKEN as error:
            self.unreadable(f"not a whole .xlsx workbook ({error})")
        try:
            self._sizes = {info.filename: info.file_size for info in infos}
            self._check_parts(infos)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    @property
    def parts(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._sizes)

    def read(self, part: str, parser: xml.parsers.expat.XMLParserType) -> None:
        """Give a part to a parser, whole."""
        for _ in self.feed(part, parser):
            pass

    def feed(self, part: str, parser: xml.parsers.expat.XMLParserType) -> Iterator[None]:
        """Give a part to a parser piece by piece, with a pause after each. A document type is refused: it names entities."""
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        fed, told, whole = 0, WATCH.get() or _to_no_one, self._sizes.get(part, 0)
        try:
            with self._open(part) as stream:
                while True:
                    piece = self._piece(stream, part)
                    fed += len(piece)
                    self._parse(parser, piece, part)
                    if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_MARK:
                        self.unreadable(f"{part} has one mark of more than {_LONGEST_MARK:,} bytes")
                    told(fed, max(whole, fed + 1))
                    yield
                    if not piece:
                        return
        finally:
            told(whole, whole)

    def _open(self, part: str) -> IO[bytes]:
        try:
            return self._zip.open(part)
        except _BROKEN as error:
            self.unreadable(f"the part {part} cannot be opened ({error})")

    def _piece(self, stream: IO[bytes], part: str) -> bytes:
        try:
            return stream.read(_CHUNK)
        except _BROKEN as error:
            self.unreadable(f"the part {part} is broken ({error})")

    def _parse(self, parser: xml.parsers.expat.XMLParserType, piece: bytes, part: str) -> None:
        try:
            parser.Parse(piece, not piece)
        except xml.parsers.expat.ExpatError as error:
            self.unreadable(f"the part {part} is not sound XML ({error})")
        except (LookupError, ValueError, OverflowError, MemoryError) as error:
            self.unreadable(f"the part {part} holds what no workbook holds ({error})")

    def _refuse_document_type(self, *_: object) -> None:
        self.refuse("refused", "this workbook declares entities of its own, which are never expanded")

    def refuse(self, code: str, hint: str, value: object = None) -> NoReturn:
        """Raise our error about this file."""
        raise InputError(code, self.name, value, hint, file=str(self.path))

    def unreadable(self, why: str) -> NoReturn:
        """Raise `unreadable` with a reason, which is cut where a broken file makes it long."""
        self.refuse("unreadable", f"{why[:200]}; open it in a spreadsheet program and save it as .xlsx again")

    def _check_file(self) -> None:
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as stream:
                first = stream.read(4)
        except FileNotFoundError:
            raise InputError("missing", self.name, str(self.path), "no such file") from None
        except IsADirectoryError:
            self.refuse("unreadable", "this is a folder; name a file in it", str(self.path))
        except (OSError, ValueError) as error:
            self.unreadable(f"cannot be read ({error})")
        if first == _OLD:
            self.refuse("refused", "an .xls workbook or one with a password; save it as .xlsx without one")
        if size > LARGEST_FILE:
            hint = (
                f"a workbook has at most {LARGEST_FILE // 2**20} MB; save the sheet that is meant by itself, or as CSV"
            )
            self.refuse("too_large", hint, f"{size / 2**20:,.0f} MB")

    def _check_parts(self, infos: list[zipfile.ZipInfo]) -> None:
        unpacked = sum(info.file_size for info in infos)
        if len(infos) > MOST_PARTS:
            self.refuse("too_large", f"a workbook has at most {MOST_PARTS:,} parts", len(infos))
        if unpacked > LARGEST_PART:
            hint = f"the file unpacks to more than {LARGEST_PART // 2**20} MB; save the sheet that is meant by itself"
            self.refuse("too_large", hint, f"{unpacked / 2**20:,.0f} MB")
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            self.unreadable("packed in a way that no workbook is")
        folded = [name.casefold() for name in self._sizes]
        if any(posixpath.basename(name).startswith("vbaproject") or "/macrosheets/" in name for name in folded):
            self.refuse("refused", "this workbook holds macros; save it as .xlsx, which holds none")
        if any(name.startswith("xl/externallinks/") for name in folded):
            hint = "this workbook takes values from other workbooks, which are not opened; break its links and save it"
            self.refuse("refused", hint)
