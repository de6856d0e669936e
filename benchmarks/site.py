"""How fast a site runs, against the same site written by hand and against the nearest models of others.

    python benchmarks/site.py [RUNS]

Prints medians of CPU time of several runs, in turn, in this process (the whole answer also in a process of its own, where imports,
traces and compiling count), and ratios between programs that give the same numbers: the package and two versions of the
site written by hand, which it first holds equal to 1e-9. 10,000 scenarios vary PUE, price of energy and the market's
price. NREL PySAM's Singleowner and waterfall-py are near models, not the same: a power plant with yearly debt, and a
waterfall on cash that is given. They are timed where they are installed (`pip install nrel-pysam waterfall-py`), and left
out where they are not.
"""

import datetime
import importlib.util
import resource
import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
from eight_halls import eight_halls
from hand_written_arrays import by_arrays
from hand_written_floats import by_floats
from hand_written_site import fixed_of

from overbuild import ask
from overbuild.equations.model import Model
from overbuild.site.case.checks import check_plan
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.timeline.compiled_run import run_compiled

SITE = Path("preset:neocloud-100mw-gb300")
RUN, BY_HAND = "one scenario: package, all lines kept, identities, IRR", "one scenario: by hand, plain Python"
SIZE, CAMPUS = "size the loans: package", "one scenario of eight halls and five contracts: package"
ANSWER, OWN = "whole answer with break-evens: package, asked again", "whole answer in a process of its own"
SCENARIOS, BLOCK, BY_FLOATS = 10_000, 2_000, 200
MANY, MANY_BY_HAND = f"{SCENARIOS:,} scenarios: package, NumPy", f"{SCENARIOS:,} scenarios: by hand, NumPy"
WANTED = ("min_dscr", "equity_npv")


def seconds(work) -> float:
    """CPU seconds, those of processes that it starts too: others on the machine do not count."""
    began = _cpu()
    work()
    return _cpu() - began


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


class Package:
    """The package's run of many scenarios, on NumPy in blocks, with its results."""

    def __init__(self, plan, sizing) -> None:
        self.model = model_of(plan, sizing)

    def run(self, pue, power_price, market_price):
        terms = self.model.stage("site").terms
        terms = terms._replace(
            horizon=terms.horizon._replace(pue=pue),
            power=terms.power._replace(price=terms.power.price._replace(value=power_price)),
            market=terms.market._replace(price=terms.market.price._replace(value=market_price)),
        )
        stages = tuple(one._replace(terms=terms) if one.name == "site" else one for one in self.model.stages)
        found = run_compiled(Model(stages), WANTED).rows["results"]
        return tuple(found[name][0] for name in WANTED)


