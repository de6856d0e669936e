"""The block of a derived number in a case file: what it comes to, and every fault with its place."""

from __future__ import annotations

from collections.abc import Callable

from overbuild.errors import CaseError
from overbuild.world.provenance.derivation import Derivation, derive
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.tree import Entry


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
    text = line.text
    if line.block is not None or line.items is not None or not text:
        return [*faults, line.fault("bad_value", f"{path}.derive", 'a line of arithmetic is text: "amount / years"')]
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
