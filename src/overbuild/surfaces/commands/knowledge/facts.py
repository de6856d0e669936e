"""`overbuild facts`: what is known, from where, since when."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overbuild import ask
from overbuild.files import write_whole
from overbuild.foreign.how_written import HowWritten
from overbuild.surfaces.options import (
    Output,
    deliver,
    examples,
    fact_options,
    output_options,
    overwrite_option,
    without_chart,
)
from overbuild.surfaces.streams import say
from overbuild.surfaces.typed_in import table_options


@click.group(epilog=examples("overbuild facts show MSFT capex", "overbuild facts search pue"))
def facts() -> None:
    """What is known, from whom, and since when?

    Every figure has its period, its source and the day it became known.
    """


@facts.command(
    "list",
    short_help="What do the tables speak of?",
    epilog=examples("overbuild facts list", "overbuild facts list --entity MSFT --csv"),
)
@click.option("--entity", default=None, help="Only this entity.")
@fact_options
@output_options
def list_facts(entity: str | None, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """What do the tables speak of: every table and entity, or one entity's metrics?

    People see the entities with the most figures; JSON and CSV hold all.
    """
    answer = ask.list_facts(entity=entity, as_of=as_of, workspace=workspace)
    following = ["overbuild facts show MSFT capex", "overbuild facts show deals", "overbuild facts search pue"]
    deliver(answer, output, following, () if entity or output.as_csv else ("list",))


@facts.command(
    short_help="What are the figures of a name?",
    epilog=examples("overbuild facts show MSFT capex --chart capex.svg", "overbuild facts show deals.iren_gpu_notes"),
)
@click.argument("subject", metavar="ENTITY|TABLE|KEY")
@click.argument("metric", required=False)
@fact_options
@output_options
def show(subject: str, metric: str | None, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """What are the figures of ENTITY's METRIC, or what does a name stand for?

    Of a metric: every figure, which one is in force, and its source. A name by itself is the key of a figure, a row
    (deals.iren_gpu_notes) or a field of it, a table of rows (deals, site_costs, accelerators, published_analyses), or an
    entity.
    """
    answer = ask.show_facts(subject, metric, as_of=as_of, workspace=workspace)
    deliver(answer, output, [f"overbuild facts source {answer.facts[-1].source}"] if answer.facts else [])


@facts.command(
    short_help="Which figures hold these words?",
    epilog=examples("overbuild facts search lease", "overbuild facts search msft capex --tables"),
)
@click.argument("words", nargs=-1, required=True)
@fact_options
@output_options
def search(words: tuple[str, ...], as_of: str | None, workspace: Path | None, output: Output) -> None:
    """Which figures hold these words in their names, notes or sources? Those in force come first."""
    answer = ask.search_facts(" ".join(words), as_of=as_of, workspace=workspace)
    first = [str(row["key"]) for row in answer.tables[0].rows[:1]]
    deliver(answer, output, [f"overbuild facts show {shlex.quote(key)}" for key in first])


@facts.command(
    epilog=examples(
        "overbuild facts source creati-2026-reckoning", "overbuild facts source sec-2026-microsoft-10k --csv"
    )
)
@click.argument("key")
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def source(key: str, workspace: Path | None, output: Output) -> None:
    """What document is this source, and which figures were read there?"""
    answer = ask.show_source(key, workspace=workspace)
    deliver(answer, output)


@facts.command(
    short_help="Is every table of facts sound?",
    epilog=examples("overbuild facts check", "overbuild facts check --workspace my-facts"),
)
@click.option("--workspace", type=click.Path(path_type=Path), help="Folder with your own facts.")
@output_options
def check(workspace: Path | None, output: Output) -> None:
    """Is every table of facts sound? All faults at once, each with its file and line."""
    deliver(ask.check_facts(workspace=workspace), output)


@facts.command(epilog=examples("overbuild facts quality", "overbuild facts quality --as-of 2026-01-17"))
@fact_options
@output_options
def quality(as_of: str | None, workspace: Path | None, output: Output) -> None:
    """How good are the figures, by table and by question?

    The shares that are in the issuer's own words, dated to the day, given by one source, assumed: of each table, and of
    the figures that the gap, the need, the analyses and the site presets lean on.
    """
    answer = ask.fact_quality(as_of=as_of, workspace=workspace)
    hidden = () if output.as_csv else ("single_source_critical",)
    deliver(answer, output, ["overbuild facts show KEY", "overbuild facts search assumption"], hidden)


WORKSPACE = click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder to enter the rows in; made if it is not there.",
)


@facts.command(
    short_help="How do I add figures of my own?",
    epilog=examples("overbuild facts add mine.csv --workspace my-facts", "overbuild gap --workspace my-facts"),
)
@click.argument("file", type=click.Path(path_type=Path))
@WORKSPACE
@click.option("--filed", default="", help="Day on which a page of XBRL was filed (YYYY-MM-DD).")
@click.option("--accession", default="", help="Its accession: 0001652044-25-000014.")
@table_options
@output_options
def add(file: Path, workspace: Path, filed: str, accession: str, written: HowWritten, output: Output) -> None:
    """How do I add figures of my own? Enters all rows of FILE into a workspace, or none if one is at fault.

    FILE is a table (CSV or .xlsx), SEC companyfacts (JSON), a 10-K or 10-Q in inline XBRL, an XBRL instance, one of these gzipped,
    or a folder of filings. A page of XBRL does not say when it was filed: give --filed and --accession, or read it in
    one folder with the issuer's companyfacts; else the legal deadline counts.

    A table has the columns entity, metric, period_start and period_end (days, YYYY-MM-DD), value (as printed), unit
    (USD_bn, pct, MW, text, ...), kind (reported, guidance, estimate, run_rate, forecast, assumption), source,
    source_class (filing, company_release, regulator, press, aggregator, analyst) and known_at (a day); value_text,
    unit_printed, status, locator, known_at_precision and note may be left out.

    A row cites a source by its key in `source`, or describes it in `source_title`, `source_url` and `published`; a
    document without a date or an address says why in `why_no_date` or `why_no_address`. One address is one source.

    Cells may be parted by comma, semicolon, tab or bar, the text be UTF-8, UTF-16 or cp1252, days be 31.12.2024,
    12/31/2024 or a workbook's: the answer says what was converted. What may mean two things (1,234; 1/2/2024) is refused,
    and the option that settles it is named. `overbuild facts template facts FILE` writes an empty table.

    A revision is a new row with the later day in `known_at`; the earlier row stays.

    A figure that looks like a slip (300 times all others nearby, 10 times its neighbours, another sign, a low above
    its high) needs a reason in its `note`: `checked: WHY`.
    """
    without_chart(output, "facts add")
    answer = ask.add_facts(file, workspace, filed=filed, accession=accession, written=written)
    deliver(answer, output, [f"overbuild facts check --workspace {workspace}"])


@facts.command(
    short_help="How do I get an issuer's filed figures?",
    epilog=examples("overbuild facts pull MSFT GOOGL --contact you@firm.com --workspace my-facts"),
)
@click.argument("tickers", nargs=-1, required=True)
@WORKSPACE
@click.option(
    "--contact",
    envvar="OVERBUILD_CONTACT",
    default="",
    help="Your mail address, which the SEC asks for; or OVERBUILD_CONTACT.",
)
@output_options
def pull(tickers: tuple[str, ...], workspace: Path, contact: str, output: Output) -> None:
    """How do I get an issuer's filed figures? Fetches the SEC's companyfacts of TICKERS and enters them.

    Needs the extra `fetch` and a contact. Asks at most five times a second, over all processes of this machine, waits
    where the server asks to, and fetches only what changed since. Every body is kept under WORKSPACE/archive by its
    sha256.
    """
    without_chart(output, "facts pull")
    answer = ask.pull_facts(tickers, workspace, contact)
    deliver(answer, output, [f"overbuild facts list --workspace {workspace}"])


@facts.command(
    short_help="Does a typed table agree with the ledger?",
    epilog=examples("overbuild facts reconcile theirs.csv --unit USD_bn", "overbuild facts reconcile theirs.csv --csv"),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", default="", help="Unit of a table that has no column for it: USD_bn, USD_mn, pct, ...")
@fact_options
@table_options
@output_options
def reconcile(
    file: Path, unit: str, as_of: str | None, workspace: Path | None, written: HowWritten, output: Output
) -> None:
    """Does a table that someone typed agree with the ledger? Says it of each cell.

    A cell agrees (the ledger's figure rounds to it), differs by definition (and by which: another measure of that name,
    an earlier vintage, another source, sign or period), is wrong (and by how much), or nothing is known.

    FILE is a text of any separator and code page, or a sheet of an .xlsx. It has a column `entity`, and headings that are
    periods (2025Q3, FY2025, 2025, 2025-06-30) beside a column `metric`, or headings that are metrics beside a column
    `period`, or both columns and `value`. What may mean two things (1,234) is refused until --decimal settles it.
    """
    answer = ask.reconcile_facts(file, unit=unit, as_of=as_of, workspace=workspace, written=written)
    first = next((str(row["cite"]) for row in answer.table("cells").rows if row["cite"]), "")
    deliver(answer, output, [f"overbuild facts show {shlex.quote(first)}"] if first else [])


@facts.command(
    short_help="Who entered what into a workspace, and when?",
    epilog=examples("overbuild facts log --workspace my-facts", "overbuild facts log --workspace my-facts --csv"),
)
@click.option("--workspace", type=click.Path(path_type=Path), required=True, help="Folder with your own facts.")
@output_options
def log(workspace: Path, output: Output) -> None:
    """Who entered what into a workspace, and when? The newest first.

    Each entry names the user of the machine, the moment (UTC), the file with its sha256, the rows entered and those that
    stand since. Rows that came or went without an entry, by hand or by a process cut short, are told apart. Several people
    may enter at once: each waits for those before, and no row is lost.
    """
    deliver(ask.fact_log(workspace), output, [f"overbuild facts list --workspace {workspace}"])


@facts.command(
    short_help="An empty table of my own to fill in.",
    epilog=examples("overbuild facts template facts mine.csv", "overbuild facts template claims sums.xlsx"),
)
@click.argument("table")
@click.argument("file", type=click.Path(path_type=Path))
@overwrite_option
def template(table: str, file: Path, overwrite: bool) -> None:
    """How do I start a table of my own? Writes an empty one to FILE, with every column explained.

    TABLE is facts or claims. In a text the explanations are lines that begin with #, which `add` passes over; a FILE that
    ends in .xlsx is a workbook with a sheet that explains the columns, and cells that ask about what they may not hold.
    """
    from overbuild.facts.entry.templates import columns_told, template_text
    from overbuild.world.presets import OF_TABLES, OTHER_ENDINGS, refuse_other_ending
    from overbuild.world.tree import is_worksheet

    told = columns_told(table)
    refuse_other_ending(
        file, "an empty table is a text (my.csv) or a workbook (my.xlsx)", set(OTHER_ENDINGS) - set(OF_TABLES)
    )
    if is_worksheet(file):
        from overbuild.surfaces.worksheet.blank_table import write_blank_table

        write_blank_table(table, file, overwrite=overwrite)
    else:
        write_whole(file, template_text(table).encode("utf-8-sig"), "FILE", overwrite=overwrite)
    say(f"{file}: an empty table of {table}, {len(told)} columns explained.")
    say(f"\nNext\n  overbuild {table} add {shlex.quote(str(file))} --workspace my-facts")
