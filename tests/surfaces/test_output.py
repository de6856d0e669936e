"""Where an answer goes: files whole and kept, any code page, a full disk, a closed pipe, no output at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from overbuild.errors import InputError
from overbuild.files import write_whole
from tests.surfaces.test_cli import ROOT, run
from tests.surfaces.test_safe_text import case

NAME = "Σ-Rechenzentrum Zürich – Żar"
WRITERS = {
    "own.svg": ("gap", "--as-of", "2026-01-17", "--chart"),
    "own.png": ("demo", "--chart"),
    "own.xlsx": ("export", "gap", "--as-of", "2026-01-17", "--xlsx"),
    "own.yaml": ("new", "site"),
}
"""Commands that write a file, and a file for each."""

posix = pytest.mark.skipif(os.name != "posix", reason="this system has other permissions, links and pipes")


def program(*arguments, env=None, **streams):
    """The program by itself, with the streams it is given."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    command = [sys.executable, "-m", "overbuild", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False, **streams)


def shell(line):
    """A line of a shell in which $RUN is the program."""
    env = {**os.environ, "RUN": f"{sys.executable} -m overbuild"}
    return subprocess.run(["bash", "-c", line], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_no_command_prints_or_writes_by_itself():
    surfaces = ROOT / "src" / "overbuild" / "surfaces"
    doors = [path for path in surfaces.rglob("*.py") if path.name != "streams.py" and "reference" not in path.parts]
    by_itself = re.compile(r"click\.echo|^ *print\(|tempfile|\.write_(?:text|bytes)\(|\.open\(", re.MULTILINE)
    found = {path.name: by_itself.findall(path.read_text("utf-8")) for path in doors}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_is_there_is_kept_unless_asked(name, tmp_path):
    (tmp_path / name).write_text("mine")
    found = run(*WRITERS[name], name, cwd=tmp_path)
    assert found.returncode == 2 and found.stdout == ""
    assert "this file exists and is kept; --overwrite replaces it" in found.stderr and "[exists]" in found.stderr
    assert (tmp_path / name).read_text() == "mine"
    assert run(*WRITERS[name], name, "--overwrite", cwd=tmp_path).returncode == 0
    assert len((tmp_path / name).read_bytes()) > 1000
    assert [one.name for one in tmp_path.iterdir()] == [name]


@posix
@pytest.mark.parametrize("name", WRITERS)
def test_a_file_has_the_permissions_of_the_umask_or_keeps_its_own(name, tmp_path):
    before = os.umask(0o027)
    try:
        assert run(*WRITERS[name], tmp_path / name).returncode == 0
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o640
        (tmp_path / name).chmod(0o600)
        assert run(*WRITERS[name], tmp_path / name, "--overwrite").returncode == 0
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
@pytest.mark.parametrize("options", [(), ("--overwrite",)], ids=["plain", "overwrite"])
def test_a_symbolic_link_is_not_written_through(name, there, options, tmp_path):
    (tmp_path / "folder").mkdir()
    aim = tmp_path / "folder" / "aim"
    if there:
        aim.write_text("theirs")
    (tmp_path / name).symlink_to(aim)
    found = run(*WRITERS[name], tmp_path / name, *options)
    assert found.returncode == 2 and "symbolic link" in found.stderr
    assert (tmp_path / name).is_symlink() and aim.exists() == there and (not there or aim.read_text() == "theirs")


def test_a_chart_that_cannot_be_written_is_refused_before_anything_is_done(tmp_path):
    (tmp_path / "c.svg").write_text("mine")
    table = tmp_path / "claims.csv"
    table.write_text("id\n")
    found = run("claims", "add", table, "--workspace", tmp_path / "w", "--chart", tmp_path / "c.svg")
    assert "[exists]" in found.stderr and not (tmp_path / "w").exists()


@posix
@pytest.mark.parametrize(
    ("failure", "told"),
    [(OSError(28, "No space left on device"), InputError), (KeyboardInterrupt(), KeyboardInterrupt)],
    ids=["full disk", "broken off"],
)
def test_a_write_that_fails_leaves_what_was_there(failure, told, tmp_path, monkeypatch):
    path = tmp_path / "own.svg"
    path.write_text("mine")

    def broken(*_):
        raise failure

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(told):
        write_whole(path, b"new", "--chart", overwrite=True)
    assert path.read_text() == "mine" and list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "own.svg"
    path.write_text("theirs")
    monkeypatch.setattr("overbuild.files.check_path", lambda *_, **__: None)
    with pytest.raises(InputError, match="exists"):
        write_whole(path, b"new", "--chart")
    assert path.read_text() == "theirs" and list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_hard_links_takes_files_too(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    write_whole(tmp_path / "own.svg", b"new", "--chart")
    assert (tmp_path / "own.svg").read_bytes() == b"new" and len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr("overbuild.files.check_path", lambda *_, **__: None)
    with pytest.raises(InputError, match="exists"):
        write_whole(tmp_path / "own.svg", b"newer", "--chart")
    assert (tmp_path / "own.svg").read_bytes() == b"new"


@pytest.mark.parametrize("page", ["cp1252", "ascii", "utf-16"])
@pytest.mark.parametrize(
    "arguments",
    [("site", "CASE"), ("site", "CASE", "--json"), ("site", "CASE", "--csv"), ("check", "CASE"), ("facts", "search", "Σ"),
     ("export", "CASE", "--xlsx", "Σ.xlsx"), ("new", "site", "Σ.yaml"), ("site", "Σ-none.yaml"), ("site", "--help")],
    ids=lambda words: " ".join(words),
)  # fmt: skip
def test_any_code_page_takes_the_answer(page, arguments, tmp_path):
    path = case(tmp_path, NAME)
    named = {"CASE": path, "Σ.xlsx": tmp_path / "Σ.xlsx", "Σ.yaml": tmp_path / "Σ.yaml"}
    found = program(*(named.get(one, one) for one in arguments), env={"PYTHONIOENCODING": page})
    refused = "Σ-none.yaml" in arguments
    assert found.returncode == (2 if refused else 0), found.stderr
    printed, told = found.stdout.decode(page), found.stderr.decode(page)
    assert "Traceback" not in told and bool(told) == refused
    if "--json" in arguments:
        assert NAME in json.loads(printed)["headline"]["text"] and printed.isascii()
    elif "CASE" in arguments and arguments[0] == "site" and page == "cp1252" and "--csv" not in arguments:
        assert printed.startswith(r"\u03a3-Rechenzentrum Zürich – \u017bar")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    "arguments", [("gap",), ("gap", "--json"), ("gap", "--csv"), ("--help",), ("new", "--list"), ("schema", "site")]
)
def test_a_full_disk_ends_in_one_line(arguments):
    with Path("/dev/full").open("w") as full:
        found = program(*arguments, stdout=full)
    assert (found.returncode, found.stderr) == (2, b"error: output cannot be written: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_an_error_that_cannot_be_told_keeps_its_exit_code():
    with Path("/dev/full").open("w") as full:
        assert program("gapp", stderr=full).returncode == 2
        assert program("gap", stdout=full, stderr=full).returncode == 2


@posix
@pytest.mark.parametrize("command", ["gap", "gap --json", "--help", "site preset:leased-shell --csv --lines"])
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_pipe_that_its_reader_closed_ends_in_silence(command, reader):
    found = shell(f"$RUN {command} | {reader}; exit ${{PIPESTATUS[0]}}")
    assert (found.returncode, found.stderr) == (0, "")


@posix
@pytest.mark.parametrize("command", ["gap", "gap --json", "--help"])
def test_a_closed_output_ends_in_one_line_and_nothing_is_done(command):
    found = shell(f"$RUN {command} >&-")
    assert (found.returncode, found.stderr) == (2, "error: output cannot be written: standard output is closed\n")
    assert shell(f"$RUN {command} >&- 2>&-").returncode == 2
    assert shell(f"$RUN {command} 2>&-").returncode == 0
