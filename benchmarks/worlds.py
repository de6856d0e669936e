"""How fast many worlds of a site run: the fused kernel against the ways that there are without it.

    python benchmarks/worlds.py [ROUNDS]

All ways run in turn in this process; medians of CPU time, and ratios. 10,000 scenarios of one site move three inputs
(PUE, price of energy, market price), twenty-one, or a drawn path of four series in front of the site. The same numbers
come out of each way to 1e-9, which is checked first. NREL PySAM's Singleowner is a near model, a power plant with yearly
debt, timed where it is installed (`pip install nrel-pysam`).
"""

import importlib.util
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from hand_written_arrays import by_arrays
from hand_written_site import fixed_of

from overbuild.equations import breached, exp, flatten, line, maximum, minimum, rebuild
from overbuild.equations.kernel import DrawnInside, Fold, Kernel, Scaled, Scenarios
from overbuild.equations.kernel.fused import lean, size_of
from overbuild.equations.kernel.machine.native import Processor, host
from overbuild.equations.model import Model, RowOf, Stage
from overbuild.site.case.paths import Path as Series
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.site.model import model_of
from overbuild.site.run import OUTCOMES
from overbuild.site.sizing.sizing import size
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.summaries import fan_of, summary_of
from overbuild.stress.worlds.workers.summarised import FAN_SCENARIOS
from overbuild.timeline.run import run_model

SITE = Path("preset:neocloud-100mw-gb300")
SCENARIOS, MANY = 10_000, 1_000_000
THREE = ("horizon.pue", "power.price.value", "market.price.value")
MORE = (
    "horizon.availability",
    "horizon.terminal",
    "components.",
    "utilisation.value",
    "growth",
    "staff",
    "offtake.price",
)
TWO_RESULTS = ("results.min_dscr", "results.equity_npv")
RESULTS = (
    *TWO_RESULTS,
    "results.site_loss_given_default",
    Fold("row_first", "site", ("ends",)),
    *(Fold("row_dot", "site", ("ends", name)) for name in OUTCOMES),
)


def moved(model, number):
    """The leaves of so many drivers, each a multiple of the model's number."""
    terms = flatten(model.stage("site").terms, "site.terms")
    more = [path for path, one in terms.items() if one and any(word in path for word in MORE)]
    first = [f"site.terms.{path}" for path in THREE]
    rest = [path for path in more if path not in first and "share" not in path and "life" not in path]
    return {path: Scaled(row) for row, path in enumerate([*first, *rest][:number])}


class Path4(NamedTuple):
    """Log of price, use and power against the case, and whether there is a glut."""

    price: float
    use: float
    power: float
    glut: float


class Draws(NamedTuple):
    """What is drawn in a period, and the case's own price, use and power."""

    price: float
    use: float
    power: float
    regime: float
    jump: float
    base_price: float
    base_use: float
    base_power: float


class Rules(NamedTuple):
    """How the path moves."""

    speed: float = 0.15
    depth: float = 0.6
    vol: float = 0.09
    enters: float = 0.05
    leaves: float = 0.12
    jumps: float = 0.02
    jump: float = 0.35
    use_vol: float = 0.05
    power_vol: float = 0.06


def path(state, draws, rules):
    """A regime, mean-reverting logs with jumps, and the series that the site takes."""
    stays = 1.0 - breached(draws.regime - rules.leaves, 1.0)
    glut = state.glut * stays + (1.0 - state.glut) * breached(draws.regime - rules.enters, 1.0)
    jump = rules.jump * breached(draws.jump - rules.jumps, 1.0)
    price = state.price - rules.speed * (state.price + rules.depth * glut) + rules.vol * draws.price - jump
    use = state.use - rules.speed * (state.use - price) + rules.use_vol * draws.use
    power = state.power - rules.speed * state.power + rules.power_vol * draws.power
    line("world.price", draws.base_price * exp(price))
    line("world.use", maximum(0.0, minimum(1.0, draws.base_use * exp(use))))
    line("world.power", draws.base_power * exp(power))
    return Path4(price, use, power, glut)


