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
from overbuild.world.provenance.derivation import Derivation, derive
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


class Settled(NamedTuple):
    """The inputs of a case with their origins, what each sourced one was held against, and every fault."""

    inputs: dict[str, Sourced]
    agreements: tuple[Agreement, ...]
    faults: tuple[CaseError, ...]


def settled(inputs: Mapping[str, Sourced], unit_of: Callable[[str], str], known: KnownFigures) -> Settled:
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
    return Settled(found, tuple(agreements), tuple(faults))


def _held(one: Sourced, unit: str, known: KnownFigures) -> Held:
    if one.derive or "from" in (one.place.block or {}):
        return _held_to_line(one, unit, known)
    return _held_to_fact(one, unit, known) if one.fact else _held_to_source(one, unit, known)


def derivation_of(entry: Entry, path: str, unit: str, known: KnownFigures) -> Derivation | list[CaseError]:
    """What the block of a derived number comes to in a unit, or all that stands against it, each at its place."""
    block = entry.block or {}
    line, operands = block.get("derive"), block.get("from")
    if line is None:
        place = block["from"]
        return [place.fault("missing", f"{path}.derive", 'operands without a line; write derive: "amount / years"')]
    given = {} if operands is None else operands.block
    faults = [block["fact"].fault("bad_value", f"{path}.fact", _FACT_BESIDE)] if "fact" in block else []
    if given is None:
        assert operands is not None
        hint = "operands are names with what they are: {amount: deals.ID.amount_usd_bn, years: 5 years}"
        return [*faults, operands.fault("bad_value", f"{path}.from", hint, operands.value)]
    texts = {name: one.text for name, one in given.items()}
    text = line.text or str(line.value)
    found = derive(text, texts, unit, known)
    if isinstance(found, Derivation):
        return faults or found
    for fault in found:
        place = given.get(fault.operand, line) if fault.operand else line
        where = f"{path}.from.{fault.operand}" if fault.operand else f"{path}.derive"
        faults.append(place.fault(fault.code, where, fault.hint, texts.get(fault.operand, text)))
    return faults


_FACT_BESIDE = "a derived number cites its facts as operands; move this one under from:"


def figured(known: KnownFigures) -> Callable[[Entry, str, str], Entry | list[CaseError]]:
    """What gives a derived block without a value its value: whole where it is whole to the last digit of a float."""

    def value(entry: Entry, path: str, unit: str) -> Entry | list[CaseError]:
        found = derivation_of(entry, path, unit, known)
        if isinstance(found, list):
            return found
        whole = round(found.number)
        is_whole = abs(found.number - whole) <= 1e-12 * max(1.0, abs(whole))
        return entry._replace(value=whole if is_whole else found.number, text="")

    return value


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
    said = Agreement(one.path, one.place, "derived", keys, found.text, found.number, unit, one.numbers[0] - found.number)
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
        f"differs from the fact it cites: {cited.key} is printed in words ({_short(cited.text)}), and a number cannot "
        "agree with words. Say how the number follows from them: reason: and author:"
    )
    return [one.place.fault("differs", one.path, hint, one.numbers[0])]


