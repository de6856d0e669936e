"""A site's results as rows: whole rows summed by live formula, rates guarded, what does not exist said in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from overbuild.equations.cells import Pieces, Ref, cell_of
from overbuild.equations.line_table import label_of
from overbuild.money.irr import Irr
from overbuild.questions.site.basis import Basis
from overbuild.questions.site.existence import conditions_of, missing
from overbuild.questions.site.tranches import LINES, names_of
from overbuild.questions.workbook.blocks import Blocks
from overbuild.questions.workbook.book import NONE, Check, ResultRow, Row, Value, worst
from overbuild.questions.workbook.lease_rows import lease_rows
from overbuild.questions.workbook.rows import Places, label_of_part, unit_of_line
from overbuild.site.run import OWNERS, PROJECT, Flows, SiteRun, flows_of

LABELS = "calendar"
"""The row that names the periods."""

_NAMES = {"site_loss_given_default": "lgd"}
"""Lines whose result is known by a shorter id."""

_SEEN_AS = {"default_period": "default_in_operating_period"}
"""Lines whose number is a count of periods; the result of that id is the period's name."""


def result_rows(basis: Basis, blocks: Blocks, places: Places) -> list[ResultRow]:
    """Every value of the answer that a formula gives, then those that a solver found."""
    names = {**_NAMES, **tranche_lines(basis.run)}
    made = list(_line_rows(blocks, places, names))
    made += list(lease_rows(basis.run))
    made += list(_period_rows(basis, blocks))
    made += list(_rates(basis, blocks))
    return made


def lines_of(blocks: Blocks) -> dict[str, float]:
    """The results of the run by the name of their line."""
    block = blocks.results
    return {name: float(block.steps[0][line.place]) for name, line in block.lines.items()}


def tranche_lines(run: SiteRun) -> dict[str, str]:
    """Ids of the results of each loan, by the name of their line.

    >>> from overbuild.site.examples import STACK_PLAN
    >>> from overbuild.site.run import run_site
    >>> tranche_lines(run_site(STACK_PLAN))["gpu.min_dscr"]
    'tranche.gpu.dscr'
    """
    return {f"{name}.{line}": f"tranche.{name}.{result}" for name in names_of(run) for result, line in LINES.items()}


def _line_rows(blocks: Blocks, places: Places, names: dict[str, str]) -> Iterator[ResultRow]:
    block, numbers = blocks.results, lines_of(blocks)
    for line in block.lines.values():
        name = names.get(line.name, line.name)
        row = _SEEN_AS.get(name, name)
        pieces = _named(cell_of(line, partial(places.of, block)), names)
        why = None if row != name else missing(name, numbers)
        value: Value = numbers[line.name] if why is None else NONE
        guarded = pieces if row != name else _guarded(name, pieces, (names, numbers))
        label = label_of_part(line.name) if line.kind == "part" else label_of(line.name)
        yield ResultRow(row, label, unit_of_line(line.name), value, guarded, True, why or "")


def _named(pieces: Pieces, names: dict[str, str]) -> Pieces:
    """References to other results by the ids they have on the sheet."""
    return tuple(
        piece._replace(row=_SEEN_AS.get(names.get(piece.row, piece.row), names.get(piece.row, piece.row)))
        if isinstance(piece, Ref)
        else piece
        for piece in pieces
    )


def _guarded(name: str, pieces: Pieces, known: tuple[dict[str, str], dict[str, float]]) -> Pieces:
    """The formula where its conditions hold, `none` elsewhere."""
    names, numbers = known
    found = pieces
    for one in reversed(conditions_of(name, numbers)):
        sign = "<=0" if one.absent else ">0"
        found = ("IF(", *_named((Ref(one.line),), names), f"{sign},", *found, f',"{NONE}")')
    return found


def _period_rows(basis: Basis, blocks: Blocks) -> Iterator[ResultRow]:
    """Results that are periods: their names, found by place."""
    run, block = basis.run, blocks.operation
    labels = Ref(LABELS, first=block.first, last=block.last)
    place, failed = run.min_dscr_period, run.defaulted_in
    yield ResultRow(
        "min_dscr_period",
        "Period of least cover",
        "period",
        basis.label(place) if place else NONE,
        (
            "IF(",
            Ref("min_dscr_period_number"),
            ">0,INDEX(",
            labels,
            ",1,",
            Ref("min_dscr_period_number"),
            f'),"{NONE}")',
        ),
        True,
        "",
    )
    at = Ref(_SEEN_AS["default_period"])
    yield ResultRow(
        "default_period",
        "Period of default",
        "period",
        basis.label(failed) if failed else NONE,
        ("IF(", at, ">0,INDEX(", labels, ",1,", at, f'),"{NONE}")'),
        True,
        "",
    )


