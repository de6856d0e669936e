"""The economy over many worlds, in sentences and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Chart, FactUsed, Screen, Table
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.questions.charts import NAVY, TEAL, chart, headed, ranged_bars, source_line
from overbuild.questions.contagion.drawn_tables import DRIVER_LABELS
from overbuild.questions.contagion.story import short_label
from overbuild.questions.contagion.tables import CLASS_LABELS
from overbuild.questions.prose import bn, capitalised, listed, pct
from overbuild.stress.economy_worlds.results import ClassLosses, EconomyDistribution

_NAMED = 3
_LENDERS = ("lenders", "banks", "private_credit", "insurers", "bond_holders")


def headline(found: EconomyDistribution, as_of: str | None) -> str:
    """What lenders lose in the mean and in the tail, and who is in it."""
    by = {one.id: one for one in found.classes()}
    lenders, total = by["lenders"], by["total"]
    day = f", on what was known on {as_of}" if as_of else ""
    first = _tail_names(found)
    return (
        f"Over {found.worlds.summary.scenarios:,} worlds of {_shock(found)}{day}, lenders lose {_usd(lenders.mean.value)} USD in the "
        f"mean ({_usd(lenders.mean.low)} to {_usd(lenders.mean.high)}) and {_usd(lenders.worst.value)} in the mean of their "
        f"worst 5%; all lose {_usd(total.mean.value)} and {_usd(total.worst.value)}. In the tail of all losses {first}."
    )


def _shock(found: EconomyDistribution) -> str:
    given = found.case.given
    failing = [short_label(one.label) for one in given.study.parties if one.id in given.shock.fails]
    parts = [f"a failure of {listed(failing)}"] if failing else []
    if given.shock.ai_revenue:
        parts.append(f"a fall of AI revenue by {pct(given.shock.ai_revenue)} and what is drawn")
    years = given.window.years
    return " and ".join(parts) or ("one year" if years == 1 else f"{years:g} years")


def _tail_names(found: EconomyDistribution) -> str:
    forced = set(found.case.given.shock.fails)
    named = [one for one in found.parties() if one.id not in forced and not one.id.endswith("_SPV")][:_NAMED]
    if not named:
        return "nobody stops"
    first, *others = named
    parts = [f"{short_label(first.label)} has stopped in {pct(first.in_tail)} of worlds"]
    parts += [f"{short_label(one.label)} in {pct(one.in_tail)}" for one in others]
    return listed(parts)


def _usd(amount: float) -> str:
    return bn(amount, 1)


def notes(found: EconomyDistribution) -> tuple[str, ...]:
    """What is to be said beside the numbers."""
    settings = found.settings
    how = "Sobol points in 16 scrambles" if settings.sampler == "sobol" else "independent worlds"
    copula = f", t copula with {settings.freedom:g} degrees of freedom" if settings.freedom else ""
    return (
        f"{found.worlds.summary.scenarios:,} {how}, seed {settings.seed}{copula}, digest {found.worlds.digest}: the same seed "
        "and version give the same digits on any machine, for any number of threads.",
        f"{len(found.coordinates.names)} numbers are drawn for a world: revenue of labs, terms, estates; for each company its "
        "capital and whether it fails by itself, for each vehicle its capital; the amounts of "
        f"{len({one for one in found.coordinates.contract if one >= 0})} contracts whose range is known, each for itself. The rest "
        "moves together as the file of drivers says. Who holds debt that nobody names, and whether a contract is there at all, "
        "are as at the point.",
        "Tables on the tail rest on the first 16,384 worlds, the ranks of the too big on the first 1,024.",
    )


def screen(found: EconomyDistribution, first: Table) -> Screen:
    """What is printed first."""
    return Screen(first, tuple(_dearest(found)), tuple(_moves(found)), "Whose failure adds most")


def _dearest(found: EconomyDistribution) -> Iterator[str]:
    for one in found.too_big[:_NAMED]:
        yield (
            f"A failure of {short_label(one.label)} adds {bn(one.added.value, 1)} ({bn(one.added.low, 1)} to "
            f"{bn(one.added.high, 1)}) to what others lose, {bn(one.lenders, 1)} of it to lenders."
        )


def _moves(found: EconomyDistribution) -> Iterator[str]:
    for one in found.moves()[:_NAMED]:
        named = capitalised(DRIVER_LABELS.get(one.name, one.name))
        yield f"{named}: all lose {bn(one.lowest)} in the fifth where it is lowest, {bn(one.highest)} where it is highest."


def pictures(found: EconomyDistribution, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Losses in the worst worlds by class."""
    rows: list[ClassLosses] = [one for one in found.classes() if one.id != "total"]
    points: list[dict[str, str | float]] = []
    for one in rows:
        label = CLASS_LABELS[one.id].strip()
        label = f"of them {label}" if CLASS_LABELS[one.id].startswith(" ") else label
        low, central, high = (value / BN for value in (one.mean.value, one.worst.value, one.p99.value))
        text = f"{central:,.1f} (mean {low:,.1f}, 1 in 100 {high:,.1f})"
        kind = "lenders" if one.id in _LENDERS else "others"
        points.append(
            {"label": label, "kind": kind, "low": low, "central": central, "high": max(high, central), "text": text}
        )
    lenders = next(one for one in rows if one.id == "lenders")
    finding = f"Lenders lose {_usd(lenders.mean.value)} USD in the mean, {_usd(lenders.worst.value)} in their worst 5% of worlds"
    measure = [
        "USD bn; the bar is the mean of each class's worst 5% of worlds,",
        "the line runs from its mean over all worlds to what it loses in one of a hundred.",
    ]
    drawing = ranged_bars(points, title="USD bn", colours={"lenders": NAVY, "others": TEAL})
    heading, height = headed(finding, measure), 30 * len(points)
    foot = source_line(facts)
    return (chart("worlds", finding, heading, width=520, height=height, drawing=drawing, foot=foot),)
