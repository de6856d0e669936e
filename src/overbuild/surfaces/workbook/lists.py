"""The sheets that are lists: what the book is, its inputs with their sources, the facts they lean on."""

from __future__ import annotations

from overbuild.audit.book.book import Book, InputRow, Value
from overbuild.surfaces.workbook.addresses import FACTS, FIRST, INPUTS, READ_ME, VALUE, constants_from
from overbuild.surfaces.workbook.formats import TRUTH, number_form
from overbuild.surfaces.workbook.paper import UPRIGHT, printed
from overbuild.surfaces.workbook.sheet import Sheet, height_of, wide_enough
from overbuild.surfaces.workbook.xlsx import letters

_SHEETS = (
    "Read me | what this is, how to read it, what it cannot tell",
    "Inputs | every number of the case with its source; the blue cells are yours to change",
    "Time | periods and the series built before the run",
    "Model | one row a named line, one formula a row, copied over the periods",
    "By year | main lines of Model for print: three years by period, then by calendar year",
    "Sizing | what sizing found and the base case says, fixed when exported",
    "Results | what the answer prints, live",
    "Checks | identities, and whether what was sized still is that of the inputs",
    "Facts | the documents behind the inputs",
)
_CARRIED = (
    "Case | the case as it was exported, word for word, its series on the sheet after it: every command that reads a case "
    "reads this workbook, and takes what was changed on Inputs",
    "As written | the ids, values and units that Inputs was written with: by it rows taken out and other units are found",
)
_NOT_CARRIED = (
    "This workbook carries no case: what it shows is not what a case file alone says (a shock, a drafted case, a question on facts). "
    "It cannot be read back; a case exported without --shock can."
)
_READ = "How to read"
_COLOURS = (
    ("input_word", "an input: blue on yellow"),
    ("fixed_said", "fixed when exported: found by a solver, cannot follow a change"),
    ("was_said", "a value as it was exported, to compare with"),
    ("follows", "live: Model, Results and Checks follow a change of the input at once"),
    ("stays", "live, and what was sized stays as it was"),
    ("again", "export again: the book cannot follow a change of the input"),
    ("ghost", "grey: a period after the end"),
)
_RULES = (
    "Numbers are in base units (USD, MW, decimals); m marks money shown in millions. "
    "Formulas use only functions that Excel 2010 and LibreOffice 7.4 have; nothing is hidden, locked or linked outside.",
    "Constants inside formulas are 0, 1, 2, 4, 12 and the margin 1e-9 of every trigger; all others stand on Inputs. "
    "The first column is the id of a row: overbuild why ID says where a number comes from.",
    "On paper: By year stands for Time, Model and Sizing, which are for the screen where a book has periods; "
    "Inputs and Facts print their first columns. To print one in full, clear its print area.",
)


