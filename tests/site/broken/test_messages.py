"""Each file of this folder has one kind of fault; its message, with place and remedy, is written in expected.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overbuild.errors import InputErrors, OverbuildError
from overbuild.site.case_run import run_case

FOLDER = Path(__file__).parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def test_every_file_has_its_message():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_message_is_exact(name, monkeypatch):
    monkeypatch.chdir(FOLDER)
    if not EXPECTED[name]:
        assert run_case(Path(f"{name}.yaml")).sized.name == "broken"
        return
    with pytest.raises(OverbuildError) as found:
        run_case(Path(f"{name}.yaml"))
    errors = found.value.errors if isinstance(found.value, InputErrors) else (found.value,)
    assert [str(error) for error in errors] == EXPECTED[name]


def test_every_fault_has_a_place():
    for name, messages in EXPECTED.items():
        assert all(message.startswith(f"{name}.yaml:") for message in messages)
