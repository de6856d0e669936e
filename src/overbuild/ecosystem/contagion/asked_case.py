"""From what is asked to a study: the day, the years, who fails or what falls, on the tables or on one's own network."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from overbuild.ecosystem.contagion.case import ContagionCase, contagion_case
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.edges import Window
from overbuild.ecosystem.contagion.terms.preset import SHARES, EcosystemPreset, ecosystem_preset, with_share
from overbuild.ecosystem.contagion.terms.studied import Shock
from overbuild.errors import InputError, did_you_mean, raise_all
from overbuild.facts.period import is_day
from overbuild.lenders.network.read import Network, read_network, shipped_network
from overbuild.lenders.network.versions import network_on

Structure: TypeAlias = Literal["all", "known", "maxent"]

STRUCTURES: dict[str, str] = {
    "all": "bounds over every network that agrees with the tables",
    "known": "only holders that a page names",
    "maxent": "unnamed debt spread over holders in proportion to their room",
}

AI_REVENUE = "ai_revenue"
MOST_YEARS = 10.0


class Effect(NamedTuple):
    """An assumption, and what all lose at its low and at its high end, at the point of all else. USD."""

    name: str
    low: float
    value: float
    high: float
    at_low: float
    at_high: float


class AskedContagion(NamedTuple):
    """What is asked: who fails, the share of AI revenue that is lost, how many years of payments count."""

    fails: tuple[str, ...]
    ai_revenue: float
    years: float
    as_of: str | None


def network_asked(path: Path | None) -> Network:
    """The network of a file of one's own, or the one that ships."""
    return shipped_network() if path is None else read_network(path)


def entities_named(network: Network, names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of entities from their ids, or from their labels in any letters, each once; what is neither stays as it is written.

    >>> entities_named(shipped_network(), ("CRWV", "CoreWeave", "COREWEAVE", "nobody"))
    ('CRWV', 'nobody')
    """
    ids = {one.id for one in network.entities}
    plain = {one.label.partition(" (")[0].casefold(): one.id for one in network.entities}
    plain |= {one.id.casefold(): one.id for one in network.entities}
    return tuple(dict.fromkeys(name if name in ids else plain.get(name.casefold(), name) for name in names))


_FALL = re.compile(r"-(\d+(?:\.\d+)?)(%?)\Z")


def asked_by_shocks(network: Network, shocks: Sequence[str], as_of: str | None) -> AskedContagion:
    """What is asked by shocks written as PATH=VALUE: `fail=OPENAI`, `ai_revenue=-40%`, `years=2`.

    Raises InputError `bad_value` for every other shock, all at once.

    >>> asked_by_shocks(shipped_network(), ("fail=CoreWeave", "ai_revenue=-40%"), None)
    AskedContagion(fails=('CRWV',), ai_revenue=0.4, years=1.0, as_of=None)
    """
    fails, fall, years = list[str](), 0.0, 1.0
    faults: list[InputError] = []
    for shock in shocks:
        name, _, value = shock.partition("=")
        met = _FALL.match(value)
        if name == "fail" and value:
            fails.append(value)
        elif name == AI_REVENUE and met is not None:
            fall = float(met[1]) / (_PERCENT if met[2] else 1.0)
        elif name == "years" and value.replace(".", "", 1).isdigit():
            years = float(value)
        else:
            hint = "a shock of this question is fail=ID, ai_revenue=-40% or years=N"
            faults.append(InputError("bad_value", "shock", shock, hint))
    raise_all(faults)
    return AskedContagion(entities_named(network, tuple(fails)), fall, years, as_of)


_PERCENT = 100.0


def checked_question(network: Network, asked: AskedContagion) -> None:
    """Raise every fault of what is asked at once: unknown names, holders that do not fail, shares and days that are none."""
    known = {one.id: one for one in network.entities}
    faults: list[InputError] = []
    for name in asked.fails:
        if name not in known:
            hint = f"no entity of this id.{did_you_mean(name, known)} `overbuild contagion --full` lists all"
            faults.append(InputError("unknown_name", "fail", name, hint))
    if not 0 <= asked.ai_revenue <= 1:
        hint = "a fall of AI revenue is written ai_revenue=-40%, from 0 to -100%"
        faults.append(InputError("share_out_of_range", "shock", -asked.ai_revenue, hint))
    if not 0 < asked.years <= MOST_YEARS:
        faults.append(
            InputError("bad_value", "years", asked.years, f"years of payments, above 0 and up to {MOST_YEARS:g}")
        )
    if asked.as_of is not None and not is_day(asked.as_of):
        faults.append(InputError("bad_period", "as_of", asked.as_of, "a day of the calendar, YYYY-MM-DD"))
    elif asked.as_of is not None:
        first = min((one.known_at for one in network.contracts), default="")
        if first > asked.as_of:
            hint = f"nothing was known yet; the first contract is dated {first}"
            faults.append(InputError("no_fact", "as_of", asked.as_of, hint))
    raise_all(faults)


def asked_case(network: Network, asked: AskedContagion, *, search: bool) -> ContagionCase:
    """The study that is asked for, on what was known on the day. Raises as `checked_question`."""
    checked_question(network, asked)
    preset = ecosystem_preset()
    shock = Shock(asked.fails, asked.ai_revenue)
    return contagion_case(network_on(network, asked.as_of), preset, shock, window_of(preset, asked), search=search)


def window_of(preset: EcosystemPreset, asked: AskedContagion) -> Window:
    """From which day a study looks, for how long, and until when contracts without an end are taken to run."""
    today = datetime.date.fromisoformat(asked.as_of or preset.as_of)
    until = max(datetime.date.fromisoformat(one.until) for one in preset.ceilings)
    return Window(today, asked.years, max(until, today + datetime.timedelta(days=366)))


def effects(case: ContagionCase) -> tuple[Effect, ...]:
    """What all lose at the point with one assumption after the other at its ends, the strongest first."""
    found: list[Effect] = []
    for name in SHARES:
        one = getattr(case.preset, name)
        ends = [float(one.low or 0.0), float(one.high or 0.0)]
        totals = [_total(case, with_share(case.preset, name, end)) for end in ends]
        found.append(Effect(name, ends[0], float(one.value), ends[1], totals[0], totals[1]))
    moved = [one for one in found if abs(one.at_high - one.at_low) > 0]
    return tuple(sorted(moved, key=lambda one: -abs(one.at_high - one.at_low)))


def _total(case: ContagionCase, preset: EcosystemPreset) -> float:
    given = case.given
    again = contagion_case(case.network, preset, given.shock, given.window, search=False)
    return again.losses["total"].point


def named_entities(names: Sequence[str], network: Network) -> tuple[str, ...]:
    """Labels of entities."""
    known = {one.id: one.label for one in network.entities}
    return tuple(known[name] for name in names)


def billions(amount: float) -> float:
    """USD in billions."""
    return amount / BN
