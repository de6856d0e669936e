"""Reference pages, generated from the code: inputs of a case, commands, Python, instruments, lines, sources of a check, terms.

    python -m overbuild.surfaces.reference docs/reference

writes the pages; a test fails when one is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click


def inputs_page() -> str:
    """Every input of a site case, in both forms of a file: its path, what it is, whether it is needed."""
    from overbuild.surfaces.reference.inputs_page import inputs_page as page

    return page()


def commands_page() -> str:
    """Every command with its help."""
    from overbuild.surfaces.cli import COMMANDS, cli

    parts = ["# The command line", "Generated from the program's own help."]
    context = click.Context(cli, info_name="overbuild", max_content_width=100, **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        if command is not None:
            parts += list(_help(command, f"overbuild {name}", context))
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent, max_content_width=100)
    yield f"## `{name}`\n\n```\n{command.get_help(context).rstrip()}\n```"
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            below = command.get_command(context, sub)
            if below is not None and not below.hidden:
                yield from _help(below, f"{name} {sub}", context)


def python_page() -> str:
    """The public list and every question as it is asked in Python."""
    from overbuild.surfaces.reference.python_page import python_page as page

    return page()


def instruments_page() -> str:
    """Loans, leases and recoveries by themselves: every function and record with its units."""
    from overbuild.surfaces.reference.instruments_page import instruments_page as page

    return page()


def lines_page() -> str:
    """Every named line with its formula; the site's and the gap's equations are traced for it."""
    from overbuild.audit.lines_page import lines_page as page

    return page()


def ranges_page() -> str:
    """What `overbuild check` holds values against: every quantity with its sources."""
    from overbuild.surfaces.reference.ranges_page import ranges_page as page

    return page()


def glossary_page() -> str:
    """Every term with its meaning, unit, where it is used and what else it is called."""
    from overbuild.surfaces.reference.glossary_page import glossary_page as page

    return page()


PAGES = {
    "lines.md": lines_page,
    "inputs.md": inputs_page,
    "cli.md": commands_page,
    "python.md": python_page,
    "instruments.md": instruments_page,
    "ranges.md": ranges_page,
    "glossary.md": glossary_page,
}
"""Every generated page and the function that writes it."""


def main(folder: str) -> None:
    """Write every page into a folder."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (target / name).write_text(page(), "utf-8")
