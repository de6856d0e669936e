"""Empty tables to fill in: the columns that a user's table of facts or list of claims may have, each explained."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from overbuild.errors import InputError, did_you_mean
from overbuild.facts.claim_tables import CLAIM_COLUMNS
from overbuild.facts.fact import CLASS_RANK, FACT_COLUMNS, KINDS, PRECISIONS, STATUSES
from overbuild.foreign.how_written import Columns
from overbuild.units import UNITS

NEEDED, EITHER, OPTIONAL = "needed", "one of these", "may be left out"


class ColumnTold(NamedTuple):
    """A column: its name, whether it is needed, what stands in it, a cell as an example, and the only words it may hold."""

    name: str
    needed: str
    what: str
    example: str
    words: tuple[str, ...] = ()


_CLASSES = ", ".join(CLASS_RANK)
_DAY = "a day, YYYY-MM-DD"

_FACTS = (
    ColumnTold("entity", NEEDED, "whom or what the figure is about", "MSFT"),
    ColumnTold("metric", NEEDED, "what is measured, one name for one definition", "capex"),
    ColumnTold("period_start", NEEDED, f"first day of the period: {_DAY}; blank with period_end where there is none", "2026-01-01"),
    ColumnTold("period_end", NEEDED, f"last day of the period: {_DAY}", "2026-03-31"),
    ColumnTold("value", NEEDED, "the number as printed; blank where value_text is filled", "31.5"),
    ColumnTold("value_text", OPTIONAL, "words in place of a number", ""),
    ColumnTold("unit", NEEDED, "USD_bn, USD_mn, USD, pct, MW, years, count, text and others of the list", "USD_bn", tuple(UNITS)),
    ColumnTold("unit_printed", OPTIONAL, "the unit in the page's own words", "billions of dollars"),
    ColumnTold("kind", NEEDED, f"one of {', '.join(KINDS)}", "reported", KINDS),
    ColumnTold("status", OPTIONAL, f"one of {', '.join(STATUSES)}; seen where it is blank", "seen", STATUSES),
    ColumnTold("source", EITHER, "key of a known source; or leave the column out and describe the document", ""),
    ColumnTold("source_title", EITHER, "title of the document", "Quarterly report"),
    ColumnTold("source_url", EITHER, "its address", "https://www.example.org/report"),
    ColumnTold("published", EITHER, "its date as it prints it", "2026-04-29"),
    ColumnTold("why_no_date", OPTIONAL, "why the document has no date", ""),
    ColumnTold("why_no_address", OPTIONAL, "why it has no address", ""),
    ColumnTold("source_class", NEEDED, f"one of {_CLASSES}", "filing", tuple(CLASS_RANK)),
    ColumnTold("locator", OPTIONAL, "where in the document", "page 3"),
    ColumnTold("known_at", NEEDED, f"since when the figure is known: {_DAY}", "2026-04-29"),
    ColumnTold("known_at_precision", OPTIONAL, f"how exactly: one of {', '.join(PRECISIONS)}; day where it is blank", "day", PRECISIONS),
    ColumnTold("note", OPTIONAL, "a remark; `checked: WHY` for a figure that looks like a slip", ""),
)  # fmt: skip

_CLAIMS = (
    ColumnTold("id", NEEDED, "a name of its own", "example_2026_600b"),
    ColumnTold("author", NEEDED, "who published the sum", "Example Research"),
    ColumnTold("published", NEEDED, f"when: {_DAY}", "2026-05-04"),
    ColumnTold("known_at", NEEDED, f"since when it is known: {_DAY}", "2026-05-04"),
    ColumnTold("known_at_precision", NEEDED, f"how exactly: one of {', '.join(PRECISIONS)}", "day", PRECISIONS),
    ColumnTold("source_class", NEEDED, f"one of {_CLASSES}", "analyst", tuple(CLASS_RANK)),
    ColumnTold("claim", NEEDED, "what is claimed, in a sentence", "600 billion a year must be earned"),
    ColumnTold("inputs", NEEDED, "a JSON object of numbers by their names", '{"capex": 150, "margin": 0.5}'),
    ColumnTold("formula", NEEDED, "how the result comes about, in words", "capex, doubled, over the margin"),
    ColumnTold("expression", NEEDED, "the arithmetic on the names of the inputs", "2 * capex / margin"),
    ColumnTold("output", NEEDED, "the result as printed", "600"),
    ColumnTold("unit", NEEDED, "its unit", "USD_bn"),
    ColumnTold("printed_step", NEEDED, "one unit of the last printed digit: 10 for 650 rounded to tens", "10"),
    ColumnTold("tolerance", NEEDED, "a share of the result where half a step is too narrow; may be blank", ""),
    ColumnTold("tolerance_reason", NEEDED, "why it is wider; may be blank", ""),
    ColumnTold("back_solved", NEEDED, "inputs that were solved from the result; may be blank", ""),
    ColumnTold("missing", NEEDED, "what was not published; may be blank", ""),
    ColumnTold("source_url", NEEDED, "the address, or the key of a known source", "https://www.example.org/sum"),
    ColumnTold("measures", OPTIONAL, "what inputs measure: a JSON object of words by their names", ""),
)  # fmt: skip

TEMPLATES = {"facts": _FACTS, "claims": _CLAIMS}
"""The columns of each table that a user may bring, in the order in which a template writes them."""


HOLD: dict[str, Columns] = {"facts": FACT_COLUMNS, "claims": CLAIM_COLUMNS}
"""Which columns of each table hold numbers and days."""


def columns_told(table: str) -> tuple[ColumnTold, ...]:
    """The columns of a table. Raises InputError `unknown_name` with close names."""
    if table not in TEMPLATES:
        hint = f"no table of one's own.{did_you_mean(table, TEMPLATES)} Tables: {', '.join(TEMPLATES)}"
        raise InputError("unknown_name", "TABLE", table, hint)
    return TEMPLATES[table]


def columns_of(table: str) -> tuple[ColumnTold, ...]:
    """The columns that an empty table has: a document is described, and no key of a source is asked for."""
    return tuple(one for one in columns_told(table) if not (table == "facts" and one.name == "source"))


def template_text(table: str) -> str:
    """An empty table as CSV: remarks that tell every column, then the header. What reads the table passes over them."""
    told = columns_told(table)
    lines = [
        f"# {one.name} ({one.needed}): {one.what}{f'; such as {one.example}' if one.example else ''}" for one in told
    ]
    text = io.StringIO()
    text.write("\n".join([f"# A table of {table}, a row each. Lines that begin with # are remarks.", *lines, ""]))
    csv.writer(text, lineterminator="\n").writerow([one.name for one in columns_of(table)])
    return text.getvalue()
