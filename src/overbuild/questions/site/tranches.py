"""The loans of a site one by one: what each lends, how it is covered, what it loses."""

from __future__ import annotations

from overbuild.questions.answer import Cell, Column, Row, Table
from overbuild.questions.site.existence import missing
from overbuild.site.run import SiteRun

RESULTS = ("debt", "dscr", "rank_dscr", "llcr", "lgd")
"""What is told of each loan, by the last word of its id (`tranche.NAME.dscr`); `dscr` is the least of all periods."""

LINES = {"debt": "debt", "dscr": "min_dscr", "rank_dscr": "min_rank_dscr", "llcr": "llcr", "lgd": "lgd"}
"""The line of the results that each is, after the name of the loan."""


def line_of(path: str, run: SiteRun) -> str | None:
    """The line of the results behind `tranche.NAME.*`; None where there is no such loan or result.

    >>> from overbuild.site.examples import PLAN, STACK_PLAN
    >>> from overbuild.site.run import run_site
    >>> line_of("tranche.gpu.dscr", run_site(STACK_PLAN)), line_of("tranche.senior.lgd", run_site(PLAN))
    ('gpu.min_dscr', 'senior.lgd')
    """
    first, _, rest = path.partition(".")
    name, _, result = rest.partition(".")
    if first != "tranche" or result not in RESULTS or name not in names_of(run):
        return None
    return f"{name}.{LINES[result]}"


def names_of(run: SiteRun) -> tuple[str, ...]:
    """Names of what is told one by one: the loans, and the mezzanine.

    >>> from overbuild.site.examples import STACK_PLAN
    >>> from overbuild.site.run import run_site
    >>> names_of(run_site(STACK_PLAN))
    ('senior', 'gpu')
    """
    return run.shape.reported


def tranche_values(run: SiteRun) -> tuple[dict[str, Cell], dict[str, str]]:
    """Values and status of every loan by id.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.site.run import run_site
    >>> values, status = tranche_values(run_site(PLAN))
    >>> values["tranche.senior.debt"], values["tranche.senior.lgd"], status["tranche.senior.lgd"]
    (1000000000.0, None, 'no default')
    """
    lines = _lines(run)
    values: dict[str, Cell] = {}
    status: dict[str, str] = {}
    for name in names_of(run):
        for result in RESULTS:
            path = f"tranche.{name}.{result}"
            why = missing(path, lines)
            values[path] = None if why else lines[f"{name}.{LINES[result]}"]
            if why:
                status[path] = why
    if run.holdco is not None:
        found = run.holdco.results
        served = float(found.covered_periods) > 0.0
        values |= {"tranche.holdco.debt": float(found.debt)}
        values |= {"tranche.holdco.dscr": float(found.min_dscr) if served else None}
        status |= {} if served else {"tranche.holdco.dscr": "no debt service"}
    return values, status


def tranche_table(run: SiteRun) -> Table:
    """One row a loan, in order of the case; empty without debt."""
    values, _ = tranche_values(run)
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


def _told(name: str, values: dict[str, Cell]) -> Row:
    return {result: values[f"tranche.{name}.{result}"] for result in RESULTS}


def _lines(run: SiteRun) -> dict[str, float]:
    """Lines of the results by name."""
    found = run.results
    lines = {
        name: float(getattr(found, name)) for name in ("debt", "min_dscr", "llcr", "covered_periods", "default_period")
    }
    lines["site_loss_given_default"] = float(found.loss_given_default)
    for one in found.tranches:
        for name in ("debt", "min_dscr", "min_rank_dscr", "covered_periods", "llcr"):
            lines[f"{one.name}.{name}"] = float(getattr(one, name))
        lines[f"{one.name}.lgd"] = float(one.loss_given_default)
    return lines
