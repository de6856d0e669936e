"""Repayment schedules: how a loan is paid back, by cover or by a fixed pattern."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.equations import quotient
from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment, present_value
from overbuild.site.debt import sculpted_debt_service
from overbuild.site.plan import Loan
from overbuild.units import Ratio, Share, Usd

_SUM_TOLERANCE = 1e-9


def sculpted(cfads: Sequence[float], target_dscr: Sequence[float]) -> tuple[float, ...]:
    """Debt service of each period that leaves the asked cover. Raises InputError (`dscr_le_zero`).

    >>> sculpted((140.0, 130.0), (1.4, 1.3))
    (100.0, 100.0)
    """
    for place, level in enumerate(target_dscr, 1):
        if level <= 0.0:
            raise InputError("dscr_le_zero", f"target_dscr.{place}", level, "cover asked for is above 0")
    return tuple(sculpted_debt_service(cash, level) for cash, level in zip(cfads, target_dscr, strict=True))


def contracted_shares(rows: dict[str, list[float]]) -> tuple[float, ...]:
    """The contract's share of revenue in each period; 1 where nothing is earned.

    >>> contracted_shares({"contract_revenue": [30.0, 0.0], "revenue": [40.0, 0.0]})
    (0.75, 1.0)
    """
    pairs = zip(rows["contract_revenue"], rows["revenue"], strict=True)
    return tuple(float(contracted_share(contract, revenue)) for contract, revenue in pairs)  # pyright: ignore


def contracted_share(contract_revenue: Usd, revenue: Usd) -> Share:
    """The contract's share of a period's revenue; 1 where nothing is earned.

    >>> contracted_share(30.0, 40.0)
    0.75
    """
    return quotient(contract_revenue, revenue, none=1.0)


def blended_dscr(contracted: Share, target_dscr: Ratio, target_dscr_merchant: Ratio) -> Ratio:
    """Cover asked for the cash of a period that contract and market bring together.

        debt_service = cfads * contracted / target_dscr + cfads * (1 - contracted) / target_dscr_merchant
        blended_dscr = cfads / debt_service

    `contracted` is the contract's share of revenue, 0..1; both parts of the cash so have one sign. Source: ours, after
    the practice of asking more cover of merchant cash.

    >>> round(blended_dscr(0.75, 1.5, 3.0), 9)
    1.714285714
    """
    return 1.0 / (contracted / target_dscr + (1.0 - contracted) / target_dscr_merchant)


def targets(loan: Loan, contracted: Sequence[float]) -> tuple[float, ...]:
    """Cover asked for in each period of the tenor: the loan's, or its two covers blended by share of the contract.

    >>> targets(Loan("l", 0.1, 2, target_dscr=(1.4, 1.5)), (1.0, 0.0))
    (1.4, 1.5)
    """
    if not loan.target_dscr_merchant:
        return loan.target_dscr
    pairs = zip(contracted, loan.target_dscr, loan.target_dscr_merchant, strict=False)
    return tuple(float(blended_dscr(*one)) for one in pairs)  # pyright: ignore[reportArgumentType]


def borrowed(debt_service: Sequence[float], rates: Sequence[float]) -> float:
    """The loan that a debt service repays: its present value at the loan's period rates.

    Raises InputError (`rate_le_minus1`).

    >>> round(borrowed((55.0, 60.5), (0.1, 0.1)), 9)
    100.0
    """
    for rate in rates:
        if rate <= -1.0:
            raise InputError("rate_le_minus1", "rate", rate, "a period rate is above -1")
    return present_value(debt_service, rates)


def principals(amount: float, debt_service: Sequence[float], rates: Sequence[float]) -> tuple[float, ...]:
    """Principal of each period: debt service less interest on what is still owed.

    >>> principals(100.0, (60.0, 55.0), (0.1, 0.1))
    (50.0, 50.0)
    """
    balance = amount
    paid: list[float] = []
    for service, rate in zip(debt_service, rates, strict=True):
        paid.append(service - rate * balance)
        balance -= paid[-1]
    return tuple(paid)


def after_tax_debt(
    ebitda: Sequence[float], tax_depreciation: Sequence[float], rate: float, tax_rate: float, target_dscr: float
) -> tuple[float, ...]:
    """Balances, from the opening on, of a loan sculpted to cash after tax, in closed form.

    Valid where tax is always paid on ebitda - tax_depreciation - interest. Backward from a last balance of 0:

        before = (after + a / target_dscr) / (1 + rate - tax_rate * rate / target_dscr)
        a      = ebitda * (1 - tax_rate) + tax_rate * tax_depreciation

    Source: ours; the passes of sizing settle on the same loan.

    >>> [round(balance, 6) for balance in after_tax_debt((140.0,), (40.0,), 0.1, 0.25, 1.0)]
    [106.976744, 0.0]
    """
    balances = [0.0]
    for earned, charge in zip(reversed(ebitda), reversed(tax_depreciation), strict=True):
        untaxed = earned * (1.0 - tax_rate) + tax_rate * charge
        grown = 1.0 + rate - tax_rate * rate / target_dscr
        balances.append((balances[-1] + untaxed / target_dscr) / grown)
    return tuple(reversed(balances))


def pattern(loan: Loan, rate: float) -> tuple[float, ...]:
    """Principal by period, as shares of the loan, for the fixed patterns. `rate` is per period.

    Raises InputError (`amort_sum`) where custom shares do not add up to 1, (`unknown_name`) for another pattern.

    >>> pattern(Loan("l", 0.1, 2, "straight_line"), 0.1), pattern(Loan("l", 0.1, 2, "bullet"), 0.1)
    ((0.5, 0.5), (0.0, 1.0))
    """
    if loan.repayment in ("straight_line", "level_parts"):
        return (1.0 / loan.tenor,) * loan.tenor
    if loan.repayment == "bullet":
        return (0.0,) * (loan.tenor - 1) + (1.0,)
    if loan.repayment == "annuity":
        level = annuity_payment(1.0, rate, float(loan.tenor))
        return principals(1.0, (float(level),) * loan.tenor, (rate,) * loan.tenor)  # pyright: ignore[reportArgumentType]
    if loan.repayment == "custom":
        return _custom(loan)
    hint = "one of sculpted, annuity, straight_line, bullet, level_parts, custom"
    raise InputError("unknown_name", f"loans.{loan.name}.repayment", loan.repayment, hint)


def unit_service(loan: Loan, rates: Sequence[float]) -> tuple[float, ...]:
    """Debt service of a loan of 1 that is repaid by its pattern, at its rate of each period.

    >>> unit_service(Loan("l", 0.1, 2, "straight_line"), (0.1, 0.1))
    (0.6, 0.55)
    """
    shares = pattern(loan, rates[0])
    owed = [1.0 - sum(shares[:place]) for place in range(loan.tenor)]
    return tuple(share + rate * left for share, rate, left in zip(shares, rates, owed, strict=True))


def capped(
    asked: Sequence[float], rates: Sequence[float], most: float | None
) -> tuple[float, tuple[float, ...], float]:
    """The loan that a debt service carries, at most `most` of it: its amount, its debt service, and the cut.

    >>> capped((60.0, 60.0), (0.0, 0.0), 60.0)
    (60.0, (30.0, 30.0), 0.5)
    """
    carried = borrowed(asked, rates)
    limit = carried if most is None else most
    scale = min(1.0, limit / carried) if carried > 0.0 else 1.0
    return scale * carried, tuple(scale * one for one in asked), scale


def _custom(loan: Loan) -> tuple[float, ...]:
    path = f"loans.{loan.name}.repayment_shares"
    if len(loan.repayment_shares) != loan.tenor:
        raise InputError("length_mismatch", path, len(loan.repayment_shares), f"one share a period: {loan.tenor}")
    if abs(sum(loan.repayment_shares) - 1.0) > _SUM_TOLERANCE:
        raise InputError("amort_sum", path, sum(loan.repayment_shares), "the shares add up to 1")
    return loan.repayment_shares
