"""RentEstimate how rents of chips move from price files of your own, and hold the later half against the earlier.

    python calibration/rental_price.py INDEX.csv [--posted POSTED.csv] [--longest-gap DAYS]

INDEX.csv has `date` and one column a series (USD a GPU-hour, a day a row); POSTED.csv the same for prices that sellers post,
its columns named `seller/product`. Slips of the feed are dropped by rule, each printed with its rule. Printed: drift and
volatility a year with standard errors, their interval of 90%, the slopes of the regimes seen in dated prices, how posted
prices jump, and the share of the later half of the index that lies in the fan of 80% made of its earlier half.

What was estimated on the files of 2026 stands in `src/overbuild/world/presets/rental-price.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from overbuild.errors import OverbuildError
from overbuild.facts.store import known_on
from overbuild.fleet.rental_price.cleaning import RULES, cleaned
from overbuild.fleet.rental_price.estimates import (
    RentEstimate,
    mean_correlation,
    movement_of,
    pooled_volatility,
    weekly,
)
from overbuild.fleet.rental_price.later_slice import FAN, WANTED, later_slice
from overbuild.fleet.rental_price.posted import posted_moves
from overbuild.fleet.rental_price.regimes import regime_slopes
from overbuild.fleet.rental_price.series import LONGEST_GAP, RentSeries, read_rents


def told(one: RentEstimate) -> str:
    """An estimate in a row of the tables."""
    return f"{one.value:+9.4f} {one.se:8.4f} {one.low:+9.4f} {one.high:+9.4f}"


def index(series: tuple[RentSeries, ...]) -> None:
    """Drift and volatility by series, pooled, and the later half."""
    kept = cleaned(series)
    print(
        f"Dropped by rule: {dict(Counter(one.rule for one in kept.dropped))} of {sum(len(one.days) for one in series)}"
    )
    for rule, said in RULES.items():
        print(f"  {rule}: {said}")
    weeks = [weekly(one) for one in kept.series]
    print(f"\nBy week{'':13} steps  years     drift       se       5%       95%  volatility      se       5%       95%")
    movements = [movement_of(one) for one in weeks]
    for one in movements:
        print(f"{one.name:20} {one.steps:5} {one.years:6.3f} {told(one.drift)}   {told(one.volatility)}")
    print(f"Pooled volatility of all series {pooled_volatility(movements):.4f}; mean correlation of weekly steps "
          f"{mean_correlation(weeks):.3f}")  # fmt: skip
    later = later_slice(weeks)
    print(f"\nLater half against the fan of {FAN:.0%} of the earlier: {sum(one.held for one in later.points)} of "
          f"{len(later.points)} weeks, {later.coverage:.1%} (wanted {WANTED[0]:.0%} to {WANTED[1]:.0%})")  # fmt: skip
    for name, share in later.by_series.items():
        print(f"  {name:20} {share:.0%}")
    print(
        "Weeks of one series move on from each other, and all series share one shortage: that is one trial more than many."
    )
    print("It cannot foresee a turn of the regime, a launch, or a change of who sells: none lies in the window.")


def main() -> int:
    """Read, estimate, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("index", type=Path)
    asked.add_argument("--posted", type=Path)
    asked.add_argument("--longest-gap", type=int, default=LONGEST_GAP)
    given = asked.parse_args()
    try:
        index(read_rents(given.index, given.longest_gap))
        print(f"\nRegimes, dated prices of H100 {'':6}     slope       se       5%       95%   slopes of the spells")
        for one in regime_slopes(known_on(None)):
            print(f"{one.regime:37}{told(one.mean)}   {', '.join(f'{slope:+.3f}' for slope in one.slopes)}")
        if given.posted:
            series = read_rents(given.posted, given.longest_gap)
            moves = posted_moves(series, [one.name.partition("/")[0] for one in series])
            print(f"\nPosted: {moves.changes} changes on {moves.dates} days of a seller in {moves.price_years:.3f} years of a price, "
                  f"{moves.share_up:.0%} up")  # fmt: skip
            print(f"  a year {told(moves.per_year)}\n  size   {told(moves.size)}")
    except OverbuildError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
