"""Does this site pay its lenders and owners; how much debt can it carry?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Assumption, Headline
from overbuild.audit.cited_facts import facts_of
from overbuild.old_site.case.read import SiteCase
from overbuild.old_site.case_run import CaseRun, run_case
from overbuild.old_site.sizing.debt_capacity import ASSUMED_DSCR
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.site import story
from overbuild.questions.site.tables import tables
from overbuild.stress.site_breaks import SiteBreaks, breaks_of
from overbuild.world.sourced import Sourced

LIMITS = (
    "Senior loans by rank and a mezzanine behind them; a lease is rent and its liability, not debt of the cover ratios. "
    "Credit of a vendor is entered as a loan on its equipment; several contracts as one, with their mean price.",
    "The schedule of each loan is fixed at close on the case as written; a shock moves cash, not the schedule.",
    "Taxes are United States federal style with one rate; there is no deferred tax in the balance sheet.",
    "A cover ratio is arithmetic on the case's own inputs. It is not a rating and must not be called one.",
)


def site(
    file: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Run a site case: cover, returns, default and loss, with every line of every period.

    `sets` (`path=value`) edit the case before its loan is sized; `shocks` (`path=value` or a YAML file) depart from
    it afterwards, on the schedule as sized. Money in USD, shares and rates as decimals; break-evens as multiples.
    Raises CaseError for every fault of the files, located; InputError where the loan cannot be sized
    (`debt_exceeds_uses`, `infeasible_gearing`, `negative_amortisation`, `no_convergence`); WithheldError when the
    books of a period do not close.
    """
    return answered(run_case(Path(file), sets, shocks, workspace=workspace), workspace)


def answered(basis: CaseRun, workspace: Path | str | None = None) -> Answer:
    """The answer of a site as run, with its break-evens."""
    facts = facts_of(basis.sized, workspace)
    values, status = basis.results
    breaks = breaks_of(basis.run)
    said = f"{story.headline(basis)} {story.break_headline(breaks)}".rstrip()
    return Answer(
        question="site",
        headline=Headline("min_dscr", values["min_dscr"], "ratio", said),
        values={**values, **breaks.values()},
        status={**status, **breaks.status()},
        tables=tables(basis, breaks),
        facts=facts,
        assumptions=(*assumptions_of_case(basis.shocked.inputs), *_asked_cover(breaks)),
        limits=(*LIMITS, *_unsourced(basis.shocked)),
        notes=(*story.break_notes(basis, breaks), *story.notes(basis), *story.lease_note(basis)),
        charts=story.pictures(basis),
    )


def _asked_cover(breaks: SiteBreaks) -> tuple[Assumption, ...]:
    if not breaks.capacity.assumed:
        return ()
    reason = "The case asks for no cover; the debt that it can carry is sculpted to this."
    return (Assumption("debt_capacity.target_dscr", ASSUMED_DSCR, "ratio", None, None, "overbuild", reason),)


def _unsourced(case: SiteCase) -> tuple[str, ...]:
    bare: list[Sourced] = [one for one in case.inputs.values() if one.origin == "case" and isinstance(one.value, float)]
    if not bare:
        return ()
    return (f"{len(bare)} numbers of the case name neither a fact nor a reason; `overbuild check` lists them.",)
