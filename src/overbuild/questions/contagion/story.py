"""Who is hurt, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Screen, Table
from overbuild.ecosystem.contagion.asked_case import AskedContagion, Effect
from overbuild.ecosystem.contagion.bounds.asked import Question
from overbuild.ecosystem.contagion.case import ContagionCase, LossRange
from overbuild.ecosystem.contagion.remedies.too_big import TooBig
from overbuild.ecosystem.contagion.terms.balances import BN, NO_END
from overbuild.ecosystem.contagion.terms.preset import LABELS
from overbuild.ecosystem.contagion.told.contracts import cited
from overbuild.ecosystem.contagion.told.rounds import Stop, stops
from overbuild.lenders.network.records import ContractRow
from overbuild.questions.deciding import DECISIVE, Ends, decisive
from overbuild.questions.prose import bn, capitalised, listed, pct, times

_NAMED = 3
"""As many failures as the verdict names."""


def headline(case: ContagionCase, asked: AskedContagion, structure: str, dearest: Sequence[TooBig]) -> str:
    """Who fails, who loses how much, and how wide that is; without a shock, whose failure would cost others most."""
    day = f" on what was known on {asked.as_of}" if asked.as_of else ""
    if not asked.fails and not asked.ai_revenue:
        return f"Nothing is shocked{day}, and nobody fails. {_dearest(dearest)}"
    followed = [one for one in stops(case.given, case.numbers, case.outcome) if not case.given.forced[one.place]]
    return (
        f"{_unknown(case, asked.as_of)}{_what(case, asked)}{day}, {_follow(case, followed)}. {_losses(case, structure)} "
        f"{_worst(case) if structure == 'all' else 'Bounds: --structure all.'}"
    ).rstrip()


def sheets_unknown(case: ContagionCase, as_of: str | None) -> int:
    """How many balance sheets of the table became known after a day."""
    return sum(bool(as_of) and one.known_at > (as_of or "") for one in case.network.entities)


def _unknown(case: ContagionCase, as_of: str | None) -> str:
    """What must be said before who fails, where balance sheets were not known: that failure is then no finding."""
    blank = sheets_unknown(case, as_of)
    if not blank:
        return ""
    return f"{times(blank, 'balance sheet')} of {len(case.network.entities)} came later; who has none is not taken to fail at the point. "


def _dearest(found: Sequence[TooBig]) -> str:
    if not found:
        return "No failure would cost anybody else anything."
    first, worst = found[0], max(found, key=lambda one: one.lenders)
    return (
        f"The failure of {first.label} would cost others most, {_money(first.point)} USD ({_money(first.low)} to "
        f"{_money(first.high)}); that of {worst.label} would cost lenders most, {_money(worst.lenders)}."
    )


def _money(amount: float) -> str:
    """USD in billions in a sentence; nothing where it is none.

    >>> _money(0.0), _money(12.34e9), _money(2e15)
    ('nothing', '12.3bn', 'no known end')
    """
    if amount >= NO_END / 2:
        return "no known end"
    return "nothing" if amount < _TOLD else bn(amount, 1)


_TOLD = 0.05 * BN
"""USD below which a loss is told as nothing."""


def _what(case: ContagionCase, asked: AskedContagion) -> str:
    failing = listed([one.label for one in case.given.study.parties if one.id in asked.fails])
    verb = "fails" if len(asked.fails) == 1 else "fail"
    parts = [f"{failing} {verb}"] if asked.fails else []
    if asked.ai_revenue:
        parts.append(f"labs lose {pct(asked.ai_revenue)} of their revenue for {_years(asked.years)}")
    return f"If {' and '.join(parts)}"


def _years(years: float) -> str:
    return "a year" if years == 1 else f"{years:g} years"


def _follow(case: ContagionCase, found: Sequence[Stop]) -> str:
    if not found:
        return "nobody else fails at the point" if case.given.forced.any() else "nobody fails at the point"
    names = [short_label(case.given.study.parties[one.place].label) for one in found[:_NAMED]]
    more = len(found) - len(names)
    told = listed([*names, f"{more} more"] if more else names)
    return f"{told} {'fails' if len(found) == 1 else 'fail'} too"


def between(one: LossRange) -> str:
    """A range in words: the ends of the bounds.

    >>> between(LossRange(1e9, 2e9, 2e9, 3e9)), between(LossRange(0.0, 0.0, 0.0, 0.0))
    ('1.0bn to 3.0bn', 'at most nothing')
    """
    return "at most nothing" if one.high < _TOLD else f"{_money(one.low)} to {_money(one.high)}"


def loss_finding(lenders: LossRange, structure: str) -> str:
    """What lenders lose, as the title of a picture.

    >>> loss_finding(LossRange(0.0, 0.0, 0.0, 0.0), "all")
    'Lenders lose nothing, at worst either'
    >>> loss_finding(LossRange(0.0, 0.0, 0.0, 3e9), "all"), loss_finding(LossRange(1e9, 2e9, 2e9, 3e9), "all")
    ('Lenders lose nothing at the point and up to 3.0bn USD at worst', 'Lenders lose 2.0bn USD at the point, 1.0bn to 3.0bn in all')
    """
    if structure != "all":
        return f"Lenders lose {_money(lenders.point)}{' USD' if lenders.point >= _TOLD else ''}"
    if lenders.high < _TOLD:
        return "Lenders lose nothing, at worst either"
    if lenders.point < _TOLD:
        return f"Lenders lose nothing at the point and up to {_money(lenders.high)} USD at worst"
    return f"Lenders lose {_money(lenders.point)} USD at the point, {between(lenders)} in all"


def _losses(case: ContagionCase, structure: str) -> str:
    lenders, total, equity = (case.losses[name] for name in ("lenders", "total", "equity"))
    if total.point < _TOLD:
        if structure != "all":
            return "Nobody loses anything."
        return f"There nobody loses anything; the bounds are {between(total)} for all, {between(lenders)} for lenders."
    if structure != "all":
        return (
            f"Lenders lose {_money(lenders.point)} of the {_money(total.point)} USD that all lose, owners "
            f"{_money(equity.point)}."
        )
    return (
        f"Lenders lose {_money(lenders.point)} ({between(lenders)}) of the {_money(total.point)} USD that all lose "
        f"({between(total)}), owners {_money(equity.point)} ({between(equity)})."
    )


def _worst(case: ContagionCase) -> str:
    harsh = stops(case.given, case.corners.harsh.numbers, case.corners.harsh.outcome)
    at_point = set(int(place) for place in case.outcome.round[0].nonzero()[0])
    further = [short_label(case.given.study.parties[one.place].label) for one in harsh if one.place not in at_point]
    if not further:
        return ""
    more = len(further) - _NAMED
    return f"At worst {listed(further[:_NAMED] + ([f'{more} more'] if more > 0 else []))} fail as well."


def screen(
    case: ContagionCase, first: Table, moved: Sequence[Effect], found: Sequence[Question], asked_first: Table | None
) -> Screen:
    """What is printed first: losses by class, or what to ask for; who fails through what; what decides it."""
    if not case.given.forced.any() and not case.given.shock.ai_revenue:
        return Screen(first)
    if asked_first is not None:
        return Screen(asked_first, tuple(_open(found)), tuple(decides(case, moved)), "How to read it")
    return Screen(first, tuple(through(case)), tuple(decides(case, moved)), "Who fails, and through what")


def _open(found: Sequence[Question]) -> Iterator[str]:
    yield f"{times(len(found), 'open figure')} would each bring the bounds closer, if known to be what the point takes."


def through(case: ContagionCase) -> Iterator[str]:
    """Who fails at the point and why; and the first who would, were the open figures at their worst ends."""
    given = case.given
    found = stops(given, case.numbers, case.outcome)
    others = [one for one in found if not given.forced[one.place]]
    harsh = stops(given, case.corners.harsh.numbers, case.corners.harsh.outcome)
    at_point = {one.place for one in found}
    further = [one for one in harsh if one.place not in at_point]
    for one in others[: 1 if further else _REASONS]:
        yield f"Round {one.round}: {_because(case, one)}."
    for one in further[: 1 if others else _REASONS]:
        yield f"At worst, round {one.round}: {_because(case, one)}."


_REASONS = 2
"""Failures that are explained."""


def _because(case: ContagionCase, one: Stop) -> str:
    party = short_label(case.given.study.parties[one.place].label)
    head = f"{party} loses {bn(one.loss, 1)} against {bn(one.buffer, 1)} of capital"
    if one.buffer < _TOLD:
        head = f"{party} loses {bn(one.loss, 1)}, and publishes no capital"
    if one.largest is None:
        return f"{head}; its own revenue falls"
    tie, edge = case.given.ties[one.largest], case.given.study.edges[one.largest]
    other = edge.payee if tie.kind == "stake" else edge.payer
    what = tie.row.type.replace("_", " ")
    named = short_label(case.given.study.parties[other].label)
    return f"{head}, most by its {what} with {named} ({_page(tie.row)})"


def _page(row: ContractRow) -> str:
    """Who published what shows a contract, and when, in a few words."""
    title, _, date = cited(row).rpartition(", ")
    named = (title or date).partition(":")[0].partition(" (")[0].partition(";")[0]
    return f"{named}, {date}" if title else named


def short_label(label: str) -> str:
    """A label without what stands in brackets or after a comma.

    >>> short_label("Beignet Investor / Hyperion (Meta, Louisiana)")
    'Beignet Investor / Hyperion'
    """
    return label.partition(" (")[0].partition(", ")[0]


def decides(case: ContagionCase, moved: Sequence[Effect]) -> Iterator[str]:
    """The three assumptions that move all losses most."""
    for one in moved[:DECISIVE]:
        ends = Ends(one.low, one.value, one.high, "decimal")
        yield decisive(LABELS[one.name], ends, f"in all {bn(one.at_low)}", bn(one.at_high))


def notes(case: ContagionCase) -> tuple[str, ...]:
    """What is to be said beside the numbers."""
    given = case.given
    rank = sorted({one.rests_on for one in given.buffers if one.missing})
    held = ", ".join(rank)
    return (
        "A loss is counted at the last hand it reaches: a rent that stops is a loss of the vehicle's owners and lenders, and "
        "neither the lease nor the loan is counted beside it.",
        "A bound is proved by putting every open figure at its own worst end; 'found' is the worst single network that a "
        "search met. The truth lies between the bounds; the gap between bound and found is what the proof may give away.",
        capitalised(f"where a balance sheet is not published, capital is {held}."),
        f"{times(len(given.ties), 'contract')} and {times(len(given.study.covers), 'guarantee')} enter; "
        f"{times(len(case.given.holes), 'figure')} are missing and listed.",
    )