def with_path(plan, sizing):
    """The site behind a drawn path, and what of it is drawn."""
    places = plan.horizon.periods
    listed = plan._replace(
        market=plan.market._replace(
            price=_listed(plan.market.price, places), utilisation=_listed(plan.market.utilisation, places)
        ),
        power=plan.power._replace(price=_listed(plan.power.price, places)),
    )
    model = model_of(listed, sizing)
    site = model.stage("site")
    columns = flatten(site.columns)
    rows = {"market_price.listed": "price", "market_utilisation.listed": "use", "energy_price.listed": "power"}
    zeros = [0.0] * (places + 1)
    world = Draws(*[zeros] * 5, *(columns[name] for name in rows))
    taken = [RowOf("world", f"world.{rows[name]}") if name in rows else one for name, one in columns.items()]
    drawn = {name: DrawnInside(at, uniform=name in ("regime", "jump")) for at, name in enumerate(Draws._fields[:5])}
    stages = (
        Stage("world", path, None, Rules(), Path4(0.0, 0.0, 0.0, 0.0), world),
        site._replace(columns=rebuild(site.columns, taken)),
        *model.stages[1:],
    )
    return Model(stages), {f"world.draws.{name}": one for name, one in drawn.items()}


def _listed(given, places):
    years = [max(0, place - given.since) / 4 for place in range(1, places + 1)]
    return Series("by_period", by_period=tuple(given.value * (1.0 + given.growth_per_year) ** one for one in years))


def cut(model, places):
    """The model with its first places only."""
    stages = [
        one
        if one.columns is None
        else one._replace(columns=rebuild(one.columns, [row[:places] for row in flatten(one.columns).values()]))
        for one in model.stages
    ]
    return model._replace(stages=tuple(stages))


def compiled(model, wanted, bindings, processor=None):
    return Kernel(model, wanted, bindings).compile(processor)


