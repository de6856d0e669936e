"""What is printed: safe text, in any code page, and an end in one line where nothing can be printed."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from typing import TextIO

from overbuild.surfaces.safe_text import json_text, visible


def prepare_streams() -> None:
    """From now on, a character that the code page of a terminal or pipe lacks is written out, as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text."""
    _print(visible(text), err=err)


def say_json(value: object, *, err: bool = False) -> None:
    """Print a JSON text, in ASCII where the stream is not UTF-8."""
    _print(json_text(value, ascii_only=not _is_utf8(sys.stderr if err else sys.stdout)), err=err)


def _print(text: str, *, err: bool) -> None:
    stream: TextIO | None = sys.stderr if err else sys.stdout
    if stream is not None:
        print(text, file=stream, flush=True)


def _is_utf8(stream: object) -> bool:
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name == "utf-8"


def say_fault(text: str) -> None:
    """Print the line of an error, if anyone can still read it."""
    with contextlib.suppress(OSError):
        say(f"error: {text}", err=True)


def give_up_output() -> None:
    """Let what is still to be printed go nowhere, so that the program ends in peace."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
