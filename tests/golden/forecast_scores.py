"""Adapter of the scores of forecasts: CRPS of an ensemble and of a normal forecast, pinball loss, PIT."""

from __future__ import annotations

from overbuild.stress.worlds.scores import (
    crps_of_ensemble,
    crps_of_normal,
    normal_quantile,
    pinball,
    place_of_normal,
)


def scores_of_forecasts(inputs):
    rows = []
    for case in inputs["cases"]:
        seen, mean, deviation = case["obs"], case["mu"], case["sd"]
        rows.append(
            {
                "crps_ens": crps_of_ensemble(case["ensemble"], seen),
                "crps_fair": crps_of_ensemble(case["ensemble"], seen, fair=True),
                "crps_gauss": crps_of_normal(mean, deviation, seen),
                "pit": place_of_normal(mean, deviation, seen),
                "pinball": {
                    str(share): pinball(normal_quantile(mean, deviation, share), share, seen)
                    for share in inputs["quantiles"]
                },
            }
        )
    return {"rows": rows, "mean_crps_gauss": sum(row["crps_gauss"] for row in rows) / len(rows)}


ADAPTERS = {"H05": scores_of_forecasts}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
