"""The Python that pages show runs as it stands."""

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


PRINTED = {
    "README.md-0": "-437000000000.0",
    "python.md-0": "-437000000000.0",
    "instruments.md-0": "(0.33, 0.31, 0.29, 0.27)",
}


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_shown_in_python_runs(text, request, capsys):
    exec(text, {})
    assert PRINTED[request.node.callspec.id] in capsys.readouterr().out


def test_python_is_shown_where_readers_look():
    assert {param.id for param in SHOWN} == set(PRINTED)
