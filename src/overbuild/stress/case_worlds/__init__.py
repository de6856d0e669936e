"""A case of any kind over many worlds, if its file form is its record: what is drawn, run, and told of each result.

    found = case_worlds(explained)                      the distribution of every result that the model reports
    found.result("unit_npv").quantiles                  P5, P50, P95 with their intervals
    found.chance("unit_npv", 5000.0)                    the probability of more than 5,000, with its interval
    found.moves("unit_npv")                             which driver moves it most
    found.values("unit_npv")                            the result of every scenario, NaN where it does not exist

    worlds = CaseWorlds(explained, settings)            the same draws, run again with one input replaced:
    worlds.with_input("market.rent", 2.0).values("unit_npv")

`explained` is what has a `case` (a `CaseRecord`) and `model_of` (the model of its record), as an `ExplainedCase` of the
audit has. Drivers are those of the case (`drivers:`), or are given. The worlds of two cases are common: what a driver of one
name draws depends on the seed, its name and the number of the scenario alone.
"""

from overbuild.stress.case_worlds.deciding_result import DecidingResult as DecidingResult
from overbuild.stress.case_worlds.distribution import CaseDistribution as CaseDistribution
from overbuild.stress.case_worlds.run import case_worlds as case_worlds
from overbuild.stress.case_worlds.worlds import CaseWorlds as CaseWorlds
