"""Bodies as they came, by their sha256, and a line for every answer: what was asked, when, and what came back.

`bodies/SHA256.json` is a body byte for byte; `retrievals.jsonl` says of every answer its address, day and second, status,
ETag and body. Nothing is replaced: an address whose body changed has two bodies and two lines.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.files import write_whole

BODIES, RETRIEVALS = "bodies", "retrievals.jsonl"


class Kept(NamedTuple):
    """An answer that was kept: its address, second (UTC, ISO), status, validators, and the body's sha256."""

    address: str
    retrieved_at: str
    status: int
    etag: str
    last_modified: str
    sha256: str


class Archive:
    """A folder of bodies and answers. Raises FactError `not_writable` where the disk refuses, `syntax` for a bad line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / BODIES).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FactError("not_writable", "archive", str(folder), f"cannot be made: {error.strerror}") from None
        self._newest = {kept.address: kept for kept in self._lines()}

    def newest(self, address: str) -> Kept | None:
        """The newest answer of an address whose body is here, unharmed; None where there is none."""
        kept = self._newest.get(address)
        return kept if kept is not None and self._is_whole(kept) else None

    def body(self, kept: Kept) -> Path:
        """Where the body of an answer lies."""
        return self.folder / BODIES / f"{kept.sha256}.json"

    def keep(self, kept: Kept, body: bytes) -> Kept:
        """Keep a body that came and its answer, the body first."""
        kept = kept._replace(sha256=hashlib.sha256(body).hexdigest())
        if not self._is_whole(kept):
            write_whole(self.body(kept), body, "archive", overwrite=True)
        return self.note(kept)

    def note(self, kept: Kept) -> Kept:
        """Keep an answer without a new body: nothing had changed."""
        try:
            with (self.folder / RETRIEVALS).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(kept._asdict()) + "\n")
        except OSError as error:
            raise FactError(
                "not_writable", "archive", str(self.folder), f"cannot be written: {error.strerror}"
            ) from None
        self._newest[kept.address] = kept
        return kept

    def _is_whole(self, kept: Kept) -> bool:
        path = self.body(kept)
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256

    def _lines(self) -> list[Kept]:
        import msgspec

        line_type = msgspec.defstruct("KeptLine", [(name, int if name == "status" else str) for name in Kept._fields])
        decode = msgspec.json.Decoder(line_type).decode
        path = self.folder / RETRIEVALS
        text = path.read_text("utf-8", errors="replace") if path.exists() else ""
        found: list[Kept] = []
        whole = text.splitlines() if text.endswith("\n") else text.splitlines()[:-1]
        for number, line in enumerate(whole, 1):
            try:
                said = decode(line)
                found.append(Kept(**{name: getattr(said, name) for name in Kept._fields}))
            except (msgspec.DecodeError, RecursionError) as error:
                hint = f"not a line that the archive wrote ({error}); take it out"
                raise FactError("syntax", "archive", None, hint, file=str(path), line=number) from None
        return found
