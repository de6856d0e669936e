"""Every world as a row of a Parquet or an Arrow file: what was drawn, what came of it; the only code that knows pyarrow.

    scenario        the number of the world, from 0
    failed          why it could not be computed; empty where it was
    ended_as        how it ended before its time; empty where it did not
    ended_in        the place in which it did, the close of a case being 0; null where it did not
    driver.NAME     what a driver drew: of a case by its record the value; of a site the standard normal number behind it, or
                    of what moves from period to period the sum of how far it was off
    ID              a result by its id, null where it does not exist

Of each column the file says `unit` and `label`, of itself `overbuild.*`: the case, the seed, how it was drawn, the version.
Rows are written in the order of the worlds, block by block, so that a file of any size takes no more memory than a block.
"""

from __future__ import annotations

import importlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputError
from overbuild.files import check_path
from overbuild.stress.worlds.kept import OUT, Identity
from overbuild.stress.worlds.run import BlockFunction
from overbuild.stress.worlds.summaries import Asked, Block

SUFFIXES = (".parquet", ".arrow")
"""What the name of a file of worlds ends with."""


class Described(NamedTuple):
    """A column beyond those of every file: what it is called, and its unit."""

    label: str = ""
    unit: str = ""


class WrittenColumns(NamedTuple):
    """What is written of a block: the measures asked for, and the drivers whose rows stand under a name."""

    asked: Asked
    drivers: Sequence[str]
    rows: str
    described: Mapping[str, Described]

    @property
    def measures(self) -> tuple[str, ...]:
        """The results by id."""
        return tuple(one.name for one in self.asked.measures)


def is_file_of_worlds(path: Path | None) -> bool:
    """Whether a name is that of a file of worlds.

    >>> is_file_of_worlds(Path("worlds.parquet")), is_file_of_worlds(Path("worlds")), is_file_of_worlds(None)
    (True, False, False)
    """
    return path is not None and path.suffix.lower() in SUFFIXES


@dataclass
class WorldsFile:
    """A file of worlds being written: `recorded` gives the blocks of a run, `close` puts the file in its place."""

    path: Path
    columns: WrittenColumns
    identity: Identity
    waiting: dict[int, Any] = field(default_factory=dict[int, Any])
    expected: int = 0
    lock: Any = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Refuse a path that cannot be written, or a machine without pyarrow, before anything is run."""
        check_path(self.path, OUT, overwrite=True)
        if self.path.exists():
            hint = "this file exists and is kept; worlds go to a new one"
            raise InputError("exists", OUT, str(self.path), hint)
        self.arrow: Any = _arrow()
        self.schema: Any = _schema(self.arrow, self.columns, self.identity)
        self.draft = self.path.parent / f".overbuild-{secrets.token_hex(8)}"
        self.writer: Any = self._writer()

    def _writer(self) -> Any:
        try:
            if self.path.suffix.lower() == ".parquet":
                import pyarrow.parquet as parquet  # pyright: ignore[reportMissingTypeStubs, reportMissingImports] - an extra without types

                return parquet.ParquetWriter(str(self.draft), self.schema, compression="zstd")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
            return importlib.import_module("pyarrow.ipc").new_file(str(self.draft), self.schema)
        except OSError as error:
            raise _refused(self.path, error) from None

    def recorded(self, block: BlockFunction) -> BlockFunction:
        """The block function, each of whose blocks is written."""

        def run(first: int, count: int) -> Block:
            found = block(first, count)
            table = self._table(found, first, count)
            with self.lock:
                self.waiting[first] = table
                while self.expected in self.waiting:
                    self._write(self.waiting.pop(self.expected))
            return found

        return run

    def _write(self, table: Any) -> None:
        self.expected += table.num_rows
        try:
            self.writer.write_table(table)
        except OSError as error:
            raise _refused(self.path, error) from None

    def _table(self, block: Block, first: int, count: int) -> Any:
        arrow, asked = self.arrow, self.columns.asked
        none = np.zeros(count, dtype=np.int64)
        failed = np.asarray(block.get("failed", none))
        kinds = np.asarray(block.get("ended_as", none))
        rows = [
            arrow.array(np.arange(first, first + count, dtype=np.uint64)),
            arrow.array(np.array(["", *asked.every_reason], dtype=object)[failed], type=arrow.string()),
            arrow.array(np.array(["", *asked.kinds], dtype=object)[kinds], type=arrow.string()),
            arrow.array(np.asarray(block.get("ended_in", none)), mask=kinds == 0, type=arrow.int64()),
            *(arrow.array(np.asarray(row, dtype=float)) for row in block[self.columns.rows]),
            *(
                arrow.array(row, mask=np.isnan(row))
                for row in (np.asarray(block[name], float) for name in self.columns.measures)
            ),
        ]
        return arrow.Table.from_arrays(rows, schema=self.schema)

    def close(self) -> None:
        """Write what still waits, and put the file in its place."""
        for first in sorted(self.waiting):
            self._write(self.waiting.pop(first))
        try:
            self.writer.close()
            self.draft.rename(self.path)
        except OSError as error:
            raise _refused(self.path, error) from None

    def discard(self) -> None:
        """Leave nothing behind."""
        self.draft.unlink(missing_ok=True)


def _arrow() -> Any:
    try:
        import pyarrow  # pyright: ignore[reportMissingTypeStubs, reportMissingImports] - an extra without types
    except ImportError:
        hint = "a .parquet or .arrow file needs pyarrow: pip install 'overbuild[arrow]'; or name a folder for blocks"
        raise InputError("missing", OUT, "pyarrow", hint) from None
    found: Any = pyarrow
    return found


def _schema(arrow: Any, columns: WrittenColumns, identity: Identity) -> Any:
    fixed = {
        "scenario": (arrow.uint64(), Described("number of the world")),
        "failed": (arrow.string(), Described("why it could not be computed")),
        "ended_as": (arrow.string(), Described("how it ended before its time")),
        "ended_in": (arrow.int64(), Described("place in which it ended before its time", "period")),
    }
    drawn = {f"driver.{name}": (arrow.float64(), Described("what the driver drew")) for name in columns.drivers}
    results = {name: (arrow.float64(), columns.described.get(name, Described())) for name in columns.measures}
    fields = [
        arrow.field(name, kind, metadata={"label": told.label, "unit": told.unit})
        for name, (kind, told) in (fixed | drawn | results).items()
    ]
    return arrow.schema(fields, metadata={"overbuild": json.dumps(dict(identity))})


def _refused(path: Path, error: OSError) -> InputError:
    hint = f"cannot be written ({error.strerror or error}); nothing was written"
    return InputError("not_writable", OUT, str(path), hint)
