"""A site over many worlds in sentences: the verdict, how it ends, what moves it, what was drawn."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.questions.prose import MILLION, capitalised, listed, m, pct, spelled
from overbuild.questions.stress.case.story import FEWEST_MOVED
from overbuild.questions.stress.drawn import counts_of_origin
from overbuild.questions.stress.tables import ENDS
from overbuild.site.run import SiteRun
from overbuild.stress.site_worlds.measures import EQUITY_NPV, SUPPORT
from overbuild.stress.site_worlds.results import TAIL, EndOfSite, MovedDefault, SiteDistribution
from overbuild.stress.worlds.intervals import too_few
from overbuild.stress.worlds.sobol import SCRAMBLES

MOST_MOVES = 3


def headline(found: SiteDistribution) -> str:
    """The verdict: how likely a default, when and how; what lenders lose; whether owners reach their hurdle."""
    return f"{for_lenders(found)} {_owners(found)}"


def for_lenders(found: SiteDistribution) -> str:
    """How likely a default is, and what lenders lose."""
    return " ".join([_default(found), *_lenders(found)])


def _default(found: SiteDistribution) -> str:
    name, default = found.basis.sized.name, found.default
    worlds = f"{found.summary.counted:,} world{'' if found.summary.counted == 1 else 's'}"
    if default.value == 0.0:
        return f"{name} defaults in none of {worlds} (at most {_chance(default.high)} of all)."
    half = found.end_by(0.5)
    when = "" if half is None else f", half of these by {found.basis.calendar.label(half)}"
    return (
        f"{name} defaults in {_chance(default.value)} of {worlds} "
        f"({_chance(default.low)} to {_chance(default.high)}){when}."
    )


def _chance(share: float) -> str:
    return pct(share, 2 if 0.0 < share < 0.01 else 1)


def _lenders(found: SiteDistribution) -> Iterator[str]:
    few = too_few(found.summary.counted, 1.0 - TAIL, "a CVaR 99")
    if few:
        means = [f"{one.name} {m(one.expected.value)}" for one in found.losses()]
        if means:
            yield f"Lenders lose in the mean: {'; '.join(means)} USD; {few}."
        return
    told = [
        f"{one.name} {m(one.expected.value)}, {m(one.worst)}" for one in found.losses() if one.worst >= MILLION / 2.0
    ]
    spared = [one.name for one in found.losses() if one.worst < MILLION / 2.0]
    if spared and not told:
        yield "Lenders lose nothing even in the worst 1%."
        return
    if told:
        yield f"Lenders lose, in the mean and in the worst 1%: {'; '.join(told)} USD."
    if spared:
        yield f"{listed(spared)} {'loses' if len(spared) == 1 else 'lose'} nothing even there."


def _owners(found: SiteDistribution) -> str:
    npv, hurdle = found.measure(EQUITY_NPV), found.basis.run.plan.owners.hurdle_per_year
    few = too_few(npv.size, 0.95, "a P95")
    spread = few or f"{m(npv.quantile(0.05))} to {m(npv.quantile(0.95))} in nine of ten"
    return (
        f"Owners reach their hurdle of {pct(hurdle, 1)} in {_chance(found.reaches_hurdle.value)}; their NPV is "
        f"{m(npv.mean)} USD in the mean, {spread}."
    )


def ends_in_short(found: SiteDistribution) -> str:
    """How it ends before its time, in one line."""
    return ", ".join(f"{ENDS[one.kind]} {_chance(one.chance.value)}" for one in found.ends()) or "it runs to its end"


def ends(found: SiteDistribution) -> tuple[str, ...]:
    """How it ends before its time, as the first screen says it; the case itself beside it."""
    said = [f"{capitalised(ENDS[one.kind])}: {_chance(one.chance.value)}, {_when(one, found)}." for one in found.ends()]
    return (*said, *_breaches(found), f"The case itself: {_case(found.basis.run)}.")


def _breaches(found: SiteDistribution) -> Iterator[str]:
    """How often each test of the lenders is ever breached."""
    told = [
        f"{_ACTS.get(test.action, test.action)} ({test.level:g}) in {_chance(chance.value)}"
        for test, (_, chance) in zip(found.basis.run.plan.tests, found.breaches(), strict=True)
    ]
    if told:
        yield f"Tests breached: {', '.join(told)}."


_ACTS = {"lockup": "lock-up", "sweep": "cash sweep"}


def _when(one: EndOfSite, found: SiteDistribution) -> str:
    """In which periods a kind of end comes."""
    early, median, late = (found.basis.calendar.label(place or 0) for place in one[2:])
    return f"in {median}" if early == late else f"{early} to {late}, half by {median}"


def _case(run: SiteRun) -> str:
    cover = "no debt service" if run.min_dscr is None else f"min DSCR {run.min_dscr:.2f}x"
    outcome = "" if run.outcome is None else f", {ENDS[run.outcome]}"
    return f"{cover}, owners' NPV {m(run.totals['equity_npv'])} USD{outcome}"


def moves(found: SiteDistribution) -> tuple[str, ...]:
    """What moves default most: the drivers with the widest gap between their lowest and their highest fifth."""
    if found.summary.counted < FEWEST_MOVED:
        return (f"Too few worlds to say what moves it (at least {FEWEST_MOVED}).",)
    return tuple(
        f"{_named(one)}: default in {pct(one.lowest)} of its lowest fifth of worlds, {pct(one.highest)} of its highest."
        for one in found.moves()[:MOST_MOVES]
        if one.swing >= 0.01
    )


def _named(one: MovedDefault) -> str:
    return capitalised(spelled(one.name))


def notes(found: SiteDistribution) -> tuple[str, ...]:
    """What was drawn and how, and what is to be known of the run."""
    return tuple(_notes(found))


def _notes(found: SiteDistribution) -> Iterator[str]:
    yield from ends(found)
    worlds, settings = found.worlds, found.settings
    once, moving = len(found.uncertain.names), len(found.uncertain.world.names)
    yield (
        f"{len(found.uncertain.told)} drivers are drawn: {once} numbers once a scenario, {moving} paths; their numbers "
        f"are {_origins(found)}."
    )
    if settings.sampler == "sobol":
        yield (
            f"What is drawn once are scrambled Sobol points, {SCRAMBLES} scrambles side by side, whose spread gives the "
            "intervals; paths are pseudo-random."
        )
    yield from copula(found)
    support = found.measure(SUPPORT)
    if support.mean >= MILLION / 2.0:
        high = too_few(support.size, 0.95, "a P95") or f"{m(support.quantile(0.95))} in one of twenty"
        yield f"Owners support the site with {m(support.mean)} USD in the mean, {high}."
    failed = found.summary.scenarios - found.summary.counted
    if failed:
        yield f"{failed:,} worlds could not be computed and count nowhere: see why in the tables."
    if worlds.stopped:
        yield f"The run {worlds.stopped}."
    if found.source.slow:
        yield f"Computed without machine code: {found.source.slow}."
    yield f"Seed {settings.seed}; every digit is that of {worlds.digest}."


def copula(found: SiteDistribution) -> Iterator[str]:
    """Which extremes come together, where a t copula is asked for."""
    freedom = found.settings.freedom
    if freedom is not None:
        paths = " Paths keep a Gaussian copula in each period." if found.uncertain.world.names else ""
        yield f"Extremes of what is drawn once come together: a t copula of {freedom:g} degrees of freedom.{paths}"


def _origins(found: SiteDistribution) -> str:
    counts = counts_of_origin(found)
    return listed([f"{count} {word}" for word, count in counts.items()]) or "none"
