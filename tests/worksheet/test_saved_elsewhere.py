"""A worksheet that another program opened and saved is the same case, and its answer the same to the last digit."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from overbuild import ask
from overbuild.world.tree import read_case_file
from overbuild.world.worksheet.read import read_worksheet
from tests.worksheet.books import plain, written
from tests.worksheet.test_worksheet import EVERY

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
ASKED: dict[str, Any] = {
    "agents": ask.agents, "fleet": ask.fleet, "grid": ask.grid, "portfolio": ask.portfolio, "programmes": ask.agents_all,
    "rules": ask.rules, "site": ask.site, "stack": ask.stack, "tariff": ask.tariff,
}  # fmt: skip
SLOW = ("ddtl-neocloud", "hyperscaler-campus", "merchant-gpu-cloud", "neocloud-100mw-gb300", "powered-shell", "prepaid-contract",
        "single-loan-80-20", "stargate-1gw")  # fmt: skip
"""Sites that are asked half a minute in all: of these the case is held against the preset, digit by digit, and no answer."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the worksheet of every preset, saved by LibreOffice in one go."""
    folder = tmp_path_factory.mktemp("worksheets")
    files = [str(written(folder, preset, kind)) for kind, _, preset in EVERY]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "saved"


@pytest.mark.parametrize(("kind", "folder", "preset"), EVERY)
def test_what_a_spreadsheet_program_saved_is_the_same_case_digit_by_digit(
    saved: Path, kind: str, folder: str, preset: str
) -> None:
    tree = read_case_file(Path(f"preset:{preset}"), folder)
    assert plain(read_worksheet(saved / f"{preset}.xlsx").tree) == plain(tree)


@pytest.mark.parametrize(("kind", "preset"), [(kind, preset) for kind, _, preset in EVERY if preset not in SLOW])
def test_its_answer_is_that_of_the_preset_to_the_last_digit(saved: Path, kind: str, preset: str) -> None:
    assert ASKED[kind](saved / f"{preset}.xlsx").values == ASKED[kind](f"preset:{preset}").values
