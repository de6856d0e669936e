"""What is known, asked in Python: facts, their sources, the meaning of a word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer
    from overbuild.foreign.how_written import HowWritten


def list_facts(*, entity: str | None = None, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """What do the tables speak of: every table and entity, counted, or one entity's metrics?

    Raises FactError `unknown_name` for an entity that is not there, with names that are close; `no_fact` for a day before
    any fact.

    >>> from overbuild import ask
    >>> ask.list_facts().values["rows"] == ask.check_facts().values["rows"]
    True
    """
    from overbuild.questions.facts import list_facts as asked

    return asked(entity=entity, as_of=as_of, workspace=_folder(workspace))


def show_facts(
    subject: str, metric: str | None = None, *, as_of: str | None = None, workspace: Path | str | None = None
) -> Answer:
    """What is known of one metric of one entity, period by period, which figure is in force, and where was it read?

    Or what does one name stand for: a citing key (`deals.iren_gpu_notes`, `deals.iren_gpu_notes.coupon_pct`,
    `ENTITY.METRIC@PERIOD#source`), a table of rows (`deals`), an entity? `value` of a row is in the base unit, `figure`
    and `unit` are as printed. Raises FactError `unknown_name` for a name that is not there, with names that are close;
    `no_fact` for a row not known on the day, or a field that its row leaves blank.

    >>> from overbuild import ask
    >>> ask.show_facts("MSFT", "capex", as_of="2026-06-30").table("facts").rows[0]["standing"]
    'in force'
    >>> ask.show_facts("deals.iren_gpu_notes.coupon_pct").headline.value
    0.0596
    """
    from overbuild.questions.facts import show_facts as asked

    return asked(subject, metric, as_of=as_of, workspace=_folder(workspace))


def search_facts(words: str, *, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """Which figures hold every one of these words, in their names, notes or sources?

    Raises FactError `no_fact` for a day before any fact.

    >>> from overbuild import ask
    >>> ask.search_facts("leases not commenced").values["found"] > 0
    True
    """
    from overbuild.questions.facts import search_facts as asked

    return asked(words, as_of=as_of, workspace=_folder(workspace))


def show_source(key: str, *, workspace: Path | str | None = None) -> Answer:
    """What is this source, and which figures were read in it?

    Raises FactError `unknown_name` for a key that is not there, with keys that are close.

    >>> from overbuild import ask
    >>> ask.show_source("creati-2026-reckoning").headline.unit
    'count'
    """
    from overbuild.questions.facts import show_source as asked

    return asked(key, workspace=_folder(workspace))


def check_facts(*, workspace: Path | str | None = None) -> Answer:
    """Are the tables of facts sound?

    Raises FactError or InputErrors with every fault at once, each with its file and line.

    >>> from overbuild import ask
    >>> len(ask.check_facts().tables[0].rows) > 10
    True
    """
    from overbuild.questions.facts import check_facts as asked

    return asked(workspace=_folder(workspace))


def fact_quality(*, as_of: str | None = None, workspace: Path | str | None = None) -> Answer:
    """How good are the figures: in whose words, how exactly dated, from how many sources, by table and by question?

    Primary is the issuer's own word: a filing or a company's release. Shares are decimals. Raises FactError `no_fact` for
    a day before any fact.

    >>> from overbuild import ask
    >>> ask.fact_quality().values["sourced_share"]
    1.0
    """
    from overbuild.questions.fact_quality import fact_quality as asked

    return asked(as_of=as_of, workspace=workspace)


def add_facts(
    file: Path | str,
    workspace: Path | str,
    *,
    filed: str = "",
    accession: str = "",
    written: HowWritten | None = None,
) -> Answer:
    """Enter the rows of a table, or of filings, into a workspace: all of them, or none if one is at fault.

    A table is CSV of any separator or a sheet of an .xlsx workbook; `written` says how, where the file leaves it open.
    Several processes may enter at once: each waits for those before it.

    A filing is SEC companyfacts JSON, inline XBRL or an XBRL instance, also gzipped, or a folder of them; `filed` and
    `accession` say when a page of XBRL was filed and as what. Raises FactError or InputErrors with every fault at once,
    each with its file and line.

        ask.add_facts("mine.csv", "my-workspace")
        ask.add_facts("CIK0000789019.json.gz", "my-workspace")
    """
    from overbuild.questions.facts import add_facts as asked

    return asked(Path(file), Path(workspace), filed=filed, accession=accession, written=written)


def fact_log(workspace: Path | str) -> Answer:
    """Who entered what into a workspace, and when? Rows that came or went without an entry are told apart.

    Raises FactError `missing` for a folder that is not there, `syntax` for a log that is none.

        ask.fact_log("my-workspace").table("log").rows[0]["who"]
    """
    from overbuild.questions.facts import fact_log as asked

    return asked(Path(workspace))


def pull_facts(tickers: Sequence[str], workspace: Path | str, contact: str) -> Answer:
    """Fetch the SEC's companyfacts of issuers into a workspace, politely and only what changed. Needs the extra `fetch`.

    `contact` is the mail address that the SEC asks of every caller. Raises FactError or InputErrors: `missing` without a
    contact, `refused`, `unreachable`, `other_entity`, ...; what came before a fault is kept and entered.

        ask.pull_facts(["MSFT", "GOOGL"], "my-workspace", "you@firm.com")
    """
    from overbuild.questions.facts import pull_facts as asked

    return asked(tickers, Path(workspace), contact)


def reconcile_facts(
    file: Path | str,
    *,
    unit: str = "",
    as_of: str | None = None,
    workspace: Path | str | None = None,
    written: HowWritten | None = None,
) -> Answer:
    """Does a hand-typed table agree with the ledger: each figure agrees, differs by definition, is wrong, or unknown?

    `unit` is the unit of a table that says none; `written` says how it is written, as for `add_facts`. Raises FactError
    or InputErrors with every fault of the table at once, each with its line and cell.

        ask.reconcile_facts("their-table.csv", unit="USD_bn").values["wrong"]
    """
    from overbuild.questions.facts import reconcile_facts as asked

    return asked(Path(file), unit=unit, as_of=as_of, workspace=_folder(workspace), written=written)


def glossary(word: str | None = None) -> Answer:
    """What does a word mean, as `ask.glossary("LLCR")`? Raises InputError `unknown_name` for one that is no term."""
    from overbuild.questions.glossary import glossary as asked

    return asked(word)


def _folder(workspace: Path | str | None) -> Path | None:
    return None if workspace is None else Path(workspace)
