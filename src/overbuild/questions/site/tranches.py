"""The loans of a site one by one: what each lends, how it is covered, what it loses."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.questions.answer import Cell, Column, Row, Table
from overbuild.site.case_run import CaseRun

RESULTS = ("debt", "dscr", "rank_dscr", "llcr", "lgd")
"""What is told of each loan, by the last word of its id (`tranche.NAME.dscr`); `dscr` is the least of all periods."""


def tranche_table(basis: CaseRun) -> Table:
    """One row a loan, in order of the case; empty without debt."""
    run, values = basis.run, basis.results.values
    rows: list[Row] = []
    for loan in run.plan.loans:
        rows.append({"loan": loan.name, "rank": loan.rank, "repayment": loan.repayment, **_told(loan.name, values)})
    if run.plan.mezzanine is not None:
        rows.append({"loan": "mezzanine", "rank": None, "repayment": "bullet", **_told("mezzanine", values)})
    if run.plan.holdco is not None:
        told = {result: values.get(f"tranche.holdco.{result}") for result in RESULTS}
        rows.append({"loan": "holdco", "rank": None, "repayment": run.plan.holdco.repayment, **told})
    columns = (
        Column("loan", "loan"),
        Column("rank", "rank"),
        Column("repayment", "repayment"),
        Column("debt", "drawn", "USD_m"),
        Column("dscr", "least cover", "ratio"),
        Column("rank_dscr", "least cover of its rank", "ratio"),
        Column("llcr", "LLCR", "ratio"),
        Column("lgd", "loss given default", "decimal"),
    )
    note = "least cover counts the cash left by better ranks; loans of one rank share it, see the cover of the rank"
    return Table("tranches", "Loans", columns, tuple(rows), note if len(rows) > 1 else "")


def _told(name: str, values: Mapping[str, Cell]) -> Row:
    return {result: values[f"tranche.{name}.{result}"] for result in RESULTS}
