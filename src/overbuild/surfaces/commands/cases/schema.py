"""`overbuild schema`: a kind of case file, described to an editor."""

from __future__ import annotations

import click

from overbuild.surfaces.kinds import DESCRIBED_KINDS
from overbuild.surfaces.options import examples
from overbuild.surfaces.streams import say_json


@click.command(epilog=examples("overbuild schema site > site.schema.json", "overbuild check my-site.yaml"))
@click.argument("kind", type=click.Choice(["site", *DESCRIBED_KINDS]))
def schema(kind: str) -> None:
    """Which names may a case file use? Prints its JSON Schema, for completion and checks in an editor."""
    from overbuild.site.case.file_form.described import case_schema

    if kind == "site":
        say_json(case_schema())
        return
    from overbuild.audit.case_kinds import KINDS
    from overbuild.world.case_record import kind_schema

    say_json(kind_schema(KINDS[kind]))
