"""The books of companies: what is checked in one, and several side by side in one book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from overbuild.audit.book.book import Book, Check, Row
from overbuild.company.case import CompanyCase
from overbuild.equations.reading.cells import Pieces, Ref

CONSTANT = "constant."


def company_checks(case: CompanyCase) -> Iterator[Check]:
    """Cash does not move with a change of life; the cash flows are worth the price that was explained."""
    page = case.page
    for one in page.life:
        yield Check(
            f"check.cash.{one.name}",
            f"Cash moved by the change of life, {one.name.replace('_', ' ')}",
            (Ref(f"life_change.{one.name}.cash_change"),),
            float(one.cash_change),
            1e-3,
            "Depreciation is added back: do not use this book.",
        )
    if page.priced is not None:
        paid, worth = float(page.priced.enterprise_value), float(page.priced.value)
        yield Check(
            "check.price",
            "Value of the cash flows less the value paid, as a share of it",
            ("(", Ref("priced_in.value"), "/", Ref("priced_in.enterprise_value"), "-1)"),
            worth / paid - 1.0,
            1e-6,
            "The growth is that of the price as exported: export again.",
        )


def side_by_side(books: Mapping[str, Book]) -> Book:
    """Several books in one: every row, input, result and check under the name of its book, constants and facts once."""
    named = {name: _named(name, book) for name, book in books.items()}
    first = next(iter(named.values()))
    facts = {one.id: one for book in named.values() for one in book.facts}
    constants = {one.id: one for book in named.values() for one in book.constants}
    return first._replace(
        title="companies",
        inputs=tuple(chain.from_iterable(book.inputs for book in named.values())),
        constants=tuple(constants.values()),
        model=tuple(chain.from_iterable((Row("", name), *book.model) for name, book in named.items())),
        results=tuple(chain.from_iterable(book.results for book in named.values())),
        checks=tuple(chain.from_iterable(book.checks for book in named.values())),
        facts=tuple(facts[key] for key in sorted(facts)),
    )


def _named(name: str, book: Book) -> Book:
    return book._replace(
        inputs=tuple(one._replace(id=f"{name}.{one.id}", label=f"{one.label} ({name})") for one in book.inputs),
        model=tuple(
            one._replace(
                id=f"{name}.{one.id}",
                formulas={place: _referred(name, formula) for place, formula in one.formulas.items()},
            )
            for one in book.model
        ),
        results=tuple(
            one._replace(id=f"{name}.{one.id}", label=f"{one.label} ({name})", formula=_referred(name, one.formula))
            for one in book.results
        ),
        checks=tuple(one._replace(id=f"{name}.{one.id}", formula=_referred(name, one.formula)) for one in book.checks),
    )


def _referred(name: str, formula: Pieces) -> Pieces:
    """A formula whose references are to the rows of its own book; constants are every book's."""
    return tuple(
        piece._replace(row=f"{name}.{piece.row}")
        if isinstance(piece, Ref) and not piece.row.startswith(CONSTANT)
        else piece
        for piece in formula
    )
