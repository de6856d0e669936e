"""Units that a file states beside its numbers, held against those of the inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from overbuild.errors import CaseError
from overbuild.world.sourced import Sourced


def unit_faults(inputs: Mapping[str, Sourced], unit_of: Callable[[str], str]) -> Iterator[CaseError]:
    """A unit beside a number that is not the unit of the input: numbers are never converted unasked.

    >>> from overbuild.world.sourced import assumption
    >>> from overbuild.world.tree import read_tree
    >>> block = read_tree("{load: {value: 100, unit: kW}}", "my.yaml").block["load"]
    >>> load = assumption(100.0, "kW", author="me", reason="A guess.")._replace(place=block)
    >>> [fault.hint for fault in unit_faults({"load": load}, lambda path: "MW")]
    ['this number is in MW: write it so, and leave the unit as it is']
    """
    for path, one in inputs.items():
        stated, unit = (one.place.block or {}).get("unit"), unit_of(path)
        if stated is not None and unit and stated.value != unit and stated.block is None:
            hint = f"this number is in {unit}: write it so, and leave the unit as it is"
            if not one.numbers:
                hint = "this input has no unit: leave it out"
            yield stated.fault("bad_unit", f"{path}.unit", hint, stated.value)
