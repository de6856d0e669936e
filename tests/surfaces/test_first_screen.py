"""What is printed first: one screen for every question, whole with --full, in parts when asked; and its pictures."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys

import pytest

from overbuild import ask
from overbuild.surfaces.cli import COMMANDS
from tests.surfaces.test_cli import ROOT, run

COLUMNS, LINES = 100, 40
QUESTIONS = {
    "gap": ("gap",),
    "gap of the article": ("gap", "--as-of", "2026-01-17"),
    "need": ("need",),
    "need of the article": ("need", "--as-of", "2026-01-17"),
    "claims": ("claims",),
    "a claim": ("claims", "sequoia_2024_600b"),
    "a claim without inputs": ("claims", "kupperman_2026_two_years"),
    "companies": ("companies",),
    "companies of a day": ("companies", "--as-of", "2025-03-01"),
    "companies by a metric": ("companies", "--metric", "free_cash_flow"),
    "companies by year": ("companies", "AMZN", "ORCL", "NVDA", "--frequency", "annual"),
    "a company": ("company", "AMZN", "--life", "4"),
    "a company's price": ("company", "MSFT", "--price", "500", "--shares", "7.43e9"),
    "a company with few facts": ("company", "CRWV"),
    "demo equity": ("demo", "equity"),
    "contagion": ("contagion",),
    "a failure": ("contagion", "--fail", "OPENAI"),
    "what to ask for": ("contagion", "--fail", "CRWV", "--ask"),
    "facts list": ("facts", "list"),
    "an entity": ("facts", "list", "--entity", "MSFT"),
    "a metric": ("facts", "show", "MSFT", "capex"),
    "a plan": ("facts", "show", "GOOGL", "capex_guidance_low"),
    "a table": ("facts", "show", "deals"),
    "a row": ("facts", "show", "deals.iren_gpu_notes"),
    "search": ("facts", "search", "lease"),
    "a source": ("facts", "source", "sec-2026-microsoft-10k"),
    "facts check": ("facts", "check"),
    "facts quality": ("facts", "quality"),
    "check": ("check", "preset:neocloud-100mw-gb300"),
    "demo": ("demo",),
    "glossary": ("glossary",),
    "a term": ("glossary", "LLCR"),
}
CHARTED = {
    "gap": ask.gap,
    "need": ask.need,
    "claims": ask.claims,
    "a claim": lambda: ask.explain_claim("krishna_2025_one_company"),
    "companies": ask.companies,
    "a company": lambda: ask.company("AMZN", life=4.0),
    "a failure": lambda: ask.contagion(fail="OPENAI", structure="maxent"),
    "facts list": ask.list_facts,
    "a metric": lambda: ask.show_facts("MSFT", "capex"),
    "facts quality": ask.fact_quality,
    "check": lambda: ask.check("preset:neocloud-100mw-gb300"),
}


@pytest.mark.parametrize("arguments", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_prints_one_screen_first(arguments):
    found = run(*arguments)
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert len(lines) <= LINES
    too_long = [line for line in lines if len(line) > COLUMNS and not re.search(r"https?://\S{60}", line)]
    assert too_long == []
    assert any(line.startswith(f"  overbuild {' '.join(arguments)} --full, or ") for line in lines), found.stdout
    assert any(line == "What this cannot tell you" for line in lines)


@pytest.mark.skipif(os.name != "posix", reason="this system has no pseudo-terminal")
@pytest.mark.parametrize(
    "arguments", [QUESTIONS["gap"], QUESTIONS["demo"], QUESTIONS["search"]], ids=lambda one: one[0]
)
def test_a_terminal_of_a_hundred_columns_shows_it_whole(arguments):
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": str(COLUMNS), "LINES": str(LINES), "TERM": "xterm"}
    command = [sys.executable, "-m", "overbuild", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=env, cwd=ROOT) as ran:
        os.close(theirs)
        printed = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            printed += part
    os.close(ours)
    assert ran.returncode == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", printed.decode()).splitlines()
    assert len(lines) <= LINES and max(map(len, lines)) <= COLUMNS


NARROW = {
    name: QUESTIONS[name] for name in ("gap", "need", "claims", "a claim", "demo", "a metric", "check", "facts quality")
} | {
    "site": ("site", "preset:neocloud-100mw-gb300"),
    "demo lender": ("demo", "lender"),
    "demo equity": ("demo", "equity"),
    "companies": ("companies",),
    "a company": ("company", "AMZN", "--life", "4"),
    "a failure": ("contagion", "--fail", "OPENAI"),
    "rules": ("rules",),
    "rules on a company": ("rules", "--company", "MSFT"),
    "worlds of chips": ("stress", "fleet", "--preset", "h100", "--scenarios", "256"),
}


@pytest.mark.parametrize("arguments", NARROW.values(), ids=NARROW)
def test_a_terminal_of_eighty_columns_shows_it_whole(arguments, monkeypatch):
    from overbuild.surfaces import terminal

    wide = terminal.as_plain
    monkeypatch.setattr(terminal, "as_plain", lambda page: wide(page, 80))
    lines = run(*arguments).stdout.splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if len(line) > 80 and not re.search(r"https?://\S{60}", line)] == []


def test_a_delay_says_through_what_it_hurts():
    said = " ".join(run("site", "preset:neocloud-100mw-gb300").stdout.split())
    assert "Delay: 1 quarter late: min DSCR 0.00x. One quarter costs 242m USD of revenue not earned, " in said
    assert "of debt service due all the same, standby pays 100m" in said


def test_what_lies_outside_its_range_is_said_in_one_line(tmp_path):
    outside = "1 input lies outside the range of the presets: return asked after tax 30% a year, not 8% to 12%."
    assert f"  {outside}" in run("need", "--hurdle", "0.3").stdout and "outside" not in run("need").stdout
    two = run("need", "--hurdle", "0.3", "--margins", "0.9,0.5", "--limits").stdout
    assert "2 inputs lie outside the range of the presets" in two
    own = tmp_path / "mine.csv"
    own.write_text(
        "entity,metric,period_start,period_end,value,unit,kind,source_title,why_no_address,published,source_class,known_at\n"
        "MSFT,capex_guidance_high,2026-01-01,2026-12-31,260,USD_bn,guidance,My memo,own,2026-10-01,filing,2026-10-01\n"
    )
    assert run("facts", "add", own, "--workspace", tmp_path / "w").returncode == 0
    told = " ".join(run("gap", "--workspace", tmp_path / "w").stdout.split())
    assert (
        "1 input lies outside what every other source says: MSFT capex guidance high, 2026 260bn USD, not 175bn to"
        in told
    )


@pytest.mark.parametrize("arguments", [("gap",), ("need",), ("claims",), ("facts", "list")], ids=lambda one: one[-1])
def test_a_day_after_the_newest_figure_is_told(arguments):
    said = "Asked as of 2099-01-01, but the newest figure is of "
    assert said in run(*arguments, "--as-of", "2099-01-01").stdout and said not in run(*arguments).stdout


def test_a_chart_that_was_written_is_told_and_questions_without_one_say_so(tmp_path):
    assert run("gap", "--chart", tmp_path / "g.svg").stdout.endswith(f"\nWritten: {tmp_path / 'g.svg'}\n")
    for arguments in (("why", "gap:total_gap"), ("facts", "search", "pue"), ("glossary",)):
        assert (
            "has no chart; why, facts search, facts source and glossary have none" in run(*arguments, "--charts").stdout
        )


def test_everything_and_each_part_are_printed_when_asked():
    first, full = run("gap").stdout, run("gap", "--full").stdout
    assert len(full.splitlines()) > 10 * LINES and "The two sums, reconciled" in full and "The two sums" not in first
    tables, limits = run("gap", "--tables").stdout, run("gap", "--limits").stdout
    assert "The two sums, reconciled" in tables and "What this cannot tell you" not in tables
    assert "What this cannot tell you" in limits and "low  central" not in limits
    assert "it.life_years = 5.0 years" in run("need", "--assumptions").stdout
    assert "sec-2026-microsoft-10k" in run("gap", "--facts").stdout


@pytest.mark.parametrize("width", [40, 80])
def test_a_table_that_does_not_fit_keeps_its_numbers_whole(width):
    from overbuild.surfaces.text_tables import table_lines

    for answer in (ask.gap(), ask.need(), ask.claims()):
        for table in answer.tables:
            lines = table_lines(table, width)
            unbreakable = max((len(word) for line in lines for word in line.split()), default=0)
            assert max(map(len, lines)) <= max(width, unbreakable + 6), table.name


def test_no_sentence_of_a_first_screen_holds_a_raw_name():
    for answer in (ask.gap(), ask.need(), ask.fact_quality()):
        said = [answer.headline.text, *answer.screen.moves, *answer.screen.decides]
        assert [text for text in said if re.search(r"[a-z]_[a-z]", text)] == []


@pytest.mark.parametrize("name", CHARTED)
def test_every_chart_says_its_finding_its_measure_and_its_source(name):
    charts = CHARTED[name]().charts
    assert charts and len({one.name for one in charts}) == len(charts)
    for one in charts:
        heading, below = one.spec["title"], one.spec["vconcat"][0]["title"]
        assert heading["text"] == one.title and heading["subtitle"]
        assert below["orient"] == "bottom" and "overbuild" in below["text"]


def test_charts_are_listed_and_picked_by_name(tmp_path):
    listed = run("gap", "--charts").stdout
    assert [line.split()[0] for line in listed.splitlines()[:3]] == ["gap", "moves", "comparison"]
    path = tmp_path / "moves.svg"
    assert run("gap", "--chart", path, "--chart-name", "moves").returncode == 0
    drawn = path.read_text("utf-8")
    assert ">Price decline of servers, chips and network moves the gap most</text>" in drawn
    unknown = run("gap", "--chart", tmp_path / "x.svg", "--chart-name", "mvoes")
    assert unknown.returncode == 2 and "Did you mean moves?" in unknown.stderr and not (tmp_path / "x.svg").exists()
    assert run("gap", "--chart-name", "moves").returncode == 2


def test_lines_run_along_their_points_in_order():
    from overbuild.questions.charts import lines

    points = [{"age": str(age), "line": "worth", "usd": float(age)} for age in (0, 1, 2, 10)]
    drawn = lines(points, x="age", line="line", amount="usd", title="USD", colours={"worth": "#123a5e"})
    assert all(layer["encoding"]["x"]["sort"] is None for layer in drawn["layer"])


def test_colours_keep_apart_in_grey():
    from overbuild.questions import charts

    def shade(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return 116 * light ** (1 / 3) - 16

    shades = sorted(shade(one) for one in charts.PALETTE)
    assert min(b - a for a, b in itertools.pairwise(shades)) > 9


@pytest.mark.parametrize("name", COMMANDS)
def test_help_begins_with_the_question_and_shows_two_examples(name):
    found = run(name, "--help").stdout
    first = found.split("\n\n")[1]
    assert "?" in first, first
    assert len(found.partition("Examples:")[2].strip().splitlines()) >= 2


@pytest.mark.parametrize("command", [("facts", "add"), ("claims", "add")], ids=" ".join)
def test_help_names_the_columns_of_a_file(command):
    from overbuild.facts.claim_tables import COLUMNS as OF_CLAIMS
    from overbuild.facts.fact import COLUMNS as OF_FACTS

    told = " ".join(run(*command, "--help").stdout.split())
    columns = OF_FACTS if command[0] == "facts" else OF_CLAIMS
    assert [one for one in columns if not re.search(rf"\b{one}\b", told)] == []


def test_a_word_is_told_in_one_sentence_and_an_unknown_one_refused_with_close_ones():
    told = " ".join(run("glossary", "loan", "life", "cover", "ratio").stdout.split())
    assert told.startswith("LLCR, also called loan life cover ratio: The present value of CFADS")
    unknown = run("glossary", "lcr")
    assert unknown.returncode == 2 and "Did you mean" in unknown.stderr and "LLCR" in unknown.stderr


def test_every_term_is_one_sentence_and_stands_once():
    from overbuild.questions.glossary import terms

    found = terms()
    names = [name.lower() for one in found for name in one.names]
    assert len(found) > 100 and len(names) == len(set(names))
    assert [one.term for one in found if not one.meaning.endswith(".") or ". " in one.meaning] == []
    questions = {*COMMANDS, "every question"}
    assert [one.term for one in found if not set(one.used_in) <= questions] == []


@pytest.mark.parametrize("role", ["utility", "banker"])
def test_a_role_without_a_question_is_refused_in_one_line(role):
    found = run("demo", role)
    assert found.returncode == 2 and found.stdout == "" and len(found.stderr.splitlines()) == 1
    assert role not in run("demo", "--help").stdout


def test_what_a_narrow_screen_leaves_out_is_counted_and_stands_in_full():
    from overbuild.surfaces.pages import first_page, full_page
    from overbuild.surfaces.terminal import as_plain

    answer = ask.companies()
    narrow = as_plain(first_page(answer, (), "overbuild companies --full"), 80)
    moved, whole = answer.screen.moves, " ".join(as_plain(full_page(answer), 160).split())
    left_out = [one for one in moved if one[:40] not in " ".join(narrow.split())]
    assert left_out and f"Who diverges, and by what ({len(left_out)} more with --full)" in narrow
    assert all(one in whole for one in moved + answer.screen.decides)


def test_rows_that_a_low_screen_leaves_out_are_counted_and_sums_stay():
    from overbuild.answer import Column, Table
    from overbuild.surfaces.pages import Page
    from overbuild.surfaces.terminal import as_plain, fitted

    rows = ({"who": "A", "owes": 7.0},) * 9 + ({"who": "Total", "owes": 63.0},)
    debts = Table("debts", "Debts", (Column("who", "who"), Column("owes", "owes", "ratio")), rows)
    page = Page("All owe.", None, (debts,), (), 12)
    lines = as_plain(page, 80).splitlines()
    assert len(lines) == 12 and lines[2] == "Debts (3 more rows with --full)"
    assert [line[:5].rstrip() for line in lines[5:]] == ["A"] * 6 + ["Total"]
    least = fitted(page._replace(most=3), 80).tables[0]
    assert [row["who"] for row in least.rows] == ["A"] * 4 + ["Total"] and "5 more rows" in least.title
