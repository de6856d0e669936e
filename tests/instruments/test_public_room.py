"""The room is public by name: each name is offered, typed, documented with its units, and means one thing."""

import ast
import importlib
import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

import overbuild
from overbuild import instruments

PACKAGE = Path(overbuild.__file__).parent
ROOM = PACKAGE / "instruments"
MODULES = [path.stem for path in sorted(ROOM.glob("*.py")) if path.stem != "__init__"]
PAGE = (PACKAGE.parents[1] / "docs" / "reference" / "instruments.md").read_text("utf-8")


def defined(module):
    """Functions and classes of a module that are not private."""
    found = importlib.import_module(f"overbuild.instruments.{module}")
    return {
        name
        for name, one in vars(found).items()
        if getattr(one, "__module__", "") == found.__name__ and not name.startswith("_")
    }


def test_the_room_offers_every_function_and_record_of_its_modules():
    assert sorted(module for modules in instruments.GROUPS.values() for module in modules) == MODULES
    assert Counter(instruments.__all__) == Counter(name for module in MODULES for name in defined(module))
    assert dir(instruments) == sorted(instruments.__all__)


def test_editors_see_what_the_room_offers():
    tree = ast.parse((ROOM / "__init__.py").read_text("utf-8"))
    [typed] = [node for node in tree.body if isinstance(node, ast.If)]
    assert {one.name for node in typed.body for one in node.names} == set(instruments.__all__)


@pytest.mark.parametrize("name", instruments.__all__)
def test_every_public_name_is_on_the_page(name):
    entry = re.search(rf"^#### `instruments\.{name}`\n(.*?)(?=^###|\Z)", PAGE, re.M | re.S)
    assert entry, f"docs/reference/instruments.md does not tell {name}"
    assert re.search(rf"^instruments\.{name}\(", entry[1], re.M)
    assert inspect.getdoc(getattr(instruments, name)).partition("\n\n")[0] in entry[1]


def test_a_name_that_is_not_offered_is_refused_with_those_that_are():
    with pytest.raises(AttributeError, match=r"no attribute 'Lease'; it offers AfterPayment, .*weighted_margin"):
        instruments.Lease  # noqa: B018 - asked for its refusal


def functions():
    return [name for name in instruments.__all__ if inspect.isfunction(getattr(instruments, name))]


@pytest.mark.parametrize("name", functions())
def test_a_function_tells_its_equation_its_source_and_a_worked_number(name):
    told = inspect.getdoc(getattr(instruments, name))
    for part in ("\n\n    ", "Source: ", ">>> "):
        assert part in told, f"{name} lacks {part!r}"
    assert "Source: ours." not in told, f"{name}: ours what, a convention, a closed form, a simplification of what?"
    assert len(inspect.signature(getattr(instruments, name)).parameters) <= 8


def test_a_record_of_the_room_is_the_only_one_of_its_name():
    classes = Counter(
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    records = {name for name in instruments.__all__ if inspect.isclass(getattr(instruments, name))}
    assert {name: classes[name] for name in records} == dict.fromkeys(records, 1)
