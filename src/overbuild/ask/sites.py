"""A site, asked in Python: does it pay, is its case sound, in what do two differ, where does a number come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from overbuild.stress.worlds.settings import StressSettings

if TYPE_CHECKING:
    from overbuild.answer import Answer
    from overbuild.stress.functions.case_function import CaseFunction


def site(
    case: Path | str, *, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Does this site pay its lenders and owners, and how much debt can it carry?

    `sets` (`path=value`) edit the case before its loan is sized; `shocks` (`path=value`, or a YAML file) depart from it
    afterwards, on the schedule as sized. Money in USD, shares and rates as decimals, cover and break-evens as multiples.
    Raises CaseError for every fault of the files, located; InputError where the loan cannot be sized
    (`debt_exceeds_uses`, `infeasible_gearing`, `negative_amortisation`, `no_convergence`); WithheldError where the books
    of a period do not close.

    >>> from overbuild import ask
    >>> answer = ask.site("preset:single-loan-80-20", shocks=["site.pue=1.4"])
    >>> answer.headline.id, answer.headline.unit
    ('min_dscr', 'ratio')
    """
    from overbuild.questions.site import site as asked

    return asked(case, sets=sets, shocks=shocks, workspace=workspace)


def stress(
    case: Path | str,
    *,
    sets: Sequence[str] = (),
    shocks: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Callable[[int, int], None] | None = None,
    kind: str = "",
    bad: str = "",
) -> Answer:
    """How likely is this site to fail, how and when, and what does each of its lenders lose?

    Any other case (`kind`, or as its file shows): how likely is its result bad, how far does it spread, what moves it?
    `bad` says what is bad of it, such as `unit_npv<5000`.

    What is uncertain is what the case says (`drivers:`), or the defaults. `settings` say how many worlds are drawn and
    how; `progress` is told how many are done, of how many. Money in USD, probabilities as decimals.
    Raises InputError(s) for settings that cannot be (`out_of_range`, `not_power_of_two`, `other_run`, `not_writable`);
    CaseError for a driver that the case cannot take; else as `site`.

    >>> from overbuild import ask
    >>> answer = ask.stress("preset:single-loan-80-20", settings=ask.StressSettings(scenarios=500, threads=1))
    >>> answer.values["scenarios"], answer.values["failed"]
    (500, 0)
    """
    from overbuild.questions.stress import stress as asked

    return asked(
        case,
        sets=sets,
        shocks=shocks,
        settings=settings,
        workspace=workspace,
        progress=progress,
        kind=kind,
        bad=bad,
    )


def as_function(
    case: Path | str,
    outputs: Sequence[str],
    inputs: Sequence[str] | Mapping[str, Sequence[float]],
    *,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
    kind: str = "",
) -> CaseFunction:
    """The case as a plain function: a matrix of inputs in, a column of each result out, for other people's tools.

    `outputs` are ids of results, `inputs` paths of the case: with their bounds, or where the case gives a low and high
    by name alone. A site departs from its case after its loans are sized, as with a shock. Raises InputError for what
    cannot be named or bounded, CaseError for an input that shapes the case; else as the question of its kind.

    >>> from overbuild import ask
    >>> worth = ask.as_function("preset:h100", ["unit_npv"], {"market.rent": (1.0, 4.0), "unit.utilisation": (0.5, 0.9)})
    >>> worth([[2.53, 0.8], [2.0, 0.8]]).round().tolist(), worth.bounds
    ([[4596.0], [-3565.0]], [[1.0, 4.0], [0.5, 0.9]])
    """
    from overbuild.questions.stress.function import as_function as asked

    return asked(case, outputs, inputs, sets=sets, workspace=workspace, kind=kind)


def portfolio(
    file: Path | str,
    *,
    sets: Sequence[str] = (),
    settings: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answer:
    """What does a lender lose on all its sites together, and on whom does its book rest?

    `file` lists what is held: a site case each, the loan, the share or amount of it, and the lender's limits. All sites run
    in the same worlds. Money in USD, shares as decimals.
    Raises CaseError for every fault of the book and of its sites, located; InputError(s) for settings that cannot be.

    >>> from overbuild import ask
    >>> answer = ask.portfolio("preset:three-loans", settings=ask.StressSettings(scenarios=300, threads=1))
    >>> answer.values["loss_cvar_99"] <= answer.values["alone_cvar_99"] <= answer.values["exposure"]
    True
    """
    from overbuild.questions.portfolio import portfolio as asked

    return asked(file, sets=sets, settings=settings, workspace=workspace, progress=progress)


def check(case: Path | str, *, workspace: Path | str | None = None, kind: str = "") -> Answer:
    """Is this case sound, and where does each of its numbers come from? `kind` is its kind, or as its file shows.

    A value outside every source known for its quantity is no fault; it is named, with the sources.
    Raises CaseError for every fault at once, with file, line and column; InputError as `site`.

    >>> from overbuild import ask
    >>> ask.check("preset:single-loan-80-20").values["faults"]
    0
    """
    from overbuild.questions.check import check as asked

    return asked(case, workspace=workspace, kind=kind)


def compare(
    a: Path | str,
    b: Path | str,
    *,
    sets: Sequence[str] = (),
    worlds: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answer:
    """In what do two site cases differ: inputs, results, break-evens; with `worlds`, their distributions?

    `sets` (`path=value`) edit both cases before they are sized. A difference is that of B less that of A, in the unit of
    the value. `worlds` says how many worlds are drawn, the same for both. Raises as `site` (and `stress`), for either case.

    >>> from overbuild import ask
    >>> ask.compare("preset:leased-shell", "preset:leased-shell").values["values_differ"]
    0
    """
    from overbuild.questions.compare import compare as asked

    return asked(a, b, sets=sets, worlds=worlds, workspace=workspace, progress=progress)


def why(
    number: str,
    case: Path | str | None = None,
    *,
    depth: int = 2,
    shocks: Sequence[str] = (),
    as_of: str | None = None,
    workspace: Path | str | None = None,
    worlds: StressSettings | None = None,
) -> Answer:
    """Where does a number come from: formula, operands with values and units, inputs, facts with source and day?

    `number` is `gap:total_gap`, `site:cfads@2029Q3`, `site.pue`, `stress:p_default` or `fact:KEY`; a number of a site needs its
    `case`, one over many worlds draws `worlds` of it.
    `depth` counts levels of lines, 0 or more; inputs are always followed to their source. A break-even of a site leads to
    the inputs it moves. Raises InputError `unknown_name` with names that are close, `missing` where the case is, `negative` for the depth;
    else as the question that the number belongs to.

    >>> from overbuild import ask
    >>> ask.why("gap:total_gap", as_of="2026-01-17").headline.text
    'Total gap = -437bn USD a year (gap:total_gap)'
    """
    from overbuild.questions.why import why as asked

    return asked(number, case, depth=depth, shocks=tuple(shocks), as_of=as_of, workspace=workspace, worlds=worlds)
