"""The house keeps its own rules: rooms, light doors, named numbers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import overbuild
import overbuild.instruments

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "overbuild"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
BANNED_WORDS = (
    "utils",
    "helpers",
    "manager",
    "common",
    "misc",
    "core",
    "base",
    "handler",
    "processor",
    "factory",
    "wrapper",
    "impl",
    "engine",
)


@cache
def parsed(path: Path) -> ast.Module:
    """A file of the package as a tree, read once for all rules that look at it."""
    return ast.parse(path.read_text("utf-8"))


def folders_without_init(package: Path) -> list[Path]:
    folders = {path.parent for path in package.rglob("*.py")}
    return sorted(folder for folder in folders if not (folder / "__init__.py").exists())


def test_every_folder_with_python_has_an_init():
    assert folders_without_init(PACKAGE) == []
    assert folders_without_init(ROOT / "tests") == []


def test_a_folder_without_an_init_is_caught(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "cover.py").touch()
    assert folders_without_init(tmp_path) == [tmp_path / "room"]


def test_names_are_words_an_analyst_says():
    for path in MODULES:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        assert not set(parts) & set(BANNED_WORDS), path


def test_every_public_function_and_class_is_described():
    for path in MODULES:
        tree = parsed(path)
        assert ast.get_docstring(tree), f"{path} has no first line"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path}: {node.name}"


MANY_FILES_STAND_IN = ("facts/tables", "world/presets", "world/presets/sites")
"""One file a topic of facts, a case: these folders grow by the thing itself."""


def halls(package: Path) -> set[str]:
    """Python files of more than 300 lines, and folders of more than twelve files beside `__init__`."""
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    long = [one for one in files if one.suffix == ".py" and len(one.read_text("utf-8").splitlines()) > 300]
    stand_in = Counter(one.parent for one in files if one.name != "__init__.py")
    wide = [folder for folder, count in stand_in.items() if count > 12]
    found = {path.relative_to(package).as_posix() for path in (*long, *wide)}
    return found - set(MANY_FILES_STAND_IN)


def test_no_file_and_no_room_is_a_hall():
    assert halls(PACKAGE) == set()


def test_a_hall_is_caught(tmp_path):
    for folder, count in {"site": 13, "money": 12, "facts/tables": 13}.items():
        (tmp_path / folder).mkdir(parents=True)
        for name in ("__init__", *range(count)):
            (tmp_path / folder / f"{name}.py").touch()
    (tmp_path / "long.py").write_text("pass\n" * 301)
    (tmp_path / "short.py").write_text("pass\n" * 300)
    assert halls(tmp_path) == {"site", "long.py"}


@pytest.mark.parametrize("module", ["overbuild", "overbuild.ask", "overbuild.instruments", "overbuild.surfaces.cli"])
def test_importing_loads_nothing_heavy(module):
    heavy = ("numpy", "scipy", "duckdb", "rich", "pydantic", "yaml", "vl_convert", "llvmlite", "jax")
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_room_stands_in_the_import_contract():
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    named = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms - {"__init__", "__main__"} <= named


def test_no_room_imports_the_root_of_the_package():
    """The root is the public list, above every room; from it a room may import rooms and ground files only."""
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "overbuild" and not node.level:
                assert {one.name for one in node.names} <= rooms, path


def contract(tmp_path: Path, files: dict[str, str]) -> str:
    """What the import contract says of the package with some files added."""
    import shutil

    shutil.copytree(PACKAGE, tmp_path / "overbuild", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for name, text in files.items():
        path = tmp_path / "overbuild" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + (path.read_text("utf-8") if path.exists() else ""))
    code = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    return f"{found.returncode} {found.stdout}{found.stderr}"


def test_the_import_contract_holds_and_fails_when_it_should(tmp_path):
    assert contract(tmp_path / "as_is", {}).startswith("0 ")
    undeclared = contract(tmp_path / "undeclared", {"utils/__init__.py": '"""A drawer."""\n'})
    assert undeclared.startswith("1 ") and "utils" in undeclared
    wrong_way = contract(tmp_path / "wrong_way", {"facts/gossip.py": "import overbuild.surfaces.cli\n"})
    assert wrong_way.startswith("1 ") and "overbuild.facts.gossip" in wrong_way


def imported(path: Path) -> set[str]:
    """Libraries that a file imports, anywhere in it, by the name they are imported by."""
    nodes = list(ast.walk(parsed(path)))
    names = [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.partition(".")[0] for name in names} - {"overbuild", *sys.stdlib_module_names}


def packages_of(library: str) -> set[str]:
    """The packages that bring a library: pyyaml brings `yaml`."""
    return {re.sub(r"[-_.]+", "-", name).lower() for name in PACKAGES.get(library, [library])}


def required(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}


PACKAGES = packages_distributions()
IMPORTED = {library for path in MODULES for library in imported(path)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_an_import_is_met_wherever_it_stands(tmp_path):
    (tmp_path / "late.py").write_text("import json\ndef read():\n    from scipy.linalg import inv\n    import yaml\n")
    assert imported(tmp_path / "late.py") == {"scipy", "yaml"}


def test_every_dependency_is_imported_somewhere():
    assert required(PROJECT["dependencies"]) <= {name for library in IMPORTED for name in packages_of(library)}


def test_every_library_that_is_imported_is_a_dependency_or_an_extra():
    extras = PROJECT["optional-dependencies"]
    declared = required(PROJECT["dependencies"]).union(*(required(extras[name]) for name in extras if name != "dev"))
    assert {library for library in IMPORTED if not packages_of(library) & declared} == set()


SURFACE_LIBRARIES = ("click", "rich", "vl_convert", "xlsxwriter", "jinja2", "fastapi", "uvicorn", "openpyxl")
MAY_USE = {
    "facts/planted.py": ("duckdb",),
    "surfaces/planted.py": SURFACE_LIBRARIES,
    "equations/kernel/planted.py": ("llvmlite",),
    "stress/gpu.py": ("jax",),
}
"""Libraries behind a wall, by a file of the one room that may use them."""

WALLED = {library for libraries in MAY_USE.values() for library in libraries}
NEW_ROOMS = {"lenders/__init__.py": "", "fleet/__init__.py": ""}


def imports(libraries) -> str:
    return "".join(f"import {library}\n" for library in sorted(libraries))


def test_a_library_behind_a_wall_is_refused_in_every_other_room(tmp_path):
    anywhere = ("site/waterfall", "timeline", "instruments", "audit", "questions", "stress", "lenders", "fleet")
    rooms = dict.fromkeys(anywhere, WALLED)
    rooms |= {name.rpartition("/")[0]: WALLED - set(MAY_USE[name]) for name in MAY_USE if name != "stress/gpu.py"}
    found = contract(tmp_path, NEW_ROOMS | {f"{room}/planted.py": imports(rooms[room]) for room in rooms})
    assert found.startswith("1 ")
    for room, libraries in rooms.items():
        for library in libraries:
            assert f"overbuild.{room.replace('/', '.')}.planted -> {library} " in found
    assert len(re.findall(r"\.planted -> ", found)) == sum(len(libraries) for libraries in rooms.values())


def test_a_library_behind_a_wall_passes_in_its_own_room(tmp_path):
    found = contract(tmp_path, NEW_ROOMS | {name: imports(libraries) for name, libraries in MAY_USE.items()})
    assert found.startswith("0 "), found


def test_every_command_is_in_the_docs_and_has_help():
    from overbuild.surfaces.cli import COMMANDS, ROOMS, cli

    text = (ROOT / "README.md").read_text("utf-8")
    assert sorted(name for names in ROOMS.values() for name in names) == sorted(COMMANDS)
    for name in COMMANDS:
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None and command.help, name
        assert re.search(rf"overbuild {name}\b", text), f"README does not show `overbuild {name}`"


def test_every_public_name_and_every_question_of_python_is_in_a_docs_page():
    from overbuild.surfaces.reference.python_page import questions

    pages = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    public = [f"overbuild.{name}" for name in overbuild.__all__]
    public += [f"ask.{name}" for name, _ in questions()]
    public += [f"instruments.{name}" for name in overbuild.instruments.__all__]
    for name in public:
        assert re.search(rf"`{name}`", pages), f"no page of docs names `{name}`"


def test_every_formula_of_the_instruments_is_public_and_in_its_page():
    from overbuild import instruments

    page = (ROOT / "docs" / "reference" / "instruments.md").read_text("utf-8")
    for path in (PACKAGE / "instruments").glob("[a-z]*.py"):
        tree = parsed(path)
        named = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        for name in (name for name in named if not name.startswith("_")):
            assert name in instruments.__all__, f"overbuild.instruments does not offer {name} of {path.name}"
            assert f"### `instruments.{name}`" in page


def tied(tree: ast.AST) -> list[str]:
    """Parameters that tie a fixed number of things into a tuple without names."""
    found = []
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        given = function.args
        for one in (*given.posonlyargs, *given.args, *given.kwonlyargs):
            for node in ast.walk(one.annotation) if one.annotation else ():
                if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "tuple" and not _long(node):
                    found.append(f"{function.name}({one.arg})")
    return found


def _long(node: ast.Subscript) -> bool:
    """Whether a tuple is a row of any length."""
    return ast.unparse(node.slice).rstrip(")").endswith("...")


def test_no_parameter_ties_unlike_things_into_a_tuple():
    """A record names its parts. `site/` keeps a few until its equations are written anew."""
    assert tied(ast.parse("def f(a: tuple[int, str], b: tuple[int, ...], c: list[tuple[int, int]]): ...")) == [
        "f(a)",
        "f(c)",
    ]
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] != "site":
            assert tied(parsed(path)) == [], path.name


def test_the_public_list_is_short_and_names_no_room_but_ask():
    """A function `overbuild.site` beside a room `overbuild.site` would hide it; `ask` is a room and nothing else."""
    assert overbuild.__all__ == ["Answer", "Fact", "Ledger", "ask", "load_ledger", "__version__"]
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert rooms & set(overbuild.__all__) == {"ask"}
    with pytest.raises(AttributeError, match=r"it offers Answer, .*; questions are in ask"):
        overbuild.gap  # noqa: B018 - asked for its refusal


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 100


def test_no_machine_path_or_address_of_a_registry_is_tracked():
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in found:
        if Path(name).suffix in {".py", ".md", ".toml", ".yaml", ".lock", ".csv", ""} and (ROOT / name).is_file():
            text = (ROOT / name).read_text("utf-8", errors="ignore")
            assert not re.search(r"(?<![\w.])/(work|root|home)/\w", text), name
            assert "files.pythonhosted" + ".org" not in text, name
