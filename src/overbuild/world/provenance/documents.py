"""What counts as naming a document: a known source, or words enough to find the paper."""

from __future__ import annotations

import re
from collections.abc import Collection

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATED = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}} ({_MONTHS}) \d{{4}}\b|\b({_MONTHS}) \d{{1,2}}, \d{{4}}\b"
)
_ADDRESS = re.compile(r"https?://[^\s/]+|\b[\w-]{2,}\.(pdf|docx?|xlsx?|xlsm|csv|html?|txt|eml|msg)\b", re.IGNORECASE)
_TITLE = re.compile(r"[^\W\d_]{3,}")

HOW = "a known source's key, or a title with a date or an address, such as Term sheet of 2026-03-01, term-sheet.pdf"
"""What `source:` may say."""


def names_a_document(text: str, sources: Collection[str]) -> bool:
    """Whether a text is the key of a source, or a title with the day of the paper or where it lies.

    >>> [names_a_document(text, ()) for text in ("x", "term sheet", "to Mar 2032", "19bn over 5 years")]
    [False, False, False, False]
    >>> names_a_document("Term sheet of 2026-03-01, file term-sheet.pdf", ()), names_a_document("crusoe", ["crusoe"])
    (True, True)
    """
    if text in sources:
        return True
    found = _DATED.search(text) or _ADDRESS.search(text)
    return found is not None and _TITLE.search(text.replace(found[0], " ")) is not None
