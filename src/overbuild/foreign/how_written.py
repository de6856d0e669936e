"""How a table of someone else's is written, as far as its user says so."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from overbuild.errors import InputError, InputErrors, OverbuildError
from overbuild.foreign.days import Order


class HowWritten(NamedTuple):
    """What the user says of a table; what he leaves out is found, or refused where it may be one thing or another.

    `sheet` of a workbook, `decimal` the mark before decimals, `dates` the order `dmy` or `mdy` of days with slashes, `encoding`
    the code page of a text; `columns` pairs of their name and ours, `filled` pairs of our name and a text for every row, in
    which `{theirs}` is the cell of a column of theirs.
    """

    sheet: str = ""
    decimal: str = ""
    dates: Order = ""
    encoding: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    filled: tuple[tuple[str, str], ...] = ()

    @property
    def renames(self) -> bool:
        """Whether columns go by other names, so that those that are not named are left out."""
        return bool(self.columns or self.filled)


class Columns(NamedTuple):
    """The columns of one of our tables: all of their names, and those that hold numbers and days.

    A number that a workbook shows in percent is one of `percents`, the units in hundredths that the column `unit` may say; a
    number of the columns `shares` is a share. Any other is refused: it shows 35% and holds 0.35.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    days: tuple[str, ...]
    percents: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


def read_how_written(written: HowWritten) -> HowWritten:
    """The same, checked. Raises every fault at once: `unknown_name` for a mark, an order or a code page that is none."""
    faults: list[OverbuildError] = []
    if written.decimal not in ("", ".", ","):
        faults.append(InputError("unknown_name", "--decimal", written.decimal, "the mark before decimals is . or ,"))
    if written.dates not in ("", "dmy", "mdy"):
        faults.append(InputError("unknown_name", "--dates", written.dates, "days with slashes are dmy or mdy"))
    try:
        codecs.lookup(written.encoding or "utf-8")
        b"".decode(written.encoding or "utf-8")
    except (LookupError, ValueError):
        hint = "no code page of this name; utf-8, utf-16, cp1252, cp1250, cp1251, shift_jis are some"
        faults.append(InputError("unknown_name", "--encoding", written.encoding, hint))
    if faults:
        raise InputErrors(faults)
    return written


def pairs_of(texts: tuple[str, ...], option: str) -> tuple[tuple[str, str], ...]:
    """`theirs=ours` as pairs. Raises InputError `syntax` for what is none.

    >>> pairs_of(("date=known_at",), "--map")
    (('date', 'known_at'),)
    """
    for text in texts:
        if not all(part.strip() for part in text.partition("=")):
            sides = "theirs=ours" if option == "--map" else "ours=TEXT"
            raise InputError("syntax", option, text, f"write {option} {sides}")
    return tuple((left.strip(), right.strip()) for left, _, right in (text.partition("=") for text in texts))
