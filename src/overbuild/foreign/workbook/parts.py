"""What a workbook's sheets share: their names and parts, the texts, and which formats of numbers are dates."""

from __future__ import annotations

import posixpath
import re
import xml.parsers.expat
from typing import NamedTuple

from overbuild.foreign.workbook.package import Package

MOST_TEXTS = 500_000
LONGEST_TEXTS = 24_000_000
"""Texts that a workbook may share, and their characters together."""

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats that every workbook knows by number and that show a day or a time of day."""

_PERCENT_FORMATS = frozenset({9, 10})
"""Formats that every workbook knows by number and that show a number in percent."""

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SheetPlace(NamedTuple):
    """A sheet: its name as the tab shows it, the part that holds it, and whether its tab is hidden."""

    name: str
    part: str
    hidden: bool


class Contents(NamedTuple):
    """The sheets in the order of their tabs; whether days are counted from 1904; whether formulas wait to be calculated."""

    sheets: tuple[SheetPlace, ...]
    from_1904: bool
    uncalculated: bool


def local(name: str) -> str:
    """A name of XML without its space: expat writes `space name`."""
    return name.rpartition(" ")[2]


def new_parser() -> xml.parsers.expat.XMLParserType:
    """A parser that tells names apart from their spaces."""
    return xml.parsers.expat.ParserCreate(namespace_separator=" ")


def attributes(given: dict[str, str]) -> dict[str, str]:
    """Attributes without their spaces."""
    return {local(name): value for name, value in given.items()}


def read_contents(package: Package) -> Contents:
    """The list of a workbook's worksheets. Chart sheets and dialogs are none."""
    targets = _worksheets(package)
    found: list[SheetPlace] = []
    flags: dict[str, str] = {}

    def start(name: str, given: dict[str, str]) -> None:
        tag, said = local(name), attributes(given)
        if tag == "sheet" and said.get("id") in targets:
            found.append(SheetPlace(said.get("name", ""), targets[said["id"]], said.get("state", "") != ""
                                    and said["state"] != "visible"))  # fmt: skip
        elif tag in ("workbookPr", "calcPr"):
            flags.update(said)

    parser = new_parser()
    parser.StartElementHandler = start
    if "xl/workbook.xml" not in package.parts:
        package.unreadable("this zip holds no workbook")
    package.read("xl/workbook.xml", parser)
    sheets = tuple(one for one in found if one.part in package.parts)
    if not sheets:
        package.unreadable("this workbook holds no sheet of cells")
    return Contents(sheets, flags.get("date1904") in ("1", "true"), flags.get("fullCalcOnLoad") in ("1", "true"))


def _worksheets(package: Package) -> dict[str, str]:
    """The parts of worksheets by the ids that the workbook gives them."""
    targets: dict[str, str] = {}

    def start(name: str, given: dict[str, str]) -> None:
        said = attributes(given)
        if local(name) == "Relationship" and said.get("Type", "").endswith("/worksheet"):
            if said.get("TargetMode") == "External":
                package.refuse("refused", "a sheet of this workbook lies elsewhere, which is not opened")
            target = said.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[said.get("Id", "")] = part

    rels = "xl/_rels/workbook.xml.rels"
    if rels in package.parts:
        parser = new_parser()
        parser.StartElementHandler = start
        package.read(rels, parser)
    return targets


def read_texts(package: Package) -> list[str]:
    """The texts that cells refer to by number; runs of one text are put together, readings of Kanji left out."""
    part = next((name for name in package.parts if name.casefold() == "xl/sharedstrings.xml"), None)
    found = _Texts(package)
    if part is not None:
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
        parser.CharacterDataHandler = found.say
        package.read(part, parser)
    return found.texts


class _Texts:
    """The shared texts as they are read."""

    def __init__(self, package: Package) -> None:
        self.texts: list[str] = []
        self._package, self._length = package, 0
        self._run: list[str] = []
        self._inside: list[str] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        self._inside.append(local(name))
        if len(self._inside) > 16:
            self._package.unreadable("its texts are nested deeper than texts are")

    def end(self, _: str) -> None:
        if self._inside.pop() == "si":
            self.texts.append(plain("".join(self._run)))
            self._run.clear()
            self._check()

    def say(self, text: str) -> None:
        if self._inside[-1] == "t" and "rPh" not in self._inside:
            self._run.append(text)
            self._length += len(text)
            self._check()

    def _check(self) -> None:
        if len(self.texts) > MOST_TEXTS or self._length > LONGEST_TEXTS:
            hint = f"a workbook shares at most {MOST_TEXTS:,} texts; save the sheet that is meant by itself, or as CSV"
            self._package.refuse("too_large", hint)


def plain(text: str) -> str:
    r"""A text with the characters that a workbook writes as `_x000A_`.

    >>> plain("a_x000A_b")
    'a\nb'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class ShownAs(NamedTuple):
    """The styles of cells, by number, that show a number as a day, and those that show it in percent."""

    days: frozenset[int]
    percent: frozenset[int]


def read_styles(package: Package) -> ShownAs:
    """How the styles of a workbook show numbers."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        tag, said = local(name), attributes(given)
        if tag == "numFmt":
            formats[int(said.get("numFmtId", "0"))] = said.get("formatCode", "")[:500]
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(int(said.get("numFmtId", "0")))
        inside.append(tag)
        if len(inside) > 32 or len(styles) > 70_000 or len(formats) > 70_000:
            package.unreadable("its styles are no styles")

    def end(_: str) -> None:
        inside.pop()

    if "xl/styles.xml" in package.parts:
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        package.read("xl/styles.xml", parser)
    return ShownAs(
        frozenset(place for place, number in enumerate(styles) if _is_date(number, formats.get(number))),
        frozenset(place for place, number in enumerate(styles) if _is_percent(number, formats.get(number))),
    )


def _is_date(number: int, code: str | None) -> bool:
    return number in _DATE_FORMATS if code is None else shows_days(code)


def _is_percent(number: int, code: str | None) -> bool:
    return number in _PERCENT_FORMATS if code is None else "%" in _QUOTED.sub("", code.split(";")[0])


def shows_days(code: str) -> bool:
    """Whether a format of numbers shows a day or a time.

    >>> [shows_days(code) for code in ("yyyy-mm-dd", "dd/mm/yy", "0.00", '0 "days"', "[Red]0.0", "General")]
    [True, True, False, False, False, False]
    """
    said = _QUOTED.sub("", code.split(";")[0]).lower()
    return ("general" not in said and any(letter in said for letter in "ydhs")) or "mmm" in said
