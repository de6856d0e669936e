"""Who pays under this tariff when a large load comes late, small, not at all, or leaves?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.facts.cited_fields import cited_fields
from overbuild.policy.tariff.tariff_run import TariffRun, run_tariff
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.tariff import story
from overbuild.questions.tariff.pictures import pictures
from overbuild.questions.tariff.tables import payer_rows, tables

LIMITS = (
    "What the utility builds for the load is taken as given; nobody publishes it by customer, and it decides the answer.",
    "One load under one tariff: what it does to energy and capacity prices of the zone is another question (`overbuild grid`).",
    "Capital is recovered level over its life; rate base recovers more in early years, so that others bear more of a late load.",
    "All of it is committed when the contract begins: a utility that builds in steps strands less when the load never comes.",
    "Shares of classes are those of today's rates; a rate case may allocate otherwise.",
)


def tariff(case: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Answer:
    """A large load under a tariff: what it pays, what serving it costs, who bears the rest, as planned and otherwise.

    `sets` (`path=value`) edit the case. Money in USD; present values at the utility's carrying cost.
    Raises CaseError for every fault of the case, located.
    Source: the model's specification E.4, E.7; figures from the facts room.
    """
    run = run_tariff(Path(case), sets, workspace=workspace)
    values, status = _values(run)
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    return Answer(
        question="tariff",
        headline=Headline("others_worse_off", values["others_worse_off"], "USD", story.headline(run)),
        values=values,
        status=status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run),
        charts=pictures(run, facts),
        screen=story.screen(run),
        units={"household_month": "USD per month", "others_worse_off.per_year": "USD per year"},
    )


def _values(run: TariffRun) -> tuple[dict[str, Cell], dict[str, str]]:
    """Results as planned, then what others bear by story, then what the load pays and others bear by year."""
    found = run.run.values()
    values: dict[str, Cell] = dict(found.values)
    values |= {
        f"load.{one.id.removeprefix('load.')}": one.amount for one in payer_rows(run) if one.id.startswith("load.")
    }
    for one in run.stories:
        values[f"others_worse_off.{one.story.id}"] = one.run.others
        values[f"household_month.{one.story.id}"] = one.run.totals["household_month"]
    for place, label in enumerate(run.labels):
        values[f"billed_mw@{label}"] = run.run.lines["delivery.billed_mw"][place]
        values[f"paid_by_load@{label}"] = run.run.lines["paid_by_load"][place]
        values[f"borne_by_others@{label}"] = run.run.lines["borne_by_others"][place]
    return values, dict(found.status)
