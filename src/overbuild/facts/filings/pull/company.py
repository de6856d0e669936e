"""`facts pull`: companyfacts of named issuers, asked for politely, kept, checked, and entered into a workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts.filings.company_facts import decode_company_facts
from overbuild.facts.filings.enter import add_filings
from overbuild.facts.filings.issuers import known_issuers
from overbuild.facts.filings.pull.archive import Archive
from overbuild.facts.filings.pull.client import Check, PoliteClient, polite_client
from overbuild.facts.filings.pull.manners import Manners, Service, user_agent

ARCHIVE = "archive"
"""The folder of a workspace that holds what was pulled."""

STOPS = frozenset({"refused"})
"""Codes after which nothing more is asked: asking on makes a block longer."""


class Pulled(NamedTuple):
    """What one issuer's pull gave: the body's sha256, whether it was new, and the rows that were entered."""

    ticker: str
    cik: int
    address: str
    sha256: str
    is_new: bool
    entered: int
    known_already: int


def pull(
    tickers: Sequence[str],
    workspace: Path,
    contact: str,
    *,
    service: Service | None = None,
    manners: Manners | None = None,
) -> list[Pulled]:
    """Companyfacts of issuers into a workspace; a body that has not changed is not fetched again.

    What came is kept and entered also where another issuer failed; then the faults are raised, all at once (FactError of
    `PoliteClient.get`, `unknown_name` for a ticker that no list has, `other_entity` for a body of another issuer). After a
    refusal nothing more is asked.
    """
    agent = user_agent(contact)
    service, wanted = service or Service(), list(dict.fromkeys(ticker.upper() for ticker in tickers))
    archive = Archive(workspace / ARCHIVE)
    done: list[Pulled] = []
    faults: list[FactError] = []
    with polite_client(agent, archive, manners or Manners()) as client:
        ciks = _Ciks(client, service)
        for place, ticker in enumerate(wanted):
            try:
                done.append(_pull_one(ticker, ciks.of(ticker), client, service, workspace))
            except FactError as error:
                faults.append(error)
                if error.code in STOPS:
                    faults += [_not_asked(other) for other in wanted[place + 1 :]]
                    break
    raise_all(faults)
    return done


def _pull_one(ticker: str, cik: int, client: PoliteClient, service: Service, workspace: Path) -> Pulled:
    address = service.company_facts.format(cik=cik)

    def check(body: bytes) -> None:
        found = decode_company_facts(body, address).issuer
        if found.cik != cik:
            hint = f"asked for {ticker} (CIK {cik}), got {found.name} (CIK {found.cik})"
            raise FactError("other_entity", address, None, hint)

    kept, is_new = client.get(address, _json_only(check, address))
    entered = add_filings(client.archive.body(kept), workspace, tickers={cik: ticker})
    return Pulled(ticker, cik, address, kept.sha256, is_new, len(entered.added), entered.known_already)


class _Ciks:
    """The CIK of a ticker: from the package's table, else from the service's list, asked for once."""

    def __init__(self, client: PoliteClient, service: Service) -> None:
        self.client, self.service = client, service
        self.listed: Mapping[str, int] | None = None

    def of(self, ticker: str) -> int:
        known = known_issuers().get(ticker)
        if known is not None:
            return known.cik
        if self.listed is None:
            address = self.service.tickers

            def check(body: bytes) -> None:
                tickers_of(body, address)

            kept, _ = self.client.get(address, _json_only(check, address))
            self.listed = tickers_of(self.client.archive.body(kept).read_bytes(), address)
        if ticker not in self.listed:
            hint = f"neither our table of issuers nor the SEC's list has it.{did_you_mean(ticker, self.listed)}"
            raise FactError("unknown_name", "ticker", ticker, hint)
        return self.listed[ticker]


def tickers_of(body: bytes, address: str) -> dict[str, int]:
    """The CIKs by ticker of the service's list. Raises FactError `syntax`, `bad_layout`."""
    import msgspec

    row: Any = msgspec.defstruct("ListedTicker", [("cik_str", int), ("ticker", str)])
    every: Any = dict[str, row]
    try:
        rows: dict[str, Any] = msgspec.json.decode(body, type=every)
    except msgspec.ValidationError as error:
        raise FactError("bad_layout", address, None, f"not the SEC's list of tickers and CIKs: {error}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise FactError("syntax", address, None, f"not readable JSON: {error}") from None
    return {one.ticker.upper(): one.cik_str for one in rows.values() if 0 < one.cik_str < 10**10}


def _json_only(check: Check, address: str) -> Check:
    """A check that first refuses a page that came in place of JSON."""

    def checked(body: bytes) -> None:
        if re.match(rb"\s*<", body):
            hint = "a page came in place of JSON: a proxy's, or a notice of the service; nothing was kept"
            raise FactError("not_json", address, body[:60].decode("utf-8", "replace"), hint)
        check(body)

    return checked


def _not_asked(ticker: str) -> FactError:
    return FactError("refused", ticker, None, "not asked for, because the server refused the one before")
