"""A case of another kind than the command's: said in one sentence, in the place of all that its file then lacks."""

from __future__ import annotations

from pathlib import Path

from overbuild.audit.case_kinds import KINDS
from overbuild.audit.kind_of_case import SITE, known_kind
from overbuild.errors import CaseError
from overbuild.surfaces.kinds import asked_of


def another_kind(file: Path, folder: str) -> CaseError | None:
    """The fault of a case that is surely of another kind than those of this folder of presets; None where it is not.

    >>> print(another_kind(Path("preset:h100"), "sites"))
    file: this is a case of another kind, fleet: `overbuild fleet preset:h100` (got 'preset:h100') [another_kind]
    >>> another_kind(Path("preset:h100"), "fleets")
    """
    kind = known_kind(file)
    own = {name for name, one in KINDS.items() if one.presets == folder} or {SITE}
    if not kind or kind in own:
        return None
    hint = f"this is a case of another kind, {kind}: `{asked_of(kind, file)}`"
    return CaseError("another_kind", "file", str(file), hint)
