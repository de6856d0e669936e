"""How good are the figures: in whose words, how exactly dated, from how many sources, and on which does an answer lean?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Chart, FactUsed, Headline, Screen
from overbuild.audit.cited_facts import facts_of
from overbuild.errors import FactError
from overbuild.facts import store
from overbuild.facts.catalogue.citable import Citable, known_rows, observations
from overbuild.facts.catalogue.quality import Quality, is_primary, quality, single_sourced, sources_by_subject
from overbuild.facts.ledger import Ranked, View
from overbuild.questions.charts import GREY, NAVY, chart, headed, ranged_bars
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.facts_used import after_the_newest
from overbuild.questions.gap import gap
from overbuild.questions.need import need
from overbuild.questions.prose import capitalised, pct, spelled, times
from overbuild.site.case.read import read_site_case
from overbuild.version import __version__
from overbuild.world.presets import PREFIX, site_presets

LIMITS = (
    "A primary document says what its issuer says; it can still be wrong, and it can be restated.",
    "One source is counted by its document: two pages that copy each other count as two.",
    "A row of deals, accelerators, site costs or analyses is one document's; that others say the same is not recorded.",
)

COMPANIES = "company_facts"
"""The table whose figures ought to be in the companies' own words."""

_QUALITY = (
    column("name", "table or question"),
    column("rows", "figures", "count"),
    column("primary_share", "primary", "decimal"),
    column("regulator_share", "regulator", "decimal"),
    column("dated_share", "dated to the day", "decimal"),
    column("single_share", "one source", "decimal"),
    column("assumed_share", "assumed", "decimal"),
    unprinted("sourced_share"),
    unprinted("primary"),
    unprinted("single"),
    unprinted("assumed"),
)
_CRITICAL = (
    unprinted("id", lambda one: f"fact:{one.cited.key}"),
    column("key", "fact to cite", fill=lambda one: one.cited.key),
    column("figure", "figure", fill=lambda one: one.cited.printed),
    column("unit", "unit", fill=lambda one: one.cited.printed_unit),
    column("class", "class", fill=lambda one: one.cited.source_class),
    column("known_at", "known at", fill=lambda one: one.cited.known_at),
)


NAMED = 8
"""How many of the figures with one source are named on the screen."""


