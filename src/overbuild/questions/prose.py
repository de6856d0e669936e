"""Numbers in sentences: money in billions and millions, shares in percent, and counts of things."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Cell

BILLION, MILLION = 1e9, 1e6


def bn(amount: float, digits: int = 0) -> str:
    """USD in billions, whole or with some digits.

    >>> bn(-437e9), bn(732.5e9, 1), bn(-1e6, 1)
    ('-437bn', '732.5bn', '0.0bn')
    """
    return f"{amount / BILLION:z,.{digits}f}bn"


def m(amount: float) -> str:
    """USD in whole millions.

    >>> m(7_259_977_825.0)
    '7,260m'
    """
    return f"{amount / MILLION:z,.0f}m"


def pct(share: float, digits: int = 0) -> str:
    """A share or rate in percent.

    >>> pct(0.4), pct(0.39052, 1)
    ('40%', '39.1%')
    """
    return f"{share:.{digits}%}"


def times(count: int, thing: str) -> str:
    """A count of things.

    >>> times(1, "period"), times(20_000, "row")
    ('1 period', '20,000 rows')
    """
    return f"{count} {thing}" if count == 1 else f"{count:,} {thing}s"


def capitalised(text: str) -> str:
    """A text that begins a sentence.

    >>> capitalised("the price decline of GPUs")
    'The price decline of GPUs'
    """
    return f"{text[:1].upper()}{text[1:]}"


def listed(things: Sequence[str]) -> str:
    """Things one after another, the last after `and`.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}" if things else ""


def spelled(name: str) -> str:
    """A name in words, with abbreviations as they are written.

    >>> spelled("cost_per_gw"), spelled("end_user_gross_margin")
    ('cost per GW', 'end user gross margin')
    """
    return " ".join(_ABBREVIATED.get(word, word) for word in name.split("_"))


_ABBREVIATED = {
    "gpu": "GPU",
    "gpus": "GPUs",
    "gw": "GW",
    "mw": "MW",
    "ai": "AI",
    "api": "API",
    "usd": "USD",
    "eur": "EUR",
    "us": "US",
    "nvidia": "Nvidia",
    "sofr": "SOFR",
}


_SHARES = {"decimal": "%", "share": "%", "pct": "%", "decimal_per_year": "% a year", "decimal per year": "% a year"}
_WORDLESS = ("ratio", "count", "")


def quantity(value: Cell, unit: str) -> str:
    """A number with its unit as one says it, to three or four digits; a word as it is, nothing for none.

    >>> quantity(98_397e6, "USD per year"), quantity(1.23, "decimal_per_year"), quantity(2.91, "USD per GPU-hour")
    ('98.4bn USD a year', '123% a year', '2.91 USD per GPU-hour')
    >>> quantity(1.0, "0 or 1"), quantity(22, "period"), quantity(1.45e9, "USD"), quantity(-437e9, "USD")
    ('yes', 'period 22', '1.45bn USD', '-437bn USD')
    """
    if value is None:
        return ""
    if isinstance(value, bool | str) or unit == "0 or 1":
        return value if isinstance(value, str) else "yes" if value else "no"
    if unit == "period":
        return f"period {value:g}"
    if unit in _SHARES:
        return f"{_digits(value * 100)}{_SHARES[unit]}"
    return f"{_scaled(value)} {_unit(unit)}".rstrip()


def _unit(unit: str) -> str:
    if unit in _WORDLESS:
        return ""
    said = unit.replace("_", " ")
    return said.replace("per year", "a year").replace("per period", "a period")


def _scaled(value: float) -> str:
    """A number in billions or millions from a million on."""
    for size, letters in ((BILLION, "bn"), (MILLION, "m")):
        if abs(value) >= size:
            return f"{_digits(value / size)}{letters}"
    return _digits(value)


def _digits(value: float) -> str:
    """Three digits, all those before the point, and no trailing zeros."""
    size = abs(value)
    if size < 1e-9:
        return "0"
    places = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{places}f}" if size >= 0.01 else f"{value:.3g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
