"""A small workbook with one of everything, and broken copies of it: bytes of the zip, or of one of its parts."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from pathlib import Path

import xlsxwriter

from overbuild.errors import OverbuildError
from overbuild.foreign.workbook.read import Workbook


def small_workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Figures")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": '#,##0.00 "days"'})
    for column, name in enumerate(("entity", "day", "amount", "yes", "sum", "gone")):
        sheet.write(0, column, name)
    sheet.write(1, 0, "Ärger & Söhne")
    sheet.write_datetime(1, 1, datetime.datetime(2024, 12, 31), day)
    sheet.write(1, 2, 1234.5, money)
    sheet.write_boolean(1, 3, True)
    sheet.write_formula(1, 4, "=C2*2", None, 2469)
    sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    sheet.merge_range("A4:C4", "one for three")
    hidden = book.add_worksheet("Back")
    hidden.hide()
    hidden.write_rich_string(0, 0, "two ", book.add_format({"bold": True}), "runs")
    hidden.write(0, 1, 1e-7)
    book.close()
    return path


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The workbook with some bytes changed, cut or doubled: of the zip as it is, or of an unpacked part packed again."""
    return _broken(data, chance) if chance.random() < 0.3 else _repacked(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        names = before.namelist()
        hit = chance.choice([name for name in names if name.startswith("xl/") and "theme" not in name])
        for name in names:
            part = before.read(name)
            after.writestr(name, _broken(part, chance) if name == hit else part)
    return out.getvalue()


def _broken(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(out))
        match chance.randrange(6):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randrange(1, 40)]
            case 2:
                out[at:at] = out[at : at + chance.randrange(1, 40)]
            case 3:
                out[at] = chance.choice(b"0123456789ABCZsbe")
            case 4 if digits := [place for place, byte in enumerate(out) if chr(byte).isdigit()]:
                out[chance.choice(digits)] = chance.choice(b"0123456789-.E")
            case _:
                out[at : at + 1] = str(chance.choice((0, -1, 99, 10**9, 10**30))).encode()
        if not out:
            return b"PK"
    return bytes(out)


def outcome_of(path: Path) -> str:
    """`read`, or the code of our error; any other error comes through."""
    try:
        with Workbook(path) as book:
            for sheet in book.sheets:
                for row in book.rows(sheet.name):
                    for cell in row:
                        _ = (cell.address, cell.value)
                book.merged(sheet.name)
    except OverbuildError as error:
        assert str(error)
        return error.code
    return "read"
