"""A workspace that many processes write at once: no acknowledged row is lost, nothing is half-read, the log says who."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from overbuild import ask
from overbuild.errors import FactError
from overbuild.facts.entry import alone
from overbuild.facts.entry.log import OTHERWISE, read_log
from overbuild.facts.store import add_facts, load_ledger

HEADER = (
    "entity,metric,period_start,period_end,value,unit,kind,source_title,source_url,published,source_class,known_at\n"
)

WRITER = """
import sys
from pathlib import Path
from overbuild.facts.store import add_facts
from tests.facts.test_many_writers import HEADER, row
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    file = folder / f"{name}-{number}.csv"
    file.write_text(HEADER + row(f"{name}{number}"))
    add_facts(file, folder / "ws")
    print(f"{name}{number}", flush=True)
"""
ROOT = Path(__file__).parents[2]


def row(entity: str) -> str:
    said = f"t {entity},https://x.de/{entity},2025-02-25,filing,2025-02-25"
    return f"{entity},cash,2024-01-01,2024-12-31,12,USD_mn,reported,{said}\n"


def start(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def entities(folder: Path) -> list[str]:
    return [line.split(",")[0] for line in (folder / "ws" / "facts.csv").read_text().splitlines()[1:]]


def test_what_was_acknowledged_is_kept_though_writers_are_killed(tmp_path: Path) -> None:
    steady = [start(tmp_path, name, 6) for name in "ab"]
    stopped = [start(tmp_path, name, 1_000) for name in "cd"]
    told = []
    for one in stopped:
        told += [one.stdout.readline().strip() for _ in range(2)]
        one.kill()
        told += one.communicate()[0].split()
    for one in steady:
        told += one.communicate()[0].split()
        assert one.returncode == 0
    kept = entities(tmp_path)
    assert len(told) >= 16
    assert set(told) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(load_ledger(tmp_path / "ws").facts) - len(load_ledger().facts) == len(kept)
    assert read_log(tmp_path / "ws")[-1].stand == len(kept)


def test_a_reader_never_sees_half_of_an_entry(tmp_path: Path) -> None:
    writer = start(tmp_path, "a", 8)
    assert writer.stdout.readline()
    seen = [len(load_ledger(tmp_path / "ws").facts)]
    while writer.poll() is None:
        seen.append(len(load_ledger(tmp_path / "ws").facts))  # raises where a row cites a source that is not there yet
        time.sleep(0.01)
    assert seen == sorted(seen)
    assert len(entities(tmp_path)) == 8
    writer.communicate()


def test_the_log_says_who_entered_what_and_what_came_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ines")
    for name in ("A", "B"):
        (tmp_path / f"{name}.csv").write_text(HEADER + row(name))
    add_facts(tmp_path / "A.csv", tmp_path / "ws")
    table = tmp_path / "ws" / "facts.csv"
    table.write_text(table.read_text().splitlines()[0] + "\n")
    add_facts(tmp_path / "B.csv", tmp_path / "ws")
    entries = read_log(tmp_path / "ws")
    assert [(one.who, one.command, one.file, one.rows, one.stand, one.about) for one in entries] == [
        ("ines", "facts add", "A.csv", 1, 1, "A"),
        ("", OTHERWISE, "", -1, 0, ""),
        ("ines", "facts add", "B.csv", 1, 1, "B"),
    ]
    answer = ask.fact_log(tmp_path / "ws")
    assert answer.values == {"entries": 3, "people": 1, "facts": 1, "claims": 0, "otherwise": 1}
    assert "without an entry" in answer.notes[0]


def test_what_is_at_fault_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(HEADER + row("A").replace("12,USD_mn", "1_2,USD_mn"))
    with pytest.raises(FactError, match="digits 0 to 9"):
        add_facts(tmp_path / "bad.csv", tmp_path / "ws")
    assert not (tmp_path / "ws").exists()
    with pytest.raises(FactError, match="no such folder"):
        ask.fact_log(tmp_path / "ws")


def test_a_folder_that_stays_locked_is_said_and_drafts_of_the_dead_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "A.csv").write_text(HEADER + row("A"))
    (tmp_path / "B.csv").write_text(HEADER + row("B"))
    add_facts(tmp_path / "A.csv", tmp_path / "ws")
    (tmp_path / "ws" / ".facts.csv.left").write_text("half")
    monkeypatch.setattr(alone, "LONGEST_WAIT", 0.05)
    holding = (
        "import filelock, sys; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print(1, flush=True); input()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", holding, str(tmp_path / "ws" / alone.LOCK)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout.readline()
    with pytest.raises(FactError, match="another process"):
        add_facts(tmp_path / "B.csv", tmp_path / "ws")
    held.communicate("\n")
    add_facts(tmp_path / "B.csv", tmp_path / "ws")
    assert not (tmp_path / "ws" / ".facts.csv.left").exists()
    assert sorted(entities(tmp_path)) == ["A", "B"]