def nearest() -> dict:
    """One run of each near model that is installed."""
    work = {}
    if importlib.util.find_spec("PySAM"):
        import PySAM.Singleowner as singleowner

        plant = singleowner.default("CustomGenerationProfileSingleOwner")
        plant.SystemOutput.gen = plant.SystemOutput.system_pre_curtailment_kwac = [50_000.0] * 8760
        work["near model: PySAM Singleowner, one scenario, years"] = plant.execute
    if importlib.util.find_spec("waterfall"):
        import waterfall

        def deal() -> None:
            terms = {"coupon": 0.085, "amort_type": "mortgage", "term_periods": 20, "amort_periods": 20}
            loan = waterfall.Tranche("senior", "senior", 1.0e9, **terms)
            day = datetime.date(2028, 7, 1)
            given = {"deal_close_date": day, "operations_start_date": day, "period_frequency": "Q"}
            cash = {"tranches": [loan], "cfads_stream": [1.2e8] * 40, "project_life_periods": 40}
            waterfall.run(waterfall.Deal(**given, **cash, data_currency="USD", reporting_basis="calendar"))

        try:
            deal()
            work["near model: waterfall-py, one loan, cash given"] = deal
        except waterfall.WaterfallError as error:
            print(f"waterfall-py refuses the deal: {error}")
    return work


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    plan = read_site_case(SITE).plan
    sizing = size(plan)
    fixed, package = fixed_of(plan, sizing), Package(plan, sizing)
    factor = np.random.default_rng(20260117).uniform(0.6, 1.6, size=(3, SCENARIOS))
    pue = np.maximum(plan.horizon.pue * factor[0], 1.0)
    power, market = plan.power.price.value * factor[1], plan.market.price.value * factor[2]
    blocks = [slice(at, at + BLOCK) for at in range(0, SCENARIOS, BLOCK)]

    def together(run) -> list:
        return [
            np.concatenate(parts) for parts in zip(*(run(pue[b], power[b], market[b]) for b in blocks), strict=True)
        ]

    by_package, by_hand = together(package.run), together(partial(by_arrays, plan, sizing, fixed))
    few = (pue[:BY_FLOATS], power[:BY_FLOATS], market[:BY_FLOATS])
    alone = [by_floats(plan, sizing, fixed, *one) for one in zip(*few, strict=True)]
    for ours, theirs, floats in zip(by_package, by_hand, zip(*alone, strict=True), strict=True):
        scale = np.maximum(np.abs(ours), 1e-3 * np.max(np.abs(ours)))
        assert np.max(np.abs(ours - theirs) / scale) < 1e-9
        assert np.max(np.abs(ours[:BY_FLOATS] - np.array(floats)) / scale[:BY_FLOATS]) < 1e-9
    print(f"equal to 1e-9 in {SCENARIOS:,} scenarios (NumPy) and {BY_FLOATS} (plain Python): least cover, NPV")
    campus = check_plan(eight_halls(plan))
    sized_campus = size(campus)
    work = {
        RUN: lambda: run_site(plan, sizing),
        BY_HAND: lambda: by_floats(plan, sizing, fixed, pue[0], power[0], market[0]),
        MANY: lambda: together(package.run),
        MANY_BY_HAND: lambda: together(partial(by_arrays, plan, sizing, fixed)),
        SIZE: lambda: size(plan),
        CAMPUS: lambda: run_site(campus, sized_campus),
        ANSWER: lambda: ask.site(SITE),
        OWN: lambda: subprocess.run(
            [sys.executable, "-m", "overbuild", "site", str(SITE), "--json"], check=True, stdout=subprocess.DEVNULL
        ),
        **nearest(),
    }
    for one in (RUN, CAMPUS, ANSWER):  # what is compiled at the first or second run is there before clocks run
        work[one]()
        work[one]()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        for name, one in work.items():
            times[name].append(seconds(one))
    found = {name: statistics.median(row) for name, row in times.items()}
    print(f"{plan.horizon.periods} periods, {runs} runs in turn, medians")
    for name, median in found.items():
        print(f"{name:72} {1000 * median:10.2f} ms")
    print(f"one scenario: package / by hand in plain Python        {found[RUN] / found[BY_HAND]:6.1f}  (at most 25)")
    print(
        f"{SCENARIOS:,} scenarios: package / by hand in NumPy         {found[MANY] / found[MANY_BY_HAND]:6.1f}  (at most 4)"
    )
    print(
        f"{SCENARIOS:,} by hand in plain Python / package in NumPy    {found[BY_HAND] * SCENARIOS / found[MANY]:6.1f}"
    )
    print(f"sizing / one scenario                                  {found[SIZE] / found[RUN]:6.1f}  (at most 4)")
    print(f"eight halls and five contracts / one scenario          {found[CAMPUS] / found[RUN]:6.1f}  (at most 4)")
    print(f"the whole answer, asked again / one scenario           {found[ANSWER] / found[RUN]:6.1f}  (at most 30)")
    print(f"the whole answer in a process of its own / one scenario{found[OWN] / found[RUN]:6.1f}")
    heavy = [name for name in ("llvmlite", "jax") if name in sys.modules]
    print(f"loaded of llvmlite and jax: {heavy or 'none'}")


if __name__ == "__main__":
    main()
