"""Every preset with all spreads 0 against the number that `site` prints, in every period: python -m tests.stress.worlds.every_preset

Prints the worst difference of each; ends with 1 where one is above 1e-9.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.worlds.settings import StressSettings
from overbuild.world.presets import site_presets


def worst_of(name):
    basis = run_case(Path(f"preset:{name}"))
    run, found = basis.run, stressed(basis, StressSettings(64, spread=0.0, threads=1))
    apart = [abs(found.measure("equity_npv").mean / run.totals["equity_npv"] - 1.0)]
    if run.min_dscr is not None:
        apart.append(abs(found.measure("min_dscr").quantile(0.5) / run.min_dscr - 1.0))
    for line in ("dscr", "cfads"):
        rows, exact = found.worlds.fan.rows[line], np.array(run.lines[line])
        there = ~np.isnan(rows[:, 0])
        if there.any():
            size = np.maximum(np.abs(exact[there, None]), 1e-3 * np.abs(exact[there]).max())
            apart.append(float(np.max(np.abs(rows[there] - exact[there, None]) / size)))
    ended = found.summary.ended[1:].sum() > 0
    return max(apart), bool(ended) == (run.outcome is not None)


def main():
    failed = 0
    for name in site_presets():
        worst, ends = worst_of(name)
        failed += not (worst <= 1e-9 and ends)
        print(f"{name:32} worst {worst:.1e}, ends {'as the case' if ends else 'OTHERWISE'}", flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
