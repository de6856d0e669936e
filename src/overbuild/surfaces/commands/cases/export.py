"""`overbuild export`: a question's numbers as a workbook with live formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from overbuild.surfaces.kinds import DESCRIBED_KINDS, EXPLAINED_KINDS
from overbuild.surfaces.options import examples, overwrite_option
from overbuild.surfaces.streams import say, say_json

if TYPE_CHECKING:
    from overbuild.audit.book.book import Book

QUESTIONS = ("gap", "need", "contagion")
"""Names that are questions, never files."""

COMPANIES = ("company", "companies")
"""Names that stand before tickers."""


@click.command(
    epilog=examples(
        "overbuild export my-site.yaml --xlsx my-site.xlsx",
        "overbuild export gap --xlsx gap.xlsx",
        "overbuild export contagion --fail OPENAI --xlsx openai.xlsx",
        "overbuild export company AMZN --life 4 --xlsx amzn.xlsx",
        "overbuild export fleet --preset h100 --xlsx h100.xlsx",
        "overbuild export grid --preset pjm --xlsx pjm.xlsx",
        "overbuild export tariff --preset aep-ohio --xlsx aep-ohio.xlsx",
    )
)
@click.argument("given", metavar="[FILE|gap|need|contagion|company TICKER|companies [TICKER]...|KIND FILE]", nargs=-1)
@click.option("--preset", metavar="NAME", help="A case that ships, in the place of FILE (`overbuild new --list`).")
@click.option("--xlsx", "path", required=True, metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False),
              help="The workbook to write.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Edit the case before its loan is sized.")
@click.option(
    "--shock", "shocks", multiple=True, metavar="FILE|PATH=VALUE", help="Depart from it after sizing, schedule fixed."
)
@click.option("--fail", "fails", multiple=True, metavar="ID", help="With contagion: an entity that is taken to fail.")
@click.option("--as-of", metavar="DAY", help="Of a question: only what was known on this day (YYYY-MM-DD).")
@click.option("--life", type=float, help="With company: another life of its servers, in years.")
@click.option("--price", type=float, help="With company: price of a share in USD, explained by growth of revenue.")
@click.option("--shares", type=float, help="With company: shares outstanding.")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@overwrite_option
@click.option("--json", "as_json", is_flag=True, help="Say what was written as one JSON object.")
def export(
    given: tuple[str, ...],
    preset: str | None,
    path: Path,
    overwrite: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """May I have the model: a workbook with live formulas of a site case (FILE), the gap, what must be earned, a company?

    FILE is a case of your own, or preset:NAME for one that ships; other cases are named by their KIND (those of `overbuild
    schema`) before FILE; of vintages company:TICKER is a spender drafted from its filings.
    `company TICKER` is one company with a change of life and, with --price, what its price asks; `companies` the measures
    of several, those of `overbuild companies` unless named.

    Every named line is a row with one formula copied over the periods; inputs stand on one sheet with their sources;
    checks turn red where a change asks for a new export. The numbers are those of `overbuild site FILE`.
    """
    from overbuild.surfaces.workbook.write import check_book_path, write_book

    check_book_path(path, overwrite=overwrite)
    book = _book(_subject(given, preset), _Options(**options))
    formulas = write_book(book, path, overwrite=overwrite)
    told = {"file": str(path), "formulas": formulas, "inputs": len(book.inputs), "checks": len(book.checks) + 2}
    if as_json:
        say_json(told)
        return
    say(f"{path}: {formulas:,} live formulas, {told['inputs']} inputs, {told['checks']} checks.")
    say("Change a blue cell of the sheet Inputs and the book follows; a red check says when to export again.")
    if options["shocks"] and book.carried is None:
        say(
            "It shows a shock, which no case file says: it cannot be read back as a case. One exported without --shock can."
        )


class _Options(NamedTuple):
    """What else was asked."""

    sets: tuple[str, ...]
    shocks: tuple[str, ...]
    as_of: str | None
    life: float | None
    price: float | None
    shares: float | None
    workspace: Path | None
    fails: tuple[str, ...] = ()


class _Exported(NamedTuple):
    """What is to be exported: a kind (`site` for a bare FILE), and the names that go with it: a case, or tickers."""

    kind: str
    names: tuple[str, ...]


def _subject(given: tuple[str, ...], preset: str | None) -> _Exported:
    from overbuild.world.presets import PREFIX

    kind, names = ("site", given)
    if given and given[0] in DESCRIBED_KINDS and given[0] not in EXPLAINED_KINDS:
        raise click.UsageError(
            f"a {given[0]} has no workbook that computes: its sites have (`overbuild export site FILE --xlsx OUT.xlsx`); "
            f"`overbuild {given[0]} FILE --csv` writes its tables"
        )
    if given and given[0] in (*QUESTIONS, *COMPANIES, *EXPLAINED_KINDS):
        kind, names = given[0], given[1:]
    if given and given[0] == "site" and (len(given) > 1 or preset is not None):
        names = given[1:]
    if preset is not None:
        names = (*names, f"{PREFIX}{preset}")
    if kind == "company" and len(names) != 1:
        raise click.UsageError("name one ticker: overbuild export company TICKER --xlsx OUT.xlsx")
    if kind in QUESTIONS and names:
        raise click.UsageError(
            f"name one: {kind} stands alone; tickers go with company and companies, not {' '.join(names)}"
        )
    if kind in ("site", *EXPLAINED_KINDS) and len(names) != 1:
        kinds = ", ".join(EXPLAINED_KINDS)
        raise click.UsageError(
            "name one: a case FILE, gap, need, company TICKER, companies, --preset NAME (`overbuild new --list`), "
            f"or a kind ({kinds}) and its case"
        )
    return _Exported(kind, names)


def _book(subject: _Exported, asked: _Options) -> Book:
    from overbuild.questions.export import case_book_of, gap_book, need_book, site_book

    _check_options(subject.kind, asked)
    if subject.kind == "contagion":
        return _contagion_book(asked)
    if subject.kind in QUESTIONS:
        return (gap_book if subject.kind == "gap" else need_book)(as_of=asked.as_of, workspace=asked.workspace)
    if subject.kind in COMPANIES:
        return _company_book(subject, asked)
    [file] = subject.names
    if subject.kind in EXPLAINED_KINDS:
        return case_book_of(subject.kind, file, sets=(*asked.sets, *asked.shocks), workspace=asked.workspace)
    return site_book(Path(file), sets=asked.sets, shocks=asked.shocks, workspace=asked.workspace)


def _check_options(kind: str, asked: _Options) -> None:
    """Refuse options that do not go with what is exported."""
    of_facts = kind in (*QUESTIONS, *COMPANIES)
    if asked.as_of and not of_facts:
        raise click.UsageError("--as-of goes with a question; a case file says itself on which facts it leans")
    if of_facts and (asked.sets or (asked.shocks and kind != "contagion")):
        raise click.UsageError(f"--set and --shock go with a case file, not with {kind}")
    if asked.fails and kind != "contagion":
        raise click.UsageError("--fail goes with contagion")
    if kind in EXPLAINED_KINDS and kind != "stack" and asked.shocks:
        raise click.UsageError(f"--shock goes with the case of a site; a {kind} takes --set")
    if kind != "company" and any(one is not None for one in (asked.life, asked.price, asked.shares)):
        raise click.UsageError("--life, --price and --shares go with company TICKER")


def _contagion_book(asked: _Options) -> Book:
    from overbuild.questions.export import contagion_book
    from overbuild.surfaces.commands.economy.contagion import fall_of

    falls = [fall_of(one) for one in asked.shocks]
    if len(falls) > 1 or not (asked.fails or falls):
        raise click.UsageError("say what happens: --fail ID, or one --shock ai_revenue=-40%")
    return contagion_book(fail=asked.fails, ai_revenue=falls[0] if falls else 0.0, as_of=asked.as_of)


def _company_book(subject: _Exported, asked: _Options) -> Book:
    from overbuild.company.preset import OwnFigures
    from overbuild.questions.export import companies_book, company_book

    if subject.kind == "companies":
        return companies_book(subject.names, as_of=asked.as_of, workspace=asked.workspace)
    own = OwnFigures(life=asked.life, price=asked.price, shares=asked.shares)
    return company_book(subject.names[0], own, as_of=asked.as_of, workspace=asked.workspace)
