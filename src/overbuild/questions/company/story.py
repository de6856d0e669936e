"""One company in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.answer import Screen
from overbuild.company.filed.calendar_quarters import quarter_label
from overbuild.company.life.plan import LifeChangePlan
from overbuild.company.sensitivity import LifeRange, life_at
from overbuild.questions.company.tables import FIRST, SAID, CompanyAnswer, quarters
from overbuild.questions.deciding import Ends, decisive, short
from overbuild.questions.prose import bn, pct, quantity, times


def headline(asked: CompanyAnswer) -> str:
    """What it spends of its cash, what a change of life does, and what its price asks."""
    case, lines = asked.case, asked.case.lines
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    said = [f"{case.name}{day}, {_span(asked)}: {_spends(lines)}."]
    if case.life is not None:
        said.append(_another_life(asked, case.life))
    if case.price is not None:
        said.append(_asks(asked))
    return " ".join(said)


def _another_life(asked: CompanyAnswer, plan: LifeChangePlan) -> str:
    first = asked.life[0]
    return (
        f"Servers written off over {plan.life_years:g} years instead of {plan.life_before:g} from {quarter_label(plan.start)} on would "
        f"move operating income by {bn(first.change, 1)} ({bn(first.low, 1)} to {bn(first.high, 1)}) in the first "
        f"year{_of_income(asked)}{_a_share(first)}, and cash by nothing{_on_what(plan)}."
    )


def _a_share(first: LifeRange) -> str:
    each = first.central.per_share
    return "" if each is None else f", net income by {each:,.2f} USD a share"


def _on_what(plan: LifeChangePlan) -> str:
    """What is said where the facts do not reach back over the life of the servers."""
    if plan.reaches_back:
        return ""
    known = times(len(plan.purchases), "period")
    return (
        f"; only {known} of capex is in the facts, so that this is a part of it"
        if len(plan.purchases) == 1
        else (f"; only {known} of capex are in the facts, so that this is a part of it")
    )


def _span(asked: CompanyAnswer) -> str:
    at = asked.case.known.at
    if at.fiscal_year is not None:
        return f"fiscal {at.fiscal_year}"
    whole = "trailing_capex" in asked.case.lines
    return f"four quarters to {at.label}" if whole else at.label


def _spends(lines: dict[str, float]) -> str:
    basis = "trailing" if "trailing_capex" in lines else "filed"
    capex, cash = lines.get(f"{basis}_capex"), lines.get(f"{basis}_operating_cash_flow")
    if capex is None:
        return "no capex of the period is in the facts"
    if cash is None:
        return f"{bn(capex, 1)} USD of cash capex; operating cash flow is not in the facts"
    free = lines.get(f"{basis}_free_cash_flow", 0.0)
    return (
        f"{bn(capex, 1)} USD of cash capex, {pct(capex / cash) if cash > 0 else 'against'} {'of' if cash > 0 else ''} operating "
        f"cash flow of {bn(cash, 1)}; {bn(free, 1)} is left"
    )


def _of_income(asked: CompanyAnswer) -> str:
    income = asked.case.lines.get("trailing_operating_income")
    change = asked.life[0].change
    return f", {pct(abs(change) / income)} of it" if income and income > 0 else ""


def _asks(asked: CompanyAnswer) -> str:
    case, page = asked.case, asked.case.page
    price = case.price.numbers["price"] if case.price else None
    at = f"{getattr(price, 'value', 0.0):,.6g}"
    if page.priced is None or case.price is None or case.price.growth is None:
        return f"No growth of revenue between -50% and 100% a year explains a price of {at} USD on these assumptions."
    years, revenue = case.preset.horizon_years, case.revenue_priced
    return (
        f"A price of {at} USD asks revenue to grow {pct(case.price.growth, 1)} a year for {years} years, from {bn(revenue)} to "
        f"{bn(float(page.priced.revenue_asked))}."
    )


def screen(asked: CompanyAnswer) -> Screen:
    """What is printed first: the quarters, what a life and a price do, what decides them."""
    return Screen(
        quarters(asked, FIRST)._replace(spare=("with_leases", "free_cash_flow")),
        tuple(_moves(asked)),
        tuple(_decides(asked)),
        "Promises, lives and what is guided",
    )


def _moves(asked: CompanyAnswer) -> Iterator[str]:
    guided = asked.compared.guidance
    if guided is not None:
        low, high = guided.ends
        said = bn(low) if low == high else f"{bn(low)} to {bn(high)}"
        left = asked.compared.left_after_guided
        after = "" if left is None else f"; operating cash flow of four quarters less it {_between(*left)}"
        yield f"Guided for {guided.period}, by its own definition: {said} USD{after}."
    stocks = (
        ("lease_commitments_not_commenced", "leases signed and not started"),
        ("rpo", "contracted revenue"),
        ("construction_in_progress", "assets not yet in service"),
    )
    found = [(said, asked.compared.stock(name)) for name, said in stocks]
    known = [f"{said} {bn(one.value)} ({one.end})" for said, one in found if one is not None]
    absent = [said for said, one in found if one is None]
    if known:
        yield f"Promised: {'; '.join(known)}{'' if not absent else '; not in the facts: ' + ', '.join(absent)}."
    share = asked.compared.stock("largest_customer_share")
    if share is not None:
        yield f"One customer holds {pct(share.value)} of {_OF_WHAT[share.added[0].metric]} ({share.end})."
    if len(asked.life) > 1 and not asked.moves:
        later = ", ".join(bn(one.change, 1) for one in asked.life[1:])
        yield f"In the years after it moves operating income by {later}; every dollar comes back later, and cash never moved."
    for one in asked.disclosed[: 0 if asked.moves else 1]:
        disclosed = " then ".join(bn(amount, 1) for amount, _ in one.disclosed)
        yield (
            f"Its own change of {one.change.start} ({one.life_before:g} to {one.change.life_years:g} years, {one.change.says}): "
            f"disclosed {disclosed}, the model {bn(one.central, 1)} ({bn(one.low, 1)} to {bn(one.high, 1)})."
        )


def _between(low: float, high: float) -> str:
    return bn(low, 1) if low == high else f"{bn(low, 1)} to {bn(high, 1)}"


_OF_WHAT = {"largest_customer_share": "revenue", "rpo_share_openai": "the backlog, OpenAI,"}


def _decides(asked: CompanyAnswer) -> Iterator[str]:
    case = asked.case
    for one in asked.moves[:2]:
        at_low, at_high = (_asked(end) for end in (one.asked_at_low, one.asked_at_high))
        yield decisive(
            SAID[one.assumption], Ends(one.low, one.value, one.high, one.unit), f"the price asks {at_low}", at_high
        )
    if case.life is None:
        yield "No useful life of servers, or no capex, is in the facts: give --life NEW --life-before OLD."
        return
    share, first = case.preset.servers_of(case.ticker), asked.life[0]
    ends = Ends(share.low or share.value, share.value, share.high or share.value, share.unit)
    at_low, at_high = (bn(one.operating_income_change, 1) for one in (first.at_low, first.at_high))
    yield decisive("share of servers in capex", ends, f"operating income {at_low}", at_high)
    if asked.moves:
        return
    longer, shorter = case.life.life_years + 1, max(case.life.life_years - 1, 1.0)
    other = [bn(life_at(case, life_years=one)[0].operating_income_change, 1) for one in (shorter, longer)]
    yield f"The new life, {case.life.life_years:g} years: operating income {other[0]} at {shorter:g}, {other[1]} at {longer:g}."


def _asked(revenue: float | None) -> str:
    return "more than any growth brings" if revenue is None else short(revenue, "USD")


def notes(asked: CompanyAnswer) -> tuple[str, ...]:
    """What the numbers mean."""
    said = [
        "Book depreciation is no payment, and tax follows its own tables: a shorter life moves profit between years and leaves "
        "operating cash flow as it is. What companies disclose of a change is theirs; the model is ours.",
    ]
    derived = [one for series in asked.case.figures.quarters.values() for one in series.values() if one.less]
    if derived:
        names = ", ".join(sorted(f"{one.concept} {one.label}" for one in derived))
        said.append(f"Quarters that nobody printed are a filed longer period less its known quarters: {names}.")
    share = asked.case.preset.servers_of(asked.case.ticker)
    if asked.case.life is not None:
        said.append(f"Servers are taken as {quantity(share.value, share.unit)} of capex: {share.reason}")
    return tuple(said)
