"""`overbuild basket`: its screen with both sides, its numbers by their ids, its pictures, what it refuses."""

from __future__ import annotations

import json

import pytest

from overbuild.ecosystem.basket.made_panel import made_panel, made_returns
from tests.surfaces.test_cli import run

FAST = ("--form", "log", "--draws", "200")


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    """A panel that parts after 2021, and one whose names are shuffled in time."""
    folder = tmp_path_factory.mktemp("panels")
    found = run("new", "basket", folder / "made.csv")
    assert found.returncode == 0 and "overbuild basket" in found.stdout
    (folder / "beside.csv").write_text(made_panel())
    return folder / "made.csv"


def answer(*arguments):
    found = run("basket", *arguments, "--json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_the_screen_says_both_sides_with_their_intervals(panel):
    found = run("basket", panel, *FAST, "--day", "2021-12").stdout
    said = " ".join(found.split())
    assert "made: the basket no longer moves together. On one side average correlation fell from 0.67 to -0.01" in said
    assert "95% interval" in said and "on the other dispersion rose from 3.5% to 8.2%" in said
    assert "8 names, 36 months each side of 2021-12-31." in said
    assert "Blocks of 3 months: p of correlation" in said and "Volatility of a name" in said


def test_what_is_not_shown_is_said_to_be_not_shown(panel):
    said = " ".join(run("basket", panel, *FAST, "--day", "2020-06", "--window", "15").stdout.split())
    assert "made: that its names no longer move together is not shown, nor is any other change." in said
    assert said.count("not shown") >= 4


def test_names_that_only_move_more_spread_further_and_are_not_said_to_part(panel, tmp_path):
    head, *lines = made_panel().splitlines()
    louder = [",".join(f"{2 * float(one):.6f}" for one in line.split(",")[1:]) for line in lines[:36]]
    loud = tmp_path / "loud.csv"
    loud.write_text(
        "\n".join([head, *lines[:36], *(f"{line[:10]},{row}" for line, row in zip(lines[36:], louder, strict=True))])
    )
    said = " ".join(run("basket", loud, *FAST, "--day", "2021-12").stdout.split())
    assert "loud: the basket spreads further; that it no longer moves together is not shown." in said
    assert (
        "average correlation stayed at 0.67" in said and "that alone takes dispersion to 6.9%; it came to 6.9%." in said
    )


@pytest.mark.parametrize("more", [(), ("--beside", "beside.csv", "--beside-day", "2021-12")], ids=["alone", "beside"])
@pytest.mark.parametrize("width", [80, 100])
def test_it_is_one_screen(panel, more, width, monkeypatch):
    from overbuild.surfaces import terminal

    wide = terminal.as_plain
    monkeypatch.setattr(terminal, "as_plain", lambda page: wide(page, width))
    lines = run("basket", "made.csv", *FAST, "--day", "2021-12", *more, cwd=panel.parent).stdout.splitlines()
    assert len(lines) <= 40 and max(map(len, lines)) <= width


def test_the_numbers_are_there_by_their_ids(panel):
    values = answer(panel, *FAST, "--day", "2021-12")["values"]
    for measure in ("average_correlation", "dispersion", "pc1_share"):
        for side in ("before", "after", "change"):
            low, value, high = (values[f"{measure}.{side}{end}"] for end in (".low", "", ".high"))
            assert low <= value <= high
        assert values[f"{measure}.change"] == values[f"{measure}.after"] - values[f"{measure}.before"]
    assert all(0.0 < values[f"p_value.{name}"] <= 1.0 for name in ("correlation", "dispersion", "pc1"))
    assert values["verdict"] == "no longer moves together"
    assert (values["day"], values["window"], values["block"], values["seed"]) == ("2021-12-31", 36, 3, 1)


def test_a_panel_beside_has_its_own_numbers(panel):
    beside = ("--beside", panel.parent / "beside.csv", "--beside-day", "2021-12", "--without", "MADE_A")
    values = answer(panel, *FAST, "--day", "2021-12", *beside)["values"]
    own = {name: value for name, value in values.items() if not name.startswith("beside.")}
    assert own == {name.removeprefix("beside."): value for name, value in values.items() if name not in own}
    assert values["names"] == 7


def test_its_pictures_are_drawn(panel, tmp_path):
    for name in ("rolling", "beside", "pairs"):
        beside = ("--beside", panel, "--chart", tmp_path / f"{name}.svg", "--chart-name", name)
        assert run("basket", panel, *FAST, *beside).returncode == 0
        assert (tmp_path / f"{name}.svg").read_text().startswith("<svg")


def test_without_a_panel_it_asks_for_one_and_says_how_to_see_one():
    found = run("basket")
    assert found.returncode == 2 and found.stdout == ""
    assert "name a file of returns" in found.stderr and "`overbuild new basket made.csv`" in found.stderr


def test_a_file_is_kept_unless_it_is_to_be_replaced(panel):
    assert run("new", "basket", panel).returncode == 2
    assert run("new", "basket", panel, "--overwrite").returncode == 0


def test_faults_are_located_and_leave_nothing_on_standard_output(panel, tmp_path):
    percent = [",".join(f"{one * 100:.3f}" for one in row) for row in made_returns()]
    lines = made_panel().splitlines()
    bad = tmp_path / "bad.csv"
    bad.write_text("\n".join([lines[0], *(f"{line[:10]},{row}" for line, row in zip(lines[1:], percent, strict=True))]))
    found = run("basket", bad, "--form", "log")
    assert (found.returncode, found.stdout) == (2, "") and f"{bad}:2:2: MADE_A: a return is a decimal" in found.stderr
    for arguments, said in (
        (("--names", "MADE_Q"), "names: the file has no such name. Did you mean"),
        (("--form", "logs"), "is one of log, simple, prices. Did you mean log?"),
        (("--beside-day", "2021-01"), "a day beside asks for a panel beside"),
        (("--day", "2019-02"), "a test asks for 8 on either side"),
    ):
        found = run("basket", panel, *arguments)
        assert found.returncode == 2 and said in found.stderr
