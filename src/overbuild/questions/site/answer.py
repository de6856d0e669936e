"""Does this site pay its lenders and owners; how much debt can it carry?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer, Assumption, Headline, Screen
from overbuild.audit.cited_facts import facts_of
from overbuild.audit.deciding import breaks_and_deciding
from overbuild.questions.assumptions import assumptions_of_case
from overbuild.questions.site import story
from overbuild.questions.site.course import notes
from overbuild.questions.site.pictures import pictures
from overbuild.questions.site.published import published_note
from overbuild.questions.site.tables import ANNUAL, MAIN, Told, tables, without_debt
from overbuild.questions.site.values import words_of_values
from overbuild.site.case.peers.outside import outside_sources
from overbuild.site.case.peers.quantities import shown
from overbuild.site.case.read import SiteCase
from overbuild.site.case_run import CaseRun, run_case
from overbuild.site.sizing.debt_capacity import ASSUMED_DSCR
from overbuild.stress.site_breaks import SiteBreaks
from overbuild.world.sourced import Sourced

LIMITS = (
    "Loans are fixed at close on the case as written; a shock moves cash, not them. So are their schedules.",
    "A cover ratio is arithmetic on the case's own inputs, not a rating. It must not be called one.",
    "No test and no distribution before the last planned completion, though a first phase may earn for years.",
    "Taxes are United States federal style with a state rate, by tax year; there is no deferred tax in the balance sheet.",
    "A lease is rent and its liability, not debt of the cover ratios. Credit of a vendor is entered as a loan on its "
    "equipment.",
)


def site(
    file: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Run a site case: cover, returns, outcome and loss, with every line of every period.

    `sets` (`path=value`) edit the case before its loans are sized; `shocks` (`path=value` or a YAML file) depart from
    it afterwards, on amounts and schedules as sized. Money in USD, shares and rates as decimals; break-evens as
    multiples of the case, or as additions to rates and costs.
    Raises CaseError for every fault of the files, located; InputError where the loans cannot be sized
    (`debt_exceeds_uses`, `negative_amortisation`, `no_convergence`); WithheldError when the books of a period do not
    close.
    """
    return answered(run_case(Path(file), sets, shocks, workspace=workspace), workspace)


def answered(basis: CaseRun, workspace: Path | str | None = None) -> Answer:
    """The answer of a site as run, with its break-evens and what decides it."""
    facts = facts_of(basis.sized, workspace)
    values, status = basis.results
    breaks, decides = breaks_and_deciding(basis)
    measure = "equity_npv" if basis.run.min_dscr is None else "min_dscr"
    shown, words = tables(Told(basis, breaks, decides)), tuple(words_of_values(basis.run, breaks))
    moves = story.moves(basis, breaks)
    years = next(one for one in shown if one.name == ANNUAL)
    return Answer(
        question="site",
        headline=Headline("min_dscr", values["min_dscr"], "ratio", story.headline(basis, breaks)),
        values={**values, **breaks.values()},
        status={**status, **breaks.status()},
        tables=shown,
        facts=facts,
        assumptions=(*assumptions_of_case(basis.shocked.used), *_asked_cover(breaks)),
        limits=(*_amiss(basis, workspace), *LIMITS, *_unsourced(basis.shocked)),
        notes=(*published_note(basis), *notes(basis, breaks, moves)),
        charts=pictures(basis, facts),
        units={one.id: one.unit for one in words},
        labels={one.id: one.label for one in words},
        screen=Screen(
            table=without_debt(years) if basis.run.min_dscr is None else MAIN,
            moves=moves,
            decides=story.decides(decides, measure),
            moves_title="What breaks it",
        ),
    )


def _asked_cover(breaks: SiteBreaks) -> tuple[Assumption, ...]:
    if not breaks.capacity.assumed:
        return ()
    reason = "The case asks for no cover; the debt that it can carry is sculpted to this."
    return (Assumption("debt_capacity.target_dscr", ASSUMED_DSCR, "ratio", None, None, "overbuild", reason),)


def _unsourced(case: SiteCase) -> tuple[str, ...]:
    bare: list[Sourced] = [one for one in case.used.values() if one.origin == "case" and isinstance(one.value, float)]
    if not bare:
        return ()
    if len(bare) == 1:
        return ("1 number of the case names neither a fact nor a reason; `overbuild check` lists it.",)
    return (f"{len(bare)} numbers of the case name neither a fact nor a reason; `overbuild check` lists them.",)


def _amiss(basis: CaseRun, workspace: Path | str | None) -> tuple[str, ...]:
    """What a reader should know of the inputs before all else: a size without its costs, values outside every source."""
    said: list[str] = []
    moved = [path for path, _ in (*basis.edits, *basis.shocks)]
    if any(path.endswith("it_mw") for path in moved) and not any(path.startswith("components") for path in moved):
        size = ", ".join(path for path in moved if path.endswith("it_mw"))
        said.append(f"{size} is changed and no component with it: hall, plant and GPUs cost what they cost before.")
    outside = [one for one in outside_sources(basis.shocked, workspace) if not one.kept]
    if outside:
        unit = outside[0].quantity.unit
        ends = f"{shown(outside[0].low, unit, bare=True)} to {shown(outside[0].high, unit)}"
        first = f"{outside[0].quantity.label.rstrip(',')} is {shown(outside[0].value, unit)}, sources say {ends}"
        count = "1 input lies" if len(outside) == 1 else f"{len(outside)} inputs lie"
        said.append(f"{count} outside every source known: {first}. `overbuild check` names all.")
    return tuple(said)
