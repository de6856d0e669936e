"""A panel that is made, not observed: what a file of returns looks like, with a change that is known."""

from __future__ import annotations

import calendar

import numpy as np

from overbuild.ecosystem.basket.comovement import Floats

NAMES = ("MADE_A", "MADE_B", "MADE_C", "MADE_D", "MADE_E", "MADE_F", "MADE_G", "MADE_H")
MONTHS = 72
CHANGE_AFTER = 36
"""Months after which names have less in common."""
_COMMON, _OWN = 0.06, 0.04
_COMMON_AFTER, _OWN_AFTER = 0.02, 0.09
_FIRST_YEAR = 2019
_SEED = 7


def made_returns() -> Floats:
    """Log returns by month and name: one common move and one of each name's own, drawn from normal distributions.

    Source: ours, a definition: a month's return = common move + own move. Up to the change the common one is the larger.
    """
    generator = np.random.default_rng(_SEED)
    common, own = generator.standard_normal((MONTHS, 1)), generator.standard_normal((MONTHS, len(NAMES)))
    late = np.arange(MONTHS)[:, None] >= CHANGE_AFTER
    return np.where(late, _COMMON_AFTER, _COMMON) * common + np.where(late, _OWN_AFTER, _OWN) * own


def made_panel() -> str:
    r"""The panel as CSV, a row a month and a column a name.

    >>> made_panel().partition("\n")[0]
    'month_end,MADE_A,MADE_B,MADE_C,MADE_D,MADE_E,MADE_F,MADE_G,MADE_H'
    """
    lines = [",".join(("month_end", *NAMES))]
    for place, row in enumerate(made_returns()):
        year, month = _FIRST_YEAR + place // 12, place % 12 + 1
        day = f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"
        lines.append(",".join([day, *(f"{one:.6f}" for one in row)]))
    return "\n".join(lines) + "\n"
