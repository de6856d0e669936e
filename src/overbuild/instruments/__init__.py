"""instruments: loans, leases and recoveries by themselves, for whoever has one to look at and no site around it.

Pure functions of numbers, by name; a module is imported when one of its names is first used:

    from overbuild import instruments
    instruments.cover_ratio(cash=120.0, debt_service=100.0)            # 1.2
    instruments.repayment_pattern("straight_line", tenor=2, rate=0.1)  # (0.5, 0.5)

A formula of one period takes floats, NumPy arrays or nodes of the expression graph; a schedule over periods takes floats.
Money is in USD, rates and shares are decimals. `docs/reference/instruments.md` has every name with its units.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from overbuild.instruments.cash_sweep import SweptPeriod, average_balance_sweep
    from overbuild.instruments.delayed_draw import (
        ContractMargin,
        DelayedDrawLoan,
        DrawInputs,
        DrawPeriod,
        DrawTerms,
        all_in_cost,
        delayed_draw_schedule,
        draw_period,
        instalments,
        weighted_margin,
    )
    from overbuild.instruments.draw_limits import Draw, advance_room, draw_allowed, draw_faults
    from overbuild.instruments.floating_rate import (
        FloatingInputs,
        FloatingPeriod,
        FloatingTerms,
        days_between,
        floating_coupon,
        floating_period,
        floating_schedule,
        money_market_interest,
        swap_rate,
    )
    from overbuild.instruments.lease import LeaseContract, LeaseTests, finance_lease, lease_tests, lease_value
    from overbuild.instruments.lease_liability import (
        LeaseExpense,
        LeasePeriod,
        MeasuredLease,
        debt_with_leases,
        first_year_expense,
        lease_period,
        lease_schedule,
        measure_lease,
        opening_liability,
    )
    from overbuild.instruments.mezzanine import (
        MezzaninePeriod,
        MezzanineTerms,
        mezzanine_period,
        mezzanine_return,
        mezzanine_schedule,
    )
    from overbuild.instruments.ratios import blended_dscr, contracted_share_of_revenue, cover_ratio, loss_share
    from overbuild.instruments.recovery import (
        AfterPayment,
        CollateralPool,
        CreditorClaim,
        CreditorRecovery,
        Enforced,
        Lien,
        Proceeds,
        Seniority,
        distribute,
        enforce_liens,
        pay_by_rank,
    )
    from overbuild.instruments.repayment import principals, repayment_pattern, unit_debt_service
    from overbuild.instruments.sculpting import (
        CappedDebt,
        after_tax_debt,
        capped_debt,
        sculpted_beside,
        sculpted_debt_service,
        sculpted_schedule,
        supported_debt,
    )

GROUPS = {
    "Loans": (
        "ratios",
        "repayment",
        "sculpting",
        "cash_sweep",
        "floating_rate",
        "draw_limits",
        "delayed_draw",
        "mezzanine",
    ),
    "Leases": ("lease", "lease_liability"),
    "Recovery": ("recovery",),
}
"""The modules of the room by what they are about, in reading order."""

# fmt: off
__all__ = [
    "blended_dscr", "contracted_share_of_revenue", "cover_ratio", "loss_share",
    "principals", "repayment_pattern", "unit_debt_service",
    "CappedDebt", "after_tax_debt", "capped_debt", "sculpted_beside", "sculpted_debt_service", "sculpted_schedule",
    "supported_debt",
    "SweptPeriod", "average_balance_sweep",
    "FloatingInputs", "FloatingPeriod", "FloatingTerms", "days_between", "floating_coupon", "floating_period",
    "floating_schedule", "money_market_interest", "swap_rate",
    "Draw", "advance_room", "draw_allowed", "draw_faults",
    "ContractMargin", "DelayedDrawLoan", "DrawInputs", "DrawPeriod", "DrawTerms", "all_in_cost",
    "delayed_draw_schedule", "draw_period", "instalments", "weighted_margin",
    "MezzaninePeriod", "MezzanineTerms", "mezzanine_period", "mezzanine_return", "mezzanine_schedule",
    "LeaseContract", "LeaseTests", "finance_lease", "lease_tests", "lease_value",
    "LeaseExpense", "LeasePeriod", "MeasuredLease", "debt_with_leases", "first_year_expense", "lease_period",
    "lease_schedule", "measure_lease", "opening_liability",
    "AfterPayment", "CollateralPool", "CreditorClaim", "CreditorRecovery", "Enforced", "Lien", "Proceeds", "Seniority",
    "distribute", "enforce_liens", "pay_by_rank",
]
# fmt: on


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in __all__:
        for module in (module for modules in GROUPS.values() for module in modules):
            found = vars(importlib.import_module(f"{__name__}.{module}"))
            if name in found:
                globals()[name] = found[name]
                return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(__dir__())}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
