"""The published analyses of a day, each recomputed, and our own model on the inputs of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.capital_charges import assets_of, capital_charges
from overbuild.ecosystem.claims.claims import VERDICTS, PublishedClaim, Verdict, verify
from overbuild.ecosystem.claims.preset import claimed_capex
from overbuild.ecosystem.claims.rows import claim_from_row
from overbuild.ecosystem.gap.preset import GapPreset, capex_parts
from overbuild.ecosystem.need.required_revenue import RequiredRevenue, required_revenue
from overbuild.errors import ClaimError, FactError, OverbuildError, did_you_mean, raise_all
from overbuild.facts.claim_tables import CLAIM_COLUMNS, read_claims, shipped_claims, workspace_claims, write_claims
from overbuild.facts.entry.alone import prepared_alone
from overbuild.facts.entry.log import Entering, log_rows
from overbuild.facts.period import is_day
from overbuild.facts.typed_tables import TypedRow
from overbuild.foreign.how_written import HowWritten
from overbuild.units import inside
from overbuild.world.arithmetic import evaluate, parse


class CheckedClaim(NamedTuple):
    """A claim and what became of it."""

    claim: PublishedClaim
    verdict: Verdict


def known_claims(as_of: str | None = None, workspace: Path | None = None) -> tuple[CheckedClaim, ...]:
    """Every published analysis known on a day, recomputed. The table's own column of verdicts is never read.

    Raises every fault of the lists at once; FactError `bad_period` for a day that is none.
    """
    if as_of is not None and not is_day(as_of):
        raise FactError("bad_period", "as_of", as_of, "a date is a day of the calendar written YYYY-MM-DD")
    found = _checked([*shipped_claims(), *(workspace_claims(workspace) if workspace else ())], [], list)
    return tuple(one for one in found if as_of is None or one.claim.known_at <= as_of)


def known_claim(claim_id: str, as_of: str | None = None, workspace: Path | None = None) -> CheckedClaim:
    """One of them. Raises ClaimError `unknown_name` with close ids, and as `known_claims`."""
    found = {one.claim.id: one for one in known_claims(as_of, workspace)}
    if claim_id not in found:
        hint = f"no such published analysis.{did_you_mean(claim_id, found)} `overbuild claims` lists all"
        raise ClaimError("unknown_name", "claim", claim_id, hint)
    return found[claim_id]


class AddedClaims(NamedTuple):
    """The claims that were entered, and what was converted to read them, a sentence each."""

    checked: tuple[CheckedClaim, ...]
    converted: tuple[str, ...]


def add_claims(file: Path, workspace: Path, written: HowWritten | None = None) -> AddedClaims:
    """Enter a list of claims into a workspace: all of them, or none if one is at fault, while no other process does.

    Raises every fault of form and arithmetic at once, with file and line.
    """
    from overbuild.foreign.table import read_foreign  # late: questions that enter nothing never need it

    foreign = read_foreign(file, CLAIM_COLUMNS, written)
    raise_all(foreign.faults)
    rows, faults = read_claims(foreign)
    found = _checked(rows, faults, foreign.located)

    def standing() -> tuple[TypedRow, ...]:
        return workspace_claims(workspace) if workspace.is_dir() else ()

    def check_ids(before: Sequence[TypedRow]) -> None:
        taken = {row.cells["id"] for row in before}
        again = [row for row in rows if row.cells["id"] in taken]
        hint = "the workspace has this id"
        raise_all([ClaimError("duplicate", "id", row.cells["id"], hint, file=row.file, line=row.line) for row in again])

    with prepared_alone(workspace, standing, check_ids) as (before, _):
        write_claims(workspace, [*before, *rows])
        authors = (one.claim.author for one in found)
        log_rows(workspace, Entering("claims add", "claims", file, len(before)), authors)
    return AddedClaims(found, foreign.converted)


def count_by_verdict(checked: Sequence[CheckedClaim]) -> dict[str, int]:
    """How many claims met each verdict."""
    return {verdict: sum(one.verdict.verdict == verdict for one in checked) for verdict in VERDICTS}


def on_our_model(claim: PublishedClaim, preset: GapPreset) -> RequiredRevenue | None:
    """What must be earned on the capex a claim names, by our capital charge; None where it names none. USD.

    A life that the claim gives is that of every class of asset. Running cost is not in it.
    """
    says = claimed_capex().get(claim.id)
    if says is None:
        return None
    billions, _ = evaluate(parse(says.capex), claim.inputs)
    parts = capex_parts(preset)
    if says.life_years:
        parts = tuple(part._replace(life_years=claim.inputs[says.life_years]) for part in parts)
    assets = assets_of(parts, inside(billions, "USD_bn"))
    charges = capital_charges(assets, preset.hurdle_per_year.value, preset.tax_rate.value)
    return required_revenue(charges, 0.0, tuple(claim.inputs[name] for name in says.margins))


def _checked(
    rows: Sequence[TypedRow],
    faults: Sequence[OverbuildError],
    located: Callable[[Sequence[OverbuildError]], Sequence[OverbuildError]],
) -> tuple[CheckedClaim, ...]:
    """The claims of some rows, recomputed. Raises the faults already known and those of the rows at once, each at its place."""
    found: list[CheckedClaim] = []
    wrong = list(faults)
    for row in rows:
        claim, of_row = claim_from_row(row.cells, row.file, row.line)
        wrong += of_row
        if claim is not None:
            try:
                found.append(CheckedClaim(claim, verify(claim)))
            except ClaimError as error:
                error.file, error.line, error.path = row.file, row.line, f"{claim.id}: expression"
                wrong.append(error)
    raise_all(located(wrong))
    return tuple(found)
