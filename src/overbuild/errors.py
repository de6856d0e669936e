"""What can go wrong, drawn as a tree.

    OverbuildError               something the user can mend; every surface prints it and stops
      InputError                 a value, file, name or option that cannot be used           exit 2
        FactError                a row, source or query of the facts room
        CaseError                a case file or shock: located by file, line and column
        ClaimError               a published analysis or its arithmetic
      WithheldError              the answer exists but an identity broke, so it is not shown   exit 3
      InputErrors                several of them, reported together                            exit 2

Every error says who, what was met, what is allowed, and what to do. `code` is a word of the model's list
(`negative`, `unknown_name`, `bad_period`, ...), `path` the thing in question, `file:line:column` its place.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from typing import Any


class OverbuildError(Exception):
    """Root of the tree; carries what a surface needs to print it."""

    exit_code = 2

    def __init__(
        self,
        code: str,
        path: str,
        value: object,
        hint: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        sheet: str = "",
    ) -> None:
        super().__init__(code, path, value, hint)
        self.code, self.path, self.value, self.hint = code, path, value, hint
        self.file, self.line, self.column, self.sheet = file, line, column, sheet

    @property
    def place(self) -> str:
        """`file:line:column`, or `file:sheet!cell` of a workbook, as far as it is known; empty when it is not."""
        if self.sheet and self.line is not None and self.column is not None:
            return f"{self.file}:{cell_named(self.sheet, self.line, self.column)}"
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts)

    @property
    def spot(self) -> tuple[str, int, int]:
        """Sheet, line and column, by which faults of a file are put in order; 0 where unknown."""
        return self.sheet, self.line or 0, self.column or 0

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        got = "" if self.value is None else f" (got {_short(self.value)})"
        return f"{place}{self.path}: {self.hint}{got} [{self.code}]"

    @property
    def sentence(self) -> str:
        """What it says within the message of another fault of the same value, which tells value and code itself.

        >>> InputError("unknown_name", "zone", "PJMM", "no zone of this name").sentence
        'no zone of this name'
        """
        return str(self) if self.place else self.hint

    def record(self) -> dict[str, Any]:
        """The error as the JSON record that programs read."""
        return {
            "code": self.code,
            "path": self.path,
            "value": self.value if _in_json(self.value) else str(self.value),
            "hint": self.hint,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            **({"cell": cell_named(self.sheet, self.line or 1, self.column or 1)} if self.sheet else {}),
        }


class InputError(OverbuildError):
    """A value, file, name or option that cannot be used."""


class FactError(InputError):
    """A row, source or query of the facts room."""


class CaseError(InputError):
    """A case file or a shock."""


class ClaimError(InputError):
    """A published analysis or its arithmetic."""


class WithheldError(OverbuildError):
    """An identity broke: the answer is withheld."""

    exit_code = 3


class InputErrors(OverbuildError):
    """All faults of one input at once."""

    def __init__(self, errors: Sequence[OverbuildError]) -> None:
        first = errors[0]
        super().__init__(
            first.code,
            first.path,
            first.value,
            first.hint,
            file=first.file,
            line=first.line,
            column=first.column,
            sheet=first.sheet,
        )
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)

    @property
    def sentence(self) -> str:
        """All of them, each as it is."""
        return str(self)


def cell_named(sheet: str, line: int, column: int) -> str:
    """A place in a file: that of a cell in a sheet, or a line and column of a text.

    >>> cell_named("Inputs", 12, 28), cell_named("", 12, 28)
    ('Inputs!AB12', '12:28')
    """
    if not sheet:
        return f"{line}:{column}"
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet}!{letters}{line}"


def raise_all(errors: Sequence[OverbuildError]) -> None:
    """Raise nothing, the one error, or all of them together."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputErrors(errors)


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Close names as the end of a sentence, or nothing.

    >>> did_you_mean("MSTF", ["MSFT", "META"])
    ' Did you mean MSFT?'
    """
    return _as_question(_close(word, known, most))


def did_you_mean_first(word: str, first: Iterable[str], then: Iterable[str], *, most: int = 3) -> str:
    """Close names as the end of a sentence, those of the first list before those of the second.

    >>> did_you_mean_first("min_dscrs", ["min_dscr"], ["min_dscr_so_far", "min_dscrs_met"])
    ' Did you mean min_dscr or min_dscrs_met or min_dscr_so_far?'
    """
    close = _close(word, first, most)
    return _as_question([*close, *(one for one in _close(word, then, most) if one not in close)][:most])


def _as_question(close: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _close(word: str, known: Iterable[str], most: int) -> list[str]:
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    close = difflib.get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    if not close:
        close = [folded for folded in by_folded if word and word.casefold() in folded][:most]
    return [by_folded[name] for name in close]


def _in_json(value: object) -> bool:
    return isinstance(value, int | str | bool | None) or (isinstance(value, float) and math.isfinite(value))


def _short(value: object, limit: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
