"""What do rules cost a firm, how bad is a bad year, and do controls pay for themselves?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.company.filed.group_turnover import group_turnover
from overbuild.facts.cited_fields import cited_fields
from overbuild.facts.store import known_on
from overbuild.policy.rules.rules_run import DEFAULT_RULES, run_rules
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.facts_used import used
from overbuild.questions.rules import story
from overbuild.questions.rules.pictures import pictures
from overbuild.questions.rules.tables import tables
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.presets import PREFIX

LIMITS = (
    "How often rules are broken, how large fines are and what controls prevent is assumed. No list of fines is held here, and "
    "most of these rules have not been enforced yet.",
    "A ceiling is not a forecast: it is the most that one breach may be fined, by the turnover of the whole group.",
    "No source here holds export rules on chips, state laws on models, or rules of countries other than those named.",
    "What controls win in sales and save in funding has been measured by nobody: the value is given without it too.",
    "Fines of different rules are taken as independent; claims for damages, orders to stop and lost trust are not counted.",
)


def rules(
    case: Path | str | None = None,
    *,
    company: str | None = None,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """Fines, burdens and bad years of a firm under rules, and what controls are worth by part.

    `case` is a file, or `preset:NAME`; without one the rules of December 2026. `company` is a ticker: the turnover of its
    last financial year in the facts takes the place of the case's. `sets` (`path=value`) edit the case.
    Raises CaseError for every fault of the case, located; InputError `unknown_name` for a company without turnover in the
    facts, `grid_too_short`.
    Source: the model's specification F; figures from the facts room.
    """
    run = run_rules(Path(case or f"{PREFIX}{DEFAULT_RULES}"), sets, _firm(company, workspace), workspace)
    found = run.values()
    values: dict[str, Cell] = {**found.values, "two_ways_apart": run.two_ways_apart}
    keys = {key for one in run.case.inputs.values() for key in one.facts}
    facts = used(cited_fields(keys, workspace).values())
    return Answer(
        question="rules",
        headline=Headline(
            "moat_npv_without_sales_effect", values["moat_npv_without_sales_effect"], "USD", story.headline(run)
        ),
        values=values,
        status=found.status,
        tables=tables(run),
        facts=facts,
        assumptions=assumptions_of_case(run.case.inputs),
        limits=LIMITS,
        notes=story.notes(run, company),
        charts=pictures(run, facts),
        screen=story.screen(run),
        units={name: "USD_per_year" for name in values if name.startswith(("expected_loss", "var_", "tvar_"))},
    )


def _firm(company: str | None, workspace: Path | str | None) -> tuple[Overlay, ...]:
    """The turnover of a company; no company of the facts is small or medium."""
    if company is None:
        return ()
    fact = group_turnover(known_on(None, workspace), company)
    turnover = overlay_of(f'firm.turnover={{value: {fact.value_in_base_unit!r}, fact: "{fact.key}"}}')
    return (turnover, overlay_of("firm.is_small_or_medium=false"))
