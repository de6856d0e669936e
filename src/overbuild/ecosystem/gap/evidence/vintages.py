"""The purchases of earlier years as a day knows them: each spender's capex of a calendar year, and on what it rests."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.derived_figures import KnownPart, assumed_part, known_part
from overbuild.ecosystem.derived_ranges import GivenOperands, RangeArithmetic
from overbuild.ecosystem.figures_in_force import Subject, amount, fact_of_year
from overbuild.ecosystem.gap.evidence.preset import VintagePlan
from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.period import period_days

_FARTHEST = 10
"""How many years back a year that is not known looks for one to hold."""


class SpenderCapex(NamedTuple):
    """One spender's capex of a calendar year: its value, the facts it is, and how the year is made of them.

    `basis` is `reported`, `sum of quarters`, `midpoint of guidance`, `held from YEAR`, or `not known`, which is 0.
    """

    name: str
    value: float
    facts: tuple[Fact, ...]
    basis: str


class KnownVintage(NamedTuple):
    """One year's purchases as known on a day, spender by spender, with the share of them that is for AI."""

    year: int
    spenders: tuple[SpenderCapex, ...]
    ai_share: KnownPart

    @property
    def capex(self) -> float:
        """What the spenders bought together."""
        return sum(one.value for one in self.spenders)


class VintageTerms(NamedTuple):
    """One year's purchases as numbers of the model; the capex of the year asked for is a line of the model itself."""

    name: str
    age_years: float
    capex: tuple[SpenderAmount, ...]
    ai_share: GivenOperands


class SpenderAmount(NamedTuple):
    """One spender's amount, by name."""

    name: str
    value: float


class VintageShape(NamedTuple):
    """What is static of a vintage: its year, and the arithmetic of its AI share."""

    name: str
    ai_share: RangeArithmetic


class GuidanceNames(NamedTuple):
    """Metrics of the low and the high end of a year's guidance."""

    low: str
    high: str


def known_vintages(view: View, plan: VintagePlan, guidance: GuidanceNames, year: int) -> tuple[KnownVintage, ...]:
    """The vintages of the plan before a year, oldest first, then the year's own, whose capex the table has.

    Raises FactError `no_fact` where the AI share of the year cannot be derived on the day.
    """
    earlier = sorted((one for one in plan.ai_share if one.year < year), key=lambda one: one.year)
    found = [
        KnownVintage(
            one.year,
            tuple(spender_capex(view, Subject(name, plan.metric), guidance, one.year) for name in plan.entities),
            assumed_part(str(one.year), f"AI share of {one.year}", one.share),
        )
        for one in earlier
    ]
    return (*found, KnownVintage(year, (), _share_of_year(view, plan, year)))


def spender_capex(view: View, subject: Subject, guidance: GuidanceNames, year: int) -> SpenderCapex:
    """A spender's capex of a calendar year: reported, else its quarters, else guidance, else the newest year, held.

    Source: ours, a convention: a year that is not known on a day is held at the newest that is.
    """
    return _of_year(view, subject, guidance, year) or _held(view, subject, guidance, year)


def _of_year(view: View, subject: Subject, guidance: GuidanceNames, year: int) -> SpenderCapex | None:
    reported = fact_of_year(view, subject, year)
    if reported is not None and reported.kind == "reported":
        return SpenderCapex(subject.entity, amount(reported), (reported,), "reported")
    quarters = [view.find(*subject, *period_days(f"{year}Q{place}")) for place in (1, 2, 3, 4)]
    known = tuple(fact for fact in quarters if fact is not None and fact.kind == "reported")
    if len(known) == len(quarters):
        return SpenderCapex(subject.entity, sum(map(amount, known)), known, "sum of quarters")
    low = fact_of_year(view, Subject(subject.entity, guidance.low), year)
    high = fact_of_year(view, Subject(subject.entity, guidance.high), year)
    if low is not None and high is not None:
        return SpenderCapex(subject.entity, (amount(low) + amount(high)) / 2, (low, high), "midpoint of guidance")
    return None


def vintage_terms(vintage: KnownVintage, newest: int) -> VintageTerms:
    """A vintage as numbers of the model, its age counted back from the newest."""
    return VintageTerms(
        name=str(vintage.year),
        age_years=float(newest - vintage.year),
        capex=tuple(SpenderAmount(one.name, one.value) for one in vintage.spenders),
        ai_share=vintage.ai_share.given,
    )


def with_shares(vintages: tuple[KnownVintage, ...], plan: VintagePlan) -> tuple[KnownVintage, ...]:
    """The same purchases under the AI shares of another plan; a share that is derived from facts stays."""
    shares = {one.year: one.share for one in plan.ai_share}
    return tuple(
        one._replace(ai_share=assumed_part(str(one.year), one.ai_share.label, shares[one.year]))
        if one.year in shares
        else one
        for one in vintages
    )


def _held(view: View, subject: Subject, guidance: GuidanceNames, year: int) -> SpenderCapex:
    """The newest earlier year that is known, held; 0 where none is."""
    for earlier in range(year - 1, year - _FARTHEST, -1):
        found = _of_year(view, subject, guidance, earlier)
        if found is not None:
            return found._replace(basis=f"held from {earlier}")
    return SpenderCapex(subject.entity, 0.0, (), "not known")


def _share_of_year(view: View, plan: VintagePlan, year: int) -> KnownPart:
    of_year = next((one for one in plan.ai_share if one.year == year), None)
    if of_year is not None:
        return assumed_part(str(year), f"AI share of {year}", of_year.share)
    found = known_part(view, plan.ai_share_of_year) if plan.ai_share_of_year.name == str(year) else None
    if found is None:
        hint = "the share of the year's capex that is for AI is not known: no estimate is dated by then"
        raise FactError("no_fact", f"ai_share_of_capex {year}", view.day, hint)
    return found
