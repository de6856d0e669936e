"""Who a file is of: its content against the name it goes by, from a table of tickers and CIKs (issuers.csv)."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError
from overbuild.facts.filings.company_facts import Issuer

_CIK_IN_NAME = re.compile(r"CIK0*(\d{1,10})(?!\d)", re.IGNORECASE)
_TICKER = re.compile(r"[A-Z]{1,5}(?:[.-][A-Z])?")


class KnownIssuer(NamedTuple):
    """An issuer of the table."""

    ticker: str
    cik: int
    name: str


class Named(NamedTuple):
    """The entity that rows go by, and what could not be checked about it, in words."""

    entity: str
    remark: str = ""


@functools.cache
def known_issuers() -> Mapping[str, KnownIssuer]:
    """The table's issuers by ticker."""
    text = files("overbuild.facts.filings").joinpath("tables", "issuers.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {row["ticker"]: KnownIssuer(row["ticker"], int(row["cik"]), row["name"]) for row in rows}


def entity_of(issuer: Issuer, file: str, tickers: Mapping[int, str] | None = None) -> Named:
    """The ticker of what a file holds, after its content was checked against what the file and its name claim.

    `tickers` are further tickers by CIK, of whoever asked for the file.

    A ticker is claimed by the content or by a file named after it (`DELL.json.gz`), a CIK by a file named after it
    (`CIK0000789019.json`). Without a ticker an issuer that is not in the table goes by its CIK.

    Raises FactError `other_entity` where the content is of another company than claimed.

    >>> entity_of(Issuer(789019, "MICROSOFT CORPORATION"), "CIK0000789019.json").entity
    'MSFT'
    >>> entity_of(Issuer(1571949, "INTERCONTINENTAL EXCHANGE, INC."), "DELL.json.gz")
    Traceback (most recent call last):
    ...
    overbuild.errors.FactError: DELL.json.gz: issuer: this is said to be DELL (Dell Technologies, CIK 1571996), but its \
content is of INTERCONTINENTAL EXCHANGE, INC. (CIK 1571949); get the issuer's own file [other_entity]
    """
    by_cik = {one.cik: one for one in known_issuers().values()}
    _check_cik(issuer, file)
    claimed = issuer.ticker.upper() if issuer.ticker else _ticker_in(file)
    known = known_issuers().get(claimed)
    if known is not None and known.cik != issuer.cik:
        raise _other(issuer, f"{claimed} ({known.name}, CIK {known.cik})", file)
    own = by_cik.get(issuer.cik)
    if own is not None:
        if claimed and claimed != own.ticker and _is_ticker(issuer.ticker):
            raise _other(issuer, claimed, file)
        return Named(own.ticker)
    if tickers and issuer.cik in tickers:
        return Named(tickers[issuer.cik])
    if claimed:
        return Named(claimed, f"{claimed} is in no table of issuers: that it is {issuer.name} rests on the file alone")
    return Named(f"CIK{issuer.cik:010d}", "no ticker is known; the CIK stands for it")


def _check_cik(issuer: Issuer, file: str) -> None:
    named = _CIK_IN_NAME.search(Path(file).name)
    if named and int(named[1]) != issuer.cik:
        raise _other(issuer, f"CIK {int(named[1])}", file)


def _ticker_in(file: str) -> str:
    stem = Path(file).name.split(".")[0]
    return stem if _is_ticker(stem) else ""


def _is_ticker(text: str) -> bool:
    return _TICKER.fullmatch(text) is not None


def _other(issuer: Issuer, claimed: str, file: str) -> FactError:
    hint = (
        f"this is said to be {claimed}, but its content is of {issuer.name} (CIK {issuer.cik});"
        " get the issuer's own file"
    )
    return FactError("other_entity", "issuer", None, hint, file=file)
