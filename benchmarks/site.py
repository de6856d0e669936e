"""How fast a site runs: one scenario on floats, 10,000 on NumPy in blocks, and the whole answer from file to text.

    python benchmarks/site.py [RUNS]

Prints medians of several runs, in turn, in this process (the whole answer in a process of its own), and the ratio
of each to the float run. 10,000 scenarios vary the price of energy, the PUE and the market's price.
"""

import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from overbuild.site.case import shape_of
from overbuild.site.case_plan import read_site_case
from overbuild.site.construction import opening
from overbuild.site.funding import build
from overbuild.site.period import period
from overbuild.site.run import run_site
from overbuild.site.sizing import size
from overbuild.timeline.run import run_periods

EXAMPLE = Path(__file__).parents[1] / "examples" / "contracted-100mw.yaml"
SCENARIOS, BLOCK = 10_000, 2_000
LINES = ("cfads", "debt_service", "dscr", "alive", "equity_cash_flow")


def seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    plan = read_site_case(EXAMPLE).plan
    sizing = size(plan)
    shape, terms = shape_of(plan), sizing.terms(plan)
    state = opening(shape, build(plan, terms).final, terms)
    columns = sizing.inputs(plan)
    generator = np.random.default_rng(20260117)

    def on_floats() -> None:
        run_periods(partial(period, shape), state, columns, terms)

    def on_arrays() -> None:
        for _ in range(SCENARIOS // BLOCK):
            factor = generator.uniform(0.8, 1.2, size=(3, BLOCK))
            site = terms.site._replace(pue=np.maximum(terms.site.pue * factor[0], 1.0))
            power = terms.power._replace(price_per_mwh=terms.power.price_per_mwh * factor[1])
            market = terms.market._replace(price_per_gpu_hour=terms.market.price_per_gpu_hour * factor[2])
            moved = terms._replace(site=site, power=power, market=market)
            run_periods(partial(period, shape), state, columns, moved, LINES)

    work = {
        "one scenario, operation, all lines kept, floats": on_floats,
        "one scenario, sized already: build, run, results, IRR": lambda: run_site(plan, sizing),
        "size the loan": lambda: size(plan),
        f"{SCENARIOS:,} scenarios in blocks of {BLOCK:,}, NumPy": on_arrays,
        "whole answer, own process": lambda: subprocess.run(
            [sys.executable, "-m", "overbuild", "site", str(EXAMPLE), "--json"], check=True, stdout=subprocess.DEVNULL
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        for name, one in work.items():
            times[name].append(seconds(one))
    first = statistics.median(times["one scenario, operation, all lines kept, floats"])
    print(f"{plan.site.operating_periods} operating periods, {runs} runs in turn")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:56} {1000 * median:9.1f} ms {median / first:8.1f} x")
    heavy = [name for name in ("llvmlite", "jax") if name in sys.modules]
    print(f"loaded of llvmlite and jax: {heavy or 'none'}")


if __name__ == "__main__":
    main()
