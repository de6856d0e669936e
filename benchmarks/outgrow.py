"""What a cluster costs beside one core: efficiency, overhead of a part, cost of losing a worker.

    python benchmarks/outgrow.py [ROUNDS]

Worlds of one site run on one core of this process, then through one and two processes of this machine, in turn. Efficiency
is CPU time of the worlds on one core over CPU time of all processes of the cluster (workers, scheduler, client), so that
what else the machine does counts less; wall time is printed beside it. The digest of every way is checked to be the same.
"""

import os
import platform
import signal
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

from overbuild.site.case_run import run_case
from overbuild.stress.cluster.address import address_of
from overbuild.stress.cluster.dask_workers import DaskWorkers, packed
from overbuild.stress.cluster.part_size import measured, size_of_part
from overbuild.stress.cluster.there import signature_of
from overbuild.stress.site_worlds.run import prepared
from overbuild.stress.worlds.run import HowMany, run_on, run_worlds
from overbuild.stress.worlds.settings import StressSettings

PARTS, EMPTY = 8, 500


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


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    made = prepared(run_case(Path("preset:neocloud-100mw-gb300")), StressSettings(scenarios=1000)).planned
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
