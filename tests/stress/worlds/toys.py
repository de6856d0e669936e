"""Worlds with known answers: a headroom that is normal, and a default of one period with a known hazard."""

from __future__ import annotations

import numpy as np

from overbuild.stress.worlds.distribution import MONEY_GRID, RATIO_GRID
from overbuild.stress.worlds.draws import normals, scenario_ids, uniforms
from overbuild.stress.worlds.summaries import Asked, ScenarioMeasure

HEADROOM, HAZARD = 0.4, 0.03
PLACES = 4
ASKED = Asked(
    (ScenarioMeasure("headroom", RATIO_GRID), ScenarioMeasure("loss", MONEY_GRID)),
    ("payment",),
    ("no root",),
    PLACES,
    ("cover",),
)


def toy(seed, spread=1.0, lost=()):
    """A site whose headroom is normal around 0.4, and which fails in period 2 with a hazard of 3%."""

    def block(first, count):
        ids = scenario_ids(first, count)
        headroom = HEADROOM + spread * normals(seed, 1, ids)
        fails = uniforms(seed, 2, ids, 2) < HAZARD
        return {
            "headroom": headroom,
            "loss": np.where(fails, 1e9 * uniforms(seed, 3, ids), 0.0),
            "ended_as": fails.astype(int),
            "ended_in": np.where(fails, 2, 0),
            "failed": np.isin(ids, lost).astype(int),
            "cover": np.stack([headroom + place for place in range(PLACES)]),
        }

    return block
