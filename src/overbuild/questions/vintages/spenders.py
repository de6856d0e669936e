"""Whose AI chips have to be written down, when, how large?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen, Table
from overbuild.company.vintages.all_spenders import AllSpenders, NamedSpender, all_spenders
from overbuild.errors import InputError
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.facts_used import used
from overbuild.questions.prose import bn, listed, pct
from overbuild.questions.vintages.answer import LIMITS, NEVER_FAILS
from overbuild.questions.vintages.pictures import spender_pictures


def spenders(
    *,
    life: float | None = None,
    sets: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
) -> Answer:
    """The AI chips of every spender of the build-out: books, worth, and the write-down by year at each fall of rents.

    `life` is one accounting life for all, in the place of each one's own. Money in USD. Raises as `vintages`.
    Source: as `vintages`.
    """
    found = all_spenders(tuple(sets), life=life, as_of=as_of, workspace=workspace)
    if not found.spenders:
        raise InputError(
            "no_fact", "company", as_of, f"no spender's chips are known on this day: {'; '.join(found.left_out)}"
        )
    keys = {key for one in found.spenders for given in one.run.case.inputs.values() for key in given.facts}
    facts = used(cited_fields(keys, workspace).values())
    assumed = {f"{one.ticker}.{path}": given for one in found.spenders for path, given in one.run.case.inputs.items()}
    shared = {
        path: given for path, given in found.spenders[0].run.case.inputs.items() if path.startswith("generations.")
    }
    own = {path: given for path, given in assumed.items() if ".generations." not in path and ".lives." not in path}
    values = _values(found)
    return Answer(
        question="vintages",
        headline=Headline("write_down.high", found.write_down("high"), "USD", _headline(found)),
        values=values,
        status={name: NEVER_FAILS for name, value in values.items() if value is None},
        tables=(_companies(found), _years(found)),
        facts=facts,
        assumptions=assumptions_of_case({**own, **shared}),
        limits=LIMITS,
        as_of=as_of,
        notes=_notes(found),
        charts=spender_pictures(found, facts),
        screen=Screen("companies", _moves(found), (), "What must be believed"),
    )


def _headline(found: AllSpenders) -> str:
    newest = _newest(found)
    books = sum(_at(one, "books", newest) for one in found.spenders)
    central, high = found.write_down("central"), found.write_down("high")
    hit = max(found.spenders, key=lambda one: one.run.ends["high"].write_down)
    fast = pct(hit.run.falls["high"])
    then = f"{bn(central, 1)} USD is written down" if central > 0.0 else "no vintage is written down"
    return (
        f"AI chips of {len(found.spenders)} spenders stand in the books at {bn(books)} USD at the end of {newest}. If rents fall "
        f"{pct(hit.run.falls['central'])} a year {then}; at {fast} a year {bn(high, 1)} USD is, the most at {hit.name} "
        f"({bn(hit.run.ends['high'].write_down, 1)})."
    )


def _newest(found: AllSpenders) -> int:
    return max(vintage.year for one in found.spenders for vintage in one.run.plan.vintages)


def _at(one: NamedSpender, name: str, year: int, end: str = "central") -> float:
    years = one.run.ends[end]
    return years.at(name, year) if year in years.years else 0.0


def _values(found: AllSpenders) -> dict[str, Cell]:
    values: dict[str, Cell] = {f"write_down.{end}": found.write_down(end) for end in ("low", "central", "high")}
    for one in found.spenders:
        for end, years in one.run.ends.items():
            values[f"{one.ticker}.write_down.{end}"] = years.write_down
            values[f"{one.ticker}.write_down_year.{end}"] = years.write_down_year
        for year in found.years:
            values[f"{one.ticker}.impairment.high.{year}"] = one.run.ends["high"].written_down_in(year)
        values[f"{one.ticker}.believed_fall_per_year"] = one.run.right_up_to
    return values


def _companies(found: AllSpenders) -> Table:
    newest = _newest(found)
    columns = (
        unprinted("id", lambda one: one.ticker),
        column("name", "company"),
        column("life", "life", "years", lambda one: one.run.plan.life_years),
        column("since", "since", fill=lambda one: str(min(vintage.year for vintage in one.run.plan.vintages))),
        column("books", f"books, end of {newest}", "USD", lambda one: _at(one, "books", newest)),
        column("worth", "worth", "USD", lambda one: _at(one, "worth", newest)),
        column("worth_high", "worth, fast fall", "USD", lambda one: _at(one, "worth", newest, "high")),
        column("central", "write-down", "USD", lambda one: one.run.central.write_down),
        column("high", "fast fall", "USD", lambda one: one.run.ends["high"].write_down),
        column("year", "from", fill=lambda one: str(one.run.ends["high"].write_down_year or "none")),
    )
    falls = found.spenders[0].run.falls
    note = f"rents fall {pct(falls['central'])} a year with launches; fast: {pct(falls['high'])}"
    return table("companies", "AI chips in the books, and what is written down", columns, found.spenders, note=note)


def _years(found: AllSpenders) -> Table:
    columns = (
        column("name", "company"),
        *(
            column(str(year), str(year), "USD", lambda one, year=year: one.run.ends["high"].written_down_in(year))
            for year in found.years
        ),
    )
    return table("years", "Write-down by year with the fast fall of rents", columns, found.spenders)


def _moves(found: AllSpenders) -> tuple[str, ...]:
    told = [f"{one.name} {pct(one.run.right_up_to, 1)}" for one in found.spenders if one.run.right_up_to is not None]
    return (f"The books of all years are covered as long as rents fall by no more, a year, than: {listed(told)}.",)


def _notes(found: AllSpenders) -> tuple[str, ...]:
    said = [
        "All are valued on the same units, rents and falls; they differ by what they bought when, and by their accounting life."
    ]
    if found.left_out:
        said.append(f"Left out: {'; '.join(found.left_out)}.")
    return tuple(said)
