"""Random scenarios of a site in a kernel against as many runs on floats.

    python -m tests.equations.kernel.agreement [SCENARIOS] [PRESET ...]

Prints for each preset the worst difference, the share within 1e-12, and whether outcomes fall in the same period.
"""

import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from overbuild.equations import flatten, rebuild
from overbuild.equations.kernel import Fold, LaneColumn, Scaled, Scenarios, kernel_of
from overbuild.equations.model import Model, RowOf, programs_of
from overbuild.equations.reading.line_table import row_of
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.run import OUTCOMES
from overbuild.site.sizing.sizing import size
from overbuild.timeline.compiled_run import run_compiled

PRESETS = (
    "neocloud-100mw-gb300",
    "ddtl-neocloud",
    "hyperscaler-campus",
    "leased-shell",
    "merchant-gpu-cloud",
    "powered-shell",
    "prepaid-contract",
    "single-loan-80-20",
    "stargate-1gw",
)
FIXED = ("periods", "per_year_count", "cures", "life_years", "share", "amount", "owners_pay")
"""Words of terms that are not moved: counts, shares that add up, what sizing has settled."""

HOW_IT_ENDS = [Fold("row_dot", "site", ("ends", name)) for name in OUTCOMES]
ROWS = [RowOf("site", name) for name in ("dscr", "cfads", "debt_balance", "net_cash_to_equity")]


class Moved(NamedTuple):
    """A model, its leaves that move, and by how much: a factor of each scenario, or of each place and scenario."""

    model: Model
    terms: tuple[str, ...]
    series: tuple[str, ...]
    lanes: np.ndarray
    columns: np.ndarray
    cost: float

    @property
    def bindings(self):
        scaled = {f"site.{path}": Scaled(row) for row, path in enumerate(self.terms)}
        return scaled | {f"site.{path}": LaneColumn(row) for row, path in enumerate(self.series)}

    @property
    def scenarios(self):
        return Scenarios(self.lanes.shape[1], self.lanes, self.columns)

    def on_floats(self, scenario):
        """The model of one scenario."""
        site = self.model.stage("site")
        terms, columns = flatten(site.terms, "terms"), flatten(site.columns, "inputs")
        for row, path in enumerate(self.terms):
            terms[path] = float(terms[path] * self.lanes[row, scenario])
        for row, path in enumerate(self.series):
            columns[path] = self.columns[row, :, scenario].tolist()
        moved = site._replace(
            terms=rebuild(site.terms, terms.values()), columns=rebuild(site.columns, columns.values())
        )
        return self.model._replace(stages=tuple(moved if one is site else one for one in self.model.stages))


def moved(preset, many, seed=1):
    """A preset with two dozen terms and two series moved at random."""
    plan = read_site_case(Path(f"preset:{preset}")).plan
    sizing = size(plan)
    model = model_of(plan, sizing)
    generator = np.random.default_rng(seed)
    site = model.stage("site")
    terms, columns = flatten(site.terms, "terms"), flatten(site.columns, "inputs")
    free = [path for path, one in terms.items() if one > 0.0 and not any(word in path for word in FIXED)]
    first = [path for path in free if path.endswith("price.value")]
    rest = [path for path in free if path not in first]
    chosen = (*first, *generator.choice(rest, min(len(rest), 24 - len(first)), replace=False).tolist())
    lanes = generator.uniform(0.7, 1.3, (len(chosen), many))
    lanes[: len(first)] = generator.uniform(0.4, 1.4, (len(first), many))
    for row, path in enumerate(chosen):
        if path == "terms.horizon.pue":
            lanes[row] = np.maximum(lanes[row], 1.0)
    flat = [path for path, one in columns.items() if path.endswith(("utilisation.value", "running", "stands"))]
    series = tuple(flat[:2])
    base = np.array([columns[path] for path in series]).reshape(len(series), -1, 1)
    moving = base * generator.uniform(0.6, 1.0, (*base.shape[:2], many))
    return Moved(model, chosen, series, lanes, moving, sizing.uses)


LEAST_MONEY, LEAST = 1e-4, 1e-3
"""The least number that a difference is set against: of money as a share of the site's cost, of all else as it is.

What is left of two equal amounts of ten billion is a millionth of a dollar, the last bit of either: so 1e-12 is half
the last bit of the site's cost, or more.
"""


class Agreement(NamedTuple):
    """Worst difference and its line, share of numbers within 1e-12, scenarios that end in another period or way."""

    worst: float
    worst_line: str
    within: float
    ends_otherwise: int
    ended: float


def agreement(case, which):
    """Of some scenarios, in all results and some rows."""
    site, program = (programs_of(case.model)[name] for name in ("site", "results"))
    results = [f"results.{line}" for line in program.lines]
    wanted = [*results, *ROWS, *HOW_IT_ENDS, Fold("row_first", "site", ("ends",))]
    found = kernel_of(case.model, wanted, case.bindings).on(case.model).run(case.scenarios)
    kept = {line for program in programs_of(case.model).values() for line in program.lines if program is not site}
    kept |= {one.line for one in ROWS} | {"ends", *OUTCOMES}
    runs = [run_compiled(case.on_floats(scenario), kept).rows for scenario in which]
    differences = {}
    for one in [*results, *ROWS]:
        stage, line = (one.stage, one.line) if isinstance(one, RowOf) else one.split(".", 1)
        floats = np.array([run[stage][line] for run in runs]).T
        ours = found[one][..., which] if isinstance(one, RowOf) else found[one][None, which]
        scale = np.maximum(np.abs(floats), max(1e-3 * np.max(np.abs(floats)), least_of(line, case.cost)))
        differences[line] = (np.abs(ours - floats) / scale).ravel()
    every = np.concatenate(list(differences.values()))
    worst_line = max(differences, key=lambda line: differences[line].max())
    otherwise = 0
    for at, run in zip(which, runs, strict=True):
        ends = run["site"]["ends"]
        kinds = [sum(a * b for a, b in zip(ends, run["site"][name], strict=True)) for name in OUTCOMES]
        place = next((float(place) for place, one in enumerate(ends, 1) if one > 0.0), 0.0)
        ours = [found[fold][at] for fold in HOW_IT_ENDS]
        otherwise += kinds != ours or found[Fold("row_first", "site", ("ends",))][at] != place
    ended = float(np.mean(found[Fold("row_first", "site", ("ends",))] > 0.0))
    return Agreement(float(every.max()), worst_line, float(np.mean(every <= 1e-12)), otherwise, ended)


def least_of(line, cost):
    """The least number against which a difference in a line is set; `cost` is that of the site, in USD."""
    row = row_of(line)
    return LEAST_MONEY * cost if row is not None and row.unit in ("USD", "USD per period") else LEAST


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for preset in sys.argv[2:] or PRESETS:
        began = time.perf_counter()
        found = agreement(moved(preset, many), range(many))
        print(
            f"{preset:24} {many:,} scenarios, {found.ended:.1%} end early: worst {found.worst:.1e} ({found.worst_line}),"
            f" within 1e-12 {found.within:.5%}, end otherwise {found.ends_otherwise},"
            f" {time.perf_counter() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
