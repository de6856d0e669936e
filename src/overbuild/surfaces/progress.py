"""How far a long run is, in one line of a terminal that it takes back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

PATIENCE = 1.0
"""Seconds before a line is shown, and between two."""


@contextmanager
def progress_line() -> Generator[Callable[[int, int], None] | None]:
    """Something to be told how much is done, of how much; None where standard error is no terminal.

    The line says what is done and about how long the rest takes; it is wiped at the end.
    """
    stream, began, shown = sys.stderr, time.monotonic(), [time.monotonic()]
    if not stream.isatty():
        yield None
        return

    def tell(done: int, whole: int) -> None:
        now = time.monotonic()
        if now - shown[-1] >= PATIENCE:
            shown.append(now)
            left = (now - began) * (whole - done) / max(1, done)
            stream.write(f"\r\x1b[K{done:,} of {whole:,} worlds, {_left(left)}")
            stream.flush()

    try:
        yield tell
    finally:
        if len(shown) > 1:
            stream.write("\r\x1b[K")
            stream.flush()


def told_on_terminal() -> Callable[[int, int], None] | None:
    """Something to be told how many bytes of a file were read, of how many; None where standard error is no terminal.

    A file that takes long has a line, which is wiped once both are the same.
    """
    stream: TextIO | None = sys.stderr
    if stream is None or not stream.isatty():
        return None
    began: float | None = None
    shown = 0.0

    def tell(done: int, whole: int) -> None:
        nonlocal began, shown
        now = time.monotonic()
        if done >= whole:
            if began is not None and shown > began:
                stream.write("\r\x1b[K")
                stream.flush()
            began = None
        elif began is None:
            began = shown = now
        elif now - shown >= PATIENCE:
            shown = now
            stream.write(f"\r\x1b[Kreading: {done / whole:.0%}, {_left((now - began) * (whole - done) / max(1, done))}")
            stream.flush()

    return tell


def _left(seconds: float) -> str:
    """About how long the rest takes.

    >>> _left(4.2), _left(200.0)
    ('about 4 s left', 'about 3 min left')
    """
    return f"about {seconds:.0f} s left" if seconds < 100.0 else f"about {seconds / 60.0:.0f} min left"
