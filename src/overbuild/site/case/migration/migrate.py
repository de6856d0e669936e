"""A case file in the short form, rewritten in the general form: whole, the same plan, every comment kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import CaseError, OverbuildError, WithheldError
from overbuild.site.case.file_form.two_forms import is_short
from overbuild.site.case.migration.draft import Draft, copied, flowing, page
from overbuild.site.case.migration.draft_of_plan import PlanDraft
from overbuild.site.case.migration.moves import Change, left_out
from overbuild.site.case.migration.source_text import WrittenEntry, read_written
from overbuild.site.case.read import SiteCase, site_case
from overbuild.version import __version__
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import Measure
from overbuild.world.tree import case_text, read_tree


class Migration(NamedTuple):
    """A case in the short form, the text of the same case in the general form, and what became of each input."""

    case: SiteCase
    text: str
    changes: tuple[Change, ...]


def migrated(path: Path, workspace: Path | str | None = None) -> Migration:
    """The case of a file in the general form, read again and found to be the same plan.

    Raises CaseError `refused` for a file that has the general form; else every fault of the file, as `read_site_case`.
    """
    text = case_text(path)
    tree = read_tree(text, str(path))
    block = tree.block or {}
    if "horizon" in block or ("phases" in block and not is_short(block)):
        hint = "this file has the general form already (`horizon`, `phases`); there is nothing to rewrite"
        raise CaseError("refused", "file", str(path), hint, file=str(path))
    case = site_case(tree, workspace)
    source = read_written(text)
    year = Measure(1.0 / case.plan.horizon.periods_per_year, (("time", 1),))
    plan = PlanDraft(case, source, KnownFigures(workspace, {"period": year, "periods": year}))
    header = _header(source)
    top = plan.drafted()
    changes = (*plan.changes, *_left_out(plan, top))
    _keep_comments(plan, top)
    _head(top, header, path)
    found = Migration(case, page(top), changes)
    _check_same(found, workspace)
    return found


def _header(source: WrittenEntry) -> list[str]:
    """The comment lines that begin the file."""
    first = next(iter((source.entries or {}).values()))
    header = list(first.above)
    first.above.clear()
    return header


def _head(top: Draft, header: list[str], path: Path) -> None:
    name = (top.entries or {})["name"]
    file = "".join(one if one.isprintable() else "?" for one in path.name)
    said = [
        f"# Rewritten by overbuild {__version__} from the short form of {file}: periods count from close, 1 is the first.",
        "# The comments are those of that file; where they count from opening, or use its names, they are to be mended.",
    ]
    name.above[:0] = [*header, *said]


def _left_out(plan: PlanDraft, top: Draft) -> Iterator[Change]:
    """The inputs that have no place in the general form; those that say why, or have comments, stay as comments."""
    used = {change.old for change in plan.changes}
    for old in plan.case.inputs:
        if old in used:
            continue
        words = left_out(old)
        yield Change(old, "", words)
        entry = plan.source.at(old)
        if entry is None:
            continue
        comments = entry.take_comments()
        if comments or entry.entries is not None:
            lines = [f"# Left out ({words}): {old}: {flowing(copied(entry))}", *comments]
            _nearest(plan, top, old).above.extend(lines)


def _keep_comments(plan: PlanDraft, top: Draft) -> None:
    """Comments of entries that were not written, put where what stood in them or round them is."""
    for path, entry in _paths(plan.source):
        comments = [*entry.above, *entry.beside, *entry.below]
        if comments and path:
            _nearest(plan, top, path).above[:0] = comments
    top.below.extend(plan.source.below)


def _paths(entry: WrittenEntry, path: str = "") -> Iterator[tuple[str, WrittenEntry]]:
    yield path, entry
    for name, one in entry.named().items():
        yield from _paths(one, f"{path}.{name}" if path else name)


def _nearest(plan: PlanDraft, top: Draft, path: str) -> Draft:
    """Where the first input below a path went, or the first beside it, else the name of the case."""
    while path:
        if path in plan.placed:
            return plan.placed[path]
        for old, draft in plan.placed.items():
            if old.startswith(f"{path}."):
                return draft
        path = path.rpartition(".")[0]
    return (top.entries or {})["name"]


def _check_same(found: Migration, workspace: Path | str | None) -> None:
    """Raises WithheldError where the new text does not state the plan that the old file states."""
    hint = "the rewritten case does not state the same plan; nothing is written. Please report this with the file"
    try:
        again = site_case(read_tree(found.text, "the rewritten case"), workspace)
    except OverbuildError as error:
        raise WithheldError("not_the_same", "file", str(error), hint) from None
    before = found.case
    same = (again.name, again.close, again.published) == (before.name, before.close, before.published)
    if again.plan != before.plan or not same:
        raise WithheldError("not_the_same", "file", found.case.name, hint)
