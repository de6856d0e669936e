"""What a cluster costs beside one core: efficiency, overhead of a part, cost of losing a worker; and XLA beside the kernel.

    python benchmarks/outgrow.py [ROUNDS]
    python benchmarks/outgrow.py device [--write]

Worlds of one site run on one core of this process, then through one and two processes of this machine, in turn. Efficiency
is CPU time of the worlds on one core over CPU time of all processes of the cluster (workers, scheduler, client), so that
what else the machine does counts less; wall time is printed beside it. The digest of every way is checked to be the same.

With `device` the same worlds run through the kernel on one core and through JAX on whatever device it has (pip install
'overbuild[gpu]' and, for an NVIDIA GPU, 'jax[cuda12]'): time to compile, time a world, how far values are apart, and the slopes of
all lanes. --write puts it into benchmarks/results/DEVICE.md, where the device is not this CPU.
"""

import math
import os
import platform
import re
import signal
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from overbuild.equations.kernel import Fold, Scenarios
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.case_run import run_case
from overbuild.stress.cluster.address import address_of
from overbuild.stress.cluster.dask_workers import DaskWorkers, packed
from overbuild.stress.cluster.part_size import measured, size_of_part
from overbuild.stress.cluster.there import signature_of
from overbuild.stress.site_worlds.drawing import kernels_of
from overbuild.stress.site_worlds.run import bound_of, prepared
from overbuild.stress.worlds.run import HowMany, run_on, run_worlds
from overbuild.stress.worlds.sampling import drawn_once, planned
from overbuild.stress.worlds.settings import StressSettings
from overbuild.world.drivers.dependence import mixing

PARTS, EMPTY = 8, 500
PRESET = Path("preset:neocloud-100mw-gb300")
CPU_SIZES, DEVICE_SIZES = (4_096, 16_384), (4_096, 65_536, 524_288)


class Taken(NamedTuple):
    wall: float
    cpu: float


def cpu_of(client):
    return time.process_time() + sum(client.run(time.process_time).values())


def through(name, made, scenarios, part, *, lose=False):
    """A run through a cluster whose workers are warm: what it took, and its digest."""
    asked = made.columns.asked
    with DaskWorkers(address_of(name)) as workers:
        workers.sent(packed(made.recipe), asked, signature_of(made.block, asked))
        run_on(workers, asked, HowMany(workers.threads * 2 * 4096, block=4096))
        began, spent, lost = time.perf_counter(), cpu_of(workers.client), list[int]()

        def tell(done, _):
            if lose and not lost and done >= scenarios // 4:
                lost.append(min(workers.client.run(os.getpid).values()))
                os.kill(lost[0], signal.SIGKILL)

        found = run_on(workers, asked, HowMany(scenarios, block=part), progress=tell)
        return Taken(time.perf_counter() - began, cpu_of(workers.client) - spent), found.digest


def empty_tasks():
    with DaskWorkers(address_of("local:1")) as workers:
        workers.client.gather(workers.client.map(abs, range(20)))
        began, spent = time.perf_counter(), time.process_time()
        futures = workers.client.map(abs, range(1000, 1000 + EMPTY), pure=False)
        workers.client.gather(futures)
        wall, cpu = time.perf_counter() - began, time.process_time() - spent
    print(
        f"an empty task: {1e3 * wall / EMPTY:.2f} ms, of which {1e3 * cpu / EMPTY:.2f} CPU-ms of scheduler and client"
    )


class Timed(NamedTuple):
    found: object
    taken: Taken


def timed(work):
    began, spent = time.perf_counter(), time.process_time()
    return Timed(work(), Taken(time.perf_counter() - began, time.process_time() - spent))


def apart(one, other):
    """The farthest that a result is apart, as a share of its largest value (of 1 where that is less)."""
    lost = np.isnan(one) != np.isnan(other)
    far = np.nanmax(np.abs(one - other)) / max(1.0, np.nanmax(np.abs(other)))
    return math.inf if lost.any() else float(far)


def told_apart(prepared):
    """All that is wanted but the squares of gaps in the books, which are rounding and nothing else."""
    return [
        one
        for one in prepared.kernel.wanted
        if not (isinstance(one, Fold) and one.lines[0] == one.lines[-1] and len(one.lines) > 1)
    ]


def least(work):
    return min((timed(work).taken for _ in range(3)), key=lambda one: one.wall)


