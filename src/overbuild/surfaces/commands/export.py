"""`overbuild export`: a question's numbers as a workbook with live formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overbuild.surfaces.options import examples, overwrite_option
from overbuild.surfaces.streams import say, say_json

if TYPE_CHECKING:
    from overbuild.audit.book.book import Book

QUESTIONS = ("gap", "need", "contagion")
"""Names that are questions, never files."""


@click.command(
    epilog=examples(
        "overbuild export my-site.yaml --xlsx my-site.xlsx",
        "overbuild export gap --xlsx gap.xlsx",
        "overbuild export contagion --fail OPENAI --xlsx openai.xlsx",
    )
)
@click.argument("subject", metavar="[FILE|gap|need|contagion]", required=False)
@click.option("--preset", metavar="NAME", help="A case that ships, in the place of FILE (`overbuild new --list`).")
@click.option("--xlsx", "path", required=True, metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False),
              help="The workbook to write.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--fail", "fails", multiple=True, metavar="ID", help="For contagion: an entity that is taken to fail.")
@click.option("--as-of", metavar="DAY", help="For a question: only what was known on this day (YYYY-MM-DD).")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@overwrite_option
@click.option("--json", "as_json", is_flag=True, help="Say what was written as one JSON object.")
def export(
    subject: str | None,
    preset: str | None,
    path: Path,
    overwrite: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """May I have the model: a workbook with live formulas of a site case (FILE), the gap, or what must be earned?

    FILE is a case of your own, or preset:NAME for one that ships.

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


def _subject(subject: str | None, preset: str | None) -> str:
    from overbuild.world.presets import PREFIX

    if (subject is None) == (preset is None):
        raise click.UsageError("name one: a case FILE, gap, need, contagion, or --preset NAME (`overbuild new --list`)")
    return subject if subject is not None else f"{PREFIX}{preset}"


def _book(
    subject: str,
    sets: tuple[str, ...],
    shocks: tuple[str, ...],
    as_of: str | None,
    workspace: Path | None,
    fails: tuple[str, ...],
) -> Book:
    from overbuild.questions.export import gap_book, need_book, site_book

    if fails and subject != "contagion":
        raise click.UsageError(f"--fail goes with contagion, not with {subject}")
    if subject == "contagion":
        return _contagion_book(sets, shocks, fails, as_of)
    if subject not in QUESTIONS:
        if as_of:
            raise click.UsageError("--as-of goes with questions; a case file says itself on which facts it leans")
        return site_book(Path(subject), sets=sets, shocks=shocks, workspace=workspace)
    if sets or shocks:
        raise click.UsageError(f"--set and --shock go with a case file, not with {subject}")
    return (gap_book if subject == "gap" else need_book)(as_of=as_of, workspace=workspace)


def _contagion_book(sets: tuple[str, ...], shocks: tuple[str, ...], fails: tuple[str, ...], as_of: str | None) -> Book:
    from overbuild.questions.export import contagion_book
    from overbuild.surfaces.commands.contagion import fall_of

    if sets:
        raise click.UsageError("--set goes with a case file, not with contagion")
    falls = [fall_of(one) for one in shocks]
    if len(falls) > 1 or not (fails or falls):
        raise click.UsageError("say what happens: --fail ID, or one --shock ai_revenue=-40%")
    return contagion_book(fail=fails, ai_revenue=falls[0] if falls else 0.0, as_of=as_of)
