"""Does this site pay its lenders and owners; how much debt can it carry?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.errors import InputErrors, OverbuildError, did_you_mean, raise_all
from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import keyed_rows
from overbuild.questions.answer import Answer, Assumption, Cell, FactUsed, Headline
from overbuild.questions.site import story, tables
from overbuild.questions.site.basis import Basis, measure
from overbuild.questions.site.leases import lease_note, lease_values
from overbuild.questions.site.outside import outside_sources, outside_table
from overbuild.questions.site.tranches import tranche_values
from overbuild.site.case_plan import SiteCase, read_site_case
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
    return answered(measure(Path(file), sets, shocks), workspace)


def answered(basis: Basis, workspace: Path | str | None = None) -> Answer:
    """The answer of a site as run, with its break-evens. Raises CaseError `unknown_name` for a fact that is not."""
    from overbuild.questions.breakeven import breakeven

    facts = facts_of(basis.sized, workspace)
    values, status = _values(basis)
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
        notes=(*breaks.notes, *story.notes(basis), *lease_note(basis.run)),
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


def facts_of(case: SiteCase, workspace: Path | str | None = None) -> tuple[FactUsed, ...]:
    """The facts that inputs cite, checked to exist. Raises CaseError `unknown_name` for each that does not."""
    cited = [one for one in case.inputs.values() if one.fact]
    if not cited:
        return ()
    known = _known_facts(workspace)
    faults = [
        one.place.fault("unknown_name", f"{one.path}.fact", f"no such fact.{did_you_mean(one.fact, known)}", one.fact)
        for one in cited
        if one.fact.removeprefix("fact:") not in known
    ]
    raise_all(faults)
    found = {known[one.fact.removeprefix("fact:")] for one in cited}
    return tuple(sorted(found))


def _known_facts(workspace: Path | str | None) -> dict[str, FactUsed]:
    ledger = load_ledger(workspace)
    known = {f.key: FactUsed(f.key, f.source, f.known_at, f.known_at_precision) for f in ledger.facts}
    for key, row in keyed_rows().items():
        known[key] = FactUsed(key, row.cells["source"], row.cells["known_at"], row.cells["known_at_precision"])
    return known


def _values(basis: Basis) -> tuple[dict[str, Cell], dict[str, str]]:
    run, found = basis.run, basis.run.results
    has_debt, covered = float(found.debt) > 0, float(found.covered_periods) > 0
    place = run.min_dscr_period
    failed = run.defaulted_in
    values: dict[str, Cell] = {
        "min_dscr": float(found.min_dscr) if covered else None,
        "min_dscr_period": basis.label(place) if place else None,
        "min_dscr_12m": float(found.min_dscr_12m) if covered else None,
        "avg_dscr": float(found.avg_dscr) if covered else None,
        "llcr": float(found.llcr) if has_debt and not failed else None,
        "plcr": float(found.plcr) if has_debt and not failed else None,
        "wal_years": float(found.wal_years) if has_debt else None,
        "debt": float(found.debt),
        "uses": float(found.uses),
        "equity": float(found.equity),
        "debt_share": float(found.debt_share),
        "equity_irr_per_year": run.equity_irr.per_year,
        "equity_npv": float(found.equity_npv),
        "moic": float(found.moic) if float(found.equity) > 0 else None,
        "project_irr_per_year": run.project_irr_post_tax.per_year,
        "project_irr_pre_tax_per_year": run.project_irr_pre_tax.per_year,
        "default_period": basis.label(failed) if failed else None,
        "lgd": float(found.loss_given_default) if failed else None,
    }
    why = {
        name: "no debt service" for name in ("min_dscr", "min_dscr_period", "min_dscr_12m", "avg_dscr") if not covered
    }
    why |= {name: "no debt" for name in ("llcr", "plcr", "wal_years") if not has_debt}
    rates = {
        "equity_irr_per_year": run.equity_irr,
        "project_irr_per_year": run.project_irr_post_tax,
        "project_irr_pre_tax_per_year": run.project_irr_pre_tax,
    }
    why |= {name: one.status for name, one in rates.items() if one.status != "ok"}
    if failed and has_debt:
        why |= dict.fromkeys(
            ("llcr", "plcr"), "the loan does not live to its maturity; cash after the default is not counted"
        )
    if values["moic"] is None:
        why["moic"] = "no equity is paid in"
    if not failed:
        why |= {"default_period": "no default", "lgd": "no default"}
    leased, unsaid = lease_values(run)
    values |= leased
    why |= unsaid
    told, reasons = tranche_values(run)
    return {**values, **told}, {**why, **reasons}


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
