"""Formulas say what they are: an equation, a source, a worked number; and what is ours says ours what.

A formula is a public function that names a line, or returns a unit of `units.py`, or is run by a stage of a model;
and in a file with such a function, also one that returns a record of units. What only puts formulas together needs no
equation of its own: its source is "the order is ours" or "its parts", and it calls at least one other formula.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from overbuild.equations.reading.line_table import line_rows

PACKAGE = Path(__file__).parents[2] / "src" / "overbuild"

YET_TO_SAY = ("instruments/",)
"""Rooms whose formulas say it once the room itself is mended."""

Function = ast.FunctionDef


def parsed(package: Path) -> dict[str, ast.Module]:
    """The syntax of every file, by its place in the package."""
    files = sorted(package.rglob("*.py"))
    return {path.relative_to(package).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


TREES = parsed(PACKAGE)


def named(annotation: ast.expr | None) -> set[str]:
    """Names that stand in an annotation, however deep."""
    return {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)} if annotation else set()


def called(node: ast.AST) -> set[str]:
    """Names of the functions that are called."""
    return {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def is_annotated(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and named(node.value) == {"Annotated"}


UNITS = {
    target.id
    for node in TREES["units.py"].body
    if isinstance(node, ast.Assign) and is_annotated(node.value)
    for target in node.targets
    if isinstance(target, ast.Name)
}


def records_of_units(trees: dict[str, ast.Module]) -> set[str]:
    """NamedTuples with a field in a unit, or in such a record."""
    fields = {
        node.name: set().union(*(named(one.annotation) for one in node.body if isinstance(one, ast.AnnAssign)))
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(named(one) == {"NamedTuple"} for one in node.bases)
    }
    found: set[str] = set()
    while True:
        more = {name for name, used in fields.items() if used & (UNITS | found)}
        if more == found:
            return found
        found = more


def functions(tree: ast.Module) -> list[Function]:
    """The public functions of a file."""
    return [node for node in tree.body if isinstance(node, Function) and not node.name.startswith("_")]


def imported(tree: ast.Module) -> dict[str, str]:
    """The file of the package that each imported name comes from."""
    return {
        one.name: node.module.removeprefix("overbuild.").replace(".", "/") + ".py"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("overbuild.")
        for one in node.names
    }


def run_by_stages(trees: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """File and name of every function that a stage is given."""
    return {
        (imported(tree).get(node.args[1].id, place), node.args[1].id)
        for place, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and named(node.func) == {"Stage"} and len(node.args) > 1
        if isinstance(node.args[1], ast.Name)
    }


def formulas(trees: dict[str, ast.Module]) -> dict[tuple[str, str], Function]:
    """Every formula by its file and name."""
    records, staged = records_of_units(trees), run_by_stages(trees)
    found: dict[tuple[str, str], Function] = {}
    for place, tree in trees.items():
        names_lines = "line" in imported(tree)
        public = functions(tree)
        formal = [
            node
            for node in public
            if (names_lines and "line" in called(node)) or named(node.returns) & UNITS or (place, node.name) in staged
        ]
        if formal:
            formal += [node for node in public if node not in formal and named(node.returns) & records]
        found |= {(place, node.name): node for node in formal}
    return found


EQUATION = re.compile(r"^    +\S.* = ", re.MULTILINE)
SOURCE = re.compile(r"\bSources?: ")
PUTS_TOGETHER = re.compile(r"\bSources?: (the order is ours|its parts)\b")


def unsaid(trees: dict[str, ast.Module]) -> dict[str, list[str]]:
    """What each formula does not say."""
    known = formulas(trees)
    names = {name for _, name in known}
    found: dict[str, list[str]] = {}
    for (place, name), node in known.items():
        text = ast.get_docstring(node) or ""
        prose = text.partition(">>>")[0]
        puts_together = bool(PUTS_TOGETHER.search(prose))
        faults = {
            "no equation": not puts_together and not EQUATION.search(prose),
            "no parts to put together": puts_together and not (called(node) & names) - {name},
            "no source": not SOURCE.search(prose),
            "no worked number": ">>>" not in text,
        }
        if any(faults.values()):
            found[f"{place}:{name}"] = [fault for fault, holds in faults.items() if holds]
    return found


KINDS = "convention|closed form|simplification|identity|definition|bound|practice"
OURS = re.compile(r"\bours?\b")
OURS_WHAT = re.compile(rf"\bours?\b,? (?:an? |after (?:the )?)?(?:{KINDS})\b(?! ?[.;]| ?$)|\bis our (?:{KINDS})\b")
SOURCES = re.compile(r"\bSources?: .*?(?=\n\n|\Z)", re.DOTALL)


def bare_ours(text: str) -> bool:
    """Whether a source is ours and does not say ours what: a convention, a definition, a simplification of what."""
    for source in SOURCES.findall(text):
        words = " ".join(source.split()).replace("the order is ours", "")
        if len(OURS.findall(words)) > len(OURS_WHAT.findall(words)):
            return True
    return False


def docstrings(trees: dict[str, ast.Module]) -> Iterator[tuple[str, str]]:
    for place, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield f"{place}:{getattr(node, 'name', '')}", ast.get_docstring(node) or ""


def outside(places: Iterator[str]) -> list[str]:
    return [place for place in places if not place.startswith(YET_TO_SAY)]


def test_every_formula_has_an_equation_a_source_and_a_worked_number():
    faults = unsaid(TREES)
    assert {place: faults[place] for place in outside(iter(faults))} == {}


def test_what_is_ours_says_ours_what():
    assert outside(place for place, text in docstrings(TREES) if bare_ours(text)) == []


def test_a_line_that_is_ours_says_ours_what():
    for row in line_rows():
        assert row.source and len(row.source.split()) <= 6, row
        assert len(re.findall(r"\bours?\b", row.source)) == len(re.findall(rf"\bour (?:{KINDS})\b", row.source)), row


def test_the_formulas_of_every_room_are_found():
    found = {f"{place}:{name}" for place, name in formulas(TREES)}
    assert len(found) > 130
    assert {
        "money/user_cost.py:user_cost",
        "instruments/ratios.py:cover_ratio",
        "site/operations/capacity.py:gpu_hours",
        "site/accounts/balance_sheet.py:check",
        "site/waterfall/refresh_test.py:standing",
        "site/sizing/sizing.py:sizing_period",
        "site/period.py:cash_before_debt",
        "ecosystem/need/year.py:need_of_year",
        "audit/book/asked_cover.py:asked_service",
    } <= found
    assert (
        not {"site/terms/from_plan.py:terms_of", "site/case/read.py:read_site_case", "site/stages.py:rows_taken"}
        & found
    )


PLANTED = '''
from typing import NamedTuple
from overbuild.equations import line
from overbuild.equations.model import Stage
from overbuild.units import Usd

class Paid(NamedTuple):
    """Rent that was paid."""

    rent: Usd

def rent(paid: Usd):
    """Rent."""
    return line("rent", paid)

def paid(rent: Usd) -> Paid:
    """What was paid.

    Source: its parts.

    >>> paid(1.0).rent
    1.0
    """
    return Paid(rent)

def year(rents) -> Paid:
    """A year of rent.

    Source: the order is ours.

    >>> year((1.0,)).rent
    1.0
    """
    return paid(rents[0])

def half(rent: Usd) -> Usd | None:
    """Half the rent.

        half = rent / 2

    Sources: ours, a convention: half of it.

    >>> half(1.0)
    0.5
    """
    return rent / 2

def quarter(rent):
    """A quarter of the rent, which a stage runs.

    >>> quarter(amount=1.0)
        amount = 0.25
    """
    return rent / 4

def words(text: str) -> str:
    """No formula."""
    return text

STAGE = Stage("quarter", quarter, None)
'''


def test_a_formula_that_says_nothing_is_caught():
    assert unsaid({"rent.py": ast.parse(PLANTED)}) == {
        "rent.py:rent": ["no equation", "no source", "no worked number"],
        "rent.py:paid": ["no parts to put together"],
        "rent.py:quarter": ["no equation", "no source"],
    }


def test_ours_that_stops_there_is_caught():
    bare = (
        "Rent. Source: ours.",
        "Rent.\n\nSource: ours, a convention.",
        "Rent.\n\nSource: standard; the\nrest is ours.",
        "Rent.\n\nSource: ours, a convention: level; the rest is ours.\n\n>>> 1\n1",
        "Rent. Sources: ours; other loans settle alike.",
    )
    assert [text for text in bare if not bare_ours(text)] == []
    said = (
        "Rent. Source: standard.",
        "Rent is ours.\n\nSource: standard.",
        "Source: ours, a convention: rents are level.",
        "Source: ours, a simplification of ACT/360: equal periods; the sign is our convention.",
        "Source: ours, after the practice of workout LGD: net of cost.",
        "Source: the order is ours.",
    )
    assert [text for text in said if bare_ours(text)] == []
