"""Shape A08: how a basket moves together, on rolling windows of its prices."""

from __future__ import annotations

import numpy as np

from overbuild.ecosystem.basket.basket_run import rolling_rows
from overbuild.ecosystem.basket.panel.read import log_returns
from overbuild.ecosystem.basket.panel.records import Panel
from overbuild.ecosystem.basket.windows import Windows


def rolling(inputs):
    returns = log_returns(np.array(inputs["prices"], dtype=float))
    days = tuple(str(at + 1) for at in range(len(returns)))
    names = tuple(f"name_{at}" for at in range(returns.shape[1]))
    panel = Panel("A08", "prices", "asked", days, names, returns)
    rows = rolling_rows(panel, Windows("0", 0, len(days), 1, inputs["window"]))
    return {
        "rows": [
            {
                "end": int(row.day),
                "avg_pairwise_corr": row.average_correlation,
                "pc1_share": row.pc1_share,
                "cross_section_sd": row.dispersion,
            }
            for row in rows
        ]
    }


ADAPTERS = {"A08": rolling}
