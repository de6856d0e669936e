"""A large load under a tariff as a model: its years, and what they come to."""

from __future__ import annotations

from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Reported
from overbuild.policy.tariff.results import ResultTerms, deal_results, rows_of
from overbuild.policy.tariff.yearly.year import ContractYear, DealTerms, YearBefore, year_of_contract


def tariff_model(terms: DealTerms, years: int) -> Model:
    """A deal over so many years from its first.

    >>> from overbuild.policy.tariff.examples import BUILT, LOAD, SHARING, TARIFF
    >>> [stage.name for stage in tariff_model(DealTerms(LOAD, TARIFF, BUILT, SHARING), 40).stages]
    ['years', 'results']
    """
    columns = ContractYear([float(year) for year in range(1, years + 1)], [1.0] + [0.0] * (years - 1))
    classes = tuple(one.name for one in terms.sharing.classes)
    stages = (
        Stage("years", year_of_contract, None, terms, YearBefore(0.0, 0.0), columns),
        Stage(
            "results",
            deal_results,
            None,
            ResultTerms(terms.built.carrying_cost_per_year, float(years)),
            rows_of(classes),
        ),
    )
    return Model(stages, reported_of(classes))


_PLAIN = (
    ("others_worse_off", "others_worse_off"),
    ("others_worse_off.per_year", "others_worse_off_per_year"),
    ("household_month", "household_month"),
    ("owners_worse_off", "owners_worse_off"),
    ("revenue_required", "revenue_required"),
    ("revenue_paid", "revenue_paid"),
    ("dilution_benefit", "dilution_benefit"),
    ("minimum_bill", "minimum_bill"),
    ("collateral", "collateral"),
    ("contribution_in_aid", "contribution_in_aid"),
    ("capital_committed", "capital_committed"),
    ("capital_unrecovered", "capital_unrecovered"),
    ("load.delivery", "paid_in_all.delivery"),
    ("load.generation", "paid_in_all.generation"),
    ("load.energy", "paid_in_all.energy"),
)


def reported_of(classes: tuple[str, ...]) -> tuple[Reported, ...]:
    """What a deal reports.

    >>> [one.id for one in reported_of(("residential",))][-1]
    'residential.worse_off'
    """
    fee = [
        Reported(f"exit_fee.{name}", f"exit_fee.{name}_in_all")
        for name in ("due", "from_collateral", "beyond", "unpaid")
    ]
    return (
        *(Reported(name, line) for name, line in _PLAIN),
        *fee,
        *(Reported(f"{name}.worse_off", f"{name}.worse_off") for name in classes),
    )
