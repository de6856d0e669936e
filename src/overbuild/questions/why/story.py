"""The tree behind a number as an outline: lines in the words of the field, and notes on sources and assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overbuild.answer import Branch, Note, Outline
from overbuild.audit.tree.drawing import Drawn, drawn
from overbuild.audit.tree.tree import Document, Why
from overbuild.equations.reading.shortened import shortened
from overbuild.questions.prose import quantity

_SAID_ANYWAY = ("over all periods", "equation of ")
"""What an origin that says no more than the formula begins with."""


def headline(tree: Why) -> str:
    """The number in one line, with its id."""
    amount = quantity(tree.value, tree.unit)
    return f"{tree.label} = {amount} ({tree.id})" if amount else f"{tree.label}: none ({tree.id})"


def outline(tree: Why, depth: int, options: str, others: Mapping[str, str]) -> Outline:
    """The parts of a number as lines, with the notes they refer to and how to see more, asked with the same options.

    `others` has by question the options of another case whose numbers stand in the tree.
    """
    notes = _Notes()
    lines = drawn(tree)
    period = next((said for one in lines if (said := _period(one.node))), "")
    branches = tuple(_branch(one, notes, period) for one in lines)
    below = {
        "Sources": notes.sources(),
        "Assumptions and inputs": notes.reasons(),
        "More": _more(lines, depth, options, others),
    }
    return Outline(branches, {title: block for title, block in below.items() if block}, "why")


def _period(node: Why) -> str:
    return "" if node.kind == "fact" else node.id.partition("@")[2]


def _branch(one: Drawn, notes: _Notes, period: str) -> Branch:
    """A line of the outline; what is of another period than the number says so."""
    node = one.node
    another = f", {_period(node)}" if _period(node) not in ("", period) else ""
    formula = shortened(node.formula) if one.opened or one.level == 0 else ""
    return Branch(
        level=one.level,
        label=f"{node.label}{another}",
        amount=quantity(node.value, node.unit) or ("none" if node.kind == "result" else ""),
        formula=formula,
        remark=one.elsewhere or _remark(one),
        notes=notes.of(node),
    )


def _remark(one: Drawn) -> str:
    """Where a number comes from that has neither formula nor note."""
    node = one.node
    if node.document or node.reason or node.origin.startswith(_SAID_ANYWAY):
        return ""
    if node.kind == "result" and one.level > 0:
        return node.origin.partition("; ")[2]
    said = "; ".join(part for part in (node.formula, node.origin) if part) if node.kind == "result" else node.origin
    return f"{said[:1].upper()}{said[1:]}" if one.level == 0 else said


class _Notes:
    """Notes in the order in which lines refer to them: documents by number, reasons by A and a number."""

    def __init__(self) -> None:
        self._documents: dict[Document, list[str]] = {}
        self._reasons: dict[str, Why] = {}

    def of(self, node: Why) -> tuple[str, ...]:
        """The names of a node's notes."""
        if node.document is not None:
            document = node.document._replace(locator="")
            places = self._documents.setdefault(document, [])
            places += [node.document.locator] if node.document.locator not in ("", *places) else []
            return (str(list(self._documents).index(document) + 1),)
        if node.reason is not None:
            self._reasons.setdefault(node.id, node)
            return (f"A{list(self._reasons).index(node.id) + 1}",)
        return ()

    def sources(self) -> tuple[Note, ...]:
        """Documents, by number."""
        told = (_cited(document, places) for document, places in self._documents.items())
        return tuple(Note(str(number), text) for number, text in enumerate(told, 1))

    def reasons(self) -> tuple[Note, ...]:
        """What the case says beside its numbers."""
        return tuple(Note(f"A{number}", _reason(node)) for number, node in enumerate(self._reasons.values(), 1))


def _cited(document: Document, places: list[str]) -> str:
    """Publisher, title, date, place and address."""
    dated = document.date + (f" ({'; '.join(places)})" if places else "")
    parts = [document.publisher, f'"{document.title}"', dated.strip(), document.address]
    return ", ".join(part for part in parts if part)


def _reason(node: Why) -> str:
    """What the number is, its range, author and reason, and where it is written."""
    said = node.reason
    if said is None:
        return ""
    range_ = ""
    if said.low is not None and said.high is not None:
        high = quantity(said.high, node.unit)
        unit = "".join(high.partition(" ")[1:])
        range_ = f" (range {quantity(said.low, node.unit).removesuffix(unit)} to {high})"
    reason = ": ".join(part for part in (said.author, said.reason) if part)
    return ". ".join(part.rstrip(".") for part in (f"{node.label}{range_}", reason, said.place) if part)


def _more(lines: tuple[Drawn, ...], depth: int, options: str, others: Mapping[str, str]) -> tuple[Note, ...]:
    """How to see more: deeper, one part by its name, and what is not opened."""
    return tuple(Note("", text) for text in _ways(lines, depth, options, others))


def _ways(lines: tuple[Drawn, ...], depth: int, options: str, others: Mapping[str, str]) -> Iterator[str]:
    closed = [one.node for one in lines if one.node.kind == "line" and one.node.value and not one.node.below]
    part = max(closed, key=lambda node: abs(float(node.value or 0.0)), default=None)
    if part is not None:
        yield f"Deeper: overbuild why {lines[0].node.id}{options} --depth {depth + 1}"
        yield f"One part by its name: overbuild why {part.id}{others.get(part.id.partition(':')[0], options)}"
    if any(one.node.below and not one.opened and not one.elsewhere for one in lines):
        yield "A part that is 0 is not opened; it is when you ask for it by name."
