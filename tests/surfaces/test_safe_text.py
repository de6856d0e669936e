"""What others wrote into files acts nowhere: every text input, and every form of output."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from overbuild import ask
from overbuild.facts.claim_tables import COLUMNS as CLAIM_COLUMNS
from overbuild.facts.fact import COLUMNS as FACT_COLUMNS
from overbuild.surfaces import terminal
from overbuild.surfaces.pages import full_page
from overbuild.surfaces.safe_text import csv_cell, json_text, one_line, visible
from overbuild.world.presets import preset_text
from tests.surfaces.test_cli import run

HOSTILE = {
    "codes": "\x1b[31mRED\x1b[0m \x1b]0;pwn\x07 \x9b31m a\x00b \x01\x7f\ufffe",
    "direction": "abc \u202etxt.exe\u2066 \u200f",
    "formula": "=cmd|'/c calc'!A1",
    "tab": "\t@SUM(1+1)",
    "lines": "one\ntotal: 5\n\nerror: none",
    "return": "a\r=1+1\r\nb",
    "markup": '[bold]x[/nothing] </text><script>alert(1)</script> &A &amp; "),HYPERLINK("http://x","y") \\ \'',
    "scripts": "台灣 🚀 Ångström ﬀ क्षि",
    "long": "x" * 10_000,
}
"""Texts that do something where they are printed as they stand."""

CASE = """\
name: {name}
close: 2026
site:
  it_mw: 100
  kw_per_gpu: {{value: 2.0, reason: {text}, author: {text}}}
  construction_periods: 1
  operating_periods: 10
  periods_per_year: 1
  pue: {{value: 1.2, source: {text}}}
  idle_load_share: 0.0
components:
  - {{name: it, cost: 3000e6, spend: [1.0], book_life_years: 10, tax_class: SL10}}
market: {{price_per_gpu_hour: 2.0, decline_per_year: 0.0, utilisation: 1.0}}
power: {{price_per_mwh: 70}}
loans:
  - {{name: {loan}, rate_per_year: 0.08, construction_rate_per_year: 0.0, tenor: 10, repayment: sculpted, target_dscr: 2.5}}
