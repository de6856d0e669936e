"""Our own cases of shape SITE2, worked by hand, through the adapter of the golden cases. Money in USD m.

100 MW of GPUs of 1 kW offer 876m hours a year: USD 219m at USD 0.25, USD 438m at USD 0.50.
"""

import pytest

from tests.golden.compare import worst_difference
from tests.golden.site2 import sized_and_run

HALL = {
    "ppy": 1,
    "n": 6,
    "phases": [{"name": "h1", "it_mw": 100.0, "cod": 1, "fixed": 100.0}],
    "components": [
        {"name": "shell", "phase": "h1", "cost": 400.0, "spend": [1.0], "liquidation": 0.6, "decay": 0.02},
        {"name": "it", "phase": "h1", "cost": 600.0, "spend": [1.0], "liquidation": 0.5, "decay": 0.25},
    ],
    "fleets": [{"name": "f1", "phase": "h1", "component": "it", "kw_per_gpu": 1.0}],
    "contracts": [{"name": "a", "phase": "h1", "share": 1.0, "tenor": 5, "price": 0.5}],
    "loans": [
        {"name": "senior", "rate": 0.1, "amount": 600.0, "repayment": "straight_line", "first": 2, "maturity": 5}
    ],
    "enforcement": {"cost_share": 0.1, "lag_years": 0.0},
}


def at(*prices):
    return {"contracts": [{**HALL["contracts"][0], "price": {"by_period": list(prices)}}]}


INTEREST = 269.0 / 11.0
"""The first draw is 269 less the interest on it at 10%, which is 269 / 11: equity pays first."""

CAMPUS = {
    "ppy": 1,
    "n": 5,
    "phases": [
        {"name": "h1", "it_mw": 100.0, "cod": 1, "fixed": 50.0},
        {"name": "h2", "it_mw": 100.0, "cod": 2, "fixed": 50.0},
    ],
    "components": [
        {"name": "it1", "phase": "h1", "cost": 400.0, "spend": [1.0]},
        {"name": "it2", "phase": "h2", "cost": 400.0, "spend": [0.5, 0.5]},
    ],
    "fleets": [
        {"name": "f1", "phase": "h1", "component": "it1", "kw_per_gpu": 1.0},
        {"name": "f2", "phase": "h2", "component": "it2", "kw_per_gpu": 1.0},
    ],
    "contracts": [
        {"name": "a", "phase": "h1", "share": 1.0, "tenor": 3, "price": 0.25},
        {"name": "b", "phase": "h2", "share": 1.0, "tenor": 3, "price": 0.25},
    ],
    "loans": [
        {"name": "senior", "rate": 0.1, "amount": 300.0, "repayment": "straight_line", "first": 3, "maturity": 5}
    ],
    "funding": {"rule": "equity_first"},
}

CASES = {
    "the first phase pays for the second": (
        {"sizing": CAMPUS},
        {
            "sizing": {"uses": 631.0 + INTEREST, "equity": 331.0 + INTEREST},
            "to_owners": [0.0, -331.0 - INTEREST, 0.0, 208.0, 218.0, 9.0],
            "default": None,
        },
    ),
    "the reserve pays a bad year and is not filled beyond what is due": (
        {"sizing": {**HALL, "reserve": {"dsra_periods": 1}}, "scenario": at(0.5, 0.35, 0.5)},
        {
            "sizing": {"dsra0": 210.0, "equity": 610.0},
            "to_owners": [0.0, -610.0, 11.6, 158.0, 173.0, 338.0, 338.0],
            "default": None,
        },
    ),
    "a default is shared out": (
        {"sizing": HALL, "scenario": at(0.5, 0.5, 0.1, 0.5)},
        {
            "default": "payment",
            "default_period": 3,
            "to_owners": [0.0, -400.0, 128.0, 0.0, 0.0, 0.0, 0.0],
            "enforcement": {
                "claim": 495.0,
                "recovered": 359.3214,
                "lgd": 1.0 - 359.3214 / 495.0,
                "collateral": (400.0 * 0.6 * 0.98**2 + 600.0 * 0.5 * 0.75**2) * 0.9,
                "accounts": 0.0,
            },
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_by_hand(name):
    inputs, wanted = CASES[name]
    assert worst_difference(sized_and_run(inputs), wanted, {"rel": 1e-9, "abs": 1e-7}) <= 1.0
