"""A YAML file as a tree that knows the place of every entry, under strict rules for scalars.

A plain scalar is null (`null`, `~`, nothing), `true`, `false`, a whole number, a decimal, or text; nothing else is
guessed (`NO` is text, `1e6` a number, `12:30` text). Tags, anchors, aliases, keys that occur twice, files over 5 MB
and nesting deeper than 40 are refused before anything is built.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml as _yaml

from overbuild.errors import CaseError, OverbuildError, cell_named
from overbuild.world.presets import PREFIX, SITES, preset_named, preset_text, presets

E = TypeVar("E", bound=OverbuildError)

yaml: Any = _yaml
"""PyYAML ships no types."""

WORKSHEET = ".xlsx"
"""How the name of a case ends that is a worksheet."""

LARGEST = 5_000_000
DEEPEST = 40

_NOT_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = ("'", '"', "|", ">")
_INTEGER = re.compile(r"[-+]?\d+\Z", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?\Z", re.ASCII)


class CellFault(str):
    """What is wrong with a cell of a worksheet, in the place of its value: the reader of a record tells it with its path."""

    __slots__ = ("code", "hint")

    def __new__(cls, code: str, hint: str) -> CellFault:
        """A fault with its code and what to do; its text is that of an empty cell."""
        found = super().__new__(cls, "")
        found.code, found.hint = code, hint
        return found

    code: str
    hint: str


class Entry(NamedTuple):
    """A node of a case file: a mapping of entries, a list of entries, or a scalar; with its place.

    `text` is a scalar as it is written: `1.10` has one digit more than 1.1. In a workbook `line` and `column` are those of
    a cell of `sheet`.
    """

    value: dict[str, Entry] | list[Entry] | str | float | bool | None
    file: str
    line: int
    column: int
    text: str = ""
    sheet: str = ""

    @property
    def cell(self) -> str:
        """`Inputs!B12` in a workbook, `12:2` in a text."""
        return cell_named(self.sheet, self.line, self.column)

    @property
    def block(self) -> dict[str, Entry] | None:
        """The entries of a mapping; None for anything else."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> list[Entry] | None:
        """The entries of a list; None for anything else."""
        return self.value if isinstance(self.value, list) else None

    def fault(self, code: str, path: str, hint: str, value: object = None) -> CaseError:
        """A fault at this place."""
        return CaseError(code, path, value, hint, file=self.file, line=self.line, column=self.column, sheet=self.sheet)


class FilePlaces(dict[str, Entry]):
    """Where each path of a case stands in its file; the path of the whole is empty."""

    def nearest(self, path: str) -> Entry | None:
        """The nearest known place of a path: its own, or that of the block round it.

        >>> FilePlaces({"site": Entry(None, "my.yaml", 3, 7)}).nearest("site.pue").line
        3
        """
        while path and path not in self:
            path = path.rpartition(".")[0]
        return self.get(path)

    def located(self, error: E) -> E:
        """The error with the nearest known place of its path; one that has a place keeps it."""
        place = self.nearest(error.path)
        if error.file is None and place is not None:
            error.file, error.line, error.column, error.sheet = place.file, place.line, place.column, place.sheet
        return error


def read_case_file(path: Path, kind: str = SITES) -> Entry:
    """The tree of a case file, or of a preset of this kind where the path is `preset:NAME`.

    A file that ends in .xlsx is read as a worksheet. Raises CaseError: `missing`, `unreadable`, `too_large`, `refused`,
    `syntax`; `unknown_name` for a preset.
    """
    if is_worksheet(path):
        from overbuild.world.worksheet.read import read_worksheet

        return read_worksheet(path).tree
    return read_tree(case_text(path, kind), str(path))


def is_worksheet(path: Path) -> bool:
    """Whether a case is a worksheet, by the ending of its name.

    >>> is_worksheet(Path("my-site.XLSX")), is_worksheet(Path("my-site.yaml"))
    (True, False)
    """
    return preset_named(path) is None and path.suffix.lower() == WORKSHEET


