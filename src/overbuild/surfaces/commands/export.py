"""`overbuild export`: a question's numbers as a workbook with live formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from overbuild.surfaces.options import examples, overwrite_option
from overbuild.surfaces.streams import say, say_json

if TYPE_CHECKING:
    from overbuild.audit.book.book import Book

QUESTIONS = ("gap", "need")
"""Names that are questions, never files."""

KINDS = ("fleet",)
"""Kinds of case, which stand before their FILE; a FILE alone is a site."""


@click.command(
    epilog=examples("overbuild export my-site.yaml --xlsx my-site.xlsx", "overbuild export gap --xlsx gap.xlsx")
)
@click.argument("subject", metavar="[FILE|gap|need|fleet FILE]", nargs=-1)
@click.option("--preset", metavar="NAME", help="A case that ships, in the place of FILE (`overbuild new --list`).")
@click.option("--xlsx", "path", required=True, metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False),
              help="The workbook to write.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--as-of", metavar="DAY", help="For gap and need: only what was known on this day (YYYY-MM-DD).")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@overwrite_option
@click.option("--json", "as_json", is_flag=True, help="Say what was written as one JSON object.")
def export(
    subject: tuple[str, ...],
    preset: str | None,
    path: Path,
    overwrite: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """May I have the model: a workbook with live formulas of a site case (FILE), the gap, or what must be earned?

    FILE is a case of your own, or preset:NAME for one that ships; the case of a fleet is named by its kind: fleet FILE.

    Every named line is a row with one formula copied over the periods; inputs stand on one sheet with their sources;
    checks turn red where a change asks for a new export. The numbers are those of `overbuild site FILE`.
    """
    from overbuild.surfaces.workbook.write import check_book_path, write_book

    check_book_path(path, overwrite=overwrite)
    book = _book(_subject(subject, preset), **given)
    formulas = write_book(book, path, overwrite=overwrite)
    told = {"file": str(path), "formulas": formulas, "inputs": len(book.inputs), "checks": len(book.checks) + 2}
    if as_json:
        say_json(told)
        return
    say(f"{path}: {formulas:,} live formulas, {told['inputs']} inputs, {told['checks']} checks.")
    say("Change a blue cell of the sheet Inputs and the book follows; a red check says when to export again.")


class _Subject(NamedTuple):
    """What is to be exported: a kind (`site` for a bare FILE), and the case where the kind has one."""

    kind: str
    file: str


def _subject(given: tuple[str, ...], preset: str | None) -> _Subject:
    from overbuild.world.presets import PREFIX

    kinds = ", ".join(KINDS)
    named = (
        f"name one: a case FILE, gap, need, --preset NAME (`overbuild new --list`), or a kind ({kinds}) and its case"
    )
    kind, rest = ("site", given)
    if given and given[0] in (*QUESTIONS, *KINDS):
        kind, rest = given[0], given[1:]
    cases = [*rest, *([f"{PREFIX}{preset}"] if preset is not None else [])]
    if len(cases) != (0 if kind in QUESTIONS else 1):
        raise click.UsageError(named)
    return _Subject(kind, cases[0] if cases else "")


def _book(
    subject: _Subject, sets: tuple[str, ...], shocks: tuple[str, ...], as_of: str | None, workspace: Path | None
) -> Book:
    from overbuild.questions.export import case_book_of, gap_book, need_book, site_book

    if subject.kind in QUESTIONS:
        if sets or shocks:
            raise click.UsageError(f"--set and --shock go with a case file, not with {subject.kind}")
        return (gap_book if subject.kind == "gap" else need_book)(as_of=as_of, workspace=workspace)
    if as_of:
        raise click.UsageError("--as-of goes with gap and need; a case file says itself on which facts it leans")
    if subject.kind in KINDS:
        if shocks:
            raise click.UsageError(f"--shock goes with the case of a site; a {subject.kind} takes --set")
        return case_book_of(subject.kind, subject.file, sets=sets, workspace=workspace)
    return site_book(Path(subject.file), sets=sets, shocks=shocks, workspace=workspace)
