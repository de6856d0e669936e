"""Formulas say where they come from, and classes have names of their own."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "overbuild"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXTS = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in MODULES}

OURS = re.compile(r"\bSource: ours\b([^.:;]*)")
KINDS = re.compile(r"\b(identity|definition|conventions?|closed form|simplification|bound)\b")
SOURCE = re.compile(r"\bSources?: \S")


def ours_of_no_kind(text: str) -> list[str]:
    """Names of what says `Source: ours` and not, before the sentence goes on, which kind of ours it is."""
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            said = " ".join((ast.get_docstring(node) or "").split())
            if any(not KINDS.search(claim) for claim in OURS.findall(said)):
                found.append(getattr(node, "name", "module"))
    return found


def units_of(text: str) -> set[str]:
    """Names of the units that a formula's arguments may have."""
    return {
        node.targets[0].id
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Subscript)
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id == "Annotated"
    }


def formulas(text: str, units: set[str]) -> list[ast.FunctionDef]:
    """Public functions of a module that take a quantity, alone or within a tuple."""
    found: list[ast.FunctionDef] = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            parts = [part for one in arguments if one.annotation for part in ast.walk(one.annotation)]
            if any(isinstance(part, ast.Name) and part.id in units for part in parts):
                found.append(node)
    return found


def unsourced(text: str, units: set[str]) -> list[str]:
    """Formulas without a source, or without a worked number."""
    described = {node.name: ast.get_docstring(node) or "" for node in formulas(text, units)}
    return [name for name, said in described.items() if not SOURCE.search(said) or ">>> " not in said]


def classes_of_one_name(texts: dict[str, str]) -> dict[str, list[str]]:
    """Names that more than one class has, with the modules where they stand."""
    where: dict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(path)
    return {name: paths for name, paths in where.items() if len(paths) > 1}


def test_a_formula_of_ours_says_which_kind_of_ours():
    assert {path: found for path, text in TEXTS.items() if (found := ours_of_no_kind(text))} == {}


def test_a_bare_ours_is_caught():
    bare = 'def net(cash):\n    """Net cash.\n\n    Valid: always. Source: ours.\n    """\n'
    late = 'def net(cash):\n    """Net cash. Source: ours; a convention of others."""\n'
    said = 'def net(cash):\n    """Net cash.\n\n    Source: ours, an\n    identity: nothing is lost.\n    """\n'
    assert [ours_of_no_kind(text) for text in (bare, late, said)] == [["net"], ["net"], []]


def test_every_formula_has_a_source_and_a_worked_number():
    units = units_of(TEXTS["units.py"])
    assert {"Usd", "Share", "PerYear", "Mwh"} <= units
    assert sum(len(formulas(text, units)) for text in TEXTS.values()) > 100
    assert {path: found for path, text in TEXTS.items() if (found := unsourced(text, units))} == {}


def test_a_formula_without_source_or_number_is_caught():
    told = 'def {}(cash: {}) -> Usd:\n    """Cash.{}{}"""\n'
    source, worked = "\n\n    Source: standard.", "\n\n    >>> kept(1.0)\n    1.0\n    "
    for name, argument, parts, caught in (
        ("kept", "Usd", (source, worked), []),
        ("kept", "tuple[Usd, Usd]", ("", worked), ["kept"]),
        ("kept", "Usd", (source, ""), ["kept"]),
        ("kept", "str", ("", ""), []),
        ("_kept", "Usd", ("", ""), []),
    ):
        assert unsourced(told.format(name, argument, *parts), {"Usd"}) == caught


def test_a_class_has_a_name_of_its_own():
    assert classes_of_one_name(TEXTS) == {}


def test_two_classes_of_one_name_are_caught():
    texts = {"accounts/tax.py": "class Tax: ...", "case/plan.py": "class Tax: ...\nclass Loan: ..."}
    assert classes_of_one_name(texts) == {"Tax": ["accounts/tax.py", "case/plan.py"]}