def cpu(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def medians(work, rounds):
    """Median CPU seconds of each way, all run in turn."""
    times = {name: [] for name in work}
    for _ in range(rounds):
        for name, one in work.items():
            times[name].append(cpu(one))
    return {name: statistics.median(found) for name, found in times.items()}


def told(title, found, base, per, places=None):
    print(f"\n{title}")
    for name, seconds in found.items():
        each = seconds / per.get(name, SCENARIOS)
        ratio = each / (found[base] / per.get(base, SCENARIOS))
        cost = f"{each / places * 1e9:10.1f} ns a scenario-period" if places else ""
        print(f"  {name:52} {each * 1e6:10.3f} us a scenario {ratio:10.1f} x {cost}")


def alike(ours, theirs):
    scale = np.maximum(np.abs(theirs), max(1e-3 * np.max(np.abs(theirs)), 1e-3))
    assert np.max(np.abs(ours - theirs) / scale) < 1e-9


def sizes(title, kernel):
    found = size_of(lean(kernel.fused))
    print(
        f"{title}: {found.operations:,} operations live, {found.moving:,} of them in each period, {found.live:,} vary by"
        f" scenario; {found.states} states"
    )
    return found


def lanes_of(number, scenarios, seed=20260117):
    lanes = np.random.default_rng(seed).uniform(0.75, 1.3, (number, scenarios))
    lanes[:3] = np.random.default_rng(seed).uniform(0.6, 1.6, (3, scenarios))
    lanes[0] = np.maximum(lanes[0], 1.0)
    return lanes


def formulas_on_arrays(model, lanes):
    """The two results from the formulas run on arrays period by period, as they stand."""
    site = model.stage("site")
    terms = flatten(site.terms, "site.terms")
    terms |= {f"site.terms.{name}": terms[f"site.terms.{name}"] * lane for name, lane in zip(THREE, lanes, strict=True)}
    moved_site = site._replace(terms=rebuild(site.terms, terms.values()))
    found = run_model(Model((moved_site, *model.stages[1:])), ()).left["results"]
    return found.cover.min_dscr, found.equity.equity_npv


def few_drivers(plan, sizing, model, rounds):
    """Three drivers, the same two results from every way."""
    places, bindings, lanes = plan.horizon.periods + 1, moved(model, 3), lanes_of(3, SCENARIOS)
    fixed, blocks = fixed_of(plan, sizing), [slice(at, at + 2_000) for at in range(0, SCENARIOS, 2_000)]
    numbers = [
        base * lane
        for base, lane in zip((plan.horizon.pue, plan.power.price.value, plan.market.price.value), lanes, strict=True)
    ]
    hand = partial(by_arrays, plan, sizing, fixed)

    def by_formulas():
        return [formulas_on_arrays(model, lanes[:, b]) for b in blocks]

    def by_hand():
        return [
            np.concatenate(part) for part in zip(*(hand(*(one[b] for one in numbers)) for b in blocks), strict=True)
        ]

    two, all_of_them = compiled(model, TWO_RESULTS, bindings), compiled(model, RESULTS, bindings)
    arrays = Kernel(model, TWO_RESULTS, bindings).on_arrays(model, "to compare")
    runs = {name: one.on(model) for name, one in (("two", two), ("all", all_of_them), ("arrays", arrays))}
    of = Scenarios(SCENARIOS, lanes)
    for ours, hands, arrayed in zip(
        *(one.values() for one in (runs["two"].run(of),)), by_hand(), runs["arrays"].run(of).values(), strict=False
    ):
        alike(ours, hands)
        alike(ours, arrayed)
    live = sizes("3 drivers", all_of_them).live
    work = {
        "kernel, outcome, loss, two results": lambda: runs["all"].run(of),
        "kernel, two results": lambda: runs["two"].run(of),
        "by hand, NumPy, two results": by_hand,
        "product NumPy, the formulas as they stand": by_formulas,
        "product NumPy, compiled, two results": lambda: runs["arrays"].run(of),
    }
    per = {}
    if "+avx512f" in host().features:
        narrow = compiled(model, RESULTS, bindings, Processor("haswell", "+avx2,+fma,+bmi2", 8)).on(model)
        work["kernel, restricted to AVX2"] = lambda: narrow.run(of)
    if importlib.util.find_spec("PySAM"):
        import PySAM.Singleowner as singleowner

        plant = singleowner.default("CustomGenerationProfileSingleOwner")
        plant.SystemOutput.gen = plant.SystemOutput.system_pre_curtailment_kwac = [50_000.0] * 8760
        work["near model: PySAM Singleowner, years"] = plant.execute
        per["near model: PySAM Singleowner, years"] = 1
    found = medians(work, rounds)
    told(
        f"3 drivers, {SCENARIOS:,} scenarios x {places} places",
        found,
        "kernel, outcome, loss, two results",
        per,
        places,
    )
    each = found["kernel, outcome, loss, two results"] / SCENARIOS / places
    print(f"  the kernel: {each / live * 1e9:.4f} ns for each operation that varies")


def against_arrays(title, model, bindings, lanes, rounds):
    """More drivers, or a drawn path: kernel against product NumPy on the same numbers."""
    places = len(next(iter(flatten(model.stage("site").columns).values())))
    ours = compiled(model, RESULTS, bindings)
    theirs = Kernel(model, RESULTS, bindings).on_arrays(model, "to compare")
    live = sizes(title, ours).live
    of = Scenarios(SCENARIOS, lanes, seed=7)
    runs = [one.on(model) for one in (ours, theirs)]
    found = [one.run(of) for one in runs]
    for one in RESULTS:
        alike(found[0][one], found[1][one]) if one != RESULTS[3] else None
    ended = float(np.mean(found[0][RESULTS[3]] > 0.0))
    ways = medians({"kernel": lambda: runs[0].run(of), "product NumPy, compiled": lambda: runs[1].run(of)}, rounds)
    told(f"{title}, {SCENARIOS:,} scenarios x {places} places, {ended:.0%} end early", ways, "kernel", {}, places)
    print(f"  the kernel: {ways['kernel'] / SCENARIOS / places / live * 1e9:.4f} ns for each operation that varies")


def growing(model, rounds):
    """Cost by scenarios and by periods; a million; a slider's few thousand."""
    bindings = moved(model, 21)
    kernel = compiled(model, RESULTS, bindings)
    print("\ncost, 21 drivers: ns a scenario-period, CPU")
    for places in (21, 41, 79):
        prepared = kernel.on(cut(model, places))
        for many in (4_096, 10_000, 100_000):
            of = Scenarios(many, lanes_of(21, many))
            each = medians({"": lambda run=prepared.run, of=of: run(of)}, rounds)[""]
            print(f"  {many:8,} scenarios x {places:3} places {each / many / places * 1e9:8.1f}")
    prepared, threads = kernel.on(cut(model, 41)), os.cpu_count() or 1
    for many in (4_096, MANY):
        of = Scenarios(many, lanes_of(21, many))
        walls = []
        for _ in range(3):
            began, used = time.perf_counter(), time.process_time()
            prepared.run(of, threads=threads)
            walls.append((time.perf_counter() - began, time.process_time() - used))
        wall, used = min(walls)
        print(
            f"  {many:9,} x 40 quarters and close, 21 drivers, {threads} threads: {wall:.4f} s wall, {used:.4f} s CPU"
        )
    print(f"  most memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def summed(rounds):
    """A slider's few thousand as they are asked for: the drivers of the preset drawn, run and summed up."""
    basis = run_case(SITE)
    found = stressed(basis, StressSettings(scenarios=4_096, sampler="sobol", threads=1))
    asked = found.worlds.asked

    def block(first):
        drawn = found.source.block(first, 4_096)
        summary_of(drawn, asked)
        fan_of(drawn, asked, first, 4_096)

    rows = medians({"with the rows of fans": lambda: block(0), "without": lambda: block(FAN_SCENARIOS)}, rounds)
    places = basis.run.plan.horizon.periods + 1
    print(f"\n4,096 scenarios of the drivers of the preset, drawn, run over {places} places and summed up, CPU")
    for name, taken in rows.items():
        print(f"  {name:52} {1000 * taken:10.1f} ms")


START = """
import sys, time
sys.path.insert(0, {folder!r})
import worlds
plan = worlds.read_site_case(worlds.SITE).plan
model = worlds.model_of(plan, worlds.size(plan))
bindings = worlds.moved(model, 21)
began = time.process_time()
kernel = worlds.compiled(model, worlds.RESULTS, bindings)
prepared = kernel.on(model)
ready = time.process_time()
prepared.run(worlds.Scenarios(4096, worlds.lanes_of(21, 4096)))
print(f"  {{'from disk' if kernel.from_disk else 'compiled'}}: {{ready - began:.3f}} s of CPU, with the import of llvmlite")
"""


def starting():
    print("\nfirst use of a kernel in a process of its own, 21 drivers")
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            code = START.format(folder=str(Path(__file__).parent))
            subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "OVERBUILD_CACHE": folder})


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    plan = read_site_case(SITE).plan
    sizing = size(plan)
    model = model_of(plan, sizing)
    print(
        f"{platform.processor() or platform.machine()}, {host().cpu}, {host().lanes} lanes, load {os.getloadavg()[0]:.1f}"
    )
    few_drivers(plan, sizing, model, rounds)
    print()
    against_arrays("21 drivers", model, moved(model, 21), lanes_of(21, SCENARIOS), rounds)
    print()
    against_arrays("a drawn path", *with_path(plan, sizing), None, rounds)
    growing(model, rounds)
    summed(rounds)
    starting()
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
