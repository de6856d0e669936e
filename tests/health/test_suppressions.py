"""A checker is silenced on few lines, and each of them says why."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "overbuild"

MOST = 10
"""So many lines of the package may silence the type checker."""

SILENCED = re.compile(r"pyright:\s*ignore|type:\s*ignore|noqa", re.IGNORECASE)
WITH_REASON = re.compile(
    r"# (pyright: ignore\[[\w, ]+\]|type: ignore\[[\w, -]+\]|noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*) - \w+( \S+)+"
)


def suppressions(package: Path) -> dict[str, str]:
    """Comments that silence a checker, by file and line."""
    found: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.COMMENT and SILENCED.search(token.string):
                    found[f"{path.relative_to(package).as_posix()}:{token.start[0]}"] = token.string
    return found


def without_reason(package: Path) -> dict[str, str]:
    return {place: text for place, text in suppressions(package).items() if not WITH_REASON.fullmatch(text)}


def test_a_line_that_silences_a_checker_says_why():
    assert without_reason(PACKAGE) == {}


def test_the_type_checker_is_seldom_silenced():
    silenced = [place for place, text in suppressions(PACKAGE).items() if re.search(r"pyright:\s*ignore", text)]
    assert len(silenced) <= MOST, silenced


def test_a_suppression_without_a_rule_or_a_reason_is_caught(tmp_path):
    lines = {
        1: "a = 1  # pyright: ignore[reportX]",
        2: "b = 1  # pyright: ignore",
        3: "c = 1  # noqa",
        4: "d = 1  # noqa: E501 -",
        5: "e = 1  # type: ignore[arg-type]",
        6: "f = 1  # noqa: E501 - an address cannot be broken",
        7: "g = 1  # pyright: ignore[reportX, reportY] - a record holds anything",
        8: "h = '# noqa'  # a word",
    }
    (tmp_path / "room.py").write_text("\n".join(lines.values()) + "\n")
    assert list(without_reason(tmp_path)) == [f"room.py:{number}" for number in range(1, 6)]
    assert len(suppressions(tmp_path)) == 7
