"""The words by which numbers of a sponsor's model are recognised, and the units in which they may stand."""

from __future__ import annotations

import csv
import functools
import re
from importlib.resources import files
from typing import NamedTuple

ROW, DATE = "row", "date"
"""What is no number of a unit: a row to be tied out, and the date of close."""

MILLION, BILLION, THOUSAND, PERCENT, BASIS_POINT, MONTHS = 1e6, 1e9, 1e3, 0.01, 1e-4, 12.0

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_MONEY = {"usd": 1.0, "usdm": MILLION, "usdmn": MILLION, "usdmillion": MILLION, "musd": MILLION, "usdmm": MILLION,
          "usdk": THOUSAND, "usd000": THOUSAND, "usdthousand": THOUSAND, "usdbn": BILLION, "usdb": BILLION}  # fmt: skip
_PARTS = {
    "%": PERCENT,
    "percent": PERCENT,
    "pct": PERCENT,
    "bp": BASIS_POINT,
    "bps": BASIS_POINT,
    "share": 1.0,
    "decimal": 1.0,
}
_TIMES: dict[str, dict[str, float]] = {
    "USD": _MONEY,
    "USD per year": _MONEY,
    "share": _PARTS,
    "decimal per year": _PARTS,
    "MW": {"mw": 1.0, "kw": 1e-3, "gw": THOUSAND},
    "kW per GPU": {"kw": 1.0, "kwpergpu": 1.0, "w": 1e-3},
    "ratio": {"x": 1.0, "ratio": 1.0, "times": 1.0},
    "USD per MWh": {"usdpermwh": 1.0, "usdperkwh": THOUSAND, "ctperkwh": 10.0, "cperkwh": 10.0},
    "USD per GPU-hour": {"usdpergpuhour": 1.0, "usdpergpuhr": 1.0, "usdpergpuh": 1.0},
}
_OF_TIME = {
    "year": 1.0,
    "years": 1.0,
    "yrs": 1.0,
    "month": 1.0 / MONTHS,
    "months": 1.0 / MONTHS,
    "quarters": 0.25,
    "quarter": 0.25,
}


class Word(NamedTuple):
    """What a label stands for: an input of a case or a row to tie out, and its unit."""

    input: str
    unit: str


class Label(NamedTuple):
    """A label taken apart: its words, and the unit that stands in its brackets."""

    words: str
    unit: str


@functools.cache
def known_words() -> dict[str, Word]:
    """Every label that is recognised, in small letters and without marks.

    >>> known_words()["it capacity"]
    Word(input='site.it_mw', unit='MW')
    """
    text = files("overbuild.audit.sponsor").joinpath("labels.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {word: Word(row["input"], row["unit"]) for row in rows for word in row["words"].split("|")}


def label_of(text: str) -> Label:
    """A label without its marks, and the unit in its brackets.

    >>> label_of("  IT capacity (MW): ")
    Label(words='it capacity', unit='MW')
    >>> label_of("Lock-up DSCR")
    Label(words='lock up dscr', unit='')
    """
    unit = " ".join(_BRACKETS.findall(text))
    words = re.sub(r"[^a-z0-9]+", " ", _BRACKETS.sub(" ", text).lower().replace("&", " and ")).strip()
    return Label(words, unit.strip())


def multiple_of(said: str, unit: str, number: float, periods_per_year: int) -> float | None:
    """What a number in a said unit is multiplied by to be in that of an input; None for a unit that it cannot be in.

    An amount or a number of periods has to say its unit, anything else without one is taken as it is. A number of at most 1
    that is said to be in percent is a cell shown in percent.

    >>> multiple_of("USD m", "USD", 9.0, 4), multiple_of("%", "share", 35.0, 4), multiple_of("%", "share", 0.35, 4)
    (1000000.0, 0.01, 1.0)
    >>> multiple_of("years", "periods", 5.0, 4), multiple_of("EUR m", "USD", 9.0, 4), multiple_of("", "USD", 9.0, 4)
    (4.0, None, None)
    """
    known, unit = _plain(said), "USD" if unit == ROW else unit
    if not known:
        return None if unit in NEEDS_A_UNIT else 1.0
    if unit == "periods":
        return None if known not in _OF_TIME else _OF_TIME[known] * periods_per_year
    times = _TIMES.get(unit, {}).get(known)
    return 1.0 if times == PERCENT and abs(number) <= 1.0 else times


NEEDS_A_UNIT = ("USD", "USD per year", "periods")
"""What may stand in thousands, millions, years or months, and is not taken where nothing says which."""


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else.

    >>> is_unit("USD m"), is_unit("% p.a."), is_unit("Senior debt")
    (True, True, False)
    """
    known = _plain(text)
    return known in _OF_TIME or any(known in units for units in _TIMES.values())


def _plain(said: str) -> str:
    text = said.lower().replace("us$", "usd").replace("$", "usd").replace("€", "eur").replace("£", "gbp")
    text = re.sub(r"\b(p\.?a\.?|per annum|a year|per year|/year|/yr)(?=\s|$)", "", text).replace("/", "per")
    return re.sub(r"[^a-z0-9%]+", "", text)
