"""Delayed-draw term loans against GPUs: drawn as chips arrive, repaid draw by draw, paid for while undrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from overbuild.equations import minimum, present, quotient, total
from overbuild.errors import InputError, raise_all
from overbuild.instruments.draw_limits import Draw, draw_faults
from overbuild.money.irr import Irr, irr
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import Count, Flag01, PerYear, Share, Usd, UsdStock, simple_rate


class ContractMargin(NamedTuple):
    """A customer contract behind the loan: its share (or amount) and the margin that its customer's rating gives."""

    name: str
    contract_share: Share
    margin_per_year: PerYear


class DrawTerms(NamedTuple):
    """What the loan agrees on: the commitment, the margin over the base rate, the fee on what is not drawn."""

    commitment: UsdStock
    margin_per_year: PerYear
    commitment_fee_per_year: PerYear
    periods_per_year: Count


class DrawInputs(NamedTuple):
    """What a period brings: base rate, draw, instalments of earlier draws, 1 while draws are available after close."""

    base_rate_per_year: PerYear
    draw: Usd
    instalments: Usd
    available: Flag01


class DrawPeriod(NamedTuple):
    """A period of the loan: what it costs, what is repaid and drawn at its end, what is owed and undrawn after."""

    interest: Usd
    commitment_fee: Usd
    principal: Usd
    draw: Usd
    closing: UsdStock
    undrawn: UsdStock


class DelayedDrawLoan(NamedTuple):
    """A delayed-draw loan as a case states it; periods are counted from close, period 0.

    Each of the `draws` is repaid in `parts` equal parts; `availability_end` is the last period with a draw. With an
    `advance_rate`, draws so far are at most that share of the cost of the GPUs delivered so far (`gpu_cost_delivered`,
    one number a period from close on); None: no such limit.
    """

    name: str
    draws: tuple[Draw, ...]
    parts: int
    availability_end: int
    terms: DrawTerms
    advance_rate: Share | None = None
    gpu_cost_delivered: tuple[Usd, ...] = ()


def weighted_margin(contracts: tuple[ContractMargin, ...]) -> PerYear:
    """The margin of a loan whose contracts have different margins: their mean, weighted by share.

        weighted_margin = sum(contract_share * margin_per_year) / sum(contract_share)

    Decimals a year; amounts do as well as shares. 0 without contracts. Source: ours, a simplification of GPU loans that
    have one margin for investment-grade customers and one for the others: the parts are not priced one by one.

    >>> weighted_margin((ContractMargin("graded", 0.75, 0.0625), ContractMargin("other", 0.25, 0.13)))
    0.079375
    """
    weighed = total(contract.contract_share * contract.margin_per_year for contract in contracts)
    return quotient(weighed, total(contract.contract_share for contract in contracts), none=0.0)


def draw_period(opening: UsdStock, undrawn: UsdStock, inputs: DrawInputs, terms: DrawTerms) -> DrawPeriod:
    """A period of a delayed-draw loan: interest and fee on its opening, instalments and a draw at its end.

        interest       = opening * (base_rate + margin) / periods_per_year
        commitment_fee = available * undrawn * commitment_fee_per_year / periods_per_year
        principal      = min(opening, instalments)
        closing        = opening - principal + draw
        undrawn        = undrawn before - draw

    USD a period. What is repaid is not lent again; what is undrawn at the end of availability lapses, and its fee with
    it. A remainder under 1e-9 of the commitment is dropped. Source: standard for term loans; ours is the convention
    that instalments and the draw come at the end of the period.

    >>> terms = DrawTerms(3000.0, 0.06, 0.005, 4.0)
    >>> tuple(draw_period(1000.0, 2000.0, DrawInputs(0.04, 1200.0, 50.0, 1.0), terms))
    (25.0, 2.5, 50.0, 1200.0, 2150.0, 800.0)
    """
    rate = simple_rate(inputs.base_rate_per_year + terms.margin_per_year, terms.periods_per_year)
    fee = inputs.available * undrawn * simple_rate(terms.commitment_fee_per_year, terms.periods_per_year)
    principal = minimum(opening, inputs.instalments)
    after = opening - principal + inputs.draw
    closing = after * present(after, terms.commitment)
    return DrawPeriod(opening * rate, fee, principal, inputs.draw, closing, undrawn - inputs.draw)


def instalments(draws: Sequence[Draw], parts: int, periods: int) -> tuple[Usd, ...]:
    """Principal due in periods 0 to `periods`: each draw in equal parts, from the period after it on.

        instalment = sum of amount / parts over the draws of the `parts` periods before

    USD a period. Parts that fall due after the last period are left out. Source: ours, the convention that each draw
    has its own run of equal parts, as loans on equipment delivered in lots have.

    >>> instalments((Draw(0, 100.0), Draw(1, 60.0)), 2, 3)
    (0.0, 50.0, 80.0, 30.0)
    """
    due = [0.0] * (periods + 1)
    for draw in draws:
        for place in range(draw.period + 1, min(draw.period + parts, periods) + 1):
            due[place] += draw.amount / parts
    return tuple(due)