def case_text(path: Path, kind: str = SITES) -> str:
    """The text of a case file, or of a preset. Raises CaseError as `read_case_file`, but for what is in the text."""
    preset = preset_named(path)
    if preset is not None:
        return preset_text(preset, kind)
    if is_worksheet(path):
        raise CaseError("refused", "file", str(path), "a text is needed here, and this is a workbook", file=str(path))
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise CaseError("too_large", "file", size, f"a case file has at most {LARGEST:,} bytes", file=str(path))
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        meant = f"; did you mean {PREFIX}{path}?" if str(path) in presets(kind) else ""
        raise CaseError("missing", "file", str(path), f"no such file{meant}") from None
    except IsADirectoryError:
        raise CaseError("unreadable", "file", str(path), "this is a folder; name the file of a case") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError("unreadable", "file", str(path), f"cannot be read as UTF-8 text: {error}") from None


def read_tree(text: str, file: str) -> Entry:
    """The tree of a YAML text whose top is a mapping.

    Raises CaseError with file, line and column at the first fault of form.

    >>> read_tree("site: {it_mw: 100}", "my.yaml").value["site"].value["it_mw"]
    Entry(value=100, file='my.yaml', line=1, column=15, text='100', sheet='')
    """
    if len(text) > LARGEST:
        raise CaseError("too_large", "file", len(text), f"a case file has at most {LARGEST:,} characters", file=file)
    _refuse_raw_controls(text.removeprefix("\ufeff"), file)
    try:
        _refuse_tricks(text, file)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        hint = f"not valid YAML: {error.problem}"
        raise CaseError("syntax", "file", None, hint, file=file, line=line, column=column) from None
    except yaml.YAMLError as error:
        raise CaseError("syntax", "file", None, f"not valid YAML: {error}", file=file) from None
    if not isinstance(node, yaml.MappingNode):
        raise CaseError(
            "syntax", "file", None, "a case file is a mapping of names to values", file=file, line=1, column=1
        )
    return _entry(node, file)


def _refuse_raw_controls(text: str, file: str) -> None:
    found = _NOT_YAML.search(text)
    if found:
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        hint = 'YAML holds this character only as an escape in double quotes, such as "\\x1b"; leave it out'
        raise CaseError("syntax", "file", found.group(), hint, file=file, line=line, column=column)


def _refuse_tricks(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = event.start_mark
        place: dict[str, Any] = {"file": file, "line": mark.line + 1, "column": mark.column + 1}
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CaseError(
                "refused", "file", None, "anchors and aliases are not allowed; write the value out", **place
            )
        if getattr(event, "tag", None):
            raise CaseError("refused", "file", str(event.tag), "tags are not allowed; write a plain value", **place)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise CaseError("refused", "file", None, f"nested deeper than {DEEPEST}", **place)


def _is_thousands(name: str, value: Any) -> bool:
    """Whether a name is what stands after a comma in a number: in braces a comma ends a field, and `000` begins another."""
    return (
        re.fullmatch(r"[0-9]{3}(\.[0-9]+)?", name) is not None
        and isinstance(value, yaml.ScalarNode)
        and not value.value
    )


def _entry(node: Any, file: str) -> Entry:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            name = str(key.value)
            place = Entry(None, file, key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                raise place.fault("syntax", "file", "a name is plain text")
            if _is_thousands(name, value):
                raise place.fault("syntax", name, "a number has no commas: write 3000000 or 3e6, not 3,000,000")
            if name in entries:
                raise place.fault("duplicate", name, "this name occurs twice in one block")
            entries[name] = _entry(value, file)
        return Entry(entries, file, line, column)
    if isinstance(node, yaml.SequenceNode):
        return Entry([_entry(item, file) for item in node.value], file, line, column)
    text = str(node.value)
    return Entry(scalar(text, plain=node.style not in _QUOTED), file, line, column, text)


def scalar(text: str, *, plain: bool = True) -> Any:
    """A scalar by our rules; quoted text stays text.

    >>> [scalar(text) for text in ("NO", "1e6", "007", "~", "true", "1.5", "12:30")]
    ['NO', 1000000.0, 7, None, True, 1.5, '12:30']
    """
    if not plain:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text):
        return int(text) if len(text) < 300 else text
    return float(text) if _DECIMAL.match(text) else text
