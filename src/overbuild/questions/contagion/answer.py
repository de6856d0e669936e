"""Who is hurt when a payer of the AI economy fails, and how much of that is known?"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from overbuild.answer import Answer, Assumption, Cell, FactUsed, Headline, Table
from overbuild.ecosystem.contagion.asked_case import (
    STRUCTURES,
    AskedContagion,
    asked_case,
    effects,
    entities_named,
    network_asked,
)
from overbuild.ecosystem.contagion.bounds.asked import Question, questions
from overbuild.ecosystem.contagion.case import SHOWN, ContagionCase
from overbuild.ecosystem.contagion.market.absorption import absorption_of
from overbuild.ecosystem.contagion.market.circular_flows import circular_flows
from overbuild.ecosystem.contagion.market.runway import runways, takeovers
from overbuild.ecosystem.contagion.market.segments import flows_of, segments
from overbuild.ecosystem.contagion.remedies.backstop import backstop
from overbuild.ecosystem.contagion.remedies.too_big import TooBig, too_big
from overbuild.ecosystem.contagion.terms.preset import assumptions_of
from overbuild.ecosystem.contagion.terms.studied import Shock, studied
from overbuild.ecosystem.contagion.told.contracts import carried
from overbuild.ecosystem.contagion.told.marks import marked
from overbuild.ecosystem.contagion.told.published import published
from overbuild.ecosystem.contagion.told.rounds import losses_by_round
from overbuild.errors import InputError, did_you_mean
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.contagion import pictures, story
from overbuild.questions.contagion.drawn_answer import drawn
from overbuild.questions.contagion.market_tables import (
    backstop_table,
    circular_table,
    cycles_table,
    published_table,
    rounds_table,
    runways_table,
    segments_table,
    takeovers_table,
    too_big_table,
    vendor_rows,
)
from overbuild.questions.contagion.open_tables import (
    absorption_table,
    asked_table,
    ceilings_table,
    holes_table,
    second_table,
)
from overbuild.questions.contagion.tables import (
    carried_table,
    channels_table,
    entities_table,
    holders_table,
    losses_table,
    no_end,
)
from overbuild.questions.facts_used import after_the_newest
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "Most contracts, terms and holders are not public. Bounds are wide because that is so, and the point is no forecast.",
    "News stops in early July 2026, but for two filings of August and September, and balance sheets in August. What was "
    "signed since is not in the table of contracts.",
    "A company fails when its losses exceed the capital its balance sheet shows. Banks, funds and insurers lose and do not "
    "fail; runs, fire sales, courts and central banks are not in it.",
    "Who fails stops paying for compute, leases and goods; suppliers resell a share of that, and what failing leaves of an "
    "estate goes to lenders by rank. Customers who owe a failed supplier go on paying.",
    "Stakes count at what they cost and owners' capital at book, at most at market value; a fall of share prices beyond the "
    "losses computed is not counted.",
    "Loans count in full though some are not drawn; guarantees pay as printed, where their form is published at all.",
    "Owners, savers and taxpayers behind funds, insurers and companies are not traced: households show direct claims only.",
)


_FIRST = 8
"""Rows of a long list that the first screen shows."""


class Tables(NamedTuple):
    """Tables and values of one part of the answer, and why some are none; of the remedies whose failure costs others what."""

    tables: tuple[Table, ...]
    values: dict[str, Cell]
    status: dict[str, str]
    too_big: tuple[TooBig, ...] = ()


def contagion(
    *,
    fail: tuple[str, ...] = (),
    ai_revenue: float = 0.0,
    structure: str = "all",
    years: float = 1.0,
    as_of: str | None = None,
    ask: bool = False,
    network: Path | None = None,
    worlds: StressSettings | None = None,
) -> Answer:
    """Who fails in which round, and who loses how much: bounds over all networks that agree with the tables, and a point.

    `fail` are ids of entities taken to fail, `ai_revenue` the share of their revenue that labs lose, `years` how many years
    of payments count, `structure` one of all, known, maxent; `ask` ranks what to ask for; `worlds` draws many worlds in the
    place of one and its bounds. Amounts are in USD.
    Raises InputError `unknown_name`, `share_out_of_range`, `bad_value`, `bad_period`, all at once; CaseError for every fault
    of a network of one's own.
    """
    if structure not in STRUCTURES:
        hint = f"one of {', '.join(STRUCTURES)}.{did_you_mean(structure, STRUCTURES)}"
        raise InputError("unknown_name", "structure", structure, hint)
    rows = network_asked(network)
    asked = AskedContagion(entities_named(rows, fail), ai_revenue, years, as_of)
    if worlds is not None:
        basis = asked_case(rows, asked, search=False)
        return drawn(basis, worlds, _facts(basis, as_of, {tie.row.id for tie in basis.given.ties}), as_of)
    case = asked_case(rows, asked, search=structure == "all")
    moved, found = effects(case), questions(case.given, case.preset) if ask or structure == "all" else ()
    market, remedies = _market(case), _remedies(case)
    facts = _facts(case, as_of, {one.id for one in carried(case)})
    losses = losses_table(case, structure)
    shocked = bool(fail or ai_revenue)
    first = losses_table(case, structure, first=True) if shocked else too_big_table(remedies.too_big[:_FIRST])
    asked_first = asked_table(found[: _FIRST - 1]) if ask else None
    values, status = _values(case, structure)
    values |= market.values | remedies.values
    status |= market.status | remedies.status
    return Answer(
        question="contagion",
        headline=Headline(
            "loss.lenders", values["loss.lenders"], "USD", story.headline(case, asked, structure, remedies.too_big)
        ),
        values=values,
        status=status,
        tables=(
            losses,
            *((asked_table(found),) if found else ()),
            rounds_table(losses_by_round(case), losses_by_round(case, harsh=True), _labels(case)),
            entities_table(case),
            carried_table(case),
            channels_table(case),
            second_table(case),
            holders_table(case),
            ceilings_table(case),
            *remedies.tables,
            *market.tables,
            absorption_table(case),
            published_table(published(case, as_of)),
            holes_table(case),
        ),
        facts=facts,
        assumptions=(*assumptions_by_id(assumptions_of(case.preset)), *_assumed_rows(case)),
        limits=(*(after_the_newest(known_on(as_of)) if as_of else ()), *_blank(case, as_of), *LIMITS),
        as_of=as_of,
        notes=story.notes(case),
        charts=pictures.pictures(case, structure, facts, as_of),
        units=dict.fromkeys((name for name in values if name.startswith("loss.")), "USD"),
        screen=story.screen(case, first, moved, found, asked_first),
    )


def _blank(case: ContagionCase, as_of: str | None) -> tuple[str, ...]:
    """What a day before the balance sheets leaves open."""
    blank = story.sheets_unknown(case, as_of)
    if not blank:
        return ()
    return (
        f"{blank} of {len(case.network.entities)} balance sheets of the table became known after {as_of}: a company of "
        "which nothing was known does not fail at the point unless it is taken to; the bounds have it at 0 and without end.",
    )


def _labels(case: ContagionCase) -> tuple[str, ...]:
    return tuple(one.label for one in case.given.study.parties)


def _values(case: ContagionCase, structure: str) -> tuple[dict[str, Cell], dict[str, str]]:
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    for name, run in (("", case.outcome), (".low", case.corners.gentle.outcome), (".high", case.corners.harsh.outcome)):
        values[f"defaults.fundamental{name}"] = int((run.round[0] == 1).sum())
        values[f"defaults.contagion{name}"] = int((run.round[0] > 1).sum())
    for name in SHOWN:
        one = case.losses[name]
        values[f"loss.{name}"] = one.known if structure == "known" else one.point
        for end, amount in (("low", one.low), ("high", no_end(one.high))):
            values[f"loss.{name}.{end}"] = amount if structure == "all" else None
            if structure != "all":
                status[f"loss.{name}.{end}"] = "bounds are computed with structure all"
            elif amount is None:
                status[f"loss.{name}.{end}"] = "no upper end: the capital of a company that fails is not published"
    values |= _later(case)
    found = marked(case)
    values["debtrank"] = None if found is None else found.rank
    if found is None:
        status["debtrank"] = "nobody is taken to fail whose capital is known"
    status["loss.households"] = (
        "no contract of the table is a claim of households; as savers they stand behind other classes"
    )
    return values, status


def _later(case: ContagionCase) -> dict[str, Cell]:
    """What comes after: who stops when capex is cut, and whether anybody takes a failing lab over."""
    values: dict[str, Cell] = {}
    for end, second in (("", case.second), (".high", case.second_harsh)):
        values[f"defaults.second_period{end}"] = len(second.stopped)
        values[f"defaults.next_quarter{end}"] = sum(one.quarter == 1 for one in second.stopped)
        values[f"loss.second_period.lenders{end}"] = second.lenders
        values[f"loss.second_period.beside_vendors{end}"] = second.beside_vendors
    for name, one in absorption_of(case).items():
        values |= {f"absorb.{name}": one.chance, f"absorb.{name}.low": one.low, f"absorb.{name}.high": one.high}
    return values


def _market(case: ContagionCase) -> Tables:
    labels = {one.id: one.label for one in case.network.entities}
    flows = flows_of(case.network)
    money, markets = circular_flows(flows), segments(case.network)
    vendors = vendor_rows(money, flows, labels)
    running = runways(case.given, case.network)
    retention = float(case.preset.retention.value)
    tables = (
        circular_table([one for one in vendors if one.circulating or one.self_financed]),
        cycles_table(money, labels),
        segments_table(markets),
        runways_table(running),
        takeovers_table(takeovers(case.network, retention), labels, retention),
    )
    values: dict[str, Cell] = {f"hhi.{one.id}": one.found.hhi for one in markets}
    values |= {f"circular.share.{one.id}": one.share for one in vendors}
    values |= {"circular.volume": money.volume, "circular.share": money.share}
    values |= {f"runway.{one.lab}": one.years for one in running}
    return Tables(tables, values, {f"runway.{one.lab}": one.status for one in running if one.years is None})


NO_CAPITAL = "nobody's capital is known"
"""Why there is no share of all capital."""


def _remedies(case: ContagionCase) -> Tables:
    given = case.given
    calm = studied(case.network, case.preset, Shock(), given.window)
    big = too_big(calm)
    point, harsh = backstop(given, case.numbers), backstop(given, case.corners.harsh.numbers)
    values: dict[str, Cell] = {f"tbtf.{one.party}": one.share for one in big}
    values |= {f"backstop.{one.party}": one.amount for one in point.injections}
    values |= {"backstop.total": point.total, "backstop.total.high": harsh.total}
    status = {name: NO_CAPITAL for name, value in values.items() if value is None}
    return Tables((too_big_table(big), backstop_table(point, harsh)), values, status, big)


def _facts(case: ContagionCase, as_of: str | None, carrying: set[str]) -> tuple[FactUsed, ...]:
    """Rows of the tables that carry a loss, and the balance sheets of who loses."""
    found = [
        FactUsed(f"ecosystem_contracts.{tie.row.id}", tie.row.source, tie.row.known_at, tie.row.known_at_precision)
        for tie in case.given.ties
        if tie.row.id in carrying and not tie.row.assumed and tie.row.source
    ]
    harsh = case.corners.harsh.outcome.loss[0]
    found += [
        FactUsed(f"ecosystem_entities.{one.id}", one.source, one.known_at, one.known_at_precision)
        for one, loss in zip(case.given.entities, harsh, strict=True)
        if loss > 0 and one.source and one.status != "assumption" and (as_of is None or one.known_at <= as_of)
    ]
    return tuple(sorted(set(found)))


def _assumed_rows(case: ContagionCase) -> tuple[Assumption, ...]:
    """Contracts that no page shows, and balance-sheet figures that are assumed, among those that carry a loss."""
    carrying = {one.id: one for one in carried(case)}
    return tuple(
        Assumption(
            f"ecosystem_contracts.{tie.row.id}",
            tie.amount.central,
            "USD",
            None,
            None,
            "overbuild",
            f"{tie.row.status}: {tie.row.note}",
        )
        for tie in case.given.ties
        if tie.row.assumed and tie.row.id in carrying
    )


__all__ = ["Question", "contagion"]
