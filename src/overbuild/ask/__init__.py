"""The questions, asked in Python: each function takes one and returns its Answer.

    from overbuild import ask
    answer = ask.gap(as_of="2026-01-17")
    answer.values["total_gap"]            # -437000000000.0

What the command line asks, it asks here. A question is imported when it is asked, so importing this file costs nothing.
Everywhere `as_of` is a day (YYYY-MM-DD) after which no fact is used, `workspace` is a folder with the reader's own facts,
and a site case is a file, or `preset:NAME` for a case that ships. Money is in USD, power in MW, shares and rates are
decimals.
"""

from __future__ import annotations

from overbuild.ask.build_out import add_claims, claims, explain_claim, gap, need
from overbuild.ask.chips import fleet, spenders, vintages
from overbuild.ask.companies import companies, company
from overbuild.ask.ecosystem import BasketTest, PanelAsked, basket, contagion
from overbuild.ask.grids import grid
from overbuild.ask.knowledge import (
    add_facts,
    check_facts,
    fact_log,
    fact_quality,
    glossary,
    list_facts,
    pull_facts,
    reconcile_facts,
    search_facts,
    show_facts,
    show_source,
)
from overbuild.ask.outlook import agents, agents_all, rules, stack
from overbuild.ask.sites import StressSettings, as_function, check, compare, portfolio, site, stress, why
from overbuild.ask.tariffs import solve_tariff, tariff

__all__ = [
    "gap",
    "need",
    "claims",
    "explain_claim",
    "add_claims",
    "companies",
    "company",
    "site",
    "stress",
    "StressSettings",
    "as_function",
    "portfolio",
    "contagion",
    "basket",
    "BasketTest",
    "PanelAsked",
    "check",
    "compare",
    "why",
    "fleet",
    "agents",
    "agents_all",
    "grid",
    "stack",
    "rules",
    "tariff",
    "solve_tariff",
    "vintages",
    "spenders",
    "list_facts",
    "show_facts",
    "search_facts",
    "show_source",
    "check_facts",
    "fact_quality",
    "add_facts",
    "pull_facts",
    "fact_log",
    "reconcile_facts",
    "glossary",
]
