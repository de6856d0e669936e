"""`overbuild schema`: a kind of case file, described to an editor."""

from __future__ import annotations

import click

from overbuild.surfaces.streams import say_json


@click.command()
@click.argument("kind", type=click.Choice(["site"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of case file, for completion and checks in an editor."""
    from overbuild.old_site.case.plan import SitePlan
    from overbuild.world.schema import schema as describe

    found = describe(SitePlan, f"overbuild {kind} case")
    found["properties"] = {"name": {"type": "string"}, "close": {"type": "string"}, **found["properties"]}
    found["required"] = ["name", "close", *found["required"]]
    say_json(found)
