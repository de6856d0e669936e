"""Formulas in words made shorter, where they say one thing several times."""

from __future__ import annotations

import re

_OPERAND = re.compile(r"[\w.]+\.operands\.(\w+)\.value\b")
_SAFE = re.compile(
    r"\(if \(\((?P<d>[\w.]+(?: [-+] [\w.]+)*|max\(0, [\w.]+(?: [-+] [\w.]+)*\)) > 0\) or \((?P=d) < 0\)\) then (?P<over>[^()]+?) / "
    r"\(if \(\((?P=d) > 0\) or \((?P=d) < 0\)\) then (?P=d) else 1\) else (?P<none>[\w.]+)\)"
)
_YEAR = re.compile(r"(?<=\.)\d{4}(?=\.)")
_LEAST = re.compile(r"row_(min|max|sum)\(([\w.]+)(?:, ([\w.]+))?\)")
_ROWS = {"min": "least", "max": "most", "sum": "sum of"}
_NAME = re.compile(r"-?[\w.]+")


def shortened(formula: str) -> str:
    """The right-hand side of `name = formula` in fewer words; empty where it is one name or one number.

    Operands go by their own names, a quotient is said without the care for 0, terms that differ in their year once.

    >>> shortened("energy.central = energy.AI_SITES.central"), shortened("x = MSFT.operands.rate.value / 4")
    ('', 'rate / 4')
    >>> shortened("dscr = (if ((debt > 0) or (debt < 0)) then cfads / (if ((debt > 0) or (debt < 0)) then debt else 1) else 0)")
    'cfads / debt, or 0 where debt is 0'
    >>> shortened("dscr = (if ((a + b > 0) or (a + b < 0)) then cash / (if ((a + b > 0) or (a + b < 0)) then a + b else 1) else 0)")
    'cash / (a + b), or 0 where a + b is 0'
    >>> shortened("a = c.2024.b * 2 + c.2025.b * 2 + c.2026.b * 2")
    'sum over YEAR = 2024, 2025, 2026 of c.YEAR.b * 2'
    >>> shortened("min_dscr = row_min(dscr, covered)")
    'least dscr of the periods where covered'
    """
    text = formula.partition(" = ")[2]
    text = _LEAST.sub(_over_periods, _OPERAND.sub(r"\1", text))
    if _NAME.fullmatch(text):
        return ""
    whole = _SAFE.fullmatch(text)
    if whole is not None:
        return f"{_divided(whole)}, or {whole['none']} where {whole['d']} is 0"
    return _by_year(_SAFE.sub(_divided, text))


def _divided(found: re.Match[str]) -> str:
    """A quotient; a sum below the line stands in brackets."""
    divisor = found["d"]
    below = f"({divisor})" if " " in divisor and not divisor.startswith("max(") else divisor
    return f"{found['over']} / {below}"


def _over_periods(found: re.Match[str]) -> str:
    where = f" where {found[3]}" if found[3] else ""
    return f"{_ROWS[found[1]]} {found[2]} of the periods{where}"


def _by_year(text: str) -> str:
    """A sum over years as one term; the text itself where its terms differ in more than their year."""
    terms = _terms(text)
    years = [set(_YEAR.findall(term)) for term in terms]
    alike = {_YEAR.sub("YEAR", term) for term in terms}
    if len(terms) < 2 or len(alike) > 1 or any(len(one) != 1 for one in years):
        return text
    return f"sum over YEAR = {', '.join(one.pop() for one in years)} of {_bare(alike.pop())}"


def _bare(term: str) -> str:
    """A term without the brackets around the whole of it."""
    return term[1:-1] if term.startswith("(if ") and _closes(term) == len(term) - 1 else term


def _closes(term: str) -> int:
    """The place of the bracket that closes the first one."""
    open_ones = 0
    for place, letter in enumerate(term):
        open_ones += {"(": 1, ")": -1}.get(letter, 0)
        if open_ones == 0:
            return place
    return -1


def _terms(text: str) -> list[str]:
    """The terms of a sum; signs inside brackets do not count."""
    found, start, open_ones = list[str](), 0, 0
    for place, letter in enumerate(text):
        open_ones += {"(": 1, ")": -1}.get(letter, 0)
        if open_ones == 0 and text.startswith(" + ", place):
            found.append(text[start:place])
            start = place + 3
    return [*found, text[start:]]
