"""Money in the currency that a case names: the word `money` in a unit stands for it."""

from __future__ import annotations


def currency_of(record: object) -> str:
    """The currency that a record names; empty where it names none.

    >>> currency_of(("no", "record"))
    ''
    """
    return str(getattr(record, "currency", ""))


def in_currency(unit: str, currency: str) -> str:
    """A unit with the currency in the place of `money`; as it is where none is named.

    >>> in_currency("money per task", "EUR"), in_currency("money per task", ""), in_currency("share", "EUR")
    ('EUR per task', 'money per task', 'share')
    """
    return unit.replace("money", currency) if currency else unit
