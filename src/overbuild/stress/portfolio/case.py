"""A lender's book as a file says it: which loan of which site, how much of it, and the limits that the lender sets itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.world.case_record import CaseKind, bounded
from overbuild.world.presets import PORTFOLIOS
from overbuild.world.quantities import Share, UsdStock


class CustomerAlias(NamedTuple):
    """A customer as a case calls it, and who that is: one name for one company in all cases of a book.

    A customer whose contract names no offtaker, or calls it no more than customer, tenant and the like, is of its site alone
    until it is named here.
    """

    name: str
    company: str


class LoanHolding(NamedTuple):
    """A part of a loan of a site.

    name: its name in the book
    case: the file of the site, from the folder of this file; or preset:NAME
    loan: which of its lenders, as `overbuild site` names them [senior]
    share: of the loan that is held; or
    amount: what was lent of it, USD
    customers: who customers are whom the case calls otherwise [()]
    """

    name: str
    case: str
    loan: str = "senior"
    share: Share | None = None
    amount: UsdStock | None = None
    customers: tuple[CustomerAlias, ...] = ()


class BookLimits(NamedTuple):
    """The most of the book that may rest on one customer, and on one site."""

    one_customer: Share = 1.0
    one_site: Share = 1.0


class LoanBook(NamedTuple):
    """A lender's book.

    name: its name
    lender: whose it is
    holdings: what is held
    limits: what the lender allows itself [none]
    apart: drivers that each site draws for itself; all others are one draw for all [overrun, delay]
    """

    name: str
    lender: str
    holdings: tuple[LoanHolding, ...]
    limits: BookLimits = BookLimits()
    apart: tuple[str, ...] = ("overrun", "delay")


def book_faults(book: LoanBook) -> Iterator[CaseError]:
    """What is wrong with a book in itself, by path."""
    if not book.holdings:
        yield CaseError("missing", "holdings", None, "a book holds a part of one loan or more")
    met: set[str] = set()
    for one in book.holdings:
        path = f"holdings.{one.name}"
        if one.name in met:
            yield CaseError("duplicate", f"{path}.name", one.name, "another holding has this name")
        met.add(one.name)
        yield from _holding_faults(path, one)
    for name in BookLimits._fields:
        yield from bounded(
            f"limits.{name}", getattr(book.limits, name), 0.0, 1.0, "a share of the book", "share_out_of_range"
        )


def _holding_faults(path: str, one: LoanHolding) -> Iterator[CaseError]:
    if (one.share is None) == (one.amount is None):
        said = None if one.share is None else f"{one.share:g} and {one.amount:g}"
        yield CaseError(
            "missing" if said is None else "contradiction", path, said, "a holding has a share or an amount"
        )
    if one.share is not None:
        yield from bounded(f"{path}.share", one.share, 0.0, 1.0, "a share of a loan", "share_out_of_range")
        if one.share == 0.0:
            hint = "nothing of the loan is held: a share is above 0; leave the holding out"
            yield CaseError("share_out_of_range", f"{path}.share", one.share, hint)
    if one.amount is not None and not one.amount > 0:
        yield CaseError("negative", f"{path}.amount", one.amount, "an amount above 0, in USD")


BOOKS: CaseKind[LoanBook] = CaseKind("portfolio", PORTFOLIOS, LoanBook, book_faults, drawn=False)
"""The kind of case that a lender's book is."""