def fact_quality(*, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """The quality of every table, and of the figures that the gap, the need, the analyses and the site presets lean on.

    Primary is a filing or a company's release. Shares are decimals. Raises FactError as the ledger does.
    """
    view = store.known_on(as_of, workspace)
    entries = _entries(view)
    speaking, sources = sources_by_subject(view), view.ledger.sources
    groups = _by_table(entries)
    asked = {name: _leant_on(name, entries, facts) for name, facts in _questions(as_of, workspace).items()}
    rated = [quality(name, group, sources, speaking) for name, group in groups.items()]
    questions = [quality(name, group, sources, speaking) for name, group in asked.items()]
    every = quality("all tables", entries, sources, speaking)
    critical = single_sourced(asked.get("gap", []), speaking)
    listed = [*rated, every, *(one._replace(name=f"behind {one.name}") for one in questions)]
    values: dict[str, Cell] = {
        "sourced_share": every.sourced_share,
        "dated_share": every.dated_share,
        "primary_share": every.primary_share,
        "assumed_share": every.assumed_share,
        "single_source_critical": len(critical),
        "single_source_critical.not_primary": sum(not is_primary(one) for one in critical),
    }
    for one in (*rated, *questions):
        values |= _values(one)
    return Answer(
        question="facts quality",
        headline=Headline("sourced_share", every.sourced_share, "decimal", _verdict(every, rated)),
        values=values,
        status={},
        tables=(
            table("quality", "Figures: shares in percent of each row's figures", _QUALITY, listed),
            table("single_source_critical", "Figures behind the gap that one source gives", _CRITICAL, critical),
        ),
        facts=tuple(_used(one) for one in critical),
        assumptions=(),
        limits=(*after_the_newest(view), *LIMITS),
        as_of=as_of,
        notes=_notes(rated, critical),
        charts=(_picture(listed, every, as_of),),
        screen=_screen(listed, _notes(rated, critical)),
    )


_FIRST = (COMPANIES, "deals", "site_costs", "gpu_rental_prices", "energy", "all tables")
"""The tables that the first screen names, before those behind each question."""


def _screen(listed: Sequence[Quality], said: tuple[str, ...]) -> Screen:
    """What is printed first: the tables that questions lean on most, and what is weakest."""
    shown = [one for one in listed if one.name in _FIRST or one.name.startswith("behind")]
    title = "Figures: shares in percent of each row's figures"
    return Screen(
        table("quality", title, _QUALITY, shown, note="--tables prints every table"), said[:3], (), "What is weakest"
    )


def _picture(listed: Sequence[Quality], every: Quality, as_of: str | None) -> Chart:
    """The share of each table's figures that are in their issuers' own words."""
    points: list[dict[str, str | float]] = []
    for one in listed:
        share = 100 * (one.primary_share or 0.0)
        kind = "question" if one.name.startswith("behind") else "table"
        text = f"{share:.0f}% of {one.rows:,}"
        label = capitalised(spelled(one.name.replace(" ", "_")))
        points.append({"label": label, "kind": kind, "low": share, "central": share, "high": share, "text": text})
    finding = f"{pct(every.primary_share or 0)} of the figures come from a filing or a company's release"
    measure = "Percent of each table's figures, and of the figures behind each question (dark)."
    day = f"Facts known on {as_of}. " if as_of else "Facts of the package and the workspace. "
    drawing = ranged_bars(points, title="percent of figures", colours={"table": GREY, "question": NAVY})
    foot = f"{day}overbuild {__version__}"
    height = 24 * len(points)
    return chart("quality", finding, headed(finding, measure), width=480, height=height, drawing=drawing, foot=foot)


def _entries(view: View) -> list[Citable]:
    found = observations(Ranked(fact, view.standing_of(fact)) for fact in view.known)
    return [*found, *(one.entry for one in known_rows(view.day))]


def _by_table(entries: Iterable[Citable]) -> dict[str, list[Citable]]:
    groups: dict[str, list[Citable]] = {}
    for one in entries:
        groups.setdefault(Path(one.fact.file).stem if one.fact else one.cited.table, []).append(one)
    return groups


def _questions(as_of: str | None, workspace: Path | str | None) -> dict[str, set[str]]:
    """The keys of the facts that each question leans on; a question without an answer on the day is left out."""
    found: dict[str, set[str]] = {}
    ask: dict[str, Callable[[], Iterable[FactUsed]]] = {
        "gap": lambda: gap(as_of=as_of, workspace=workspace).facts,
        "need": lambda: need(as_of=as_of, workspace=workspace).facts,
        "site presets": lambda: _of_presets(workspace),
    }
    for name, facts in ask.items():
        try:
            found[name] = {one.id for one in facts()}
        except FactError as error:
            if error.code != "no_fact":
                raise
    return {**found, "claims": {one.entry.cited.key for one in known_rows(as_of, "published_analyses")}}


def _of_presets(workspace: Path | str | None) -> list[FactUsed]:
    return [one for name in site_presets() for one in facts_of(read_site_case(Path(f"{PREFIX}{name}")), workspace)]


def _leant_on(name: str, entries: Iterable[Citable], keys: set[str]) -> list[Citable]:
    """The figures of these keys; a key that names a field of a row counts for the row."""
    rows = {".".join(key.split(".", 2)[:2]) if "#" not in key else key for key in keys}
    return [one for one in entries if one.cited.key in rows]


def _values(one: Quality) -> dict[str, Cell]:
    name = one.name.replace(" ", "_")
    return {
        f"{name}.rows": one.rows,
        f"{name}.primary_share": one.primary_share,
        f"{name}.regulator_share": one.regulator_share,
        f"{name}.dated_share": one.dated_share,
        f"{name}.single_source_share": one.single_share,
        f"{name}.assumed_share": one.assumed_share,
        f"{name}.sourced_share": one.sourced_share,
    }


def _used(one: Citable) -> FactUsed:
    return FactUsed(one.cited.key, one.cited.source, one.cited.known_at, one.cited.known_at_precision)


def _verdict(every: Quality, rated: Iterable[Quality]) -> str:
    companies = next((one for one in rated if one.name == COMPANIES), None)
    own = f" Of the companies' figures {pct(companies.primary_share or 0)} are in their own words." if companies else ""
    return (
        f"{pct(every.sourced_share or 0)} of {every.rows:,} figures cite a document or are a named assumption "
        f"({pct(every.assumed_share or 0, 1)} are assumed); {pct(every.dated_share or 0)} are dated to the day and "
        f"{pct(every.primary_share or 0)} come from a filing or a company's release.{own}"
    )


def _notes(rated: Iterable[Quality], critical: list[Citable]) -> tuple[str, ...]:
    """What is weakest, in sentences."""
    tables = [one for one in rated if one.rows]
    undated = min(tables, key=lambda one: one.dated_share or 0.0)
    assumed = max(tables, key=lambda one: one.assumed_share or 0.0)
    own = [one.cited.key for one in critical if is_primary(one)]
    others = [one.cited.key for one in critical if not is_primary(one)]
    said = [
        f"Worst dated: {spelled(undated.name)}, where {pct(undated.dated_share or 0)} of {undated.rows} figures have "
        "an exact day.",
        f"Most assumed: {spelled(assumed.name)}, where {pct(assumed.assumed_share or 0)} of {assumed.rows} figures have no page "
        "behind them.",
    ]
    if critical:
        own_words = f"; of {len(own)} the source is the issuer itself, so that there can be no second" if own else ""
        said.append(f"{times(len(critical), 'figure')} behind the gap stand on one source each{own_words}.")
    if others:
        named, more = others[:NAMED], len(others) - NAMED
        rest = f" and {more} more (`--json` lists all)" if more > 0 else ""
        said.append(f"The others are somebody else's word: {', '.join(named)}{rest}.")
    return tuple(said)
