"""A lender's book, in sentences and a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Chart, FactUsed, Screen, Table
from overbuild.questions.charts import NAVY, chart, headed, ranged_bars, source_line
from overbuild.questions.prose import bn, listed, m, pct, times
from overbuild.stress.portfolio.results import BookDistribution, SharedCompany

_BN = 1e9


def headline(found: BookDistribution) -> str:
    """What the book loses, and what breaks a limit."""
    saved = found.alone - found.worst
    spread = f", {_usd(saved)} less than holdings lose alone" if saved > 0 else ""
    return (
        f"{found.book.record.lender} loses {_usd(found.expected.value)} USD in the mean ({_usd(found.expected.low)} to "
        f"{_usd(found.expected.high)}) of {_usd(found.exposure)} lent to {times(len(found.sites()), 'site')}, and "
        f"{_usd(found.worst)} in the worst 1% of worlds{spread}. {_over(found)}"
    )


def _over(found: BookDistribution) -> str:
    limits = found.book.record.limits
    broken = [f"{one.name} with {pct(one.part)}" for one in found.shared() if one.over]
    broken += [
        f"the site {one.name} with {pct(one.part)}" for one in found.sites() if one.part > limits.one_site + 1e-9
    ]
    if not broken:
        return "No limit on customers or sites is passed."
    return f"Over the lender's own limits: {listed(broken)}."


def _usd(amount: float) -> str:
    """USD in billions, below one in millions: a book's interval is told apart."""
    return bn(amount, 2) if abs(amount) >= _BN else m(amount)


def notes(found: BookDistribution) -> tuple[str, ...]:
    """What is to be said beside the numbers."""
    settings = found.settings
    copula = f", t copula with {settings.freedom:g} degrees of freedom" if settings.freedom else ""
    slow = sorted({one.source.slow for one in found.held if one.source.slow})
    return (
        f"{found.worlds.summary.scenarios:,} worlds, seed {settings.seed}{copula}, digest {found.worlds.digest}: the same seed "
        "and version give the same digits for any number of threads.",
        "Tables on who fails and on the tail rest on the first 16,384 worlds.",
        *slow,
    )


def closes(found: BookDistribution) -> tuple[str, ...]:
    """On which days the sites close, where these differ."""
    days = {one.holding.name: one.run.calendar.label(0) for one in found.held}
    if len(set(days.values())) < 2:
        return ()
    said = [f"{name} {day}" for name, day in days.items()]
    first = min(found.held, key=lambda one: one.run.calendar.first).run.calendar.label(0)
    return (
        f"The worlds begin in {first} and go by the calendar ({listed(said)}): a site that closes later opens at the prices "
        "that its world has reached, and a company that failed before then leaves in its first period.",
    )


def unnamed(found: BookDistribution) -> tuple[str, ...]:
    """Customers that cases call alike without saying which company: who is taken to be whom."""
    sites: dict[str, dict[str, str]] = {}
    for one in found.held:
        for plain in one.read.unnamed:
            sites.setdefault(plain, {})[one.read.site] = one.holding.name
    return tuple(
        f"{listed(list(met.values()))} each sell to a customer called {name}, of which the case names no company: they are "
        f"taken to be different. If it is one company, say so: customers: [{{name: {name}, company: NAME}}] in each holding."
        for name, met in sites.items()
        if len(met) > 1
    )


def screen(found: BookDistribution, first: Table) -> Screen:
    """What is printed first."""
    return Screen(first, tuple(_rests(found)), tuple(_together(found)), "On whom it rests")


def _rests(found: BookDistribution) -> Iterator[str]:
    for one in found.shared()[:3]:
        yield f"{one.name} pays {listed(list(one.sites))}: {pct(one.part)} of the book{_if_it_fails(one)}."


def _if_it_fails(one: SharedCompany) -> str:
    if one.loss_if_fails != one.loss_if_fails:
        return ""
    return f"; it fails in {pct(one.fails.value, 1)} of worlds, and the book then loses {_usd(one.loss_if_fails)}"


def _together(found: BookDistribution) -> Iterator[str]:
    for one in sorted(found.pairs(), key=lambda pair: -(pair.both - pair.apart))[:3]:
        yield (
            f"{one.one} and {one.other} both default in {pct(one.both, 1)} of worlds; unrelated, they would in "
            f"{pct(one.apart, 1)}."
        )


def pictures(found: BookDistribution, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """What each holding loses alone and in the book's tail."""
    points: list[dict[str, str | float]] = []
    for one in found.holdings():
        low, central, high = one.expected.value / _BN, one.in_tail / _BN, one.worst / _BN
        text = f"{central:,.2f} (mean {low:,.2f}, alone {high:,.2f})"
        points.append(
            {
                "label": one.name,
                "kind": "held",
                "low": min(low, central),
                "central": central,
                "high": max(high, central),
                "text": text,
            }
        )
    finding = f"The book loses {_usd(found.worst)} USD in its worst 1% of worlds, holdings alone {_usd(found.alone)}"
    measure = [
        "USD bn; the bar is what a holding loses where the book loses most,",
        "the line runs from its mean to its own worst 1%.",
    ]
    drawing = ranged_bars(points, title="USD bn", colours={"held": NAVY})
    return (
        chart(
            "book",
            finding,
            headed(finding, measure),
            width=520,
            height=34 * len(points),
            drawing=drawing,
            foot=source_line(facts),
        ),
    )
