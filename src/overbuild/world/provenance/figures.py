"""What the facts know of the keys that one case cites, looked up once for all of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, cached_property
from pathlib import Path

from overbuild.errors import FactError, did_you_mean, raise_all
from overbuild.facts.cited_fields import CitedField, cited_fields, fields_of, observed
from overbuild.facts.fact import Fact
from overbuild.facts.former_keys import FormerKey, former_keys
from overbuild.facts.sources import Source, shipped_sources
from overbuild.facts.store import read_everything
from overbuild.facts.typed_tables import TABLES, keyed_rows
from overbuild.world.provenance.measure import NONE_OF_ITS_OWN, OwnUnits

OURS = "overbuild"
"""The producer of papers that are our own."""


def _known_in(workspace: Path | None) -> tuple[dict[str, Fact], dict[str, Source]]:
    facts, sources, faults = read_everything(workspace)
    raise_all(faults)
    return {fact.key: fact for fact in facts}, sources


@cache
def _of_package() -> tuple[dict[str, Fact], dict[str, Source]]:
    return _known_in(None)


class KnownFigures:
    """The facts of the package and of a workspace by citing key, and the units that mean something in this case only.

    Raises every fault of the tables at once, when the first key is looked up.
    """

    def __init__(self, workspace: Path | str | None = None, units: OwnUnits = NONE_OF_ITS_OWN) -> None:
        self.workspace, self.units = workspace, units

    @cached_property
    def _known(self) -> tuple[dict[str, Fact], dict[str, Source]]:
        return _of_package() if self.workspace is None else _known_in(Path(self.workspace))

    @property
    def sources(self) -> dict[str, Source]:
        """Every document by its key."""
        return shipped_sources() if self.workspace is None else self._known[1]

    def find(self, key: str) -> CitedField | None:
        """What a key stands for, also one that was named otherwise before; None for what nothing is known of."""
        plain = key.removeprefix("fact:")
        if plain.partition(".")[0] in {table.name for table in TABLES}:
            return cited_fields([plain]).get(plain)
        facts = self._known[0]
        found = facts.get(plain) or facts.get(self.former(plain).now)
        return observed(found) if found else None

    def cited(self, key: str) -> CitedField:
        """What a key of the package's own files stands for. Raises FactError `unknown_name`."""
        found = self.find(key)
        if found is None:
            raise FactError("unknown_name", "fact", key, self.hint(key))
        return found

    @property
    def observations(self) -> Collection[Fact]:
        """Every observation, in the order of entry."""
        return self._known[0].values()

    def former(self, key: str) -> FormerKey:
        """What a key is called today, and what is to be said of it; itself where it was never another."""
        return former_keys().of(key.removeprefix("fact:"))

    def hint(self, key: str) -> str:
        """What to do about a key that nothing is known of."""
        plain = key.removeprefix("fact:")
        former = self.former(plain)
        if former.note:
            return f"no such fact. {former.note}".rstrip(".")
        table, _, rest = plain.partition(".")
        row = keyed_rows().get(f"{table}.{rest.partition('.')[0]}")
        if row is not None:
            fields, field = fields_of(row), rest.partition(".")[2]
            return f"the row has no such figure.{did_you_mean(field, fields)} It has {', '.join(fields)}"
        return f"no such fact.{did_you_mean(plain, [*self._known[0], *keyed_rows()])}"

    def fields(self, key: str) -> list[CitedField]:
        """Every figure of the row that a key names, and what other documents print of the same deal.

        None where the key names an observation or a field.
        """
        plain = key.removeprefix("fact:")
        row = keyed_rows().get(plain)
        if row is None:
            return []
        fields = list(cited_fields([f"{plain}.{name}" for name in fields_of(row)]).values())
        deal = row.cells.get("deal")
        terms = [observed(fact) for fact in self.observations if deal and fact.entity == deal]
        return [one for one in (*fields, *terms) if one.number is not None]


def is_ours(cited: CitedField) -> bool:
    """Whether a row is an assumption: recalled, our own judgement, or a paper of our own."""
    return cited.status in ("assumption", "recalled") or cited.source_class == "assumption" or is_own(cited.source)


def is_own(source: str) -> bool:
    """Whether a source is a paper of our own."""
    known = shipped_sources().get(source)
    return known is not None and known.producer == OURS
