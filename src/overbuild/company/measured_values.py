"""Every figure and measure of a company by the id that programs and `why` know it by, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Cell
from overbuild.company.companies import ComparedCompany, MeasuredPeriod
from overbuild.company.filed.concepts import BY_NAME, CONCEPTS
from overbuild.company.measures.measure import MEASURES, TAX
from overbuild.company.model import SUFFIX, declared
from overbuild.equations.reported import Reported, missing
from overbuild.errors import InputError, did_you_mean


class MetricValues(NamedTuple):
    """Values by id, and for each where it comes from, or why it is None."""

    values: dict[str, Cell]
    status: dict[str, str]


class Metric(NamedTuple):
    """A metric of a table: its id, what it is called, its unit, and the line that it is."""

    id: str
    label: str
    unit: str
    line: str


_UNITS = {"flow": "USD", "stock": "USD", "share": "decimal", "count": "count"}


def metrics() -> Iterator[Metric]:
    """Every metric that can be asked for.

    >>> [one.id for one in metrics()][:2]
    ['revenue', 'revenue_ttm']
    """
    labels = {one.name: (one.label, _UNITS[one.kind]) for one in CONCEPTS} | {
        one.name: (one.label, one.unit) for one in MEASURES
    }
    labels |= {"roic": ("Return on invested capital", "decimal"), "eva": ("Economic value added", "USD")}
    labels |= {"marginal_roic": ("Marginal return on invested capital", "decimal")}
    for one in declared():
        if (
            one.line.startswith("trailing_")
            and BY_NAME.get(one.line.removeprefix("trailing_"), CONCEPTS[0]).kind != "flow"
        ):
            continue
        label, unit = labels[one.id.removesuffix("_ttm")]
        yield Metric(one.id, f"{label}, four quarters" if one.id.endswith("_ttm") else label, unit, one.line)


def metric_named(name: str) -> Metric:
    """A metric by its id. Raises InputError `unknown_name` with ids that are close.

    >>> metric_named("capex").label
    'Cash capex'
    """
    known = {one.id: one for one in metrics()}
    if name not in known:
        plain = ", ".join(dict.fromkeys(one.removesuffix("_ttm") for one in known))
        hint = f"no such metric.{did_you_mean(name, known)} There are {plain}; with _ttm over four quarters"
        raise InputError("unknown_name", "metric", name, hint)
    return known[name]


def values_of_company(company: ComparedCompany) -> MetricValues:
    """Every metric at every period (`MSFT.capex@2025Q3`), the guidance of every year, and what the newest period lacks."""
    found = MetricValues({}, {})
    for period in company.periods:
        for one in declared():
            if one.line in period.lines and not _is_said_twice(period, one):
                _add(company, period, one, found)
    if company.newest is not None:
        _add_absent(company, company.newest, found)
    _add_guided(company, found)
    return found


def _add_guided(company: ComparedCompany, found: MetricValues) -> None:
    for guided in company.guided:
        for end, value in zip(("low", "high"), guided.ends, strict=True):
            name = f"{company.ticker}.capex_guided_{end}@{guided.period}"
            fact = guided.low if end == "low" or guided.high is None else guided.high
            found.values[name] = value
            found.status[name] = f"guidance in the company's words: {fact.source}, known {fact.known_at}"
    left, guidance = company.left_after_guided, company.guidance
    if left is not None and guidance is not None:
        for end, value in zip(("low", "high"), left, strict=True):
            name = f"{company.ticker}.cash_flow_less_guided_capex_{end}@{guidance.period}"
            found.values[name] = value
            found.status[name] = "computed: from operating_cash_flow_ttm of the newest period and the guidance"


def _is_said_twice(period: MeasuredPeriod, one: Reported) -> bool:
    """Whether a metric of four quarters is that of the fiscal year itself."""
    of_year = period.known.at.fiscal_year is not None and one.id.endswith("_ttm")
    return of_year and one.line.replace("trailing_", "filed_") in period.lines


def _add(company: ComparedCompany, period: MeasuredPeriod, one: Reported, found: MetricValues) -> None:
    name = f"{company.ticker}.{one.id}@{period.known.at.label}"
    why = missing(one, period.lines)
    found.values[name] = None if why else period.lines[one.line]
    figure = period.known.figure(one.line)
    found.status[name] = why or (figure.provenance if figure else f"computed: {_needs(one.line)}")


def _add_absent(company: ComparedCompany, newest: MeasuredPeriod, found: MetricValues) -> None:
    for one in metrics():
        name = f"{company.ticker}.{one.id}@{newest.known.at.label}"
        if name not in found.values:
            found.values[name] = None
            found.status[name] = f"not in the facts: {lacking(one.line, newest)}"


def _needs(line: str) -> str:
    basis, _, name = line.partition("_")
    found = next((one for one in MEASURES if one.name == name and basis in one.bases), None)
    return "from " + ", ".join(_said(need, basis) for need in found.needs) if found else "from invested capital"


def _said(need: str, basis: str) -> str:
    if need == TAX:
        return "tax_rate"
    of, _, name = need.replace("*", basis).partition("_")
    if need.startswith("year_before_"):
        return f"{need.removeprefix('year_before_')} of the year before"
    return f"{name} of the quarters that lag" if of == "lagged" else f"{name}{SUFFIX[of]}"


def lacking(line: str, period: MeasuredPeriod) -> str:
    """What a line would need that is not known, by the names of the figures."""
    basis, _, name = line.partition("_")
    ways = [one for one in MEASURES if one.name == name and basis in one.bases]
    if not ways:
        if line in ("roic", "marginal_roic", "eva"):
            return "debt, equity, cash and investments at both ends of the year"
        return f"{name} {'over four quarters' if basis == 'trailing' else 'of the period'}"
    needs = [need.replace("*", basis) for need in ways[-1].needs]
    return ", ".join(_said(need, basis) for need in needs if need not in period.lines and need != TAX)
