"""Small sites for the worked numbers of this room: one in the short form, one whose loan is refinanced."""

from __future__ import annotations

from overbuild.audit.origins import Origins
from overbuild.audit.site_inputs import fixed_by, model_from
from overbuild.equations import flatten
from overbuild.site.case.file_form.form_read import plan_of
from overbuild.site.case.plan import Component, HoldcoDebt, Path, Refinancing
from overbuild.site.case.short_form.short_debt import ShortLoan
from overbuild.site.case.short_form.short_plan import ShortMarket, ShortOfftake, ShortPlan, ShortSite
from overbuild.site.examples import PLAN
from overbuild.site.sizing.sizing import size

_M = 1e6

RECORD = ShortPlan(
    site=ShortSite(it_mw=100.0, kw_per_gpu=1.0, construction_periods=1, operating_periods=6, pue=1.2),
    components=(Component("it", 1000.0 * _M, 5.0, "MACRS5", (1.0,)),),
    market=ShortMarket(0.5, 0.1, (0.7,)),
    offtake=ShortOfftake(
        tenor=4, contract_share=0.8, price_per_gpu_hour=0.6, utilisation=(0.9,), take_or_pay_share=1.0
    ),
    loans=(ShortLoan("senior", tenor=4, rate_per_year=0.1, amount=600.0 * _M, repayment="straight_line"),),
)

SITE = Origins(RECORD, fixed_by(size(plan_of(RECORD))), model_from, {path: (path,) for path in flatten(RECORD)})

_NEW_LOAN = Refinancing(rate=Path(value=0.1), tenor=2, dscr=1.4, ltv=0.6)

REFINANCED = PLAN._replace(
    loans=(PLAN.loans[0]._replace(maturity=4, balloon_share=0.6, refinancing=_NEW_LOAN),),
    holdco=HoldcoDebt(100.0 * _M, 0.1, 3),
)
"""The site of the hand-worked numbers with a balloon that another loan pays, and a loan to its holding company."""
