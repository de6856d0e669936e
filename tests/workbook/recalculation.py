"""A second program recalculates our workbooks: LibreOffice Calc, in a profile of its own that always recalculates.

Where it is not installed, Formualizer does. Left alone, LibreOffice shows the values that a file brings along; a test on
those would pass on stale numbers. So wrong values are planted first, and recalculation on load is forced.
"""

from __future__ import annotations

import os
import re
import shutil
import string
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from tests.workbook.cells_read import Place, cells_read, column_of, file_of, row_of

SENTINEL = -987654.25
PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
_FORMULA_CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?( t="[a-z]+")?><f>(.*?)</f><v>(.*?)</v></c>', re.S)


def needs_a_second_program():
    """Skip with a reason where there is none; in CI the absence of LibreOffice is a failure."""
    if PROGRAM is None:
        if os.environ.get("OVERBUILD_CI"):
            pytest.fail("LibreOffice Calc is missing, and CI must recalculate the workbooks")
        pytest.importorskip("formualizer", reason="neither LibreOffice Calc nor Formualizer: no second program")


def planted(source: Path, target: Path) -> int:
    """Copy a workbook with every formula's kept value replaced by a wrong one; returns how many."""
    count = 0
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as wrong:
        for name in book.namelist():
            data = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, here = _FORMULA_CELL.subn(rf'<c r="\1"\2><f>\4</f><v>{SENTINEL}</v></c>', data.decode())
                assert text.count("<f>") == here, f"{name}: a formula was not met"
                data, count = text.encode(), count + here
            wrong.writestr(name, data)
    return count


def recalculated(sources: list[Path], folder: Path) -> None:
    """Write each workbook into the folder as the second program recalculates and saves it: one start for all of them."""
    if PROGRAM is None:
        return by_formualizer(sources, folder)
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, "utf-8")
    command = [
        PROGRAM,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    limit = 120 + 60 * len(sources)
    subprocess.run([*command, "--outdir", folder, *sources], check=True, capture_output=True, timeout=limit)
    assert {path.name for path in sources} <= {path.name for path in folder.iterdir()}


def by_formualizer(sources: list[Path], folder: Path) -> None:
    """The same by Formualizer; every formula gives a value."""
    formualizer = pytest.importorskip("formualizer")
    for source in sources:
        told = formualizer.recalculate_file(str(source), output=str(folder / source.name))
        assert told["total_errors"] == 0, source.name


def opened(path: Path, *, values: bool = True) -> Workbook:
    """A workbook with its styles, and its kept values or its formulas, to be read only; parsed once while it stays as it is."""
    return _opened(path, path.stat().st_mtime_ns, values)


@lru_cache(maxsize=8)
def _opened(path: Path, written: int, values: bool) -> Workbook:
    return openpyxl.load_workbook(path, data_only=values)


def cells(path: Path) -> dict[Place, Any]:
    """Every value of a workbook by sheet and address."""
    return cells_read(path).values


def formulas(path: Path) -> dict[Place, str]:
    """Every formula of a workbook by sheet and address."""
    return cells_read(path).formulas


def rows(path: Path, sheet: str) -> dict[str, list[Any]]:
    """Values of each row of a sheet by the id in its first column, from the fourth column on."""
    here = {address: value for (name, address), value in cells(path).items() if name == sheet}
    width = max(column_of(address) for address in here)
    found: dict[int, list[Any]] = {}
    for address, value in here.items():
        if row_of(address) >= 5:
            found.setdefault(row_of(address), [None] * width)[column_of(address) - 1] = value
    return {str(row[0]): row[3:] for _, row in sorted(found.items()) if row[0] is not None}


def edited(source: Path, target: Path, changes: dict[str, float]) -> None:
    """Copy a workbook with some inputs changed, as a user would; what its formulas give stays as it was written."""
    ids = {
        value: row_of(address)
        for (sheet, address), value in cells(source).items()
        if sheet == "Inputs" and address[0] == "A"
    }
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        inputs = file_of(book, "Inputs")
        for name in book.namelist():
            data = book.read(name)
            if name == inputs:
                text = data.decode()
                for key, value in changes.items():
                    cell = rf'(<c r="D{ids[key]}"(?: s="\d+")?><v>)[^<]*(</v></c>)'
                    text, here = re.subn(cell, rf"\g<1>{value!r}\2", text)
                    assert here == 1, f"{key}: no cell of a number"
                data = text.encode()
            changed.writestr(name, data)


def close(one: Any, other: Any, scale: float = 0.0) -> bool:
    """Equal to 1e-9: of the number itself, or of the `scale` of the amounts it is a difference of."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(abs(other), scale, 1.0e-3)
    return one == other


def apart(
    found: dict[tuple[str, str], Any], wanted: dict[tuple[str, str], Any], places: Any, scale: float
) -> list[Any]:
    """The cells of `places` that differ, with both values.

    A part of a formula may be a share of dust, which is anything: it is a number, and is compared by the lines that
    take it.
    """
    return [
        (place, found.get(place), wanted.get(place))
        for place in places
        if not close(found.get(place), wanted.get(place), scale) and not _is_part(place, found, wanted)
    ]


def _is_part(place: tuple[str, str], found: dict[tuple[str, str], Any], wanted: dict[tuple[str, str], Any]) -> bool:
    sheet, address = place
    name = str(wanted.get((sheet, "A" + address.lstrip(string.ascii_uppercase))))
    return ".part_" in name and isinstance(found.get(place), int | float)