def flow_rows(run: SiteRun, blocks: Blocks) -> Iterator[Row]:
    """Flows that rates of return are solved from, on one row from close to the end."""
    yield Row("", "Flows that rates of return are solved from")
    for name, label, flows in (
        ("equity_flows", "Flows of the owners", OWNERS),
        ("project_flows_pre_tax", "Flows of the project before tax", PROJECT),
    ):
        numbers = flows_of(flows, run.building, run.operating)
        yield Row(name, label, "USD per period", dict(enumerate(numbers)), dict(_flow_formulas(flows, blocks)))


def _flow_formulas(flows: Flows, blocks: Blocks) -> Iterator[tuple[int, Pieces]]:
    for signed, block in ((flows.building, blocks.construction), (flows.operating, blocks.operation)):
        pieces: list[str | Ref] = []
        for name, sign in signed:
            pieces += ["+" if sign > 0 else "-", Ref(name)]
        for place in range(block.first, block.last + 1):
            yield place, ("(0", *pieces, ")")


def _rates(basis: Basis, blocks: Blocks) -> Iterator[ResultRow]:
    run, last = basis.run, blocks.operation.last
    p = run.plan.site.periods_per_year
    for name, label, row, found in (
        ("equity_irr_per_year", "Owners' rate of return", "equity_flows", run.equity_irr),
        ("project_irr_pre_tax_per_year", "Project's rate of return before tax", "project_flows_pre_tax",
         run.project_irr_pre_tax),
    ):  # fmt: skip
        flows = Ref(row, first=0, last=last)
        yield _rate(name, label, flows, (found, p))
    taxed = run.project_irr_post_tax
    yield ResultRow(
        "project_irr_per_year",
        "Project's rate of return after tax",
        "decimal per year",
        NONE if taxed.per_year is None else taxed.per_year,
        (),
        False,
        f"solved on the site without debt, which this book does not hold; {taxed.status}",
    )


def _rate(name: str, label: str, flows: Ref, at: tuple[Irr, int]) -> ResultRow:
    """The root near the one that the program reports; flows that never change sign have none."""
    found, p = at
    value: Value = NONE if found.per_year is None else found.per_year
    near = 0.0 if found.per_year is None else (1.0 + found.per_year) ** (1.0 / p) - 1.0
    signs: Pieces = ("IF(AND(MIN(", flows, ")<0,MAX(", flows, ")>0),")
    rate: Pieces = ("IFERROR((1+IRR(", flows, f",{near!r}))^{p}-1", f',"{NONE}"),"{NONE}")')
    note = "effective; the root nearest to the one found by the program"
    if found.status != "ok":
        note = f"{found.status}: trust the net present value and the multiple instead"
    return ResultRow(name, label, "decimal per year", value, (*signs, *rate), True, note)


def run_checks(run: SiteRun, blocks: Blocks) -> Iterator[Check]:
    """Identities of the run, live: sources = uses, balance sheet, cash."""
    build, work = blocks.construction, blocks.operation

    def built(name: str) -> Ref:
        return Ref(name, first=build.first, last=build.last)

    def worked(name: str) -> Ref:
        return Ref(name, first=work.first, last=work.last)

    uses = sum(run.building["uses_of_funds"])
    broken = "The identity does not hold: do not use this book."
    yield Check(
        "check.sources_equal_uses",
        "Sources less uses of funds, worst period, as a share of uses",
        ("(", *worst((built("funding_gap"),)), "/", Ref("uses"), ")"),
        max(map(abs, run.building["funding_gap"])) / uses,
        1e-9,
        broken,
    )  # fmt: skip
    scale: Pieces = ("MAX(", Ref("uses"), ",MAX(", worked("total_assets"), "))")
    most = max(uses, *run.operating["total_assets"])
    for name, gap, label in (
        ("check.balance_sheet", "balance_gap", "Assets less debt and equity"),
        ("check.cash", "cash_gap", "Cash in less cash out less cash kept"),
    ):
        yield Check(
            name,
            f"{label}, worst period alive, as a share of assets",
            ("(", *worst((worked(gap), "*", worked("alive"))), "/", *scale, ")"),
            max(abs(one) * alive for one, alive in zip(run.operating[gap], run.operating["alive"], strict=True)) / most,
            1e-9,
            broken,
        )
