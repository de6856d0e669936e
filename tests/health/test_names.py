"""A class name stands for one thing in the whole package."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "overbuild"

DOUBLE = {
    "Lease",  # renamed with the instruments
}
"""Names that still stand for two things."""


def double(package: Path) -> dict[str, list[str]]:
    """Class names that stand in more than one place, with their files."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(package).as_posix())
    return {name: places for name, places in found.items() if len(places) > 1}


def test_a_class_name_is_unique_in_the_package():
    assert {name: places for name, places in double(PACKAGE).items() if name not in DOUBLE} == {}


def test_a_second_class_of_one_name_is_caught(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "tax.py").write_text("class Tax:\n    class Rate: ...\n")
    (tmp_path / "plan.py").write_text("class Plan: ...\nclass Rate: ...\n")
    assert double(tmp_path) == {"Rate": ["plan.py", "site/tax.py"]}
