"""How we ask: who we are, how fast, how long, how often again, and how much we take.

The SEC allows ten requests a second over all machines of an asker, asks for a contact in the User-Agent, and blocks an
asker that goes over for some ten minutes. We ask five times a second at most, whatever processes run on the machine.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.version import __version__

_CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().]+")


class Manners(NamedTuple):
    """Limits of one asker. Seconds but for `per_second`, `attempts` and `most_bytes`.

    `per_second` requests at most, counted over every process that shares `counted_in` (a file). A request that fails in a
    way that may pass is tried `attempts` times, the first wait `first_wait` and none longer than `longest_wait`, but where
    the server says how long; above `longest_wait` we give up and say so. A body has `most_bytes` and `longest_body` at most.
    """

    per_second: float = 5.0
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    timeout: float = 30.0
    most_bytes: int = 128 * 1024 * 1024
    longest_body: float = 120.0
    counted_in: Path = Path(tempfile.gettempdir()) / "overbuild-sec-requests.sqlite"


class Service(NamedTuple):
    """Where companyfacts and the list of tickers are."""

    company_facts: str = "https://data.sec.gov/api/xbrl/companyfacts/CIK{cik:010d}.json"
    tickers: str = "https://www.sec.gov/files/company_tickers.json"


def user_agent(contact: str) -> str:
    """What we call ourselves to the service.

    Raises FactError `missing` without a contact, `bad_value` for one that is no mail address.

    >>> user_agent("ann@firm.example").endswith("(contact: ann@firm.example)")
    True
    """
    if not contact.strip():
        hint = "the SEC asks who calls: give your mail address, --contact you@firm.com or OVERBUILD_CONTACT"
        raise FactError("missing", "contact", None, hint)
    if not _CONTACT.fullmatch(contact.strip()):
        raise FactError("bad_value", "contact", contact, "a contact is a mail address: you@firm.com")
    return f"overbuild/{__version__} (contact: {contact.strip()})"
