"""One writer at a time: what is entered into a workspace is prepared, written and logged while no other process writes.

The lock is a file in the folder, so that it holds between machines that share it; the system lets go of it when a process
ends, however it ends. Readers take no lock: a file is replaced whole, and sources stand before the rows that cite them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from overbuild.errors import FactError

LOCK = ".lock"
LONGEST_WAIT = 300.0
"""Seconds that a writer waits for those before it."""

Standing = TypeVar("Standing")
Ready = TypeVar("Ready")


class Alone(NamedTuple, Generic[Standing, Ready]):
    """What stood in the workspace, and what is to be written beside it."""

    before: Standing
    ready: Ready


@contextlib.contextmanager
def prepared_alone(
    workspace: Path, read: Callable[[], Standing], prepare: Callable[[Standing], Ready]
) -> Generator[Alone[Standing, Ready]]:
    """What stands and what is to be written, while this process alone may write.

    A folder that is not there is made only once everything is sound: what is at fault leaves no trace. Raises what `read` and
    `prepare` raise; FactError `not_writable`, or `busy` where others write for longer than five minutes.
    """
    first: Alone[Standing, Ready] | None = None
    if not workspace.exists():
        nothing = read()
        first = Alone(nothing, prepare(nothing))
    with _lock(workspace):
        standing = read()
        if first is None or first.before != standing:
            first = Alone(standing, prepare(standing))
        yield first


@contextlib.contextmanager
def _lock(workspace: Path) -> Generator[None]:
    import filelock  # late: questions that enter nothing never need it

    lock = filelock.FileLock(workspace / LOCK, timeout=LONGEST_WAIT, poll_interval=0.02)
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        hint = f"another process has been writing here for {LONGEST_WAIT:.0f} seconds; nothing was changed"
        raise FactError("busy", "workspace", str(workspace), hint) from None
    except OSError as error:
        hint = f"cannot be written ({error.strerror}); nothing was changed"
        raise FactError("not_writable", "workspace", str(workspace), hint) from None
    try:
        _clear_drafts(workspace)
        yield
    finally:
        lock.release()


def _clear_drafts(workspace: Path) -> None:
    """Take away what a writer that was stopped left half-written."""
    for draft in (path for mark in (".facts.csv.", ".sources.toml.", ".claims.csv.", ".log.csv.") for path in
                  workspace.glob(f"{mark}*")):  # fmt: skip
        with contextlib.suppress(OSError):
            draft.unlink()
