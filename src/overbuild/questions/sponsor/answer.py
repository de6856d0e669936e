"""What of a sponsor's own model is a case, what is left of it, and do the two agree?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen, Table
from overbuild.audit.sponsor.draft import BASE, Drafted, Tied, drafted, tied_out
from overbuild.audit.sponsor.mapping import map_text, read_map
from overbuild.errors import CaseError, OverbuildError
from overbuild.files import check_path, write_whole
from overbuild.questions.columns import Fill, column, table
from overbuild.questions.prose import m, times
from overbuild.site.case_run import run_case
from overbuild.world.worksheet.yaml_text import yaml_text

LIMITS = (
    "Labels are recognised by a list of words and by nothing else; what is not on it is listed with its cell, and a map can name it.",
    "Formulas of the model are not run: its numbers are those that it was saved with, a circular reference among them.",
    "What the model does not say stays that of the preset; the case is the sponsor's only as far as the table of what was taken.",
)

_TAKEN = (
    column("input", "input"),
    column("cell", "cell"),
    column("label", "its label"),
    column("read", "stands there", fill=lambda one: str(one.read)),
    column("said", "unit there"),
    column("value", "taken as", fill=lambda one: str(one.value)),
)
_LEFT = (
    column("cell", "cell"),
    column("label", "its label"),
    column("read", "stands there"),
    column("why", "not taken as it"),
)
_TIED = (
    column("row", "row"),
    column("year", "year", fill=lambda one: str(one.year)),
    column("sponsor", "sponsor", "USD_m"),
    column("case", "case", "USD_m"),
    column("difference", "case less sponsor", "USD_m"),
)
_NAMED = 8
_YEARS = 12
"""How many of the numbers that are not taken, and how many years, the first screen shows."""


def from_model(
    model: Path | str,
    out: Path | str,
    *,
    preset: str | None = None,
    chosen: Path | str | None = None,
    save_map: Path | str | None = None,
    overwrite: bool = False,
) -> Answer:
    """Draft a case from a sponsor's model, write it, and tie its cash and debt service out.

    `chosen` is a map that names cells, `save_map` where the map of all that was taken is written. Raises CaseError for
    the model and the map, InputError as `overbuild.files` for what is to be written.
    """
    model, out = Path(model), Path(out)
    for path, name in ((out, "FILE"), (save_map, "--save-map")):
        if path is not None:
            check_path(Path(path), name, overwrite=overwrite)
    found = drafted(model, out.stem, preset or BASE, None if chosen is None else read_map(Path(chosen)))
    if not found.found.inputs:
        hint = "no labelled number of it is an input by the list of words: name the cells in a map (--map)"
        raise CaseError("missing", "--from-xlsx", str(model), hint, file=str(model))
    write_whole(out, yaml_text(found.tree).encode("utf-8"), "FILE", overwrite=overwrite)
    if save_map is not None:
        write_whole(
            Path(save_map), map_text(found.found, model.name).encode("utf-8"), "--save-map", overwrite=overwrite
        )
    try:
        tied, fault = tied_out(found.found, run_case(out)), ""
    except OverbuildError as error:
        tied, fault = (), f"The case cannot be run yet: {error}"
    return _answer(found, tied, fault, model.name)


def _answer(found: Drafted, tied: tuple[Tied, ...], fault: str, model: str) -> Answer:
    taken, left = found.found.inputs, found.found.left
    text = (
        f"{times(len(taken), 'input')} of the case {'is' if len(taken) == 1 else 'are'} taken from {model}, "
        f"{times(len(left), 'labelled number')} of it not; {times(len(found.kept), 'input')} stay those of the preset. {_agreement(tied)}"
    )
    values: dict[str, Cell] = {
        "inputs.taken": len(taken),
        "inputs.kept": len(found.kept),
        "model.left": len(left),
        **{f"tie_out.{row}": _most(tied, row) for row in sorted({one.row for one in tied})},
    }
    shown = table("tie_out", "The sponsor's rows beside the case, by calendar year", _TIED, tied)
    inputs = table("taken", "Taken from the model", _TAKEN, taken)
    told = [f"{one.cell}: {one.label} ({one.read}) {one.why}." for one in left]
    more = [f"And {times(len(told) - _NAMED, 'number')} more (--full)."] if len(told) > _NAMED else []
    return Answer(
        question="from_model",
        headline=Headline("inputs.taken", len(taken), "count", text),
        values=values,
        status={},
        tables=(
            inputs,
            table("left", "In the model, and not taken", _LEFT, left),
            shown,
            table("kept", "Stays that of the preset", (column("input", "input", fill=lambda one: one),), found.kept),
        ),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        notes=(fault,) if fault else (),
        screen=Screen(
            _beside(tied) if tied else inputs,
            (*((fault,) if fault else ()), *told[:_NAMED], *more),
            moves_title="In the model, and not taken",
        ),
    )


def _beside(tied: tuple[Tied, ...]) -> Table:
    """The years that the sponsor's model has, a row each: both rows of both."""
    found = {(one.row, one.year): one for one in tied}
    years = sorted({one.year for one in tied if one.sponsor is not None})[:_YEARS]

    def of(row: str, name: str) -> Fill:
        def fill(year: int) -> Cell:
            one = found.get((row, year))
            return None if one is None else getattr(one, name)

        return fill

    columns = [column("year", "year", fill=str)]
    for row, said in (("cfads", "CFADS"), ("debt_service", "debt service")):
        if any(one.row == row for one in tied):
            columns += [
                column(f"{row}.{name}", f"{said}: {name}", "USD_m", of(row, name))
                for name in ("sponsor", "case", "difference")
            ]
    return table("beside", "The sponsor's rows beside the case (difference: the case less the sponsor)", columns, years)


def _agreement(tied: tuple[Tied, ...]) -> str:
    rows = sorted({one.row for one in tied})
    if not rows:
        return "No row of CFADS or debt service was found to tie out."
    said = [
        f"{row.upper() if row == 'cfads' else row.replace('_', ' ')} by at most {m(_most(tied, row) or 0.0)} USD in a year"
        for row in rows
    ]
    return f"The case differs from the sponsor's {' and '.join(said)}."


def _most(tied: tuple[Tied, ...], row: str) -> float | None:
    found = [abs(one.difference) for one in tied if one.row == row and one.difference is not None]
    return max(found, default=None)
