"""Who entered what into a workspace, and when."""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.facts import store
from overbuild.facts.entry.log import OTHERWISE, LogEntry, read_log
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.facts.answer import answer_of
from overbuild.questions.prose import times

ENTRIES = (
    unprinted("moment", lambda one: one.at),
    column("at", "when (UTC)", fill=lambda one: one.at[:16].replace("T", " ")),
    column("who", "who", fill=lambda one: one.who or "not known"),
    column("command", "by"),
    column("table", "table"),
    column("file", "file"),
    column("rows", "rows", "count"),
    column("stand", "rows since", "count"),
    column("about", "about"),
    unprinted("sha256"),
)


def fact_log(workspace: Path) -> Answer:
    """Every time that something was entered into a workspace, the newest first. Raises as `read_log`."""
    entries = read_log(workspace)
    people = sorted({one.who for one in entries if one.who})
    others = [one for one in entries if one.command == OTHERWISE]
    by = f", by {', '.join(people)}" if people else ""
    text = f"{times(len(entries), 'row')} in the log of {workspace}{by}."
    values: dict[str, Cell] = {
        "entries": len(entries),
        "people": len(people),
        "facts": _standing(entries, "facts"),
        "claims": _standing(entries, "claims"),
        "otherwise": len(others),
    }
    notes = [
        f"{one.at[:10]}: {abs(one.rows):,} {one.table} {'came' if one.rows > 0 else 'went'} without an entry: the file was"
        " changed by hand, or a process was stopped before it wrote one."
        for one in others
    ]
    shown = table("log", "Entered", ENTRIES, list(reversed(entries)))
    headline = Headline("entries", len(entries), "count", text)
    return answer_of("facts log", headline, [shown], (), store.known_on(None), values=values, notes=notes)


def _standing(entries: tuple[LogEntry, ...], name: str) -> int:
    """How many rows of a table stood after its last entry."""
    return next((one.stand for one in reversed(entries) if one.table == name), 0)
