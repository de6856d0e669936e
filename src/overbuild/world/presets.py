"""Cases that ship with the package: `preset:NAME` stands wherever the file of a case of its kind may stand.

A kind is a folder of `presets`: `sites` holds the sites that are offered. What there is one of (`gap`, `need`, `claims`,
the site of the demonstration) stands above the folders.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Container
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from overbuild.errors import CaseError, did_you_mean
from overbuild.files import write_whole
from overbuild.version import __version__

PREFIX = "preset:"
"""What a preset's name begins with where a file may stand; a file is never taken for a preset, nor the reverse."""

SITES, FLEETS, SPENDERS, SINGLE = "sites", "fleets", "spenders", ""
"""Kinds of presets: sites, units of a fleet, spenders (none ships: they are drafted), and those of which there is one."""
STACKS, RULES, PORTFOLIOS, TARIFFS, ZONES = "stacks", "rules", "portfolios", "tariffs", "zones"
"""Kinds of presets: stacks of layers, rules on a firm, lenders' books, large loads under a tariff, zones of the grid."""
AGENTS, PROGRAMMES = "agents", "programmes"
"""Kinds of presets: workflows that agents may take, and several of them under one budget."""

OF_TABLES = (".csv", ".tsv")
OTHER_ENDINGS = (*OF_TABLES, ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers", ".json", ".pdf", ".doc", ".docx")
"""Endings of files that other programs open."""

DEFAULT = "neocloud-100mw-gb300"
"""The site that a new case is copied from when none is named."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


@functools.cache
def presets(kind: str) -> dict[str, str]:
    """Every preset of a kind by name, with the line that describes it.

    >>> presets(SINGLE)["gap"]
    'What the table of spend and revenue counts, and what its annualised version assumes.'
    """
    folder = _folder(kind)
    files_of = folder.iterdir() if folder.is_dir() else ()
    cases = {one.name.removesuffix(".yaml"): one for one in files_of if one.name.endswith(".yaml")}
    return {name: _described(cases[name].read_text("utf-8")) for name in sorted(cases)}


def site_presets() -> dict[str, str]:
    """Every site that ships by name, with the line that describes it.

    >>> site_presets()["hyperscaler-campus"].startswith("1,000 MW campus")
    True
    """
    return presets(SITES)


def preset_named(path: Path) -> str | None:
    """The name in `preset:NAME`; None where the path is that of a file.

    >>> preset_named(Path("preset:stargate-1gw")), preset_named(Path("stargate-1gw.yaml"))
    ('stargate-1gw', None)
    """
    text = str(path)
    return text.removeprefix(PREFIX) if text.startswith(PREFIX) else None


def preset_text(name: str, kind: str = SITES) -> str:
    """The case of a preset as it ships, comments and all. Raises CaseError `unknown_name` with close names."""
    known = presets(kind)
    if name not in known:
        hint = f"no such preset.{did_you_mean(name, known)} There are {', '.join(known)}"
        raise CaseError("unknown_name", "preset", name, hint)
    return _folder(kind).joinpath(f"{name}.yaml").read_text("utf-8")


def write_case(path: Path, preset: str = DEFAULT, *, kind: str = SITES, overwrite: bool = False) -> None:
    """Write a preset as a case of one's own: the same numbers, comments and sources under the name of the file.

    The file is written whole or not at all, and over another only where `overwrite` says so. Raises CaseError
    `unknown_name` for the preset, `bad_value` for `preset:NAME` and a name that cannot be printed; InputError `exists`
    and `not_writable` as `overbuild.files`.
    """
    text = _as_own(preset_text(preset, kind), preset, path.stem)
    check_own_name(path)
    write_whole(path, text.encode("utf-8"), "file", overwrite=overwrite)


def check_own_name(path: Path) -> None:
    """Refuse a file whose name cannot be that of a case, or promises what it does not hold. Raises CaseError `bad_value`."""
    refuse_other_ending(path, "a case is YAML (my-site.yaml), or a worksheet (my-site.xlsx)")
    if preset_named(path) is not None:
        hint = f"a name that begins with {PREFIX} is that of a preset; name the file to write, such as my-site.yaml"
        raise CaseError("bad_value", "file", str(path), hint)
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in path.stem):
        hint = "the name of the file is that of the case, and has characters that cannot be printed; choose another"
        raise CaseError("bad_value", "file", str(path), hint)


def refuse_other_ending(path: Path, allowed: str, refused: Container[str] = OTHER_ENDINGS) -> None:
    """Refuse a name by whose ending another program would take a file for what it is not. Raises CaseError `bad_value`.

    >>> refuse_other_ending(Path("my-site.v2"), "a case is YAML")
    """
    if path.suffix.lower() in refused:
        raise CaseError("bad_value", "file", str(path), f"a file that ends in {path.suffix} is not written: {allowed}")


def _as_own(text: str, preset: str, stem: str) -> str:
    """The text under another name, which says where it was copied from."""
    shown = stem if _WORD.match(stem) and stem not in ("true", "false", "null") else _quoted(stem)
    origin = (
        f"# Copied from {PREFIX}{preset} of overbuild {__version__}. With a value, change its `fact:`, `derive:` or "
        "`reason:`."
    )
    return text.replace(f"\nname: {preset}\n", f"\n{origin}\nname: {shown}\n", 1)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _folder(kind: str) -> Traversable:
    return files("overbuild.world").joinpath("presets", kind)


def _described(text: str) -> str:
    return text.partition("\n")[0].removeprefix("#").strip()
