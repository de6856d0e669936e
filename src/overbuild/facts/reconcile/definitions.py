"""Figures that go by one name and are different things: what a hand-typed number may be instead of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class NamedDefinition(NamedTuple):
    """One definition: what it is in words, and the metrics that are added up (or, with -1, taken off)."""

    words: str
    terms: tuple[tuple[int, str], ...]


def _of(words: str, *metrics: str) -> NamedDefinition:
    return NamedDefinition(words, tuple((-1, name[1:]) if name.startswith("-") else (1, name) for name in metrics))


FAMILIES: tuple[tuple[NamedDefinition, ...], ...] = (
    (
        _of("cash capex", "capex"),
        _of("capex with finance leases, as the issuer says it", "capex_incl_finance_leases"),
        _of("cash capex and finance leases acquired", "capex", "finance_leases_acquired"),
        _of("cash capex and finance lease principal", "capex", "finance_lease_principal"),
        _of("additions to property with leases", "ppe_additions_incl_leases"),
        _of("cash capex and the change not yet paid", "capex", "capex_unpaid"),
    ),
    (
        _of("operating cash flow", "operating_cash_flow"),
        _of("free cash flow", "free_cash_flow"),
        _of("operating cash flow less cash capex", "operating_cash_flow", "-capex"),
        _of(
            "free cash flow after finance lease principal", "operating_cash_flow", "-capex", "-finance_lease_principal"
        ),
        _of("operating cash flow of twelve months", "operating_cash_flow_ttm"),
        _of("free cash flow of twelve months", "free_cash_flow_ttm"),
    ),
    (
        _of("depreciation of property alone", "depreciation"),
        _of("depreciation of property and equipment", "depreciation_property_and_equipment"),
        _of("depreciation and amortisation", "depreciation_and_amortisation"),
        _of("depreciation with amortisation of intangibles", "depreciation", "amortisation_intangibles"),
    ),
    (
        _of("long-term debt", "total_debt"),
        _of("long-term debt without the part due within a year", "long_term_debt_noncurrent"),
        _of("long-term debt and short-term borrowings", "total_debt", "short_term_debt"),
        _of("long-term debt and finance leases", "total_debt", "finance_lease_liabilities"),
        _of("long-term debt and all leases", "total_debt", "finance_lease_liabilities", "operating_lease_liabilities"),
        _of("debt as the press counts it", "debt_outstanding_press"),
        _of("long-term debt less cash", "total_debt", "-cash"),
    ),
    (
        _of("remaining performance obligations of the whole issuer", "rpo_total"),
        _of("the backlog that the issuer or its cloud speaks of", "rpo"),
    ),
    (
        _of("interest charged to profit", "interest_expense"),
        _of("interest paid", "interest_paid"),
        _of("interest charged and capitalised", "interest_expense", "interest_capitalised"),
        _of("interest on finance leases", "finance_lease_interest"),
    ),
    (
        _of("property and equipment, net", "ppe_net"),
        _of("property and equipment at cost", "ppe_gross"),
        _of("property net and construction in progress", "ppe_net", "construction_in_progress"),
    ),
    (_of("cash", "cash"), _of("cash and short-term investments", "cash", "short_term_investments")),
    (
        _of("operating income", "operating_income"),
        _of("income before tax", "pretax_income"),
        _of("net income", "net_income"),
        _of("operating income before depreciation", "operating_income", "depreciation_and_amortisation"),
    ),
    (
        _of("purchase obligations", "purchase_obligations"),
        _of("unconditional purchase obligations", "purchase_obligations_unconditional"),
    ),
    (
        _of("leases signed and not commenced", "lease_commitments_not_commenced"),
        _of("finance lease liabilities", "finance_lease_liabilities"),
        _of("operating lease liabilities", "operating_lease_liabilities"),
    ),
)
"""Definitions that are taken for each other; the first of a family is what the name usually means."""


def other_measures(metric: str) -> tuple[NamedDefinition, ...]:
    """What else a figure of this name may be: the family's other definitions."""
    own = ((1, metric),)
    return tuple(
        one for family in FAMILIES if any(m.terms == own for m in family) for one in family if one.terms != own
    )


def amount_of(measure: NamedDefinition, figure: Callable[[str], float | None]) -> float | None:
    """A measure's amount, where every one of its terms has a figure."""
    amounts = [(sign, figure(name)) for sign, name in measure.terms]
    found = [sign * amount for sign, amount in amounts if amount is not None]
    return sum(found) if len(found) == len(amounts) else None
