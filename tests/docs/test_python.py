"""The Python that pages show runs as it stands, and prints what is said beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = [
    pytest.param(text, id=f"{path.name}-{place}")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for place, text in enumerate(re.findall(r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.M | re.S))
    if "import " in text
]


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_shown_in_python_runs(text, capsys):
    exec(text, {})
    printed = capsys.readouterr().out.splitlines()
    shown = [line.partition("  # ")[2] for line in text.splitlines() if line.startswith("print(")]
    assert len(printed) == len(shown) > 0
    assert [said or line for said, line in zip(shown, printed, strict=True)] == printed
    assert all(shown) or "-437000000000.0" in " ".join(printed)


def test_python_is_shown_where_readers_look():
    assert {param.id for param in SHOWN} == {"README.md-0", "python.md-0", "instruments.md-0", "other-tools.md-0"}
