"""Worlds on a cluster: the same digits whoever is lost or joins, and nothing from who would give others."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from overbuild.audit.case_kinds import EXPLAINED
from overbuild.errors import InputError, InputErrors
from overbuild.questions.stress.estimate import stress_estimate
from overbuild.site.case_run import run_case
from overbuild.stress.case_worlds.run import prepared_case
from overbuild.stress.cluster import dask_workers
from overbuild.stress.cluster.address import address_of
from overbuild.stress.cluster.dask_workers import DaskWorkers, packed
from overbuild.stress.cluster.run import run_on_cluster
from overbuild.stress.cluster.there import Refusal, run_there, signature_of, versions_here
from overbuild.stress.site_worlds.run import prepared
from overbuild.stress.worlds.kept import kept_blocks, size_kept
from overbuild.stress.worlds.run import HowMany, run_on, run_worlds
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import Summary
from overbuild.stress.worlds.workers.summarised import summarised
from overbuild.stress.worlds.written.run_out import PlannedRun, run_out
from overbuild.stress.worlds.written.worlds_file import WrittenColumns
from tests.stress.worlds.toys import ASKED, toy

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

MANY = 200_000
FEW = StressSettings(scenarios=2_000, threads=1)


def planned(scenarios=MANY):
    columns = WrittenColumns(ASKED, (), "", {})
    return PlannedRun(toy(7), partial(toy, 7), HowMany(scenarios), columns, {"case": "toy", "seed": 7})


def site():
    return prepared(run_case(Path("preset:single-loan-80-20")), FEW).planned


def fleet():
    return prepared_case(EXPLAINED["fleet"].explain(Path("preset:h100"), (), None), FEW).planned


@pytest.mark.parametrize("case", [site, fleet])
def test_what_travels_makes_the_same_worlds(case):
    made = case()
    asked = made.columns.asked
    there = run_there(packed(made.recipe), asked, signature_of(made.block, asked), 1_000, 6_000)
    here = summarised(made.block, asked, 1_000, 6_000)
    assert not isinstance(there, Refusal)
    assert there.summary.counted == here.summary.counted
    for name, one in here.summary.measures.items():
        assert one.total == there.summary.measures[name].total


def test_a_worker_that_would_give_other_digits_gives_none():
    sent, own = packed(partial(toy, 8)), signature_of(toy(7), ASKED)
    found = run_there(sent, ASKED, own, 0, 100)
    assert isinstance(found, Refusal) and "computes other digits" in found.why
    older = run_there(packed(partial(toy, 7)), ASKED, own._replace(overbuild="0.0.1"), 0, 100)
    assert isinstance(older, Refusal) and "has overbuild" in older.why and "0.0.1 here" in older.why


@pytest.mark.parametrize(
    "written", ["localhost", "http://10.0.0.7:8786", "tcp://host", "tcp://host:99999", "local:0", "local:two", ""]
)
def test_what_names_no_cluster_is_refused(written):
    with pytest.raises(InputError) as caught:
        address_of(written)
    assert caught.value.code in ("syntax", "out_of_range") and caught.value.path == "--cluster"


def test_workers_lost_in_the_middle_change_no_digit(tmp_path):
    whole = run_worlds(toy(7), ASKED, HowMany(MANY))
    kept, told = kept_blocks(tmp_path, {"case": "toy"}), list[int]()
    with DaskWorkers(address_of("local:2")) as workers:
        assert workers.threads == 2
        workers.sent(packed(partial(toy, 7)), ASKED, signature_of(toy(7), ASKED))

        def tell(done, of):
            told.append(done)
            if len(told) == 2:
                os.kill(min(workers.client.run(os.getpid).values()), signal.SIGKILL)

        found = run_on(workers, ASKED, HowMany(MANY, block=8192), kept=kept, progress=tell)
    assert found.digest == whole.digest and not found.stopped
    assert told == sorted(told) and told[-1] == MANY
    assert kept.kept() == -(-MANY // 8192)


SLOW, RAN = 0.7, list[str]()


def slow_on_the_first():
    """Worlds that one of the workers of this process takes long over; each says who ran it."""
    block = toy(7)

    def worlds(first, count):
        name = str(distributed.get_worker().name)
        RAN.append(name)
        time.sleep(SLOW if name == "0" and count == 2048 else 0.0)
        return block(first, count)

    return worlds


def workers_here(count):
    return distributed.LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )


def test_a_slow_worker_holds_up_no_more_than_its_own_parts():
    RAN.clear()
    with workers_here(2) as cluster, DaskWorkers(address_of(cluster.scheduler_address)) as workers:
        workers.sent(packed(slow_on_the_first), ASKED, signature_of(toy(7), ASKED))
        found = run_on(workers, ASKED, HowMany(MANY, block=2048))
    parts = -(-MANY // 2048)
    assert found.digest == run_worlds(toy(7), ASKED, HowMany(MANY)).digest
    assert 0 < RAN.count("0") < parts // 4 and RAN.count("1") > parts // 2


def test_workers_that_come_and_go_change_no_digit():
    seen = set[int]()
    with workers_here(1) as cluster, DaskWorkers(address_of(cluster.scheduler_address)) as workers:
        workers.sent(packed(partial(toy, 7)), ASKED, signature_of(toy(7), ASKED))
        many = [3, 1, 4, 2]

        def tell(done, of):
            seen.add(len(cluster.workers))
            if many and done * 6 > of * (5 - len(many)):
                cluster.scale(many.pop(0))
                cluster.sync(cluster._correct_state)

        found = run_on(workers, ASKED, HowMany(MANY, block=2048), progress=tell)
    assert found.digest == run_worlds(toy(7), ASKED, HowMany(MANY)).digest and not found.stopped
    assert seen >= {1, 2, 3, 4}


def summaries_here():
    """Summaries in the memory of this process, those of other tests among them."""
    gc.collect()
    return sum(isinstance(one, Summary) for one in gc.get_objects())


def test_what_came_back_is_added_up_and_not_held_and_workers_hear_no_ctrl_c():
    most, held = list[int](), list[int]()
    before = summaries_here()
    with DaskWorkers(address_of("local:1")) as workers:
        pids = workers.client.run(os.getpid)
        os.kill(*pids.values(), signal.SIGINT)  # as a terminal does to all: it is for the process that asks
        workers.sent(packed(partial(toy, 7)), ASKED, signature_of(toy(7), ASKED))

        def tell(done, of):
            most.append(len(workers.client.futures))
            if done == of:
                held.append(summaries_here() - before)

        found = run_on(workers, ASKED, HowMany(MANY, block=2048), progress=tell)
        assert workers.client.run(os.getpid) == pids
    assert found.digest == run_worlds(toy(7), ASKED, HowMany(MANY)).digest
    assert len(most) > 40 and max(most) <= 4  # the recipe, two parts that run, one on its way
    assert held[0] < 20 < MANY // 2048


def test_a_run_goes_on_here_from_parts_of_a_cluster(tmp_path):
    made, whole = planned(), run_worlds(toy(7), ASKED, HowMany(MANY))
    kept = kept_blocks(tmp_path, {**made.identity, "scenarios a part": 32_768})
    for number in (0, 3):
        kept.keep(number, *summarised(toy(7), ASKED, number * 32_768, 32_768))
    ran = list[int]()

    def block(first, count):
        ran.append(first // 32_768)
        return toy(7)(first, count)

    found = run_out(made._replace(block=block), StressSettings(out=tmp_path))
    assert size_kept(tmp_path) == 32_768
    assert found.digest == whole.digest and sorted(set(ran)) == [1, 2, 4, 5, 6]


def test_a_folder_of_another_case_is_refused_before_a_cluster_is_asked(tmp_path):
    kept_blocks(tmp_path, {**planned().identity, "seed": 8, "scenarios a part": 4096})
    with pytest.raises(InputError) as caught:
        run_on_cluster(planned(), StressSettings(out=tmp_path, cluster="tcp://127.0.0.1:9"))
    assert caught.value.code == "other_run" and "seed 8 there, 7 here" in caught.value.hint


def test_an_address_that_answers_with_something_else(monkeypatch):
    monkeypatch.setattr(dask_workers, "ANSWERED", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            there, _ = server.accept()
            with there:
                there.recv(100)
                there.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
                there.recv(100)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(InputError) as caught:
            run_on_cluster(planned(), StressSettings(cluster=f"tcp://127.0.0.1:{server.getsockname()[1]}"))
        thread.join()
    assert caught.value.code == "no_cluster"


def test_a_scheduler_without_workers_is_told_and_nothing_runs():
    with (
        workers_here(0) as cluster,
        pytest.raises(InputError) as caught,
        DaskWorkers(address_of(cluster.scheduler_address), patience=0.2),
    ):
        pass
    assert caught.value.code == "no_workers"


def test_what_a_cluster_cannot_do_is_refused_all_at_once():
    with pytest.raises(InputErrors) as caught:
        run_out(planned(), StressSettings(cluster="", threads=2, until_error=0.01, out=Path("worlds.parquet")))
    assert [(one.path, one.code) for one in caught.value.errors] == [
        ("--cluster", "syntax"), ("until_error", "contradiction"), ("threads", "contradiction"), ("--out", "contradiction")
    ]  # fmt: skip
    with pytest.raises(InputError, match="threads of this machine"):
        stress_estimate("preset:h100", settings=StressSettings(cluster="local:2", threads=2), kind="fleet")


def test_an_estimate_is_the_arithmetic_of_a_measured_block():
    found = stress_estimate("preset:h100", settings=StressSettings(scenarios=10**9), kind="fleet")
    hours = found.values["seconds_a_world"] * 1e9 / 3600.0
    assert found.values["core_hours"] == pytest.approx(hours)
    rows = found.tables[0].rows
    assert [row["cores"] for row in rows] == [1, 2, 16, 128, 1024]
    assert rows[0]["hours"] == pytest.approx(hours, rel=0.01) and rows[1]["hours"] == pytest.approx(hours / 2, rel=0.01)
    assert all(row["parts"] * row["part"] >= 10**9 for row in rows)
    assert versions_here().digest == ""