def delayed_draw_schedule(loan: DelayedDrawLoan, base_rates_per_year: Sequence[PerYear]) -> tuple[DrawPeriod, ...]:
    """Every period of a delayed-draw loan, close (period 0) included; base rates are those of periods 1, 2, ...

        each period is `draw_period` on the closing and undrawn amounts of the one before

    USD a period, rates as decimals a year. Source: as `draw_period`.
    Raises InputError: what `draw_faults` finds; `bad_tenor` for parts below 1 or a last instalment after the last base
    rate; `bad_period`, `share_out_of_range`, `rate_le_minus1` (a period). Several faults are reported together.

    >>> draws = (Draw(0, 100.0), Draw(1, 60.0))
    >>> loan = DelayedDrawLoan("gpu", draws, 2, 1, DrawTerms(200.0, 0.0625, 0.0, 1.0))
    >>> rows = delayed_draw_schedule(loan, (0.0625,) * 3)
    >>> [row.closing for row in rows], [row.interest for row in rows]
    ([100.0, 110.0, 30.0, 0.0], [0.0, 12.5, 13.75, 3.75])
    """
    raise_all([*_term_faults(loan, base_rates_per_year), *_draw_faults(loan)])
    balance, undrawn, rows = 0.0, float(loan.terms.commitment), list[DrawPeriod]()
    due = instalments(loan.draws, loan.parts, len(base_rates_per_year))
    for place, rate in enumerate((0.0, *base_rates_per_year)):
        draw = sum(draw.amount for draw in loan.draws if draw.period == place)
        available = 1.0 if 1 <= place <= loan.availability_end else 0.0
        rows.append(draw_period(balance, undrawn, DrawInputs(rate, draw, due[place], available), loan.terms))
        balance, undrawn = rows[-1].closing, rows[-1].undrawn
    return tuple(rows)


def all_in_cost(periods: Sequence[DrawPeriod], periods_per_year: int) -> Irr:
    """What the loan costs with all its fees, effective a year: the return of the lender's flows.

        0 = sum of (interest + commitment_fee + principal - draw) * (1 + all_in_cost)^-years over the periods

    A decimal a year. Trust it only where its status is `ok`: draws after repayments can leave several roots.
    Source: standard.

    >>> loan = DelayedDrawLoan("gpu", (Draw(0, 100.0),), 2, 0, DrawTerms(100.0, 0.06, 0.0, 4.0))
    >>> round(all_in_cost(delayed_draw_schedule(loan, (0.04, 0.04)), 4).per_year, 9)
    0.103812891
    """
    return irr([row.interest + row.commitment_fee + row.principal - row.draw for row in periods], periods_per_year)


def _draw_faults(loan: DelayedDrawLoan) -> list[InputError]:
    return draw_faults(
        loan.draws,
        loan.terms.commitment,
        loan.availability_end,
        advance_rate=loan.advance_rate,
        gpu_cost_delivered=loan.gpu_cost_delivered,
        path=f"loans.{loan.name}.draws",
    )


def _term_faults(loan: DelayedDrawLoan, base_rates: Sequence[PerYear]) -> Iterator[InputError]:
    path, terms = f"loans.{loan.name}", loan.terms
    last = max((draw.period for draw in loan.draws), default=0) + loan.parts
    if loan.parts < 1:
        yield InputError("bad_tenor", f"{path}.parts", loan.parts, "a draw is repaid in 1 part or more")
    elif last > len(base_rates):
        hint = f"the last part falls due in period {last}; base rates end with period {len(base_rates)}"
        yield InputError("bad_tenor", f"{path}.parts", loan.parts, hint)
    if loan.advance_rate is not None and not 0.0 <= loan.advance_rate <= 1.0:
        yield InputError("share_out_of_range", f"{path}.advance_rate", loan.advance_rate, "a share lies in 0..1")
    if terms.periods_per_year not in PERIODS_PER_YEAR:
        yield InputError("bad_period", f"{path}.periods_per_year", terms.periods_per_year, "a year has 1, 2, 4 or 12")
        return
    for place, rate in enumerate(base_rates, 1):
        if not (rate + terms.margin_per_year) / terms.periods_per_year > -1.0:
            hint = "base rate and margin over the periods of a year are above -1"
            yield InputError("rate_le_minus1", f"{path}.base_rate.{place}", rate, hint)
