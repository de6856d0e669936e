"""The sheets of verdicts: results beside what the program found, and checks that turn red."""

from __future__ import annotations

from overbuild.audit.book.book import Book, Check
from overbuild.surfaces.workbook.addresses import CHECKS, FIRST, INPUTS, RESULTS, STATUS, VALUE
from overbuild.surfaces.workbook.formats import RELATIVE, number_form
from overbuild.surfaces.workbook.lists import SIZED_COLUMN
from overbuild.surfaces.workbook.paper import printed
from overbuild.surfaces.workbook.sheet import ALL_PASS, Sheet, height_of, literal, wide_enough
from overbuild.surfaces.workbook.xlsx import letters

_TOLERANCE = 1e-9
_OK = "ok"
_FIXED = "fixed"
"""What stands in the place of a difference where a value cannot follow a change."""
_NOTE = 90
"""Width of a note, in characters."""


def write_results(book: Book, sheets: dict[str, Sheet]) -> None:
    """One row a result: live where a formula gives it, else fixed, beside the program's own value when exported."""
    sheet = sheets[RESULTS]
    rows = book.results
    heads = (
        ("id", wide_enough((one.id for one in rows), 20.0, 50.0)),
        ("label", wide_enough((one.label for one in rows), 20.0)),
        ("unit", 16.0), ("value", 14.0), ("as exported", 14.0), ("apart", 8.0),
        ("note", _NOTE),
    )  # fmt: skip
    sheet.frame("Results", heads)
    for line, one in enumerate(book.results, FIRST):
        form = number_form(one.unit, (one.value,))
        sheet.texts(line, (one.id, one.label, one.unit))
        sheet.no_dust(form, line, VALUE, VALUE + 1)
        sheet.value(line, VALUE + 1, one.value, sheet.formats.of("was", form))
        if one.live:
            sheet.formula(line, VALUE, one.formula, one.value, sheet.formats.of("word", form))
            sheet.formula_text(line, VALUE + 2, _apart(line), 0.0, sheet.formats.of("was", RELATIVE))
        else:
            sheet.value(line, VALUE, one.value, sheet.formats.of("fixed", form))
            sheet.page.write_string(line, VALUE + 2, _FIXED, sheet.formats.of("fixed"))
        if one.note:
            sheet.page.write_string(line, VALUE + 3, one.note, sheet.formats.of("told"))
            sheet.tall(line, height_of(1 + len(one.note) // (1.2 * _NOTE)))
    printed(sheet.page, FIRST + len(book.results), len(heads))
    sheet.fit(FIRST + len(book.results))


def _apart(line: int) -> str:
    """How far the live value is from the program's, as a share of it; words that differ are 1 apart."""
    live, told = (f"{letters(VALUE + one)}{line + 1}" for one in (0, 1))
    numbers = f"ABS({live}-{told})/MAX(1,ABS({told}))"
    return f"=IF(AND(ISNUMBER({live}),ISNUMBER({told})),{numbers},IF({live}={told},0,1))"


def write_checks(book: Book, sheets: dict[str, Sheet]) -> None:
    """One row a check: its number, what is let pass, ok or what it means; the last ones are the workbook's own."""
    sheet = sheets[CHECKS]
    heads = (("id", 34.0), ("label", 70.0), ("unit", 10.0), ("value", 14.0), ("let pass", 12.0), ("verdict", 90.0))
    sheet.frame("Checks", heads)
    line = FIRST
    for line, one in enumerate(book.checks, FIRST):
        text = sheet.addresses.formula(one.formula, CHECKS)
        _check(sheet, line, one, text)
    line = FIRST + len(book.checks)
    for own, text in own_checks(book):
        _check(sheet, line, own, text)
        line += 1
    sheet.fit(line)
    first, last = f"$F${FIRST + 1}", f"$F${line}"
    failed = f'SUMPRODUCT(({first}:{last}<>"{_OK}")*1)'
    text = f'=IF({failed}=0,"{ALL_PASS}",{failed}&" of {line - FIRST} checks fail: see Checks")'
    sheet.formula_text(STATUS, 0, text, sheet.status, sheet.formats.of("text"))
    for sign, look in (("<>", "red"), ("=", "green")):
        rule = {"type": "formula", "criteria": f'=$F{FIRST + 1}{sign}"{_OK}"', "format": sheet.formats.change(look)}
        sheet.page.conditional_format(FIRST, 5, line - 1, 5, rule)


def _check(sheet: Sheet, line: int, one: Check, text: str) -> None:
    sheet.texts(line, (one.id, one.label, "number"))
    sheet.formula_text(line, VALUE, text, one.value, sheet.formats.of("live", RELATIVE))
    sheet.value(line, VALUE + 1, one.tolerance, sheet.formats.of("was", RELATIVE))
    cell, most = (f"${letters(VALUE + at)}${line + 1}" for at in (0, 1))
    otherwise = literal(one.otherwise)
    verdict = f'=IF(ISNUMBER({cell}),IF(ABS({cell})<={most},"{_OK}",{otherwise}),{otherwise})'
    sheet.formula_text(line, VALUE + 2, verdict, _OK if passes(one) else one.otherwise, sheet.formats.of("said"))


def passes(check: Check) -> bool:
    """Whether a check passed when the book was made."""
    return abs(check.value) <= check.tolerance


def status_of(book: Book) -> str:
    """What the status line said when the book was made."""
    checks = [*book.checks, *(one for one, _ in own_checks(book))]
    failed = sum(not passes(check) for check in checks)
    return f"{failed} of {len(checks)} checks fail: see Checks" if failed else ALL_PASS


def own_checks(book: Book) -> list[tuple[Check, str]]:
    """The checks that a workbook adds to those of its book, with their formulas."""
    sized = [_as_sized(book)] if any(one.sized is not None for one in book.inputs) else []
    return [_followed(book), *sized, _same_as_program(book)]


def _followed(book: Book) -> tuple[Check, str]:
    """How many inputs were changed that the book cannot follow."""
    value, was, effect = (f"{INPUTS}!{_column(VALUE + one, len(book.inputs))}" for one in (0, 1, 2))
    again = next((one.effect for one in book.inputs if not one.follows), "export again")
    text = f"=SUMPRODUCT(({value}<>{was})*({effect}={literal(again)}))"
    told = "An input was changed that this book cannot follow: export again. (Inputs says which follow.)"
    return Check("check.inputs_followed", "Inputs changed that this book cannot follow", (), 0.0, 0.0, told), text


def _as_sized(book: Book) -> tuple[Check, str]:
    """How many inputs differ from those on which the schedule was found, of those that move it."""
    value, effect, sized = (f"{INPUTS}!{_column(one, len(book.inputs))}" for one in (VALUE, VALUE + 2, SIZED_COLUMN))
    free = next((one.effect for one in book.inputs if one.follows and not one.sizes), "live")
    text = f"=SUMPRODUCT(({value}<>{sized})*({effect}<>{literal(free)}))"
    apart = sum(one.value != one.sized and one.sizes for one in book.inputs)
    told = "Sized on other inputs: export again. (What you see is a shock on what was sized before.)"
    label = "Inputs that are no longer those on which the book was sized"
    return Check("check.as_sized", label, (), float(apart), 0.0, told), text


def _same_as_program(book: Book) -> tuple[Check, str]:
    """The worst difference of a result from the program's, while no input is changed."""
    value, was = (f"{INPUTS}!{_column(VALUE + one, len(book.inputs))}" for one in (0, 1))
    worst = f"MAX({RESULTS}!{_column(VALUE + 2, len(book.results))})"
    text = f"=IF(SUMPRODUCT(({value}<>{was})*1)>0,0,{worst})"
    told = "The book does not give what the program gave on the same inputs: do not use it."
    label = "Results apart from the program's, on unchanged inputs"
    return Check("check.same_as_program", label, (), 0.0, _TOLERANCE, told), text


def _column(column: int, rows: int) -> str:
    name = letters(column)
    return f"${name}${FIRST + 1}:${name}${FIRST + rows}"
