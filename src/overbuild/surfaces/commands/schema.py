"""`overbuild schema`: a kind of case file, described to an editor."""

from __future__ import annotations

import click

from overbuild.surfaces.streams import say_json


@click.command()
@click.argument("kind", type=click.Choice(["site"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of case file, for completion and checks in an editor."""
    from overbuild.site.case.file_form.described import case_schema

    say_json(case_schema())
