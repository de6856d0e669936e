"""`overbuild glossary`: what a word means here."""

from __future__ import annotations

import click

from overbuild import ask
from overbuild.surfaces.options import Output, deliver, examples, output_options


@click.command(epilog=examples("overbuild glossary CFADS", "overbuild glossary minimum equity"))
@click.argument("word", nargs=-1)
@output_options
def glossary(word: tuple[str, ...], output: Output) -> None:
    """What does this word mean here?

    Prints a term in one sentence, with its unit, the questions that use it and what else it is called; without WORD,
    all terms.
    """
    deliver(ask.glossary(" ".join(word) or None), output, ["overbuild glossary CFADS", "overbuild why gap:total_gap"])
