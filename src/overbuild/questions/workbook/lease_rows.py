"""What a leased shell adds to debt, and its class, as results of a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.equations import line, trace
from overbuild.equations.cells import Ref, cell_of
from overbuild.equations.named_lines import named_lines
from overbuild.questions.site.leases import lease_values
from overbuild.questions.workbook.book import NONE, ResultRow
from overbuild.site.lease import debt_with_leases
from overbuild.site.run import SiteRun
from overbuild.units import UsdStock


def lease_rows(run: SiteRun) -> Iterator[ResultRow]:
    """Debt with the lease, live; the class of the lease, which stands while no input has changed.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.site.run import run_site
    >>> list(lease_rows(run_site(PLAN)))
    []
    """
    values, unsaid = lease_values(run)
    if not values:
        return
    traced = named_lines(trace(_with_leases, 1.0, 1.0))["debt_with_leases"]
    formula = cell_of(traced, lambda operand: Ref(operand.name))
    total = values["debt_with_leases"]
    yield ResultRow("debt_with_leases", "Debt with leases", "USD", 0.0 if total is None else total, formula, True, "")
    told = values["lease_class"]
    note = unsaid.get("lease_class", "by the tests of ASC 842, when exported")
    yield ResultRow("lease_class", "Class of the lease", "word", NONE if told is None else told, (), False, note)


def _with_leases(debt: UsdStock, lease_liability: UsdStock) -> UsdStock:
    return line("debt_with_leases", debt_with_leases(debt, lease_liability))
