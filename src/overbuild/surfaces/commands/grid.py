"""`overbuild grid`: questions of a large load on its grid."""

from __future__ import annotations

import click

from overbuild.surfaces.commands.grid_solve import solve
from overbuild.surfaces.options import examples


@click.group(epilog=examples("overbuild grid solve --preset dominion-gs5 --for min_take"))
def grid() -> None:
    """Which rule keeps other customers whole when a large load joins their grid?"""


grid.add_command(solve)
