"""What the filings of a folder give, and whether it holds: quarters against years, changes of tag, what a day knew.

    python -m tests.facts.filings_on DIR [--since 2019] [--as-of 2025-03-01] [--metrics capex,revenue]

reads every filing under DIR, prints for each issuer and metric the quarters that are complete, how many fiscal years the
quarters add up to exactly, and which do not and why; then the tags met, what was refused, and that a day sees exactly what
was filed by then. Exit 1 where an issuer's cash capex has a gap between its first and last quarter, or differs from a year.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from overbuild.facts.fact import Fact
from overbuild.facts.filings.quarters import calendar_quarter
from overbuild.facts.filings.read import ReadFilings, read
from overbuild.facts.ledger import View
from overbuild.facts.period import period_span

TOLD = 6
"""Years that do not add up, printed for a metric."""


def quarters_of(view: View, entity: str, metric: str, since: str) -> list[Fact]:
    found = [
        fact for fact in view.in_force if (fact.entity, fact.metric) == (entity, metric) and fact.period_end >= since
    ]
    spans = [fact for fact in found if period_span(fact.period_start, fact.period_end) == "quarter"]
    return sorted(spans, key=lambda fact: fact.period_end)


def gaps(quarters: list[Fact]) -> list[str]:
    """Calendar quarters between the first and the last that no fiscal quarter stands under."""
    shown = {calendar_quarter(fact.period_end) for fact in quarters}
    if not shown:
        return []
    first, last = min(shown), max(shown)
    between = [f"{year}Q{quarter}" for year in range(int(first[:4]), int(last[:4]) + 1) for quarter in (1, 2, 3, 4)]
    return [label for label in between if first <= label <= last and label not in shown]


def years_beside(view: View, entity: str, metric: str, since: str) -> list[tuple[Fact, float]]:
    """Each fiscal year that four quarters cover, with what these are more than it."""
    quarters = quarters_of(view, entity, metric, since)
    found: list[tuple[Fact, float]] = []
    for fact in view.in_force:
        if (fact.entity, fact.metric) == (entity, metric) and period_span(fact.period_start, fact.period_end) == "year":
            inside = [
                one for one in quarters if fact.period_start <= one.period_start and one.period_end <= fact.period_end
            ]
            if len(inside) == 4:
                found.append((fact, sum(one.value or 0.0 for one in inside) - (fact.value or 0.0)))
    return sorted(found, key=lambda pair: pair[0].period_end)


def tags_met(quarters: list[Fact]) -> dict[str, str]:
    """The tags that the quarters were read under, each with the last quarter it was."""
    met: dict[str, str] = {}
    for fact in quarters:
        for tag in re.findall(r"[a-z-]+:(\w+)", fact.locator):
            met[tag] = calendar_quarter(fact.period_end)
    return met


def tell(view: View, entity: str, metric: str, since: str) -> bool:
    """Print an issuer's metric; whether it is complete and equal to its years."""
    quarters = quarters_of(view, entity, metric, since)
    if not quarters:
        print(f"  {metric:22} no quarter since {since}")
        return True
    missing, years = gaps(quarters), years_beside(view, entity, metric, since)
    unequal = [(fact, off) for fact, off in years if off]
    first, last = quarters[0], quarters[-1]
    computed = sum(one.status == "computed" for one in quarters)
    complete = "complete" if not missing else f"MISSING {', '.join(missing)}"
    print(
        f"  {metric:22} {len(quarters)} quarters {first.period}..{last.period}: {complete}, {computed} computed;"
        f" {len(years) - len(unequal)} of {len(years)} years equal to the dollar; tags {tags_met(quarters)}"
    )
    for fact, off in unequal[-TOLD:]:
        print(
            f"      {fact.period}: quarters are {off:+,.0f} off the year's {fact.value:,.0f}; {fact.note or 'rounded as filed'}"
        )
    return not missing and not unequal


def tell_day(folder: Path, reading: ReadFilings, day: str) -> bool:
    """Print what a day knew, and whether reading only what was filed by then gives the same rows."""
    alone = sorted(read(folder, as_of=day).facts)
    whole = sorted(fact for fact in reading.facts if fact.known_at <= day)
    view = reading.ledger().as_of(day)
    latest = {entity: view.latest(entity, "capex") for entity in view.ledger.entities}
    print(
        f"\nAs of {day}: {len(whole):,} rows; read from what was filed by then alone: {'the same' if alone == whole else 'OTHERS'}."
    )
    for entity, fact in latest.items():
        if fact is not None:
            print(f"  {entity}: newest capex {fact.period}, known {fact.known_at}")
    late = [fact for fact in view.known if fact.known_at > day]
    return alone == whole and not late


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.facts.filings_on", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--since", default="2019", help="quarters that end from here on")
    parser.add_argument("--as-of", default="2025-03-01")
    parser.add_argument(
        "--metrics", default="capex,operating_cash_flow,revenue,operating_income,interest_expense,depreciation"
    )
    parser.add_argument(
        "--issuers", default="", help="issuers whose capex must be complete, separated by commas; all without"
    )
    asked = parser.parse_args()
    began = time.perf_counter()
    reading = read(asked.folder)
    seconds = time.perf_counter() - began
    view = reading.ledger().as_of()
    print(
        f"{len(reading.facts):,} rows of {len(view.ledger.entities)} issuers in {seconds:.2f} s, {len(reading.sources)} filings"
    )
    for file, remark in reading.remarks:
        print(f"  {Path(file).name}: {remark}")
    for error in reading.refused:
        print(f"  REFUSED {error}")
    sound = True
    held = set(asked.issuers.split(",")) if asked.issuers else set(view.ledger.entities)
    for entity in view.ledger.entities:
        print(f"\n{entity}")
        for metric in asked.metrics.split(","):
            good = tell(view, entity, metric, asked.since)
            sound &= good or metric != "capex" or entity not in held
    restated = Counter(fact.entity for fact in reading.facts if "restates" in fact.note)
    print(f"\nRestatements kept as later rows: {dict(restated)}")
    sound &= tell_day(asked.folder, reading, asked.as_of)
    print("\nall held" if sound else "\nNOT all held")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
