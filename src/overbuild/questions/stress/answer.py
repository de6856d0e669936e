"""How likely is a site to fail, how and when, and what does each of its lenders lose?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Assumption, Headline, Screen, Table
from overbuild.audit.cited_facts import facts_of
from overbuild.audit.kind_of_case import SITE, kind_of_case
from overbuild.errors import InputError
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.drivers.tables import driver_numbers_table, drivers_table
from overbuild.questions.prose import pct
from overbuild.questions.stress import story
from overbuild.questions.stress.case.answer import stress_case
from overbuild.questions.stress.drawn import assumptions_of_drivers, correlations_table, counts_of_origin
from overbuild.questions.stress.pictures import pictures
from overbuild.questions.stress.tables import MAIN, tables
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.run import STANDBY, stressed
from overbuild.stress.site_worlds.values import stress_values
from overbuild.stress.worlds.intervals import fewest_for
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings

LIMITS = (
    "A probability is of the worlds drawn here, from the drivers as they are given; it is not a rating or a forecast.",
    "Loans are sized on the case; no lender waives, no owner rescues beyond what the case promises.",
    "What no driver moves is as in the case in every world: demand beyond the contracts, technology, law, fraud.",
)


COMPLETION = (
    "Owners pay what building costs beyond the budget; the case does not say who does. It is as under a guarantee of "
    "completion, up to as much again as the uses."
)


def stress(
    file: Path | str,
    *,
    sets: Sequence[str] = (),
    shocks: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
    kind: str = "",
    bad: str = "",
) -> Answer:
    """Run a case over many worlds. Of a site: probability of default, losses of lenders, owners' value, what moves them.

    `kind` is that of the case; without it, that which its file shows. Of a kind other than a site, and of `bad`, see `stress_case`.

    `sets` (`path=value`) edit the case before its loans are sized, `shocks` depart from it afterwards, before anything is
    drawn. Money in USD, shares as decimals. Raises as `questions.site` and as `stressed`.
    """
    known = kind or kind_of_case(Path(file))
    if known != SITE:
        if shocks:
            raise InputError(
                "refused", "shock", ", ".join(shocks), f"a {known} takes --set: nothing of it is sized before"
            )
        return stress_case(known, file, sets=sets, settings=settings, workspace=workspace, progress=progress, bad=bad)
    if bad:
        raise InputError("refused", "bad", bad, "what is bad of a site is a default; `bad` is of other kinds of case")
    basis = run_case(Path(file), sets, shocks, workspace=workspace)
    return answered(stressed(basis, settings or StressSettings(), progress), workspace)


def answered(found: SiteDistribution, workspace: Path | str | None = None) -> Answer:
    """The answer of a site over many worlds."""
    values, facts = list(stress_values(found)), facts_of(found.basis.shocked, workspace)
    return Answer(
        question="stress",
        headline=Headline("p_default", found.default.value, "decimal", story.headline(found)),
        values={one.id: one.value for one in values},
        status={one.id: one.status for one in values if one.status},
        tables=(*tables(found), *_drawn(found), *correlations_table(found)),
        facts=facts,
        assumptions=(
            *_completion(found),
            *assumptions_of_drivers(found),
            *assumptions_of_case(found.basis.shocked.used),
        ),
        limits=(
            *story.copula(found),
            *_unfunded(found),
            *([COMPLETION] if found.owners_complete else []),
            *_judged(found),
            *LIMITS,
        ),
        notes=story.notes(found),
        charts=pictures(found, facts) if found.summary.counted >= FEWEST_DRAWN else (),
        units={one.id: one.unit for one in values},
        labels={one.id: one.label for one in values},
        screen=Screen(_main(found), story.ends(found), story.moves(found), "How it ends"),
    )


def _main(found: SiteDistribution) -> Table:
    """The table of the first screen: that of the lenders in USD, or that of the owners where there are none."""
    every = {one.name: one for one in tables(found)}
    table, left_out = (every[MAIN], _SHARES) if MAIN in every else (every["money"], _ENDS)
    return table._replace(columns=tuple(one for one in table.columns if one.key not in left_out))


_SHARES = ("expected_share", "worst_share")
_ENDS = ("p0.01", "p0.99", "missing")
"""Columns that the first screen leaves out."""


def _drawn(found: SiteDistribution) -> tuple[Table, ...]:
    """What is drawn, and what each of its numbers rests on."""
    if not found.uncertain.told:
        return ()
    return drivers_table(found.uncertain), driver_numbers_table(found.basis.shocked, found.uncertain)


def _completion(found: SiteDistribution) -> tuple[Assumption, ...]:
    """That owners complete the site, where the case does not say who pays what building costs beyond the budget."""
    if not found.owners_complete:
        return ()
    return (Assumption(STANDBY, found.basis.sizing.uses, "USD", None, None, "overbuild", COMPLETION),)


def _unfunded(found: SiteDistribution) -> tuple[str, ...]:
    """What is to be known where many worlds are lost while building: the case promises nothing beyond its budget."""
    chance = found.chance_of(["unfunded"]).value
    if not chance >= _OFTEN:
        return ()
    more = "" if found.basis.shocked.forms.is_short else " `--set funding.standby=USD` says what they would add."
    return (f"In {pct(chance)} of worlds building takes more than is committed; owners may pay it.{more}",)


_OFTEN = 0.01

FEWEST_DRAWN = fewest_for(0.95)
"""Worlds of which pictures are drawn: so many that 5 and 95% can be told."""


def _judged(found: SiteDistribution) -> tuple[str, ...]:
    counts = counts_of_origin(found)
    assumed, whole = counts.get("assumed", 0) + counts.get("bare", 0), sum(counts.values())
    if not assumed:
        return ()
    return (f"{assumed} of {whole} numbers of the drivers are assumed, not estimated. `--assumptions` lists them.",)
