"""Measures and panels of a basket in words."""

from __future__ import annotations

from pathlib import PurePath

MEASURE_WORDS = {
    "average_correlation": "Average correlation",
    "pc1_share": "PC1 share",
    "dispersion": "Dispersion",
    "volatility": "Volatility of a name",
}

_IN_PERCENT = ("dispersion", "volatility")
_SMALL = 0.02
"""Below it, shares are told to two digits."""
_SHORT = 14


def lower_words(measure: str) -> str:
    """A measure within a sentence.

    >>> lower_words("dispersion"), lower_words("pc1_share")
    ('dispersion', 'PC1 share')
    """
    words = MEASURE_WORDS[measure]
    return words if words.startswith("PC1") else words.lower()


def panel_name(file: str) -> str:
    """A panel by its file, without folder and ending.

    >>> panel_name("data/fibre_boom.csv")
    'fibre_boom'
    """
    return PurePath(file).stem


def panel_label(file: str) -> str:
    """A panel by its file, short enough for a column.

    >>> panel_label("data/fibre_boom.csv"), panel_label("data/fibre_boom_monthly_returns.csv")
    ('fibre_boom', 'fibre_boom_mo.')
    """
    name = panel_name(file)
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}."


def as_share(value: float) -> str:
    """A return or a spread of returns, in percent.

    >>> as_share(0.1234), as_share(0.01234)
    ('12.3%', '1.23%')
    """
    return f"{value:.1%}" if abs(value) >= _SMALL else f"{value:.2%}"


def level_words(measure: str, value: float) -> str:
    """A level of a measure.

    >>> level_words("average_correlation", 0.2529), level_words("dispersion", 0.104)
    ('0.25', '10.4%')
    """
    return as_share(value) if measure in _IN_PERCENT else f"{value:.2f}"


def signed(measure: str, value: float, size: float | None = None) -> str:
    """A change of a measure with its sign: of what is said in percent, in points, to two digits where `size` is small.

    >>> signed("average_correlation", -0.157), signed("dispersion", 0.0222), signed("dispersion", 0.0)
    ('-0.16', '+2.2', '+0.00')
    >>> signed("dispersion", 0.0044, 0.023)
    '+0.4'
    """
    if measure not in _IN_PERCENT:
        return f"{value:+.2f}"
    small = abs(value if size is None else size) < _SMALL / 2.0
    return f"{value * 100.0:+.2f}" if small else f"{value * 100.0:+.1f}"


def change_words(measure: str, value: float, size: float | None = None) -> str:
    """A change of a measure with its sign and unit.

    >>> change_words("average_correlation", -0.157), change_words("dispersion", 0.0222)
    ('-0.16', '+2.2 points')
    """
    said = signed(measure, value, size)
    return f"{said} points" if measure in _IN_PERCENT else said


def digits(value: float) -> str:
    """A p value, to two digits, or more where it is small.

    >>> digits(0.2659), digits(0.0304), digits(0.0005)
    ('0.27', '0.030', '0.0005')
    """
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}" if value >= 0.001 else f"{value:.4f}"


def p_words(value: float) -> str:
    """A p value in a sentence.

    >>> p_words(0.2659)
    'p 0.27'
    """
    return f"p {digits(value)}"
