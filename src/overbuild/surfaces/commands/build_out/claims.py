"""`overbuild claims`: published sums, recomputed."""

from __future__ import annotations

from pathlib import Path

import click

from overbuild import ask
from overbuild.foreign.how_written import HowWritten
from overbuild.surfaces.options import Output, deliver, examples, fact_options, output_options, without_chart
from overbuild.surfaces.typed_in import table_options


class _ClaimOrCommand(click.Group):
    """`claims ID` explains one, `claims add FILE` enters a list, `claims` alone shows all."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "explain", self.commands["explain"], args
        return super().resolve_command(ctx, args)


@click.group(
    cls=_ClaimOrCommand,
    invoke_without_command=True,
    subcommand_metavar="[ID | add FILE]",
    epilog=examples("overbuild claims", "overbuild claims sequoia_2024_600b --chart sum.svg"),
)
@fact_options
@output_options
@click.pass_context
def claims(ctx: click.Context, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """Whose published sum closes?

    Every published analysis is recomputed from its own inputs by its own formula; those that do not close come first.
    A sum closes, closes by construction (an input was solved from the result), does not close, or cannot be closed
    because its inputs were not published. Beside the verdict stands what a sum mixes: revenue at the owner and at the
    end user, a run rate and a year's revenue, two definitions of capex. `overbuild claims ID` explains one step by step.
    """
    if ctx.invoked_subcommand is None:
        deliver(ask.claims(as_of=as_of, workspace=workspace), output, ["overbuild claims sequoia_2024_600b"])
    else:
        ctx.obj = (as_of, workspace, output)


@claims.command(hidden=True)
@click.argument("claim_id", metavar="ID")
@fact_options
@output_options
@click.pass_context
def explain(ctx: click.Context, claim_id: str, as_of: str | None, workspace: Path | None, output: Output) -> None:
    """Explain one published analysis: inputs, arithmetic step by step, our model on the same inputs."""
    before_day, before_place, before_output = ctx.obj
    answer = ask.explain_claim(claim_id, as_of=as_of or before_day, workspace=workspace or before_place)
    deliver(answer, output if any(output) else before_output, ["overbuild claims"])


@claims.command(
    short_help="Does my own list of published sums close?",
    epilog=examples(
        "overbuild claims add mine.csv --workspace my-facts", "overbuild claims --workspace my-facts --as-of 2026-06-30"
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workspace", type=click.Path(path_type=Path), default=None, help="Folder to enter the list in.")
@table_options
@output_options
@click.pass_context
def add(ctx: click.Context, file: Path, workspace: Path | None, written: HowWritten, output: Output) -> None:
    """Does my own list of published sums close? Enters all of them, or none if one is at fault.

    FILE is CSV (any separator; UTF-8, UTF-16, cp1252) or a sheet of an .xlsx workbook, with the columns id, author,
    published, known_at, known_at_precision (day, month, year), source_class (filing, company_release, regulator, press,
    aggregator, analyst), claim, inputs (a JSON object of numbers by their names), formula (in words), expression (the
    arithmetic on these names), output, unit, printed_step, tolerance, tolerance_reason, back_solved (inputs that were
    solved from the result), missing (what was not published) and source_url; a cell may be blank where there is nothing
    to say. `overbuild facts template claims FILE` writes an empty list.

    `printed_step` is the value of one unit of the last printed digit: 10 for 650 rounded to tens. Half of it is the
    tolerance where `tolerance` is blank; a wider one, a share of the result, needs a `tolerance_reason`. A column
    `measures` may say what inputs measure, as a JSON object by their names, with the words owner_revenue,
    end_user_revenue, run_rate, backlog, capex, capex_cash, capex_with_finance_leases.
    """
    without_chart(output, "claims add")
    place = workspace or ctx.obj[1]
    if place is None:
        raise click.UsageError("--workspace DIR says where to enter the list")
    deliver(
        ask.add_claims(file, place, written),
        output if any(output) else ctx.obj[2],
        [f"overbuild claims --workspace {place}"],
    )
