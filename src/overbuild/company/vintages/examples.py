"""A spender for the worked numbers of this folder."""

from __future__ import annotations

from overbuild.company.vintages.fleet_year import BoughtTerms, SpenderTerms
from overbuild.fleet.book_value import AccountingLife
from overbuild.fleet.examples import TERMS as UNIT

LIFE = AccountingLife("in_force", 6.0)
TERMS = SpenderTerms(
    vintages=(BoughtTerms("bought_2024", 2024.0, 240000.0, 0.5, UNIT._replace(lives=(LIFE,))),),
    server_share=0.5,
    in_force=LIFE,
    lives=(AccountingLife("life_4", 4.0),),
    tax_rate=0.19,
)
"""Two units bought in 2024 for 60,000 USD of 240,000 USD of capex."""
