"""Numbers as text: one grammar at every door, and how a number of someone else's becomes one of that grammar.

    number = [+ or -] digits [. digits] [e [+ or -] digits]

Digits are 0 to 9 of ASCII; there is no mark between thousands, no underscore, no sign of money, no percent.
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_WITH_POINT: Final = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?([eE][+-]?[0-9]+)?")
_WITH_COMMA: Final = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]*)?([eE][+-]?[0-9]+)?")
_ONE_MARK: Final = re.compile(r"[+-]?[0-9]{1,3}([.,][0-9]{3})+")
_SPACES: Final = re.compile(r"(?<=[0-9])[\u0020\u00a0\u202f\u2009'\u2019](?=[0-9]{3}(?![0-9]))")

A_NUMBER = "a number is written in the digits 0 to 9 with a point before decimals (1234.5, 1e3)"


def is_number(text: str) -> bool:
    r"""Whether a text is a number by the grammar.

    >>> [is_number(text) for text in ("1234.5", "-1e3", ".5", "1_000", "1,000", "\u0661\u0662", "nan", "")]
    [True, True, True, False, False, False, False, False]
    """
    return _PLAIN.fullmatch(text) is not None


def number_of(text: str) -> float:
    """The number that a text is. Raises ValueError for what is none by the grammar; a vast exponent gives infinity.

    >>> number_of("1e3")
    1000.0
    """
    if not is_number(text):
        raise ValueError(A_NUMBER)
    return float(text)


def in_grammar(text: str, decimal: str, *, comma_is_likely: bool = False) -> str:
    """A number of someone else's in our grammar; the text as it is where it is no number. Raises ValueError if unclear.

    `decimal` is the mark before decimals, `.` or `,`; without one a number that holds a comma is unclear, but for a table
    whose cells a semicolon parts (`comma_is_likely`): there a comma stands before decimals, and `1.234` is unclear.

    >>> in_grammar("1,234.5", "."), in_grammar("1.234,5", ","), in_grammar("1 234,5", "", comma_is_likely=True)
    ('1234.5', '1234.5', '1234.5')
    >>> in_grammar("n/a", "")
    'n/a'
    """
    said = _SPACES.sub("", text.replace("\N{MINUS SIGN}", "-"))
    mark = decimal or ("," if comma_is_likely else "")
    if mark == ".":
        return said.replace(",", "") if _WITH_POINT.fullmatch(said) else text
    if mark == ",":
        if not decimal and _ONE_MARK.fullmatch(said):
            raise ValueError(f"{text} may be thousands or decimals")
        return (
            said.replace(".", "").replace(",", ".") if _WITH_COMMA.fullmatch(said) else _point_kept(said, text, decimal)
        )
    if "," in said and (_WITH_POINT.fullmatch(said) or _WITH_COMMA.fullmatch(said)):
        raise ValueError(f"{text} may be thousands or decimals")
    return said if is_number(said) else text


def _point_kept(said: str, text: str, decimal: str) -> str:
    """A number with a point alone, where commas were only thought likely: 12.5 can be nothing else."""
    return said if not decimal and is_number(said) else text
