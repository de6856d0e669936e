"""Of which kind a case is that is named without its kind: by the presets that ship, or by the names in its file."""

from __future__ import annotations

from pathlib import Path

from overbuild.audit.case_kinds import KINDS
from overbuild.errors import CaseError
from overbuild.world.presets import preset_named, presets, site_presets
from overbuild.world.tree import read_case_file

SITE = "site"
_OF_A_SITE = ("site", "phases")
_MOST = 0.5


def kind_of_case(file: Path) -> str:
    """The kind of a case: a preset is of the kind under which it ships, a file of the kind most of whose names it has.

    What fits no kind is taken for a site, whose reader says what is wrong with it.

    >>> kind_of_case(Path("preset:h100")), kind_of_case(Path("preset:leased-shell")), kind_of_case(Path("none.yaml"))
    ('fleet', 'site', 'site')
    """
    return known_kind(file) or SITE


def known_kind(file: Path) -> str:
    """The kind of a case, as `kind_of_case`; empty for what fits none, or cannot be read.

    >>> known_kind(Path("preset:leased-shell")), known_kind(Path("preset:three-loans")), known_kind(Path("none.yaml"))
    ('site', 'portfolio', '')
    """
    preset = preset_named(file)
    if preset is not None:
        known = [name for name, one in KINDS.items() if preset in presets(one.presets)]
        return SITE if preset in site_presets() else "".join(known[:1])
    try:
        names = set(read_case_file(file).block or {})
    except CaseError:
        return ""
    if names & set(_OF_A_SITE):
        return SITE
    shares = {name: _share(names, one.record) for name, one in KINDS.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > _MOST else ""


def _share(names: set[str], record: type[object]) -> float:
    """The share of the names that a kind asks for which a file has."""
    fields: tuple[str, ...] = getattr(record, "_fields", ())
    defaults: dict[str, object] = getattr(record, "_field_defaults", {})
    needed = [one for one in fields if one not in defaults]
    return sum(one in names for one in needed) / max(1, len(needed))
