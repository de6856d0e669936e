"""A provider of 2 bn USD turnover under one act, one burden and one merger rule, for the worked numbers of this room."""

from __future__ import annotations

from overbuild.policy.governance.moat import ControlTerms
from overbuild.policy.rules.burdens import BurdenRules, CostRule, MergerRule, PlannedMerger
from overbuild.policy.rules.fines import FinedFirm, FineRule
from overbuild.policy.rules.rule import RuleScope, RuleStart
from overbuild.policy.rules.terms import ControlShares, RulesTerms

_ALWAYS, _ALL = RuleStart(1.0, 0.0, 0.0), RuleScope(1.0, 0.0, 0.0)

TERMS = RulesTerms(
    firm=FinedFirm(2e9, 0.0, 0.0, 1.0),
    fines=(FineRule("act", _ALL, _ALWAYS, 0.0, 15e6, 0.03, 1.0, 0.5, 0.3, (0.1, 1.0), (0.8, 0.2)),),
    burdens=BurdenRules((CostRule("register", _ALL, _ALWAYS, 300e3, 200e3, 0.0, 0.0, 0.0),), (), (), 0.0),
    controls=ControlTerms(0.1, 0.0, 0.08, 0.0, 0.3, 0.02, 0.5, 2.0, 0.0, 0.0, 0.001, 0.0, 0.0),
    shares=ControlShares(0.05, 0.01, 0.2, 0.001, 0.001),
    mergers=(MergerRule("us", 1800.0, 100.0, 0.3),),
    merger=PlannedMerger(0.21, 0.02, 1500.0),
)
