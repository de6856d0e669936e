"""The run: the same digits whatever the blocks, threads and kills; what it says of what it did not do."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from overbuild import files
from overbuild.errors import InputError, InputErrors
from overbuild.stress.worlds.kept import kept_blocks
from overbuild.stress.worlds.run import HowMany, checked, run_on, run_worlds
from overbuild.stress.worlds.summaries import added, summary_of
from overbuild.stress.worlds.workers.summarised import summarised
from tests.stress.worlds.toys import ASKED, toy

MANY = 20_000
WHO = {"case": "toy", "seed": 7, "version": "1"}


@pytest.fixture(scope="module")
def whole():
    return run_worlds(toy(7), ASKED, HowMany(MANY))


@pytest.mark.parametrize(("threads", "block"), [(1, 1024), (2, 4096), (2, 1024), (3, 777)])
def test_the_digest_does_not_depend_on_blocks_or_threads(whole, threads, block):
    assert run_worlds(toy(7), ASKED, HowMany(MANY, threads, block)).digest == whole.digest


class _AtOnce:
    """Runs each part as soon as it is started, on 512 worlds that come again and again."""

    room = 2

    def start(self, first, count, keep):
        found = Future()
        found.set_result(summarised(toy(7), ASKED._replace(fans=()), first % 512, count))
        return found

    def look(self):
        """Nothing is ever waited for."""


def test_memory_does_not_grow_with_the_number_of_parts():
    held = dict[int, int]()

    def tell(done, of):
        if 4 * done % of == 0:
            held[4 * done // of] = tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        run_on(_AtOnce(), ASKED, HowMany(2_048, block=8), progress=tell)
    finally:
        tracemalloc.stop()
    assert sorted(held) == [1, 2, 3, 4]
    # kept as they come, the 192 parts after the first quarter would take half a megabyte
    assert held[4] - held[1] < 150_000


class _Lost(_AtOnce):
    """Runs two parts, and never another: there is no one left, as `look` says."""

    def __init__(self):
        self.started = 0

    def start(self, first, count, keep):
        self.started += 1
        if self.started <= 2:
            return super().start(first, count, keep)
        never = Future()
        never.set_running_or_notify_cancel()
        return never

    def look(self):
        raise InputError("no_workers", "--cluster", "tcp://h:1", "no worker")


def test_ctrl_c_ends_a_run_whose_workers_are_gone_with_what_is_done():
    def tell(done, of):
        if done == 16:
            raise KeyboardInterrupt

    found = run_on(_Lost(), ASKED, HowMany(4_096, block=8), progress=tell)
    assert found.summary.scenarios == 16 and found.stopped == "stopped by hand after 16 of 4,096 scenarios"


def test_another_seed_has_another_digest(whole):
    assert run_worlds(toy(8), ASKED, HowMany(MANY)).digest != whole.digest


def test_summaries_add_up_to_the_same_in_any_order():
    parts = [summary_of(toy(7)(first, 500), ASKED) for first in range(0, 3000, 500)]
    found = [added([added([parts[one] for one in order[:3]]), *[parts[one] for one in order[3:]]])
             for order in itertools.islice(itertools.permutations(range(6)), 0, 720, 90)]  # fmt: skip
    for other in found[1:]:
        for one, another in zip(found[0].measures.values(), other.measures.values(), strict=True):
            assert all(np.array_equal(a, b) for a, b in zip(one, another, strict=True))
        assert np.array_equal(found[0].ended, other.ended)


def test_sums_and_quantiles_are_those_of_the_values(whole):
    block = toy(7)(0, MANY)
    for name in ("headroom", "loss"):
        values, found = block[name], whole.summary.measures[name]
        assert found.mean == pytest.approx(values.mean(), rel=1e-12)
        assert found.deviation == pytest.approx(values.std(), rel=1e-3)
        for share in (0.01, 0.05, 0.5, 0.975, 0.99):
            exact = float(np.quantile(values, share, method="inverted_cdf"))
            assert found.quantile(share) == pytest.approx(exact, rel=1e-3, abs=1e-6)
        worst = np.sort(values)[-MANY // 100 :].mean()
        assert found.worst_mean(0.01) == pytest.approx(worst, rel=1e-3)
    assert whole.summary.ended[1, 2] == block["ended_as"].sum()
    assert np.array_equal(whole.fan.rows["cover"], block["cover"][:, : whole.fan.rows["cover"].shape[1]])


def test_scenarios_that_cannot_be_computed_are_counted_by_reason_and_nowhere_else():
    def block(first, count):
        made = dict(toy(7, lost=[3, 4])(first, count))
        made["headroom"] = np.where(np.arange(first, first + count) == 9, np.inf, made["headroom"])
        made["loss"] = np.where(np.arange(first, first + count) == 11, 1e30, made["loss"])
        return made

    found = run_worlds(block, ASKED, HowMany(100))
    assert dict(zip(ASKED.every_reason, found.summary.failed, strict=True)) == {
        "no root": 2,
        "a result is no finite number": 1,
        "a result is too large to be summed": 1,
    }
    assert found.summary.counted == 96 == found.summary.measures["headroom"].size


def test_a_run_ends_when_its_probability_is_known_well_enough(whole):
    found = run_worlds(toy(7), ASKED, HowMany(1_000_000, until_error=0.002))
    assert found.stopped.startswith("ended after 32,768 scenarios")
    assert found.digest == run_worlds(toy(7), ASKED, HowMany(1_000_000, 2, 1024, until_error=0.002)).digest


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        (HowMany(0), "scenarios"),
        (HowMany(-5), "scenarios"),
        (HowMany(10**12), "scenarios"),
        (HowMany(9, threads=0), "threads"),
        (HowMany(9, until_error=0.0), "until_error"),
        (HowMany(9, until_error=0.1, scramble=16), "until_error"),
    ],
)
def test_a_number_that_cannot_be_is_refused(wanted, path):
    with pytest.raises(InputError) as error:
        checked(wanted)
    assert error.value.path == path


def test_all_numbers_that_cannot_be_are_refused_at_once():
    with pytest.raises(InputErrors) as errors:
        checked(HowMany(0, 0))
    assert [one.path for one in errors.value.errors] == ["scenarios", "threads"]


def test_an_interrupt_keeps_what_is_done():
    def tell(done, _):
        if done >= 8192:
            raise KeyboardInterrupt

    found = run_worlds(toy(7), ASKED, HowMany(100_000, block=1024), progress=tell)
    done = found.summary.scenarios
    assert 8192 <= done <= 8192 + 2 * 1024
    assert found.stopped == f"stopped by hand after {done:,} of 100,000 scenarios"


def test_a_run_that_was_killed_goes_on_where_it_stopped(whole, tmp_path):
    program = (
        "from pathlib import Path; import time; from tests.stress.worlds.toys import *;"
        "from overbuild.stress.worlds.run import *; from overbuild.stress.worlds.kept import *\n"
        "def slow(first, count):\n    time.sleep(0.05); return toy(7)(first, count)\n"
        f"run_worlds(slow, ASKED, HowMany({MANY}, block=512), kept=kept_blocks(Path({str(tmp_path)!r}), {WHO!r}))"
    )
    running = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[3])
    while len(list(tmp_path.glob("block-*.bin"))) < 5 and running.poll() is None:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    ran = []

    def block(first, count):
        ran.append(first)
        return toy(7)(first, count)

    kept = kept_blocks(tmp_path, WHO)
    before = kept.kept()
    found = run_worlds(block, ASKED, HowMany(MANY, block=512), kept=kept)
    assert found.digest == whole.digest
    assert 5 <= before == -(-MANY // 512) - len(ran)


def test_a_block_that_was_damaged_is_computed_again(whole, tmp_path):
    kept = kept_blocks(tmp_path, WHO)
    run_worlds(toy(7), ASKED, HowMany(MANY), kept=kept)
    damaged = sorted(tmp_path.glob("block-*.bin"))[1]
    damaged.write_bytes(damaged.read_bytes()[:-7] + b"\0" * 7)
    assert kept.block(1) is None
    assert run_worlds(toy(7), ASKED, HowMany(MANY), kept=kept).digest == whole.digest
    assert kept.block(1) is not None


def test_a_folder_of_another_run_is_refused_with_what_differs(tmp_path):
    kept_blocks(tmp_path, WHO)
    with pytest.raises(InputError, match="seed 7 there, 8 here; version 1 there, 2 here") as error:
        kept_blocks(tmp_path, {**WHO, "seed": 8, "version": "2"})
    assert error.value.code == "other_run"


def test_a_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match=r"other files \(thesis.txt\)"):
        kept_blocks(tmp_path, WHO)
    with pytest.raises(InputError, match="is a file"):
        kept_blocks(tmp_path / "thesis.txt", WHO)


def test_a_disk_that_fills_loses_nothing(whole, tmp_path, monkeypatch):
    written, kept = files._write, kept_blocks(tmp_path, WHO)

    def full(path, data, *, overwrite):
        if kept.kept() >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(path, data, overwrite=overwrite)

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(InputError, match=r"No space left on device.*3 blocks are kept here: make room"):
        run_worlds(toy(7), ASKED, HowMany(MANY), kept=kept)
    monkeypatch.undo()
    assert run_worlds(toy(7), ASKED, HowMany(MANY), kept=kept).digest == whole.digest


def test_a_signal_ends_a_run_with_what_is_done():
    program = (
        "import time; from tests.stress.worlds.toys import *; from overbuild.stress.worlds.run import *\n"
        "def slow(first, count):\n    time.sleep(0.05); print('ran', flush=True); return toy(7)(first, count)\n"
        "print(run_worlds(slow, ASKED, HowMany(10_000_000, 2, 512)).stopped)"
    )
    place = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", program], cwd=place, stdout=subprocess.PIPE, text=True) as running:
        for _ in range(4):
            running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=30)[0]
    assert running.returncode == 0
    assert "stopped by hand after" in said and "of 10,000,000 scenarios" in said
