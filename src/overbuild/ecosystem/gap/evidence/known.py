"""What is derived on a day: the doors, energy, the vintages, and the plans on one definition."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.derived_figures import KnownPart, known_parts
from overbuild.ecosystem.gap.evidence.vintages import GuidanceNames, KnownVintage, known_vintages
from overbuild.ecosystem.gap.figures import parts_of_cell
from overbuild.ecosystem.gap.preset import GapPreset
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View


class KnownEvidence(NamedTuple):
    """What is derived on a day: both doors, energy, the vintages, and the plans on each common definition.

    The end users' door and the definitions are empty where they cannot be derived on the day.
    """

    owner: tuple[KnownPart, ...]
    end_user: tuple[KnownPart, ...]
    energy: tuple[KnownPart, ...]
    vintages: tuple[KnownVintage, ...]
    cash: tuple[KnownPart, ...]
    with_finance_leases: tuple[KnownPart, ...]

    @property
    def parts(self) -> dict[str, tuple[KnownPart, ...]]:
        """The parts of every derived quantity, by its name."""
        return {
            "owner": self.owner,
            "end_user": self.end_user,
            "energy": self.energy,
            "ai_share": tuple(vintage.ai_share for vintage in self.vintages),
            "cash": self.cash,
            "with_finance_leases": self.with_finance_leases,
        }

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind all of it."""
        of_parts = (fact for parts in self.parts.values() for part in parts for fact in part.facts)
        of_vintages = (fact for vintage in self.vintages for one in vintage.spenders for fact in one.facts)
        return (*of_parts, *of_vintages)


def known_evidence(view: View, preset: GapPreset, year: int) -> KnownEvidence:
    """What is derived on the view's day. Raises FactError `no_fact` where a row or the AI share has no figure."""
    plan, this_year = preset.vintages, year == preset.year
    names = GuidanceNames(preset.guidance.low, preset.guidance.high)
    return KnownEvidence(
        owner=parts_of_cell(view, preset.owner_revenue, preset, year),
        end_user=known_parts(view, preset.end_user_revenue) if this_year else (),
        energy=parts_of_cell(view, preset.energy_of_ai_sites, preset, year),
        vintages=known_vintages(view, plan, names, year),
        cash=known_parts(view, preset.capex_cash) if this_year else (),
        with_finance_leases=known_parts(view, preset.capex_with_finance_leases) if this_year else (),
    )
