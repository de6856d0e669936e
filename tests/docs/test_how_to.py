"""The how-to pages are true: their commands are run in an empty folder, and what they show is what is printed.

In a `console` block a line that begins with `$ ` is a command; the lines after it are its output, in order, and `...`
stands for any number of lines, or for the rest of a line. A `yaml` block that begins with `# NAME.yaml` is the whole of that
file; any other replaces the lines of the same names in the one case that is there.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surfaces.test_cli import run as run_here

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
PAGES = sorted(FOLDER.glob("*.md"))
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w-]+\.yaml)\n")
SHELL = re.compile(r"[|<>&;*$`]")
"""What a shell does something with."""
NAME = re.compile(r" +(\w+): ")


def sessions(text):
    """Commands of a console block with the output shown for each."""
    found = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


def run(command, folder):
    """The lines that a command prints in a folder: the program in this process, any other command in a shell."""
    name, *arguments = shlex.split(command)
    here = name == "overbuild" and not SHELL.search(command)
    found = run_here(*arguments, cwd=folder) if here else _in_a_shell(command, folder)
    assert found.returncode == 0, f"{command}: {found.stderr}"
    return found.stdout.splitlines()


def _in_a_shell(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )


def differs(shown, printed):
    """The first line shown that was not printed where it is shown; None when all were."""
    place, skipping = 0, False
    for line in shown:
        if line == "...":
            skipping = True
            continue
        until = len(printed) if skipping else min(place + 1, len(printed))
        at = next((at for at in range(place, until) if printed[at].startswith(line)), None)
        if at is None:
            return line
        place, skipping = at + 1, False
    return None if skipping or place == len(printed) else f"more is printed: {printed[place]}"


def names(lines):
    """What each line of a case names: its block, the item of a list it stands in, and its own name."""
    block = item = ""
    for line in lines:
        name = NAME.match(line)
        if re.match(r"\w", line):
            block, item = line.partition(":")[0], ""
        elif line.startswith("  - name: "):
            item = line.removeprefix("  - name: ")
        yield (block, item, name[1]) if name else None


def replaced(case, change):
    lines, new = case.splitlines(), change.splitlines()
    where = {name: place for place, name in enumerate(names(lines)) if name}
    for line, name in zip(new, names(new), strict=True):
        if name:
            assert name in where, f"the case has no line for {name}"
            lines[where[name]] = line
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_the_program_prints(page, tmp_path):
    for kind, text in BLOCK.findall(page.read_text("utf-8")):
        if kind == "yaml" and (file := FILE.match(text)):
            (tmp_path / file[1]).write_text(text, "utf-8")
            continue
        if kind == "yaml":
            (case,) = tmp_path.glob("*.yaml")
            case.write_text(replaced(case.read_text("utf-8"), text), "utf-8")
            continue
        for command, shown in sessions(text):
            wrong = differs(shown, run(command, tmp_path))
            assert wrong is None, f"{page.name}: {command}\n{wrong}"


def test_the_page_changes_ten_values():
    page = (FOLDER / "finance-a-site.md").read_text("utf-8")
    first = next(text for kind, text in BLOCK.findall(page) if kind == "yaml")
    assert first.count("{value: ") == 10


def test_a_line_that_is_not_printed_is_caught():
    assert differs(["a", "...", "c"], ["a", "b", "c"]) is None
    assert differs(["a", "..."], ["a", "b"]) is None
    assert differs(["a", "c"], ["a", "b", "c"]) == "c"
    assert differs(["...", "d"], ["a", "b"]) == "d"
    assert differs(["a"], ["a", "b"]) == "more is printed: b"
