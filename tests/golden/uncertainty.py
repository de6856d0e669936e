"""Shapes H01 and H06: how defaults move together, and what jumps and regimes of a price come to."""

from __future__ import annotations

from overbuild.world.drivers.dependence import both_below_median, joint_default, large_pool_quantile
from overbuild.world.drivers.jumps_and_regimes import JumpWalk, after, mean_spell, stationary


def defaults_together(inputs):
    first, second = inputs["pd"]
    joint = joint_default(first, second, inputs["rho"])
    return {
        "joint_default": joint.both,
        "default_correlation": joint.correlation,
        "large_pool_loss_quantile": large_pool_quantile(first, inputs["rho"], inputs["level"]),
        "orthant_half": both_below_median(inputs["rho"]),
    }


def jumps_and_regimes(inputs):
    """The second regime is the bad one; it starts in the good one."""
    walk = JumpWalk(inputs["mu"], inputs["sd"], inputs["lam"], inputs["mj"], inputs["sj"])
    chain, steps = inputs["P"], inputs["n"]
    return {
        "mean_log": walk.mean_log,
        "var_log": walk.variance_log,
        "expected_gross": walk.expected_gross,
        "expected_price_n": walk.expected_gross**steps,
        "stationary_bad": float(stationary(chain)[1]),
        "bad_prob_n": float(after(chain, [1.0, 0.0], steps)[1]),
        "mean_bad_spell": mean_spell(chain, 1),
        "prob_below_barrier": walk.below(inputs["barrier"], steps),
    }


ADAPTERS = {"H01": defaults_together, "H06": jumps_and_regimes}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
