"""`overbuild new`: a case file to start from."""

from __future__ import annotations

import shlex
import shutil
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import click

from overbuild.errors import did_you_mean
from overbuild.surfaces.kinds import DESCRIBED_KINDS, NEW, KindSaid
from overbuild.surfaces.options import Output, deliver, examples, output_options, overwrite_option
from overbuild.surfaces.streams import say

_WIDEST = 100
"""Columns that the list of presets takes at most."""


class _Kinds(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            kinds = ", ".join(self.commands)
            hint = f"no such kind of case {args[0]!r}.{did_you_mean(args[0], self.commands)} Kinds: {kinds}"
            raise click.UsageError(hint, ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Kinds,
    invoke_without_command=True,
    epilog=examples("overbuild new --list", "overbuild new site my-site.yaml --preset leased-shell"),
)
@click.option("--list", "listed", is_flag=True, help="List the presets with what each is.")
@click.pass_context
def new(ctx: click.Context, listed: bool) -> None:
    """How do I start a case? Writes a preset with its comments and sources, under a name of your own.

    A preset also stands by itself wherever a FILE may: `overbuild site preset:NAME`.
    """
    if listed:
        _list()
        ctx.exit(0)
    if ctx.invoked_subcommand is None:
        raise click.UsageError("say what to write: overbuild new site FILE, or --list for the presets", ctx)


@new.command(
    "site", epilog=examples("overbuild new site my-site.yaml", "overbuild new site my-site.xlsx --preset leased-shell")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preset", metavar="NAME", default=None, help="The preset to copy; the default is marked in --list.")
@click.option(
    "--from-xlsx",
    "model",
    metavar="MODEL.xlsx",
    type=click.Path(path_type=Path),
    help="Take from a sponsor's own model what its labels say, or rebuild the case of a worksheet or an exported workbook.",
)
@click.option(
    "--map",
    "chosen",
    metavar="MAP.yaml",
    type=click.Path(path_type=Path),
    help="Which cells of MODEL are which inputs.",
)
@click.option(
    "--save-map", metavar="MAP.yaml", type=click.Path(path_type=Path), help="Write the map of all that was taken."
)
@output_options
def new_site(
    file: Path,
    preset: str | None,
    model: Path | None,
    chosen: Path | None,
    save_map: Path | None,
    output: Output,
) -> None:
    """How do I start the case of a financed site? Writes it to FILE; one that is there is kept, unless --overwrite.

    FILE is YAML; `overbuild schema site` describes every name it may use, the reference of inputs tells them. A FILE
    that ends in .xlsx is a worksheet to fill in, an input a row; every command that reads a case reads it.

    With --from-xlsx the case is that of a workbook: word for word where `new` or `export` wrote it, with its changes
    listed. From any other model what its labels say by a list of words is taken, each number with its cell; the rest is
    listed and stays that of a preset, and CFADS and debt service are tied out.
    """
    if model is not None:
        _from_workbook(file, _Model(model, preset, chosen, save_map), output)
        return
    if chosen is not None or save_map is not None or output != NO_ANSWER._replace(overwrite=output.overwrite):
        raise click.UsageError("--map, --save-map and how an answer is printed go with --from-xlsx MODEL.xlsx")
    from overbuild.world.presets import DEFAULT, SITES, site_presets

    copied, named = preset or DEFAULT, shlex.quote(str(file))
    _write("site", file, _Preset(SITES, copied), overwrite=output.overwrite)
    say(textwrap.fill(f"{file}: {site_presets()[copied]}", _WIDEST, break_on_hyphens=False, break_long_words=False))
    say("\nNext")
    for following in (
        f"overbuild check {named}",
        f"overbuild site {named}",
        f"overbuild compare preset:{copied} {named}",
    ):
        say(f"  {following}")


def _started(name: str, kind: KindSaid) -> click.Command:
    """The command that starts a case of a kind."""

    def start(file: Path, preset: str, overwrite: bool) -> None:
        from overbuild.world.presets import presets

        _write(name, file, _Preset(kind.folder, preset), overwrite=overwrite)
        what = f"{file}: {presets(kind.folder)[preset]}"
        say(textwrap.fill(what, _WIDEST, break_on_hyphens=False, break_long_words=False))
        say("\nNext")
        for following in kind.following:
            say(f"  {following.format(file=shlex.quote(str(file)))}")

    start.__doc__ = f"How do I start {kind.starts}? Writes it to FILE; one that is there is kept, unless --overwrite."
    start.__doc__ += "\n\nA FILE that ends in .xlsx is a worksheet to fill in, an input a row."
    chosen = click.option("--preset", metavar="NAME", default=kind.default, show_default=True, help=kind.copied)
    file = click.argument("file", type=click.Path(path_type=Path))
    shown = examples(f"overbuild new {name} my-{name}.yaml", f"overbuild new {name} mine.yaml --preset {kind.default}")
    return click.command(name, epilog=shown)(file(chosen(overwrite_option(start))))


for _name, _kind in NEW.items():
    new.add_command(_started(_name, _kind))


@new.command("basket", epilog=examples("overbuild new basket made.csv", "overbuild basket made.csv --day 2021-12"))
@click.argument("file", type=click.Path(path_type=Path))
@overwrite_option
def new_basket(file: Path, overwrite: bool) -> None:
    """What does a panel of returns look like? Writes one to FILE that is made up; one that is there is kept, unless --overwrite.

    Eight names, 72 months; from 2022 on they have less in common. No company's returns ship with the program.
    """
    from overbuild.ecosystem.basket.made_panel import made_panel
    from overbuild.files import write_whole

    write_whole(file, made_panel().encode("utf-8"), "FILE", overwrite=overwrite)
    say(f"{file}: made-up log returns of eight names, 72 months; from 2022 on they have less in common")
    say("\nNext")
    say(f"  overbuild basket {shlex.quote(str(file))} --form log --day 2021-12")


class _Model(NamedTuple):
    """A workbook to start from, and how it is read."""

    file: Path
    preset: str | None
    chosen: Path | None
    save_map: Path | None


NO_ANSWER = Output(as_json=False, as_csv=False, plain=False, chart=None, overwrite=False)
"""How an answer is printed where nothing is said of it."""


def _from_workbook(file: Path, model: _Model, output: Output) -> None:
    """Write the case of a workbook: one of ours, or a sponsor's own model."""
    from overbuild.files import write_whole
    from overbuild.world.presets import check_own_name
    from overbuild.world.tree import is_worksheet
    from overbuild.world.worksheet.read import is_own, read_worksheet

    if is_worksheet(file):
        raise click.UsageError("with --from-xlsx the case is written as YAML: name FILE.yaml")
    check_own_name(file)
    if is_own(model.file):
        from overbuild.world.worksheet.yaml_text import yaml_text

        found = read_worksheet(model.file)
        write_whole(file, yaml_text(found.tree).encode("utf-8"), "FILE", overwrite=output.overwrite)
        say(f"{file}: the case of {model.file}, with its sources")
        if found.changed:
            say(f"Changed in {model.file} since it was written:")
        for one in found.changed:
            what = f"{one.was}; its row was deleted" if one.deleted else f"{one.was} is now {one.now} ({one.cell})"
            say(f"  {one.path}: {what}")
        return
    from overbuild.questions.sponsor import from_model

    answer = from_model(
        model.file,
        file,
        preset=model.preset,
        chosen=model.chosen,
        save_map=model.save_map,
        overwrite=output.overwrite,
    )
    named = shlex.quote(str(file))
    deliver(answer, output, [f"overbuild check {named}", f"overbuild site {named}"])


class _Preset(NamedTuple):
    """A preset by its kind and name."""

    folder: str
    name: str


def _write(kind: str, file: Path, preset: _Preset, *, overwrite: bool) -> None:
    """Write a preset as a case of one's own: YAML, or a worksheet by the ending of the file."""
    from overbuild.world.presets import check_own_name, write_case
    from overbuild.world.tree import is_worksheet

    if not is_worksheet(file):
        write_case(file, preset.name, kind=preset.folder, overwrite=overwrite)
        return
    if kind not in (*DESCRIBED_KINDS, "site"):
        raise click.UsageError(f"a {kind} has no worksheet: name FILE.yaml")
    from overbuild.audit.sheet.case_sheet import preset_sheet
    from overbuild.surfaces.worksheet.write import write_worksheet

    check_own_name(file)
    write_worksheet(preset_sheet(kind, preset.name, file.stem), file, overwrite=overwrite)


def _list() -> None:
    from overbuild.world.presets import DEFAULT, PREFIX, presets, site_presets

    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST) if sys.stdout.isatty() else _WIDEST

    def listed(known: dict[str, str], default: str) -> None:
        for name, described in known.items():
            say(f"{PREFIX}{name}{' (the default)' if name == default else ''}")
            say(textwrap.fill(described, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))

    listed(site_presets(), DEFAULT)
    for name, kind in NEW.items():
        say(f"\n{kind.title} (`overbuild {name}`)")
        listed(presets(kind.folder), kind.default)
