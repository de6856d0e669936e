"""Readers of filings on mutated input: only our own errors, in bounded memory.

    python -m tests.facts.filings.fuzz 1000000 [SEED]

feeds that many mutated inputs to every reader in turn (a page of XBRL, which takes a hundred times as long, to one in
fifty) and prints what came of them. The suite runs ten thousand.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from overbuild.errors import OverbuildError, raise_all
from overbuild.facts.filings.company_facts import decode_company_facts
from overbuild.facts.filings.issuers import entity_of
from overbuild.facts.filings.ledger_rows import rows_of
from overbuild.facts.filings.pages.documents import Filed, filed_as, filings_of
from overbuild.facts.filings.pages.inline_xbrl import read_document
from overbuild.facts.filings.pull.company import tickers_of
from overbuild.facts.ledger import Ledger
from overbuild.facts.reconcile.judge import judge
from overbuild.facts.reconcile.typed_table import read_typed_table
from overbuild.foreign.how_written import HowWritten
from overbuild.foreign.lines import read_lines
from tests.facts.filings.made import ASSETS, CAPEX, CONTRACTS, FY, REVENUE, START, a_year, company_facts, filed
from tests.facts.filings.made_pages import Fact, instance, page

FACTS = company_facts(
    {
        CAPEX: a_year(1e9, 3e9, 6e9, 10e9)[:3],
        ASSETS: [a_year(0, 0, 0, 10e9)[3]],
        REVENUE: [*a_year(2e9, 5e9, 9e9, 14e9), filed(14e9, FY, "2026-02-05", start="2024-10-01", form="10-K")],
        CONTRACTS: a_year(1e9, 5e9, 9e9, 14e9),
        "LongTermDebtNoncurrent": [filed(8e9, FY, "2025-02-05", start="", form="10-K")],
        "LongTermDebtCurrent": [filed(1e9, FY, "2025-02-05", start="", form="10-K")],
    },
    ticker="EXCO",
)
SEGMENT = (("us-gaap:StatementBusinessSegmentsAxis", "exco:CloudMember"),)
TAGGED = [
    Fact(f"us-gaap:{CAPEX}", "10,000", START, FY),
    Fact("us-gaap:Revenues", "1.1", START, FY, scale=9, sign="-", members=SEGMENT),
    Fact("exco:LeaseNotYetCommencedCurrentAmount", "six", "", FY, form="ixt:num-word-en"),
]
PAGE, INSTANCE = page(TAGGED), instance([Fact(f"us-gaap:{CAPEX}", "10000000000", START, FY)])
TYPED = (
    b'entity,metric,unit,2024Q1,FY2024\nMSFT,capex,USD_bn,"1,000.5",(2)\nX,revenue,pct,-,n/a\nGOOGL,capex,USD_mn,3,4\n'
)
TICKERS = (
    b'{"0": {"cik_str": 4242, "ticker": "EXCO", "title": "Example"}, "1": {"cik_str": 7, "ticker": "Y", "title": ""}}'
)
WORDS = (
    b"null", b"NaN", b"-1", b"1e999", b"-1e308", b"9" * 400, b"[]", b"{}", b'"', b"\\u0000", b"\\ud800", b"\xff", b"\x00", b"<",
    b"</", b"<!--", b"<![CDATA[", b"&#0;", b"&a;", b"2024-02-30", b"0000-00-00", b"9999-12-31", b"2024Q9", b"true", b"0001-01-01",
    b'scale="99"', b'scale="-99"', b"\n", b",", b'""', b"USD", b"10-K", b"\xe2\x80\x94", b"1" * 5000, b"x" * 5000,
)  # fmt: skip
LEDGER = Ledger(rows_of(decode_company_facts(FACTS, "facts.json"), "MSFT", "facts.json").facts, {}).as_of()


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """A few random edits of a text: bytes flipped, cut, doubled, and words put in that are known to be awkward."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if not data:
            break
        at, how = chance.randrange(len(data)), chance.randrange(6)
        end = min(len(data), at + chance.choice((1, 2, 8, 60)))
        if how == 0:
            data[at] = chance.randrange(256)
        elif how == 1:
            del data[at:end]
        elif how == 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif how == 3:
            data[at:end] = chance.choice(WORDS)
        elif how == 4:
            data[at:at] = chance.choice(WORDS)
        else:
            other = chance.randrange(len(data))
            data[at:end] = data[other : other + end - at]
    return bytes(data[: chance.randrange(len(data))] if data and chance.random() < 0.05 else data)


def read_facts(data: bytes) -> None:
    filings = decode_company_facts(data, "facts.json")
    rows = rows_of(filings, entity_of(filings.issuer, "facts.json").entity, "facts.json")
    Ledger(rows.facts, rows.sources).as_of("2025-01-01")


def read_page(data: bytes) -> None:
    document = read_document(data, "page.htm")
    filings = filings_of(document, filed_as(document, {}))
    rows_of(filings, "EXCO", "page.htm")
    filings_of(document, Filed("2025-02-05", "0000004242-25-000205"))


def read_typed(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "typed.csv"
        path.write_bytes(data)
        typed = read_typed_table(read_lines(path, HowWritten()))
    _, bad_periods = judge(typed.cells, LEDGER, "typed.csv")
    raise_all([*typed.faults, *bad_periods])


def read_tickers(data: bytes) -> None:
    tickers_of(data, "https://example.org/tickers")


QUICK: Sequence[tuple[str, bytes, Callable[[bytes], None]]] = (
    ("companyfacts", FACTS, read_facts), ("typed table", TYPED, read_typed), ("tickers", TICKERS, read_tickers),
)  # fmt: skip
SLOW: Sequence[tuple[str, bytes, Callable[[bytes], None]]] = (
    ("page", PAGE, read_page),
    ("instance", INSTANCE, read_page),
)


def feed(count: int, seed: int, slow_every: int = 50) -> Counter[str]:
    """How many inputs of each reader were read and refused. Anything but an error of ours is raised, with its input."""
    chance, met = random.Random(seed), Counter[str]()
    for number in range(count):
        readers = SLOW if number % slow_every == 0 else QUICK
        name, text, read = readers[chance.randrange(len(readers))]
        data = mutated(text, chance)
        try:
            read(data)
        except OverbuildError as error:
            met[f"{name}: {error.code}"] += 1
        except BaseException as error:
            raise AssertionError(f"{name} raised {type(error).__name__} on {data!r}") from error
        else:
            met[f"{name}: read"] += 1
    return met


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    began, met, done = time.monotonic(), Counter[str](), 0
    while done < count:
        met += feed(min(10_000, count - done), seed + done)
        done += 10_000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if done % 100_000 == 0 or done >= count:
            print(f"{min(done, count):,} inputs, {time.monotonic() - began:,.0f} s, peak {peak} MB", flush=True)
    for name, times in sorted(met.items()):
        print(f"{times:>9,}  {name}")


if __name__ == "__main__":
    main()