def _against(one: Sourced, cited: CitedField, unit: str, known: KnownFigures, note: str) -> Held:
    wanted = (measure_of(unit, known.units) if unit else PURE) or PURE
    figures = _figures(cited, wanted, known)
    if figures is None:
        return _of_another_kind(one, cited, unit, wanted, known)
    written = [(value, entry, _stands(value, figures, entry, cited)) for value, entry in _written(one)]
    faults = [
        _differs(one, entry, value, f"{_prints(cited, figures, unit)}, {_away(value, _nearest(value, figures))}.")
        for value, entry, stands in written
        if stands == "outside"
    ]
    verdict = "within" if any(stands == "within" for _, _, stands in written) else "agrees"
    if verdict == "within" and not faults and not (one.reason and one.author):
        hint = (
            f"{_prints(cited, figures, unit)}: the value lies inside the range and is neither its middle nor an end. "
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


def _stands(value: float, figures: tuple[float, float, float], entry: Entry, cited: CitedField) -> str:
    """How a value stands to a cited figure and its range: `agrees`, `within` or `outside`."""
    rounding = half_a_digit(cited.printed) / (abs(float(cited.printed)) or 1.0)
    if any(within(value, figure, half_a_digit(entry.text), rounding * abs(figure)) for figure in figures):
        return "agrees"
    return "within" if figures[1] <= value <= figures[2] else "outside"


def _of_another_kind(one: Sourced, cited: CitedField, unit: str, wanted: Measure, known: KnownFigures) -> Held:
    """A value that is no money where money is cited: it may still be another figure of the row that the key names."""
    value, entry = _written(one)[0]
    others = known.fields(one.fact)
    for other in others:
        figures = _figures(other, wanted, known)
        if figures and _stands(value, figures, entry, other) == "agrees":
            note = f"{cited.key} names a whole row; {other.key} ({_printed(other)}) is what the value agrees with"
            return _against(one._replace(fact=other.key), other, unit, known, note)
    measured = (measure_of(cited.unit, known.units) or PURE).words
    has = f". Its figures: {', '.join(f'{_printed(other)} ({other.field})' for other in others)}" if others else ""
    hint = f"{cited.key} prints {_printed(cited) or 'nothing'}, which is {measured}, and the value is {wanted.words}"
    return [_differs(one, one.place, value, f"{hint}{has}.")]


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


def _figures(cited: CitedField, wanted: Measure, known: KnownFigures) -> tuple[float, float, float] | None:
    """The cited figure and the ends of its range in the unit that is wanted; None for another kind of thing.

    GPUs a MW and MW a GPU say the same, turned over.
    """
    measure = measure_of(cited.unit, known.units)
    if measure is None or cited.number is None:
        return None
    ends = [cited.number, *(cited.number if end is None else end for end in (cited.low, cited.high))]
    if measure.dimensions == wanted.dimensions:
        middle, low, high = (end * measure.factor / wanted.factor for end in ends)
    elif measure.dimensions and PURE.times(measure, -1).dimensions == wanted.dimensions and all(ends):
        middle, high, low = (1.0 / (end * measure.factor) / wanted.factor for end in ends)
    else:
        return None
    return middle, low, high


def _differs(one: Sourced, place: Entry, value: float, hint: str) -> CaseError:
    return place.fault("differs", one.path, f"differs from the fact it cites: {hint} {REMEDY}", value)


def _said(one: Sourced, verdict: str, cited: CitedField, unit: str, note: str) -> Agreement:
    return Agreement(one.path, one.place, verdict, cited.key, _printed(cited), None, unit, None, note)


def _written(one: Sourced) -> list[tuple[float, Entry]]:
    """Each number of an input with the place where it is written; the block's own where it is computed."""
    block = one.place.block
    entry = one.place if block is None else block.get("value", one.place)
    entries = entry.items or [entry]
    return list(zip(one.numbers, entries if len(entries) == len(one.numbers) else [entry] * len(one.numbers)))


def _nearest(value: float, figures: tuple[float, ...]) -> float:
    return min(figures, key=lambda figure: abs(value - figure))


def _prints(cited: CitedField, figures: tuple[float, float, float], unit: str) -> str:
    middle, low, high = (f"{one:.6g}" for one in figures)
    ends = "" if low == high else f" ({low} to {high})"
    return f"{cited.key} prints {_printed(cited)}, which is {middle}{ends} {unit}".rstrip()


def _printed(cited: CitedField) -> str:
    return f"{_short(cited.printed or cited.text)} {cited.printed_unit}".removesuffix(" text").strip()


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _away(value: float, figure: float) -> str:
    return f"and the value is {abs(value - figure):.6g} {'more' if value > figure else 'less'}"
