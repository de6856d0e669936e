"""Who is told how much of a large file was read: the command line where it has a terminal, and no one else."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeAlias

Watch: TypeAlias = Callable[[int, int], None]
"""What is told the bytes that were read, and how many there are; at the end, whole or not, both are the same."""

WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
"""The one who is told; None for no one."""
