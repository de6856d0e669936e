"""`overbuild export`: a question's numbers as a workbook with live formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overbuild.surfaces.options import examples, overwrite_option
from overbuild.surfaces.streams import say, say_json

if TYPE_CHECKING:
    from overbuild.audit.book.book import Book

QUESTIONS = ("gap", "need", "company", "companies")
"""Names that are questions, never files."""


@click.command(
    epilog=examples(
        "overbuild export my-site.yaml --xlsx my-site.xlsx",
        "overbuild export gap --xlsx gap.xlsx",
        "overbuild export company AMZN --life 4 --xlsx amzn.xlsx",
    )
)
@click.argument("subject", metavar="[FILE|gap|need|company|companies]", required=False)
@click.argument("tickers", metavar="[TICKER]...", nargs=-1)
@click.option("--preset", metavar="NAME", help="A case that ships, in the place of FILE (`overbuild new --list`).")
@click.option("--xlsx", "path", required=True, metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False),
              help="The workbook to write.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--as-of", metavar="DAY", help="Of a question: only what was known on this day (YYYY-MM-DD).")
@click.option("--life", type=float, help="With company: another life of its servers, in years.")
@click.option("--price", type=float, help="With company: price of a share in USD, explained by growth of revenue.")
@click.option("--shares", type=float, help="With --price: shares outstanding.")
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
    """May I have the model: a workbook with live formulas of a site case (FILE), the gap, what must be earned, or companies?

    FILE is a case of your own, or preset:NAME for one that ships. `company TICKER` is one company with a change of life
    and, with --price, what its price asks; `companies` the measures of several, those of `overbuild companies` unless named.

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
        raise click.UsageError("name one: a case FILE, gap, need, or --preset NAME (`overbuild new --list`)")
    return subject if subject is not None else f"{PREFIX}{preset}"


def _book(
    subject: str,
    tickers: tuple[str, ...],
    sets: tuple[str, ...],
    shocks: tuple[str, ...],
    as_of: str | None,
    workspace: Path | None,
    **own: float | None,
) -> Book:
    from overbuild.questions.export import gap_book, need_book, site_book

    _check_options(subject, tickers, bool(sets or shocks), as_of, any(one is not None for one in own.values()))
    if subject in ("company", "companies"):
        return _company_book(subject, tickers, as_of, workspace, own)
    if subject not in QUESTIONS:
        return site_book(Path(subject), sets=sets, shocks=shocks, workspace=workspace)
    return (gap_book if subject == "gap" else need_book)(as_of=as_of, workspace=workspace)


def _check_options(subject: str, tickers: tuple[str, ...], edited: bool, as_of: str | None, own: bool) -> None:
    """Refuse options and tickers that do not go with what is exported."""
    if subject not in QUESTIONS and as_of:
        raise click.UsageError("--as-of goes with a question; a case file says itself on which facts it leans")
    if subject in QUESTIONS and edited:
        raise click.UsageError(f"--set and --shock go with a case file, not with {subject}")
    if own and subject != "company":
        raise click.UsageError("--life, --price and --shares go with company TICKER")
    if tickers and subject not in ("company", "companies"):
        raise click.UsageError(f"{' '.join(tickers)}: tickers go with company and companies")
    if subject == "company" and len(tickers) != 1:
        raise click.UsageError("name one ticker: overbuild export company TICKER --xlsx OUT.xlsx")


def _company_book(
    subject: str, tickers: tuple[str, ...], as_of: str | None, workspace: Path | None, own: dict[str, float | None]
) -> Book:
    from overbuild.company.preset import OwnFigures
    from overbuild.questions.export import companies_book, company_book

    if subject == "companies":
        return companies_book(tickers, as_of=as_of, workspace=workspace)
    return company_book(
        tickers[0],
        OwnFigures(life=own["life"], price=own["price"], shares=own["shares"]),
        as_of=as_of,
        workspace=workspace,
    )
