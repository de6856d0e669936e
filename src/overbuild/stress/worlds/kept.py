"""Blocks that are kept in a directory, so that a run that was killed goes on where it stopped.

The directory has `run.json`, which says of what run its blocks are, and a file for each block: a line with the SHA-256
of what follows, then the block's summary as a NumPy archive. A file whose checksum does not fit is computed again.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zipfile import BadZipFile

import numpy as np

from overbuild.errors import InputError
from overbuild.files import write_whole
from overbuild.stress.worlds.summaries import Fan, Summary, arrays_of, from_arrays

Identity: TypeAlias = Mapping[str, str | int]
"""What makes a run this run, by the words in which a reader is told of a difference."""

OUT = "--out"
_RUN = "run.json"


class KeptBlocks(NamedTuple):
    """A directory of blocks of one run."""

    folder: Path

    def kept(self) -> int:
        """How many blocks are there."""
        return len(list(self.folder.glob("block-*.bin")))

    def block(self, number: int) -> tuple[Summary, Fan | None] | None:
        """A block by its number; None where it is not there, or where its checksum does not fit."""
        try:
            told, _, body = self._file(number).read_bytes().partition(b"\n")
        except OSError:
            return None
        if told != hashlib.sha256(body).hexdigest().encode():
            return None
        try:
            with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
                return from_arrays(dict(arrays))
        except (KeyError, ValueError, TypeError, BadZipFile):
            return None

    def keep(self, number: int, summary: Summary, fan: Fan | None) -> None:
        """Write a block, whole or not at all.

        Raises InputError (`not_writable`) where the disk is full or refuses; the blocks written before stay.
        """
        packed, arrays = io.BytesIO(), dict[str, Any](arrays_of(summary, fan))
        np.savez(packed, **arrays)
        body = packed.getvalue()
        self._write(self._file(number), hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    def _file(self, number: int) -> Path:
        return self.folder / f"block-{number:07d}.bin"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data, OUT, overwrite=True)
        except InputError as error:
            hint = f"{error.hint}; {self.kept()} blocks are kept here: make room and run the same command again"
            raise InputError("not_writable", OUT, str(self.folder), hint) from None


def kept_blocks(folder: Path, identity: Identity) -> KeptBlocks:
    """The directory of a run: a new or empty one, or one with blocks of the same run.

    Raises InputError: `other_run` for blocks of another case, seed or version, with all that differs; `not_writable`
    for what is no folder, or holds other things.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("not_writable", OUT, str(folder), "is a file; name a folder, which may be a new one")
    told = folder / _RUN
    if told.exists():
        _refuse_other(folder, _read(told), identity)
        return KeptBlocks(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = next(iter(folder.iterdir()), None)
    except OSError as error:
        raise InputError("not_writable", OUT, str(folder), f"cannot be made ({error.strerror})") from None
    if strange is not None:
        hint = f"holds other files ({strange.name}) and no run; name a new or an empty folder"
        raise InputError("not_writable", OUT, str(folder), hint)
    write_whole(told, json.dumps(dict(identity), indent=1).encode(), OUT, overwrite=True)
    return KeptBlocks(folder)


def size_kept(folder: Path) -> int | None:
    """Scenarios of a part of the run that a folder keeps; None where it keeps none."""
    size = _read(folder / _RUN).get("scenarios a part")
    return size if isinstance(size, int) and size > 0 else None


def _read(told: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(told.read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _refuse_other(folder: Path, there: Mapping[str, Any], here: Identity) -> None:
    differs = [f"{name} {there.get(name, 'unknown')} there, {value} here" for name, value in here.items()]
    differs = [one for one, (name, value) in zip(differs, here.items(), strict=True) if there.get(name) != value]
    if differs:
        hint = f"holds blocks of another run: {'; '.join(differs)}. Name another folder, or run what was run there"
        raise InputError("other_run", OUT, str(folder), hint)