owners: {{hurdle_per_year: 0.1}}
"""


def quoted(text):
    """A text as YAML in double quotes, whatever it holds."""
    return '"' + "".join(f"\\U{ord(one):08x}" for one in text) + '"'


def case(folder, text, loan="senior"):
    path = folder / "case.yaml"
    path.write_text(CASE.format(name=quoted(text), text=quoted(text), loan=quoted(loan)), "utf-8")
    return path


def acting(text):
    """Characters of a text that act: controls but line feeds, halves, marks of direction, separators."""
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return [
        one for one in text if one != "\n" and (unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") or one in marks)
    ]


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def assert_clean(found, codes=(0,)):
    assert found.returncode in codes, found.stderr
    assert acting(found.stdout) == [] and acting(found.stderr) == []
    assert found.returncode == 0 or re.search(r"^error: .*\[\w+\]$", found.stderr, re.MULTILINE)
    return found.stdout


def assert_clean_csv(text):
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert is_number(cell) or cell.lstrip()[:1] not in ("=", "+", "-", "@") or not cell.strip(), cell[:80]


def assert_every_form_is_clean(*arguments, named=(), codes=(0,)):
    """The command as text, JSON and CSV: clean, or refused with a located error; its JSON.

    What is `named` may begin with a dash.
    """
    assert_clean(run(*arguments, "--", *named), codes)
    found = run(*arguments, "--json", "--", *named)
    assert_clean(found._replace(returncode=0))
    assert_clean_csv(assert_clean(run(*arguments, "--csv", "--", *named), codes))
    return json.loads(found.stdout or found.stderr)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_case_of_hostile_texts_is_clean_in_every_form(text, tmp_path):
    path = case(tmp_path, text)
    answer = assert_every_form_is_clean("site", path)
    assert text in answer["headline"]["text"] and text in [one["reason"] for one in answer["assumptions"]]
    assert_every_form_is_clean("check", path)
    assert_every_form_is_clean("why", "site:site.kw_per_gpu", path)
    assert_every_form_is_clean("compare", path, "preset:single-loan-80-20")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_chart_of_hostile_texts_is_drawn(text, tmp_path):
    path = case(tmp_path, text)
    assert_clean(run("site", path, "--chart", tmp_path / "c.svg"))
    drawn = (tmp_path / "c.svg").read_text("utf-8")
    assert acting(drawn) == [] and "<script" not in drawn
    assert len("".join(ElementTree.fromstring(drawn).itertext())) < 5_000
    assert_clean(run("site", path, "--chart", tmp_path / "c.png"))
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_workbook_of_hostile_texts_holds_them_as_words(text, tmp_path):
    from openpyxl import load_workbook

    found = run("export", case(tmp_path, text, loan=text), "--xlsx", tmp_path / "b.xlsx")
    assert_clean(found, (0, 2))
    if found.returncode == 2:
        found = run("export", case(tmp_path, text), "--xlsx", tmp_path / "b.xlsx")
        assert_clean(found)
    assert found.stderr == ""
    with zipfile.ZipFile(tmp_path / "b.xlsx") as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                part = parts.read(name).decode("utf-8")
                assert acting(re.sub(r"[\r\t]", "", part)) == [], name
                ElementTree.fromstring(part)
    book = load_workbook(tmp_path / "b.xlsx")
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    shown = visible(text)
    assert any(cell.data_type == "s" and shown in cell.value for cell in cells)
    assert not [
        cell for cell in cells if cell.data_type == "f" and "HYPERLINK" in re.sub('"(?:[^"]|"")*"', "", cell.value)
    ]
    assert len(book.worksheets[0]["A1"].value) <= 120


@pytest.mark.parametrize("name", ["loan", "component"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_name_inside_a_case_is_clean_or_refused_with_its_place(text, name, tmp_path):
    path = case(tmp_path, "plain", loan=text if name == "loan" else "senior")
    if name == "component":
        path.write_text(path.read_text().replace("{name: it,", f"{{name: {quoted(text)},"), "utf-8")
    assert_every_form_is_clean("site", path, codes=(0, 2))
    assert_every_form_is_clean("check", path, codes=(0, 2))


READER = {
    "esc": "\x1b[31mRED\x1b[0m \x1b]0;pwn\x07 <script>alert(1)</script>",
    "ctrl": "a\x01b",
    "formula": "=cmd|'/c calc'!A1",
    "longname": "x" * 400,
    "sheetname": "a/b:c*?[x]",
}


@pytest.mark.parametrize("name", READER)
def test_a_preset_under_a_hostile_name_is_answered_drawn_and_exported(name, tmp_path, capfd):
    path = tmp_path / "own.yaml"
    lines = preset_text("leased-shell").replace("\nname: leased-shell\n", f"\nname: {quoted(READER[name])}\n")
    path.write_text(lines.replace('reason: "', f'reason: "{quoted(READER[name])[1:-1]}', 1), "utf-8")
    assert_clean_csv(assert_clean(run("check", path, "--csv")))
    assert_clean(run("site", path, "--chart", tmp_path / "c.svg"))
    assert_clean(run("export", path, "--xlsx", tmp_path / "b.xlsx"))
    assert (tmp_path / "c.svg").exists() and (tmp_path / "b.xlsx").exists() and capfd.readouterr() == ("", "")


def test_words_that_are_not_of_the_case_are_told_clean(tmp_path):
    path = case(tmp_path, "plain")
    for text in HOSTILE.values():
        for place in ("close", "periods_per_year", "repayment", "tax_class"):
            changed = re.sub(
                rf"{place}: \w+", lambda _, at=place, it=text: f"{at}: {quoted(it)}", path.read_text("utf-8")
            )
            (tmp_path / "other.yaml").write_text(changed, "utf-8")
            assert_clean(run("check", tmp_path / "other.yaml"), (2,))
        (tmp_path / "other.yaml").write_text(path.read_text("utf-8") + f"{quoted(text)}: 1\n", "utf-8")
        assert_clean(run("check", tmp_path / "other.yaml"), (2,))


@pytest.mark.parametrize("escape", ['"\\ud800"', "\x00", "a\x1bb"], ids=["half", "nul", "escape"])
def test_what_yaml_cannot_hold_is_refused_with_its_place(escape, tmp_path):
    path = case(tmp_path, "plain")
    path.write_text(re.sub("name: .*", lambda _: f"name: {escape}", path.read_text("utf-8"), count=1), "utf-8")
    found = run("site", path)
    assert_clean(found, (2,))
    assert re.match(rf"error: {re.escape(str(path))}:1:\d+: ", found.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("site", "no\udcffsuch\x1b[1m.yaml"),
        ("site", "preset:\x1b[1m\udcff"),
        ("site", "preset:leased-shell", "--set", "name=a\udcffb"),
        ("site", "preset:leased-shell", "--set", "site.\x1b[1m=1"),
        ("facts", "show", "\x1b[1m\udcff", "capex"),
        ("facts", "source", "\x1b[1m\udcff"),
        ("why", "site:\x1b[1m\udcff", "preset:leased-shell"),
        ("new", "site", "a\x1b[1m.yaml"),
        ("new", "site", "a\udcff.yaml"),
        ("gap", "--chart", "\x1b[1m/c.svg"),
        ("gap", "--as-of", "\x1b[1m"),
        ("\x1b[1mgap",),
        ("gap", "--\x1b[1m"),
    ],
)
def test_what_a_command_is_given_is_told_clean(arguments, tmp_path):
    found = run(*arguments, cwd=tmp_path)
    assert found.returncode == 2 and acting(found.stdout + found.stderr) == [] and found.stderr
    found = run(*arguments, "--json", cwd=tmp_path)
    assert found.returncode == 2 and acting(found.stderr) == [] and json.loads(found.stderr)["errors"]
    assert list(tmp_path.iterdir()) == []


def facts_table(folder, text):
    """A table of facts whose free columns all hold the text, and whose document is described in it."""
    columns = [name for name in FACT_COLUMNS if name != "source"] + ["source_title", "why_no_address", "published"]
    cells = dict.fromkeys(columns, "") | {
        "entity": text, "metric": "users", "period_start": "2026-01-01", "period_end": "2026-03-31", "value": "3",
        "unit": "count", "unit_printed": text, "kind": "reported", "source_class": "press", "locator": text,
        "known_at": "2026-04-01", "note": text, "source_title": text, "why_no_address": text, "published": "2026-04-01",
    }  # fmt: skip
    path = folder / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(cells), list(cells.values())])
    return path


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_facts_of_hostile_texts_are_clean_in_every_form(text, tmp_path):
    own = tmp_path / "own"
    found = run("facts", "add", facts_table(tmp_path, text), "--workspace", own)
    assert_clean(found, (0, 2))
    if found.returncode == 2:
        return
    found = assert_every_form_is_clean("facts", "list", "--workspace", own)
    entered = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert entered in [row["entity"] for row in found["tables"]["list"]]
    assert_every_form_is_clean("facts", "check", "--workspace", own)
    assert_every_form_is_clean("facts", "search", "users", "--workspace", own)
    assert_every_form_is_clean("facts", "show", "--workspace", own, named=(entered, "users"))


def claims_table(folder, text, **change):
    """A list of one claim whose free columns all hold the text."""
    cells = dict.fromkeys(CLAIM_COLUMNS, "") | {
        "id": "mine", "author": text, "published": text, "known_at": "2026-05-01", "known_at_precision": "day",
        "source_class": "analyst", "claim": text, "inputs": '{"all": 10, "part": 0.5}', "formula": text,
        "expression": "all * part", "output": "5", "unit": text, "printed_step": "0.1", "tolerance_reason": text,
        "source_url": text, **change,
    }  # fmt: skip
    path = folder / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(cells), list(cells.values())])
    return path


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_claims_of_hostile_texts_are_clean_in_every_form(text, tmp_path):
    own = tmp_path / "own"
    found = run("claims", "add", claims_table(tmp_path, text), "--workspace", own)
    assert_clean(found, (0, 2))
    if found.returncode == 0:
        assert_every_form_is_clean("claims", "--workspace", own)
        assert_every_form_is_clean("claims", "mine", "--workspace", own)
    for column in ("id", "known_at", "inputs", "expression", "back_solved", "missing"):
        path = claims_table(tmp_path, "plain", **{column: text})
        assert_clean(run("claims", "add", path, "--workspace", tmp_path / column), (0, 2))
    named = json.dumps({text: 10, "b\ud800": 0.5})
    path = claims_table(tmp_path, "plain", inputs=named, expression="10", back_solved=named)
    assert_clean(run("claims", "add", path, "--workspace", tmp_path / "named"), (0, 2))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_sources_of_a_workspace_are_clean_in_every_form(text, tmp_path):
    escaped = "".join(f"\\U{ord(one):08x}" for one in text)
    block = f'[mine]\nproducer = "{escaped}"\ntitle = "{escaped}"\ndate_published = "2026-04-01"\nwhy_no_address = "{escaped}"\n'
    (tmp_path / "sources.toml").write_text(block, "utf-8")
    assert_every_form_is_clean("facts", "source", "mine", "--workspace", tmp_path, codes=(0, 2))
    assert_every_form_is_clean("facts", "check", "--workspace", tmp_path, codes=(0, 2))


def test_files_that_are_no_text_are_refused_with_their_name(tmp_path):
    for name, arguments in {
        "case.yaml": ("site", "case.yaml"),
        "sources.toml": ("facts", "check", "--workspace", "."),
        "facts.csv": ("facts", "list", "--workspace", "."),
        "claims.csv": ("claims", "--workspace", "."),
        "mine.csv": ("facts", "add", "mine.csv", "--workspace", "w"),
    }.items():
        (tmp_path / name).write_bytes(b"\xff\xfe\x00\x1b")
        found = run(*arguments, cwd=tmp_path)
        assert_clean(found, (2,))
        assert name in found.stderr
        (tmp_path / name).unlink()


def test_a_coloured_terminal_gets_no_codes_of_the_file_and_no_markup(tmp_path):
    for text in HOSTILE.values():
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            terminal.show(full_page(ask.site(case(tmp_path, text)), [f"overbuild site {text}"]))
        assert acting(shown.getvalue()) == []
    assert "[/nothing]" in one_line(HOSTILE["markup"])


def test_text_is_neutralised_and_numbers_are_not():
    cells = [
        "=1",
        "+1x",
        "-x",
        "@x",
        "\t=1",
        "\r=1",
        " =1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "-1.5",
        "+2",
        -1.5,
        None,
        "a=b",
    ]
    assert [csv_cell(one) for one in cells] == [
        "'=1", "'+1x", "'-x", "'@x", "' =1", "' =1", "' =1", "'\N{FULLWIDTH EQUALS SIGN}1", "-1.5", "+2", -1.5, None, "a=b",
    ]  # fmt: skip


def test_json_reads_back_and_is_ascii_where_it_must_be():
    value = {"Σ🚀": "\x9b\u202e\u2028 \x00 Zürich"}
    for ascii_only in (False, True):
        text = json_text(value, ascii_only=ascii_only)
        assert json.loads(text) == value and acting(text) == [] and (not ascii_only or text.isascii())
    assert json.loads(json_text("a\ud800b")) == "a\ufffdb"
