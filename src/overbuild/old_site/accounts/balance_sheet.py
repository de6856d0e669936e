"""The balance sheet of a site: net income, and the two identities that hold in every period."""

from __future__ import annotations

from overbuild.equations import line, total
from overbuild.old_site.accounts.depreciation import Books
from overbuild.old_site.terms.state import State
from overbuild.units import Usd


def net_income(ebitda: Usd, held: Books, interest: Usd, tax: Usd) -> Usd:
    """Net income of the period; the tax charge is the tax paid, and no deferred tax is shown.

        net_income = ebitda - book_depreciation + book_gain - interest - tax

    Source: ours, a simplification of net income: tax is a cost when it is paid, not when it is earned.

    >>> from overbuild.old_site.accounts.depreciation import Books
    >>> net_income(100.0, Books(40.0, 0.0, 0.0, 5.0, 0.0, ()), 20.0, 10.0)
    35.0
    """
    return line("net_income", ebitda - held.depreciation + held.book_gain - interest - tax)


def cash_held(state: State) -> Usd:
    """Cash in the reserve accounts and in the lock-up account.

        cash_held = dsra + refresh_reserve + trapped_cash

    Source: ours, a definition: all other cash is paid out within its period.

    >>> from overbuild.old_site.examples import OPENING
    >>> cash_held(OPENING._replace(trapped_cash=5.0, dsra=2.0))
    7.0
    """
    return state.dsra + state.refresh_reserve + state.trapped_cash


def check(before: State, after: State, cash_kept: Usd) -> None:
    """Lines that must be 0: assets less liabilities and equity, and cash received less cash paid less its change.

        balance_gap = book values + receivable + cash - payable - debt - arrears - equity
        cash_gap    = cash held - cash held before - cash_kept

    Debt here is all that is owed to lenders, to the mezzanine and to an offtaker that prepaid.
    Source: identities.

    >>> from overbuild.equations import collecting
    >>> from overbuild.old_site.examples import OPENING
    >>> with collecting() as rows:
    ...     check(OPENING, OPENING, 0.0)
    >>> rows["balance_gap"], rows["cash_gap"]
    ([0.0], [0.0])
    """
    values = total(component.book_value for component in after.components)
    assets = line("total_assets", values + after.receivable + cash_held(after))
    others = [owed for owed in (after.mezzanine, after.prepayment) if owed is not None]
    debt = total((*(loan.balance for loan in after.loans), *others))
    line("equity_book_value", after.equity)
    line("balance_gap", assets - after.payable - debt - after.arrears - after.equity)
    line("cash_gap", cash_held(after) - cash_held(before) - cash_kept)
