"""Each file of this folder has one kind of fault; its message, with place and remedy, is written in expected.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overbuild.errors import OverbuildError
from overbuild.questions.check import all_faults
from overbuild.site.case.read import SiteCase, read_site_case
from overbuild.site.sizing.sizing import size

FOLDER = Path(__file__).parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def sound(file: Path | str) -> SiteCase:
    """A case that can be read and sized. Raises its faults, located in the file."""
    case = read_site_case(Path(file))
    try:
        size(case.plan)
    except OverbuildError as error:
        raise case.locate(error) from None
    return case


def test_every_file_has_its_message():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_message_is_exact(name, monkeypatch):
    monkeypatch.chdir(FOLDER)
    if not EXPECTED[name]:
        assert sound(f"{name}.yaml").name
        return
    with pytest.raises(OverbuildError) as found:
        sound(f"{name}.yaml")
    assert [str(error) for error in all_faults(found.value)] == EXPECTED[name]


def test_five_planted_faults_are_all_located():
    lines = EXPECTED["five_faults"]
    assert len(lines) >= 5 and all(line.startswith("five_faults.yaml:") for line in lines)


def test_an_alias_bomb_is_refused_quickly(tmp_path):
    bomb = "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" for i in range(30))
    (tmp_path / "bomb.yaml").write_text(bomb)
    with pytest.raises(OverbuildError, match="anchors and aliases"):
        sound(tmp_path / "bomb.yaml")


def test_a_file_of_50_mb_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(OverbuildError, match="at most 5,000,000 bytes"):
        sound(path)


def test_deep_nesting_is_refused(tmp_path):
    (tmp_path / "deep.yaml").write_text("a: " + "[" * 5000 + "]" * 5000)
    with pytest.raises(OverbuildError, match="nest"):
        sound(tmp_path / "deep.yaml")
