"""Is the case of a kind other than a site sound, and where do its numbers come from?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from overbuild.answer import Answer, Cell, Headline, Screen
from overbuild.audit.case_kinds import explained_kind
from overbuild.facts.cited_fields import cited_fields
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.check.of_inputs import (
    agreements_table,
    inputs_picture,
    inputs_table,
    parts_table,
    said_of_sources,
)
from overbuild.questions.check.of_worksheet import changed_in, changed_notes, changed_table
from overbuild.questions.drivers.record_tables import record_drivers_tables
from overbuild.questions.facts_used import used
from overbuild.questions.prose import bn, capitalised, times
from overbuild.stress.case_worlds.worlds import CaseWorlds
from overbuild.stress.portfolio.case import BOOKS
from overbuild.stress.portfolio.run import checked_book
from overbuild.world.case_record import CaseRecord
from overbuild.world.drivers.record_drivers import RecordDrivers

LIMITS = (
    "A file without a fault can still be a poor case: a value that its source prints is not thereby right.",
    "What other sources say of a quantity is not asked here; `overbuild facts` finds them.",
)
_NAMED = 4


def check_record(kind: str, file: Path, workspace: Path | str | None = None) -> Answer:
    """Check a case whose file form is its record: its numbers, what they cite, and that its drivers can be drawn.

    Raises CaseError for every fault of the file, located; for a driver that the model cannot take; of a lender's book every
    fault of its sites too.
    """
    case, drawn = _checked(kind, file, workspace)
    name = str(getattr(case.record, "name", kind))
    drivers = case.drivers or RecordDrivers()
    counts = {
        origin: sum(one.origin == origin for one in case.inputs.values()) for origin in ("fact", "assumption", "case")
    }
    verdicts = {word: sum(one.verdict == word for one in case.agreements) for word in ("agrees", "derived")}
    text = (
        f"{name}: no fault in this case ({kind}). {len(case.inputs)} inputs: {counts['fact']} from facts or sources, "
        f"{counts['assumption']} named assumptions, {counts['case']} with neither. Held against what they cite: "
        f"{verdicts['agrees']} agree, {verdicts['derived']} are derived. "
        f"{drawn}"
    )
    values: dict[str, Cell] = {
        "faults": 0,
        "kind": kind,
        "inputs": len(case.inputs),
        "drivers": len(drivers.drawn),
        **{f"inputs.{word}": count for word, count in (counts | verdicts).items()},
    }
    keys = {key for one in (*case.inputs.values(), *case.drawn_from.values()) for key in one.facts}
    changed = changed_in(file, case.record)
    told, said = changed_notes(changed), tuple(said_of_sources(case.agreements))
    return Answer(
        question="check",
        headline=Headline("faults", 0, "count", text),
        values=values,
        status={},
        tables=(
            inputs_table(case.inputs),
            agreements_table(case.agreements),
            *record_drivers_tables(drivers, case.drawn_from),
            *((changed_table(changed),) if changed else ()),
        ),
        facts=used(cited_fields(keys, workspace).values()),
        assumptions=(*assumptions_of_case(case.inputs), *assumptions_of_case(case.drawn_from)),
        limits=LIMITS,
        notes=(*told, *said),
        charts=(inputs_picture(name, case.inputs),),
        screen=Screen(
            parts_table(case.inputs),
            (*told, *said[:_NAMED]),
            moves_title="Changed, or cited without a document" if told else "Cited without a document",
        ),
    )


def _checked(kind: str, file: Path, workspace: Path | str | None) -> tuple[CaseRecord[Any], str]:
    """A case without a fault, and what of it is drawn, in a sentence."""
    if kind == BOOKS.name:
        book, held = checked_book(file, workspace)
        lent = sum(one.exposure for one in held)
        sites = times(len({one.site for one in held}), "site")
        return (
            book,
            f"{capitalised(times(len(held), 'holding'))} of {sites}, {bn(lent, 2)} USD lent: each site is sound.",
        )
    explained = explained_kind(kind).explain(file, (), workspace)
    CaseWorlds(explained)
    drivers = explained.case.drivers or RecordDrivers()
    return explained.case, f"{capitalised(times(len(drivers.drawn), 'driver'))} can be drawn."
