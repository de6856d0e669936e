"""What is this case in the general form, and what became of each of its inputs?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline, Screen
from overbuild.errors import OverbuildError
from overbuild.files import check_path, write_whole
from overbuild.questions.columns import column, table
from overbuild.questions.prose import times
from overbuild.site.case.migration.migrate import Migration, migrated
from overbuild.site.case.migration.moves import RENAMED, SAME
from overbuild.site.sizing.sizing import size

LIMITS = (
    "Comments are kept as they were written: what they say of opening, or in the names of the short form, may be out of date.",
    "A path that no growth says is written number by number: changing what it was made of no longer moves it.",
    "Break-evens and other answers name inputs by the new file; their numbers are those of the old one.",
)

_CHANGES = (
    column("old", "in the short form"),
    column("new", "in the general form"),
    column("what", "what changed"),
)


def migrate(
    file: Path | str, out: Path | str, *, workspace: Path | str | None = None, overwrite: bool = False
) -> Answer:
    """Write a case of the short form in the general form, and say what became of each input.

    The new text is read again before it is written, and states the same plan number for number. Raises CaseError
    `refused` for a case that has the general form; every fault of the case, as `check`; InputError `exists` and
    `not_writable` for `out`, as `overbuild.files`.

    >>> import tempfile
    >>> answer = migrate("preset:single-loan-80-20", Path(tempfile.mkdtemp()) / "general.yaml")
    >>> [row["new"] for row in answer.table("changes").rows if row["old"] == "loans.senior.tenor"]
    ['loans.senior.maturity']
    """
    check_path(Path(out), "--migrate", overwrite=overwrite)
    found = migrated(Path(file), workspace)
    try:
        size(found.case.plan)
    except OverbuildError as error:
        raise found.case.locate(error) from None
    write_whole(Path(out), found.text.encode("utf-8"), "--migrate", overwrite=overwrite)
    return _answer(found, str(out))


def _answer(found: Migration, out: str) -> Answer:
    used = found.case.used
    kept = {one.old for one in found.changes if one.what == SAME and one.old in used}
    renamed = {one.old for one in found.changes if one.what == RENAMED} - kept
    left_out = {one.old for one in found.changes if not one.new}
    counts = {
        "kept": len(kept),
        "renamed": len(renamed),
        "said_otherwise": len({one.old for one in found.changes if one.old in used} - kept - renamed - left_out),
        "left_out": len(left_out),
    }
    values: dict[str, Cell] = {"inputs": len(used), **{f"inputs.{k}": n for k, n in counts.items()}}
    left = f" {times(counts['left_out'], 'input')} had no place in it." if left_out else ""
    text = (
        f"{found.case.name}: the same plan in the general form, {out}. Of {len(used)} inputs "
        f"{counts['kept']} stand where they were, {counts['renamed']} are renamed, {counts['said_otherwise']} are counted from "
        f"close or said in another way.{left}"
    )
    changes = table("changes", "What became of each input", _CHANGES, found.changes)
    shown = table(
        "changed",
        "What is said in another way",
        _CHANGES,
        (one for one in found.changes if one.old and one.what not in (SAME, RENAMED)),
        note="--tables prints every input, those that are renamed or stay among them",
    )
    moves = tuple(f"{one.old} is left out: {one.what}." for one in found.changes if not one.new)
    return Answer(
        question="migrate",
        headline=Headline("inputs", len(used), "count", text),
        values=values,
        status={},
        tables=(changes,),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        screen=Screen(shown, moves, moves_title="Left out", whole=True),
    )
