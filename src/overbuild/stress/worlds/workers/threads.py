"""Threads of this process that run scenarios."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from overbuild.stress.worlds.summaries import Asked
from overbuild.stress.worlds.workers.summarised import BlockFunction, Keep, Summarised, summarised


class ThreadWorkers:
    """So many threads, within a `with`."""

    def __init__(self, block: BlockFunction, asked: Asked, threads: int) -> None:
        self.block, self.asked = block, asked
        self.room = 2 * threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="worlds")

    def __enter__(self) -> ThreadWorkers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()

    def start(self, first: int, count: int, keep: Keep | None) -> Future[Summarised]:
        """Start a part on a free thread."""
        return self._pool.submit(self._run, first, count, keep)

    def look(self) -> None:
        """A thread of this process is never lost."""

    def _run(self, first: int, count: int, keep: Keep | None) -> Summarised:
        found = summarised(self.block, self.asked, first, count)
        if keep is not None:
            keep(*found)
        return found
