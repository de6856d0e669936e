"""How long a company's filed figures take: companyfacts of 10 MB to an as-of ledger, and a folder of such files.

    python benchmarks/filings.py [FILE] [--folder 500] [--runs 7]

FILE is a companyfacts JSON (or .gz); it is filled up to 10 MB with tags that are not read, as a filer of many notes has
them. Without FILE one is made with 60 of our tags over 15 years. Prints the least of several runs, after import, beside
`json.loads` of the same bytes (machines are noisy: the ratio travels) and, where it is installed, beside edgartools, which
reads every tag into objects and computes no quarters. `--folder` writes that many copies, each of another issuer, into a
temporary folder, reads it, and prints seconds and the peak of memory.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from overbuild.facts.filings.concepts import concepts
from overbuild.facts.filings.read import read

SIZE = 10_000_000
MAY_TAKE = 0.060
YEARS = range(2011, 2026)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--folder", type=int, default=0)
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    body = json.loads(bytes_of(asked.file)) if asked.file else made()
    data = filled(body)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.json"
        path.write_bytes(data)
        (rows, in_force), seconds = least(lambda: as_of_ledger(path), asked.runs)
        _, plain = least(lambda: json.loads(data), asked.runs)
        print(
            f"{len(data):,} bytes to an as-of ledger of {in_force:,} figures in force ({rows:,} rows): {1e3 * seconds:.0f} ms"
        )
        print(
            f"  json.loads of the same bytes alone: {1e3 * plain:.0f} ms; ratio {seconds / plain:.2f}; may take {1e3 * MAY_TAKE:.0f} ms"
        )
        beside_edgartools(data, asked.runs)
    if asked.folder:
        read_folder(body, asked.folder)


def as_of_ledger(path: Path) -> tuple[int, int]:
    reading = read(path)
    view = reading.ledger().as_of("2026-01-31")
    return len(reading.facts), len(view.in_force)


def read_folder(body: dict[str, Any], count: int) -> None:
    """A folder of files, each 10 MB and of another issuer."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            body["cik"], body["entityName"] = 9_000_000 + number, f"COMPANY{number} INC"
            (Path(folder) / f"CIK{body['cik']:010d}.json").write_bytes(filled(body))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began, cpu = time.perf_counter(), time.process_time()
        reading = read(folder)
        view = reading.ledger().as_of("2026-01-31")
        seconds, worked = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count} files of {SIZE / 1e6:.0f} MB: {len(reading.facts):,} rows, {len(view.in_force):,} in force, {seconds:.1f} s"
            f" ({worked:.1f} s of work), peak {peak:,.0f} MB ({before:,.0f} MB before)"
        )


def beside_edgartools(data: bytes, runs: int) -> None:
    try:
        from edgar.entity.parser import EntityFactsParser
    except ImportError:
        print("  edgartools is not installed here")
        return
    facts, seconds = least(lambda: EntityFactsParser.parse_company_facts(json.loads(data)), runs)
    print(f"  edgartools to its facts of every tag: {1e3 * seconds:.0f} ms ({len(facts.get_all_facts()):,} facts)")


def least(work: Callable[[], Any], runs: int) -> tuple[Any, float]:
    found, best = work(), float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - began)
    return found, best


def bytes_of(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def filled(body: dict[str, Any]) -> bytes:
    """The file with notes that we do not read, up to its size."""
    text = json.dumps(body).encode()
    points = [point("2024-01-01", "2024-12-31", 1234567.0 * place, "10-K", "2025-02-05") for place in range(40)]
    note = json.dumps({"label": "A note", "description": "x" * 300, "units": {"USD": points}}).encode()
    notes = b"".join(
        b'"ANoteOfTheFiler%d": %s,' % (place, note) for place in range(max(0, SIZE - len(text)) // (len(note) + 24))
    )
    return text.replace(b'"us-gaap": {', b'"us-gaap": {' + notes, 1)


def made() -> dict[str, Any]:
    """A filer with 60 of our tags: quarters and years, each filed again as the comparative a year later."""
    facts: dict[str, Any] = {}
    for concept in concepts().values():
        for way in concept.tags[:2]:
            tag = way[0].partition(":")[2]
            if len(facts) < 60 and way[0].startswith("us-gaap:") and " " not in tag and len(way) == 1:
                facts[tag] = {"units": {"USD": points_of(concept.span == "instant")}}
    return {"cik": 4242, "entityName": "EXAMPLE COMPUTE, INC.", "facts": {"us-gaap": facts}}


def points_of(instant: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for year in YEARS:
        for quarter, end in enumerate(("03-31", "06-30", "09-30", "12-31"), 1):
            form = "10-K" if quarter == 4 else "10-Q"
            for later in (0, 1):
                filed = datetime.date(year + later, 3 * quarter, 28) + datetime.timedelta(days=35)
                start = "" if instant else f"{year}-01-01"
                value = 1e9 * quarter + 1e6 * year
                found.append(point(start, f"{year}-{end}", value, form, filed.isoformat()))
    return found


def point(start: str, end: str, value: float, form: str, filed: str) -> dict[str, Any]:
    accession = f"0000004242-{filed[2:4]}-{int(filed[5:7] + filed[8:]):06d}"
    said = {
        "end": end,
        "val": value,
        "accn": accession,
        "fy": 2024,
        "fp": "FY",
        "form": form,
        "filed": filed,
        "frame": "CY2024",
    }
    return said | ({"start": start} if start else {})


if __name__ == "__main__":
    main()
