"""Workers of a dask cluster: the only code that knows dask.distributed.

A part that is lost with its worker is run again on another by the scheduler; workers may join at any time. A scheduler
that goes away ends the run: what was kept stays.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import secrets
import signal
import time
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from types import TracebackType
from typing import Any

from overbuild.errors import InputError, OverbuildError
from overbuild.stress.cluster.address import CLUSTER, ClusterAddress
from overbuild.stress.cluster.there import Recipe, Refusal, Signature, differs, run_there, versions_here
from overbuild.stress.worlds.summaries import Asked
from overbuild.stress.worlds.workers.summarised import Keep, Summarised

PATIENCE = 30.0
"""Seconds to wait for a worker, where there is none."""

ANSWERED = 10.0
"""Seconds in which a scheduler has to answer."""

_COUNTED_EVERY = 5.0
_LEAN = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}
"""What processes of this machine leave out: watching themselves many times a second."""


class DaskWorkers:
    """The workers of a cluster, within a `with`. Raises InputError where it is none, or has none of this version."""

    def __init__(self, address: ClusterAddress, patience: float = PATIENCE) -> None:
        self.address, self.patience = address, patience
        self.threads = 0
        self._dask = _distributed()
        self._stack = ExitStack()
        self._run = f"worlds-{secrets.token_hex(4)}"
        self._waiting: dict[int, Any] = {}
        self._counted = self._seen = 0.0

    def __enter__(self) -> DaskWorkers:
        self._stack.enter_context(_quiet())
        try:
            self._open()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()
        self._stack.close()

    def _open(self) -> None:
        to: Any = self.address.written
        if self.address.local:
            self._stack.enter_context(importlib.import_module("dask.config").set(_LEAN))
            with _unheard_ctrl_c():
                made = self._dask.LocalCluster(
                    n_workers=self.address.local,
                    threads_per_worker=1,
                    memory_limit=0,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    scheduler_kwargs={"dashboard": False},
                    silence_logs=logging.CRITICAL,
                )
                to = self._stack.enter_context(made)
        else:
            _check_scheduler(self._dask, self.address)
        try:
            made = self._dask.Client(to, timeout=ANSWERED, set_as_default=False)
            self.client: Any = self._stack.enter_context(made)
            self.client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError:
            raise self._alone() from None
        except OSError as error:
            raise _no_scheduler(self.address, error) from None
        self._check_versions()
        self._count()

    def _check_versions(self) -> None:
        """Refuse workers of other versions before anything is run, all at once."""
        found: dict[str, Any] = self.client.run(versions_here, on_error="return")
        own = versions_here()
        told: list[str] = []
        for worker, there in found.items():
            why = differs(own, there) if isinstance(there, Signature) else f"cannot say its version ({there})"
            told += [f"{worker} {why}"] if why else []
        if told:
            raise _other_version(self.address, "; ".join(told[:5]))

    def sent(self, recipe: bytes, asked: Asked, wanted: Signature) -> DaskWorkers:
        """Send what every part needs: once to the scheduler, from there to each worker."""
        self._shared: Any = self.client.submit(_same, recipe, key=f"{self._run}-recipe")
        self._asked, self._wanted = asked, wanted
        return self

    @property
    def room(self) -> int:
        """Two parts for each thread of the cluster, as it is now."""
        if time.monotonic() - self._counted > _COUNTED_EVERY:
            self._count()
        return max(2, 2 * self.threads)

    def _count(self) -> None:
        try:
            self.threads = sum(self.client.nthreads().values())
        except Exception as error:  # whatever a connection that breaks off raises, told as one thing
            raise self._told(error) from None
        self._counted = time.monotonic()
        if self.threads:
            self._seen = self._counted

    def start(self, first: int, count: int, keep: Keep | None) -> Future[Summarised]:
        """Start a part on whichever worker is free."""
        found = Future[Summarised]()
        found.set_running_or_notify_cancel()  # what was handed out is run to its end, and counts

        def done(part: Any) -> None:
            self._waiting.pop(first, None)
            try:
                found.set_result(self._result(part, keep))
            except BaseException as error:
                found.set_exception(error)

        part = self.client.submit(
            run_there, self._shared, self._asked, self._wanted, first, count, key=(self._run, first)
        )
        self._waiting[first] = part
        part.add_done_callback(done)
        return found

    def _result(self, part: Any, keep: Keep | None) -> Summarised:
        try:
            there: Summarised | Refusal = part.result()
        except Exception as error:  # of the worker, of its loss, of the connection: told in our words
            raise self._told(error) from None
        if isinstance(there, Refusal):
            raise _other_version(self.address, f"a worker {there.why}")
        if keep is not None:
            keep(*there)
        return there

    def look(self) -> None:
        """Raise InputError where the scheduler is gone, or no worker has been there for so long."""
        if self.client.status != "running":
            raise self._gone()
        self._count()
        if time.monotonic() - self._seen > self.patience:
            raise self._alone()

    def _told(self, error: Exception) -> Exception:
        """An error of dask in our words; one of ours as it is."""
        if isinstance(error, OverbuildError):
            return error
        if isinstance(error, self._dask.KilledWorker):
            hint = (
                "a part ended the process of one worker after another, as where memory runs out; see the workers' logs"
            )
            return InputError("cluster_lost", CLUSTER, self.address.written, hint)
        if "deserializ" in str(error) or isinstance(error, ImportError):
            return _other_version(self.address, f"the scheduler or a worker lacks what is here ({error})")
        lost = (self._dask.CancelledError, asyncio.CancelledError, OSError, TimeoutError)
        if isinstance(error, lost) or self.client.status != "running":
            return self._gone()
        return error

    def _gone(self) -> InputError:
        hint = "the scheduler went away while worlds were run"
        return InputError("cluster_lost", CLUSTER, self.address.written, hint)

    def _alone(self) -> InputError:
        hint = f"has a scheduler and no worker for {self.patience:.0f} s; start some (dask worker ADDRESS)"
        return InputError("no_workers", CLUSTER, self.address.written, hint)


def _same(one: bytes) -> bytes:
    """What is sent, kept as a task of its own: the scheduler can have it again from its words if a worker is lost."""
    return one


def packed(recipe: Recipe) -> bytes:
    """A recipe as it travels: functions of this package by name, those made while reading a case by their code."""
    found: bytes = importlib.import_module("cloudpickle").dumps(recipe)
    return found


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError:
        hint = "needs dask.distributed: pip install 'overbuild[cluster]'"
        raise InputError("missing", CLUSTER, "distributed", hint) from None


def _check_scheduler(dask: Any, address: ClusterAddress) -> None:
    """Refuse an address where nothing answers as a scheduler does."""

    async def asked() -> Any:
        there = dask.rpc(address.written, timeout=ANSWERED)
        try:
            return await asyncio.wait_for(there.identity(), ANSWERED)
        finally:
            await there.close_rpc()

    try:
        found = asyncio.run(asked())
    except Exception as error:  # whatever a stranger's answer makes of it
        raise _no_scheduler(address, error) from None
    if not isinstance(found, dict) or found.get("type") != "Scheduler":  # pyright: ignore[reportUnknownMemberType] - a stranger's answer
        raise _no_scheduler(address, ValueError("it says it is something else"))


def _no_scheduler(address: ClusterAddress, error: Exception) -> InputError:
    said = str(error) or f"nothing said within {ANSWERED:.0f} s"
    hint = f"no dask scheduler answers there: {said}. Start one (dask scheduler), or check host, port and firewall"
    return InputError("no_cluster", CLUSTER, address.written, hint)


def _other_version(address: ClusterAddress, said: str) -> InputError:
    hint = f"{said}; its digits might be others. Give every machine the same image, and run the same command again"
    return InputError("other_version", CLUSTER, address.written, hint)


@contextmanager
def _unheard_ctrl_c() -> Generator[None]:
    """Threads and processes that begin in here never hear a Ctrl-C, which a terminal sends to all: it is for this process.

    One that comes meanwhile is raised at the end. Where a system cannot do that (Windows) processes hear it too.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # where it is started first, it hears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _quiet() -> Generator[None]:
    """Keep dask's own messages off the user's terminal; each of its logs has a handler of its own."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ("distributed", "tornado")]
    loud = [one for one in map(logging.getLogger, names) if not one.disabled]
    for one in loud:
        one.disabled = True
    try:
        yield
    finally:
        for one in loud:
            one.disabled = False