def on_device(write):
    """XLA on the device that is there against the kernel on one core of this machine."""
    import jax

    from overbuild.stress.gpu.on_jax import OnJax

    device = jax.devices()[0]
    settings, case = StressSettings(), run_case(PRESET)
    leaves = bound_of(case, uncertain(case.shocked.drivers, case.shocked.forms), settings.spread)
    with tempfile.TemporaryDirectory() as empty:
        os.environ["OVERBUILD_CACHE"] = empty
        (prepared, *_), making = timed(lambda: kernels_of(leaves).prepared)
    _, sampling = planned(len(leaves.names), settings)

    def worlds(count):
        once = drawn_once(leaves.numbers, mixing(leaves.correlations), sampling, 0, count)
        return Scenarios(count, leaves.lane_values(once), seed=settings.seed)

    name = platform.processor() or platform.machine()
    lines = [
        f"# XLA on {device.device_kind} beside the kernel",
        "",
        f"`python benchmarks/outgrow.py device` on {device.platform}:{device.device_kind}, JAX {jax.__version__}; the kernel on one "
        f"core of {name}, Python {platform.python_version()}, NumPy {np.__version__}. Case `{PRESET}`, {leaves_told(leaves)}.",
        "",
        f"Kernel made in {making.wall:.1f} s ({making.cpu:.1f} CPU-s).",
        "",
        "| worlds | kernel, us a world | XLA, us a world (CPU-us) | compile, s (CPU-s) | values apart |",
        "|---|---|---|---|---|",
    ]
    there = OnJax(prepared)
    for count in CPU_SIZES if device.platform == "cpu" else DEVICE_SIZES:
        given = worlds(count)
        run_here, run_there = partial(prepared.run, given), partial(there.run, given)
        (own, _), (other, cold) = timed(run_here), timed(run_there)
        kernel, warm = least(run_here), least(run_there)
        far = max(apart(other[one], own[one]) for one in told_apart(prepared))
        assert far < 1e-9, far
        lines.append(
            f"| {count:,} | {1e6 * kernel.cpu / count:.2f} | {1e6 * warm.wall / count:.2f} ({1e6 * warm.cpu / count:.2f}) "
            f"| {cold.wall - warm.wall:.1f} ({cold.cpu - warm.cpu:.1f}) | {far:.1e} |"
        )
    given = worlds(CPU_SIZES[0])
    (_, cold), (slopes, warm) = timed(partial(there.slopes, given)), timed(partial(there.slopes, given))
    many = len(slopes[prepared.kernel.wanted[0]])
    lines += [
        "",
        f"Slopes of everything wanted for {many} lanes: {1e6 * warm.wall / given.size / many:.2f} us a world and lane "
        f"({1e6 * warm.cpu / given.size / many:.2f} CPU-us), compiled in {cold.wall - warm.wall:.1f} s ({cold.cpu - warm.cpu:.1f} CPU-s).",
    ]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if write and device.platform == "cpu":
        print("not written: JAX has no other device than this CPU here")
    elif write:
        folder = Path(__file__).parent / "results"
        folder.mkdir(exist_ok=True)
        path = folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', device.device_kind).strip('-').lower()}.md"
        path.write_text(text)
        print(f"written to {path}")


def leaves_told(leaves):
    return f"{len(leaves.names)} drivers, {len(leaves.drawn)} of its leaves drawn inside"


def main():
    if sys.argv[1:2] == ["device"]:
        on_device("--write" in sys.argv)
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    made = prepared(run_case(PRESET), StressSettings(scenarios=1000)).planned
    asked = made.columns.asked
    each = measured(made.block, asked).each
    part = size_of_part(each, 10**9, 1)
    scenarios = PARTS * part
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{1e6 * each:.2f} CPU-us a world; {PARTS} parts of {part:,} worlds, {each * part:.2f} CPU-s each")
    empty_tasks()
    taken: dict[str, list[Taken]] = {}
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        digest = run_worlds(made.block, asked, HowMany(scenarios)).digest
        taken.setdefault("one core", []).append(Taken(time.perf_counter() - began, time.process_time() - spent))
        for name, lose in (("local:1", False), ("local:2", False), ("local:2", True)):
            found, other = through(name, made, scenarios, part, lose=lose)
            assert other == digest, (name, other, digest)
            taken.setdefault(f"{name}, a worker killed" if lose else name, []).append(found)
    base = statistics.median(one.cpu for one in taken["one core"])
    for name, those in taken.items():
        wall, cpu = (statistics.median(column) for column in zip(*those, strict=True))
        said = "" if "killed" in name else f", efficiency {base / cpu:.2f}"
        print(f"{name}: wall {wall:.2f} s, CPU {cpu:.2f} s{said}")
    print(f"same digest every way: {digest}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