def write_read_me(book: Book, sheets: dict[str, Sheet], made: str) -> None:
    """The first sheet: question, answer, how to read, limits, what stands where."""
    sheet = sheets[READ_ME]
    sheet.frame(book.title, (("", 22.0), ("", 110.0)))
    said = [*book.read_me, ("Exported", made), *((_READ, rule) for rule in _RULES)]
    if book.carried is None:
        said.append((_READ, _NOT_CARRIED))
    names = dict.fromkeys(name for name, _ in said)
    rows = [row for name in names for row in said if row[0] == name]
    sheets_told = _SHEETS if book.carried is None else (*_SHEETS, *_CARRIED)
    rows += [("Sheet", line.replace(" | ", ": ", 1)) for line in sheets_told]
    line, before = FIRST, ""
    for name, text in rows:
        if name != before:
            sheet.page.write_string(line, 0, name, sheet.formats.of("strong"))
        sheet.page.write_string(line, 1, text, sheet.formats.of("wrap"))
        sheet.tall(line, height_of(1 + len(text) // 125))
        line, before = line + 1, name
    sheet.page.write_string(line, 0, "Colours", sheet.formats.of("strong"))
    for at, (look, text) in enumerate(_COLOURS, line):
        sheet.page.write_string(at, 1, text, sheet.formats.of(look))
    sheet.fit(line + len(_COLOURS))


INPUT_HEADS = (
    ("id", 40.0), ("label", 32.0), ("unit", 15.0), ("value", 12.0), ("as exported", 12.0), ("when changed", 18.0),
    ("kind", 10.5), ("fact", 46.0), ("source", 60.0), ("date", 11.0), ("assumption: whose, and why", 80.0),
    ("derived by", 60.0), ("low", 12.0), ("high", 12.0), ("as sized", 16.0),
)  # fmt: skip

_PRINTED = 7
"""How many columns of Inputs and of Facts are printed."""

SIZED_COLUMN = len(INPUT_HEADS) - 1
"""Column of the value on which the book was sized."""


def write_inputs(book: Book, sheets: dict[str, Sheet]) -> None:
    """One row an input: the cell to change, the value as exported, what a change does, where it comes from."""
    sheet = sheets[INPUTS]
    rows = (*book.inputs, *book.constants)
    names = (
        ("id", wide_enough((row.id for row in rows), 12.0)),
        ("label", wide_enough((row.label for row in rows), 12.0)),
    )
    sheet.frame("Inputs", (*names, *INPUT_HEADS[len(names) :]), wide=True, paper=UPRIGHT)
    for at, one in enumerate(book.inputs):
        _input(sheet, FIRST + at, one)
    line = constants_from(book)
    sheet.heading(line - 1, "Constants that formulas take", len(INPUT_HEADS))
    for at, row in enumerate(book.constants):
        sheet.texts(line + at, (row.id, row.label, row.unit))
        sheet.value(line + at, VALUE, row.values[0], sheet.formats.of("fixed", "#,##0"))
    printed(sheet.page, line + len(book.constants), _PRINTED)
    last = FIRST + len(book.inputs) - 1
    cells = [f"{letters(VALUE + one)}{FIRST + 1}" for one in (0, 1)]
    changed = {"type": "formula", "criteria": f"=${cells[0]}<>${cells[1]}", "format": sheet.formats.change("red")}
    sheet.page.conditional_format(FIRST, VALUE, last, VALUE, changed)


def _input(sheet: Sheet, line: int, one: InputRow) -> None:
    form = _form(one.unit, one.value)
    sheet.texts(line, (one.id, one.label, one.unit))
    sheet.value(line, VALUE, one.value, sheet.formats.of("input", form))
    sheet.value(line, VALUE + 1, one.value, sheet.formats.of("was", form))
    words = (one.effect, one.kind, one.fact, one.source, one.date, one.reason, one.derived)
    for column, text in enumerate(words, VALUE + 2):
        if text:
            sheet.page.write_string(line, column, text, sheet.formats.of("said" if column > VALUE + 2 else _look(one)))
    for column, end in enumerate((one.low, one.high), VALUE + 2 + len(words)):
        if end is not None:
            sheet.page.write_number(line, column, end, sheet.formats.of("live", form))
    if one.sized is not None:
        sheet.value(line, SIZED_COLUMN, one.sized, sheet.formats.of("was", form))


def _form(unit: str, value: Value) -> str:
    """Number format of a value; words have none."""
    if isinstance(value, str):
        return ""
    return TRUTH if isinstance(value, bool) else number_form(unit, (value,))


def _look(one: InputRow) -> str:
    """The look of what a change of an input does."""
    if not one.follows:
        return "again"
    return "stays" if one.sized is not None and one.sizes else "follows"


def write_facts(book: Book, sheets: dict[str, Sheet]) -> None:
    """One row a fact, as printed, with document, place, day and address."""
    sheet = sheets[FACTS]
    heads = (
        ("id", 46.0), ("label", 46.0), ("unit", 20.0), ("value", 16.0), ("document", 46.0), ("place in it", 44.0),
        ("known", 11.0), ("address", 46.0), ("source", 30.0),
    )  # fmt: skip
    sheet.frame("Facts", heads)
    for at, fact in enumerate(book.facts, FIRST):
        sheet.texts(at, (fact.id, fact.label, fact.unit), "wrap")
        form = _form(fact.unit, fact.value)
        sheet.value(at, VALUE, fact.value, sheet.formats.of("word", form))
        words = (fact.document, fact.locator, fact.date, fact.address, fact.source)
        shown = zip((fact.id, fact.label, fact.unit, "", *words), heads, strict=True)
        sheet.tall(at, height_of(max(1 + len(text) // (1.1 * width) for text, (_, width) in shown)))
        for column, text in enumerate(words, VALUE + 1):
            if text:
                sheet.page.write_string(at, column, text, sheet.formats.of("told"))
    printed(sheet.page, FIRST + max(1, len(book.facts)), _PRINTED)
    sheet.fit(FIRST + max(1, len(book.facts)))
    if not book.facts:
        sheet.page.write_string(FIRST, 0, "No input of this case names a fact.", sheet.formats.of("text"))
