"""How exact a printed figure is: half a unit of its last digit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST = 0.005
"""How much of a figure its own rounding may be counted for: `5bn` may stand for 4.5 to 5.5, but does not excuse 5.4."""


def half_a_digit(printed: str) -> float:
    """Half a unit of the last digit of a number as written; 0 for words.

    >>> half_a_digit("1.18"), half_a_digit("76.3"), half_a_digit("20"), half_a_digit("4.3e+9"), half_a_digit("A3")
    (0.005, 0.05, 0.5, 50000000.0, 0.0)
    """
    try:
        exponent = Decimal(printed.strip()).as_tuple().exponent
    except InvalidOperation:
        return 0.0
    return 0.5 * 10.0**exponent if isinstance(exponent, int) else 0.0


def within(value: float, figure: float, written: float, printed: float) -> bool:
    """Whether a value is a figure, rounded as it is `written` or as the figure is `printed`.

    >>> within(154.0, 154.17, 0.5, 0.0), within(1.26, 1.18, 0.005, 0.005)
    (True, False)
    """
    slack = max(written, min(printed, MOST * abs(figure)))
    return abs(value - figure) <= slack * (1.0 + 1e-9) + 1e-12 * abs(figure)
