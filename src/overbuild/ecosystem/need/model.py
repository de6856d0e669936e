"""What must be earned as a model: one page of single values, and what it reports."""

from __future__ import annotations

from overbuild.ecosystem.need.year import NeedTerms, need_of_year
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Reported

REQUIRED = (
    "capital_charge",
    "required_revenue.owner",
    "required_revenue.end_user",
    "need_gap",
    "need_gap.owner",
    "multiplier.required_revenue",
)
"""Lines that are results of every year."""


def need_model(terms: NeedTerms) -> Model:
    """A year of what must be earned: it reports the requirement at each door, the gaps and the charge of each class.

    >>> need_model(NeedTerms(100.0, 8.0, 20.0, 30.0, (), 0.1, 0.0, (), 0.5, 0.5)).reported[1].id
    'required_revenue.owner'
    """
    charges = tuple(f"capital_charge.{part.name}" for part in terms.parts)
    return Model(
        (Stage("year", need_of_year, None, terms),), tuple(Reported(name, name) for name in (*REQUIRED, *charges))
    )
