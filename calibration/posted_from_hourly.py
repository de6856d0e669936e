"""Turn hourly polls of marketplaces into the posted price of each product by day, for `rental_price.py --posted`.

    python calibration/posted_from_hourly.py POLLS.csv.gz COLUMNS > posted.csv      # COLUMNS: RunPod=max_price_hr,Lambda=on_demand_hr

The columns say which price of a seller's rows is the one it posts. Rules: M1 a seller's chip seen on fewer than ten days is
left out; M2 a product is the rank of a row within its poll, by highest, then middle, then lowest price; M4 a poll counts only
if it has the seller's usual number of rows of the chip. The price of a day is the middle of its polls.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from statistics import median
from typing import TypeAlias

FEWEST_DAYS = 10

Polls: TypeAlias = "dict[str, list[dict[str, str]]]"


def main() -> int:
    """Read polls, write days."""
    if len(sys.argv) != 3 or "=" not in sys.argv[2]:
        print(__doc__, file=sys.stderr)
        return 2
    column = dict(one.split("=", 1) for one in sys.argv[2].split(","))
    prices = by_product(polls_of(sys.argv[1], column), column)
    days = sorted({day for by_day in prices.values() for day in by_day})
    out = csv.writer(sys.stdout)
    out.writerow(["date", *prices])
    for day in days:
        out.writerow([day, *(median(by_day[day]) if day in by_day else "" for by_day in prices.values())])
    return 0


def polls_of(path: str, column: dict[str, str]) -> dict[tuple[str, str], Polls]:
    """The rows of the sellers asked for, by seller and chip, then by the time of the poll."""
    polls: dict[tuple[str, str], Polls] = defaultdict(lambda: defaultdict(list))
    with gzip.open(path, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if row["provider"] in column:
                polls[row["provider"], row["gpu"]][row["timestamp"]].append(row)
    return polls


def by_product(polls: dict[tuple[str, str], Polls], column: dict[str, str]) -> dict[str, dict[str, list[float]]]:
    """The prices of each product by day, after the rules."""
    prices: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (seller, gpu), by_time in polls.items():
        if len({time[:10] for time in by_time}) < FEWEST_DAYS:
            continue
        usual = Counter(len(rows) for rows in by_time.values()).most_common(1)[0][0]
        counted = {time: rows for time, rows in by_time.items() if len(rows) == usual}
        for time, rows in counted.items():
            for rank, row in enumerate(sorted(rows, key=ranked)):
                if row[column[seller]]:
                    prices[f"{seller}/{gpu}/{rank}"][time[:10]].append(float(row[column[seller]]))
    return prices


def ranked(row: dict[str, str]) -> tuple[float, ...]:
    """The order of a poll's rows."""
    return tuple(float(row[name] or 0.0) for name in ("max_price_hr", "median_price_hr", "min_price_hr"))


if __name__ == "__main__":
    sys.exit(main())
