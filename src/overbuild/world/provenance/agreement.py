"""Whether the numbers of a case are what they cite: each sourced input agrees, is derived, or differs.

A number that cites a fact is the cited figure in its own unit, as far as either is rounded; of a range it is the middle
or one of the ends, and between them an assumption that says why. What cites words, or a paper of our own, is an
assumption. A number that is derived comes to what its line comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from overbuild.errors import CaseError
from overbuild.facts.cited_fields import CitedField
from overbuild.world.provenance.cited_range import CitedRange, as_printed, range_in, said_in
from overbuild.world.provenance.derived_block import derivation_of
from overbuild.world.provenance.documents import names_a_document
from overbuild.world.provenance.figures import OURS, KnownFigures, is_ours, is_own
from overbuild.world.provenance.measure import PURE, Measure, measure_of
from overbuild.world.provenance.rounding import half_a_digit, within
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry

REMEDY = (
    "Cite what says so, say how it is derived (derive: and from:), or give it as an assumption "
    "(reason:, author:, low:, high:) without the fact"
)


class Agreement(NamedTuple):
    """What a sourced input was held against, and how it stands to it.

    `verdict` is `agrees`, `derived`, `within` (an assumption inside the cited range), `words` (an assumption on what is
    printed in words), `cited` (a word or flag, which is not compared), `document` or `no document` (what `source:`
    says). `figure` is the cited or derived figure in the input's unit, `difference` the value less that, `printed` what
    the source prints. Figures are None where there is nothing to compare.
    """

    path: str
    place: Entry
    verdict: str
    cited: str
    printed: str
    figure: float | None
    unit: str
    difference: float | None
    note: str = ""


Held: TypeAlias = tuple[Sourced, Agreement] | list[CaseError]
"""An input with its origin settled and what it was held against, or its faults."""


class HeldInputs(NamedTuple):
    """The inputs of a case with their origins, what each sourced one was held against, and every fault."""

    inputs: dict[str, Sourced]
    agreements: tuple[Agreement, ...]
    faults: tuple[CaseError, ...]


def settled(inputs: Mapping[str, Sourced], unit_of: Callable[[str], str], known: KnownFigures) -> HeldInputs:
    """Every input held against what it cites or is derived from. Those without a value have a fault already."""
    found, agreements, faults = dict(inputs), list[Agreement](), list[CaseError]()
    for path, one in inputs.items():
        if one.value is None or not (one.fact or one.derive or one.source or "from" in (one.place.block or {})):
            continue
        held = _held(one, unit_of(path), known)
        if isinstance(held, list):
            faults += held
        else:
            found[path], agreement = held
            agreements.append(agreement)
    return HeldInputs(found, tuple(agreements), tuple(faults))


def _held(one: Sourced, unit: str, known: KnownFigures) -> Held:
    if one.derive or "from" in (one.place.block or {}):
        return _held_to_line(one, unit, known)
    return _held_to_fact(one, unit, known) if one.fact else _held_to_source(one, unit, known)


def _held_to_line(one: Sourced, unit: str, known: KnownFigures) -> Held:
    found = derivation_of(one.place, one.path, unit, known)
    if isinstance(found, list):
        return found
    if not one.numbers:
        return [one.place.fault("bad_value", f"{one.path}.derive", "only a number can be derived", str(one.value))]
    faults: list[CaseError] = []
    for value, entry in _written(one):
        if not within(value, found.number, half_a_digit(entry.text), found.rounding):
            hint = (
                f"differs from what it is derived by: {found.text} is {found.number:.6g} {unit}, "
                f"{_away(value, found.number)}. Correct the value, or leave it out: then it is computed"
            )
            faults.append(entry.fault("differs", one.path, hint, value))
    if one.reason and not one.author and not found.cited:
        hint = "an assumption names its author; operands that cite facts would make it a derived number"
        faults.append(one.place.fault("missing", f"{one.path}.author", hint))
    if faults:
        return faults
    keys = "; ".join(dict.fromkeys(cited.key for cited in found.cited))
    said = Agreement(
        one.path, one.place, "derived", keys, found.text, found.number, unit, one.numbers[0] - found.number
    )
    ours = [cited for cited in found.cited if is_ours(cited)]
    one = one._replace(derivation=found, origin="fact" if found.cited else "assumption" if one.reason else "case")
    return (_as_ours(one, ours[0]) if ours else one), said


def _held_to_fact(one: Sourced, unit: str, known: KnownFigures) -> Held:
    cited = known.find(one.fact)
    if cited is None:
        return [one.place.fault("unknown_name", f"{one.path}.fact", known.hint(one.fact), one.fact)]
    plain = one.fact.removeprefix("fact:")
    note = "" if cited.key == plain else f"{plain} is called {cited.key} now"
    one = one._replace(fact=cited.key)
    if not one.numbers:
        return one, _said(one, "cited", cited, unit, note)
    if cited.number is None and cited.text:
        return _on_words(one, cited, unit, note)
    return _against(one, cited, unit, known, note)


def _on_words(one: Sourced, cited: CitedField, unit: str, note: str) -> Held:
    if one.reason and one.author:
        return one._replace(origin="assumption"), _said(one, "words", cited, unit, note)
    hint = (
        f"differs from the fact it cites: {cited.key} is printed in words ({as_printed(cited)}), and a number cannot "
        "agree with words. Say how the number follows from them: reason: and author:"
    )
    return [one.place.fault("differs", one.path, hint, one.numbers[0])]


def _against(one: Sourced, cited: CitedField, unit: str, known: KnownFigures, note: str) -> Held:
    wanted = (measure_of(unit, known.units) if unit else PURE) or PURE
    figures = range_in(cited, wanted, known)
    if figures is None:
        return _of_another_kind(one, cited, unit, wanted, known)
    written = [(value, entry, _stands(value, figures, entry, cited)) for value, entry in _written(one)]
    faults = [
        _differs(one, entry, value, f"{said_in(cited, figures, unit)}, {_away(value, _nearest(value, figures))}.")
        for value, entry, stands in written
        if stands == "outside"
    ]
    verdict = "within" if any(stands == "within" for _, _, stands in written) else "agrees"
    if verdict == "within" and not faults and not (one.reason and one.author):
        hint = (
            f"{said_in(cited, figures, unit)}: the value lies inside the range and is neither its middle nor an end. "
            "Take one of these, derive it, or say why with reason: and author:"
        )
        faults.append(one.place.fault("differs", one.path, hint, one.numbers[0]))
    if faults:
        return faults
    figure = _nearest(one.numbers[0], figures)
    said = _said(one, verdict, cited, unit, note)._replace(figure=figure, difference=one.numbers[0] - figure)
    if is_ours(cited):
        return _as_ours(one, cited), said
    return one._replace(origin="assumption" if verdict == "within" else one.origin), said


def _stands(value: float, figures: CitedRange, entry: Entry, cited: CitedField) -> str:
    """How a value stands to a cited figure and its range: `agrees`, `within` or `outside`."""
    rounding = half_a_digit(cited.printed) / (abs(float(cited.printed)) or 1.0)
    if any(within(value, figure, half_a_digit(entry.text), rounding * abs(figure)) for figure in figures):
        return "agrees"
    return "within" if figures.low <= value <= figures.high else "outside"


def _of_another_kind(one: Sourced, cited: CitedField, unit: str, wanted: Measure, known: KnownFigures) -> Held:
    """A value that is no money where money is cited: it may still be another figure of the row that the key names."""
    value, entry = _written(one)[0]
    others = known.fields(one.fact)
    for other in others:
        figures = range_in(other, wanted, known)
        if figures and _stands(value, figures, entry, other) == "agrees":
            note = f"{cited.key} names a whole row; {other.key} ({as_printed(other)}) is what the value agrees with"
            return _against(one._replace(fact=other.key), other, unit, known, note)
    measured = (measure_of(cited.unit, known.units) or PURE).words
    prints = f"prints {as_printed(cited)}, which is {measured}" if cited.printed else "has no figure of its own"
    figures = {
        f"{as_printed(other)} ({other.field or other.key})" for other in others if other.printed != cited.printed
    }
    has = f" Other figures of the row: {', '.join(sorted(figures))}." if figures else ""
    return [_differs(one, one.place, value, f"{cited.key} {prints}, and the value is {wanted.words}.{has}")]


def _held_to_source(one: Sourced, unit: str, known: KnownFigures) -> Held:
    if is_own(one.source):
        source = known.sources[one.source]
        one = one._replace(origin="assumption", reason=one.reason or source.title, author=one.author or OURS)
        return one, Agreement(one.path, one.place, "document", one.source, "", None, unit, None)
    if names_a_document(one.source, known.sources):
        return one, Agreement(one.path, one.place, "document", one.source, "", None, unit, None)
    origin = "assumption" if one.reason and one.author else "case"
    return one._replace(origin=origin), Agreement(one.path, one.place, "no document", one.source, "", None, unit, None)


def _as_ours(one: Sourced, cited: CitedField) -> Sourced:
    """A number that rests on an assumption: one itself, with the note of what it cites as its reason."""
    return one._replace(
        origin="assumption", reason=one.reason or cited.note or cited.label, author=one.author or cited.source
    )


def _differs(one: Sourced, place: Entry, value: float, hint: str) -> CaseError:
    return place.fault("differs", one.path, f"differs from the fact it cites: {hint} {REMEDY}", value)


def _said(one: Sourced, verdict: str, cited: CitedField, unit: str, note: str) -> Agreement:
    return Agreement(one.path, one.place, verdict, cited.key, as_printed(cited), None, unit, None, note)


def _written(one: Sourced) -> list[tuple[float, Entry]]:
    """Each number of an input with the place where it is written; the block's own where it is computed."""
    block = one.place.block
    entry = one.place if block is None else block.get("value", one.place)
    entries = entry.items or [entry]
    if len(entries) != len(one.numbers):
        entries = [entry] * len(one.numbers)
    return list(zip(one.numbers, entries, strict=True))


def _nearest(value: float, figures: tuple[float, ...]) -> float:
    return min(figures, key=lambda figure: abs(value - figure))


def _away(value: float, figure: float) -> str:
    return f"and the value is {abs(value - figure):.6g} {'more' if value > figure else 'less'}"
