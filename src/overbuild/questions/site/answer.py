"""Does this site pay its lenders and owners; how much debt can it carry?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.audit.cited_facts import facts_of
from overbuild.errors import InputErrors, OverbuildError
from overbuild.questions.answer import Answer, Assumption, Cell, Headline
from overbuild.questions.site import story, tables
from overbuild.questions.site.outside import outside_sources, outside_table
from overbuild.site.case_plan import SiteCase, read_site_case
from overbuild.site.case_run import CaseRun, run_case
from overbuild.site.sizing import size
from overbuild.world.sourced import Sourced

LIMITS = (
    "Senior loans by rank and a mezzanine behind them; a lease is rent and its liability, not debt of the cover ratios. "
    "Credit of a vendor is entered as a loan on its equipment; several contracts as one, with their mean price.",
    "The schedule of each loan is fixed at close on the case as written; a shock moves cash, not the schedule.",
    "Taxes are United States federal style with one rate; there is no deferred tax in the balance sheet.",
    "A cover ratio is arithmetic on the case's own inputs. It is not a rating and must not be called one.",
)

CHECK_LIMITS = (
    "A file without a fault can still be a poor case: a value inside the range of its sources is not thereby right.",
    "Sources are those of the package and the workspace; for a quantity that none speaks of, nothing is said.",
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
    return answered(run_case(Path(file), sets, shocks), workspace)


def answered(basis: CaseRun, workspace: Path | str | None = None) -> Answer:
    """The answer of a site as run, with its break-evens. Raises CaseError `unknown_name` for a fact that is not."""
    from overbuild.questions.breakeven import breakeven

    facts = facts_of(basis.sized, workspace)
    values, status = basis.results
    breaks = breakeven(basis)
    return Answer(
        question="site",
        headline=Headline(
            "min_dscr", values["min_dscr"], "ratio", f"{story.headline(basis)} {breaks.headline}".rstrip()
        ),
        values={**values, **breaks.values},
        status={**status, **breaks.status},
        tables=(*breaks.tables, *tables.tables(basis)),
        facts=facts,
        assumptions=(*_assumptions(basis.shocked), *breaks.assumptions),
        limits=(*LIMITS, *_unsourced(basis.shocked)),
        notes=(*breaks.notes, *story.notes(basis), *story.lease_note(basis)),
        charts=story.pictures(basis),
    )


def check(file: Path | str, *, workspace: Path | str | None = None) -> Answer:
    """Check a site case: every fault at once with its place; without one, every input with where it comes from.

    A value outside every source known for its quantity is no fault: it is named with its place and the sources, and
    with the case's reason where it gives one (`outside_sources` counts those that give none).
    """
    case = read_site_case(Path(file))
    try:
        size(case.plan)
    except OverbuildError as error:
        raise case.locate(error) from None
    facts = facts_of(case, workspace)
    outside = outside_sources(case, workspace)
    unexplained = sum(not one.kept for one in outside)
    counts = {
        origin: sum(one.origin == origin for one in case.inputs.values()) for origin in ("fact", "assumption", "case")
    }
    text = (
        f"{case.name}: no fault. {len(case.inputs)} inputs: {counts['fact']} from facts or sources, "
        f"{counts['assumption']} named assumptions, {counts['case']} with neither. "
        f"{_outside_words(len(outside), unexplained)}"
    )
    values: dict[str, Cell] = {
        "faults": 0,
        "outside_sources": unexplained,
        "outside_sources.kept": len(outside) - unexplained,
        "inputs": len(case.inputs),
        **{f"inputs.{k}": n for k, n in counts.items()},
    }
    return Answer(
        question="check",
        headline=Headline("faults", 0, "count", text),
        values=values,
        status={},
        tables=(tables.inputs_table(case), outside_table(outside)),
        facts=facts,
        assumptions=_assumptions(case),
        limits=CHECK_LIMITS,
        notes=tuple(one.text for one in outside),
    )


def _outside_words(count: int, unexplained: int) -> str:
    if not count:
        return "No value lies outside every source known for it."
    values = "1 value" if count == 1 else f"{count} values"
    return f"Outside every source known: {values}, {count - unexplained} kept for a reason."


def _assumptions(case: SiteCase) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(one.path, float(one.value), "", one.low, one.high, one.author, one.reason)
        for one in case.inputs.values()
        if one.origin == "assumption" and isinstance(one.value, int | float)
    )


def _unsourced(case: SiteCase) -> tuple[str, ...]:
    bare: list[Sourced] = [one for one in case.inputs.values() if one.origin == "case" and isinstance(one.value, float)]
    if not bare:
        return ()
    return (f"{len(bare)} numbers of the case name neither a fact nor a reason; `overbuild check` lists them.",)


def all_faults(error: OverbuildError) -> tuple[OverbuildError, ...]:
    """An error's parts: itself, or the errors it gathers."""
    return error.errors if isinstance(error, InputErrors) else (error,)
