"""Documents: who published what, when and where it can be read."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, cast

from overbuild.errors import FactError, did_you_mean


class Source(NamedTuple):
    """One document. Fields that are not known stay empty; they are never invented."""

    key: str
    producer: str
    title: str
    date_published: str
    url: str
    date_accessed: str = ""
    licence: str = ""
    why_no_date: str = ""
    why_no_address: str = ""

    def citation(self) -> str:
        """The document in one line: producer, title, date, address."""
        return ", ".join(part for part in (self.producer, f'"{self.title}"', self.date_published, self.url) if part)


def read_sources(text: str, file: str) -> dict[str, Source]:
    """The sources of one TOML text, by key.

    Raises FactError (`syntax`, `missing`) naming the file and the block.
    """
    blocks = plain_blocks(text)
    if blocks is None:
        blocks = _any_blocks(text, file)
    return {key: _source(key, block, file) for key, block in blocks.items()}


_BLOCK = re.compile(r'\[([\w-]+)\]\n((?:\w+ = "[^"\\\x00-\x1f\x7f]*"\n)+)', re.ASCII)
_BETWEEN = re.compile(r"(?:#[^\x00-\x08\x0a-\x1f\x7f]*\n|\n)*")
_FIELD = re.compile(r'(\w+) = "(.*)"\n')


def plain_blocks(text: str) -> dict[str, Any] | None:
    r"""What TOML reads in a text of plain blocks, found in a tenth of the time; None for a text of any other form.

    A plain block is `[key]` and lines of `name = "words"` without escapes, no key or name twice.

    >>> plain_blocks('[sec-2026-msft]\ntitle = "10-Q"\n')
    {'sec-2026-msft': {'title': '10-Q'}}
    >>> plain_blocks("[a]\nyear = 2026\n") is None
    True
    """
    found: dict[str, Any] = {}
    place = _between(text, 0)
    while place < len(text):
        block = _BLOCK.match(text, place)
        if block is None or block[1] in found:
            return None
        lines = _FIELD.findall(block[2])
        fields = dict(lines)
        if len(fields) < len(lines):
            return None
        found[block[1]] = fields
        place = _between(text, block.end())
    return found


def _between(text: str, place: int) -> int:
    """Where the next block begins, after blank lines and comments."""
    between = _BETWEEN.match(text, place)
    return between.end() if between else place


def _any_blocks(text: str, file: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FactError("syntax", "sources", None, f"not valid TOML: {error}", file=file) from error


def _source(key: str, block: Any, file: str) -> Source:
    if type(block) is not dict:
        raise FactError("missing", key, block, "a source is a block with producer, title and url", file=file)
    texts: dict[str, str] = {}
    for name, value in cast("dict[str, Any]", block).items():
        if name not in Source._fields:
            hint = f"{name} is not a field of a source.{did_you_mean(name, Source._fields)}"
            raise FactError("unknown_name", key, name, hint, file=file)
        texts[name] = str(value)
    absent = [name for name in ("producer", "title") if not texts.get(name)]
    if absent:
        raise FactError("missing", key, None, f"a source needs {' and '.join(absent)}", file=file)
    texts.setdefault("date_published", "")
    texts.setdefault("url", "")
    return Source(key=key, **texts)


@functools.cache
def shipped_sources() -> dict[str, Source]:
    """The package's own sources."""
    resource = files("overbuild.facts").joinpath("sources.toml")
    return read_sources(resource.read_text("utf-8"), "sources.toml")


def workspace_sources(workspace: Path) -> dict[str, Source]:
    """The sources of the user's workspace, if it has any."""
    path = workspace / "sources.toml"
    return read_sources(path.read_text("utf-8"), str(path)) if path.exists() else {}
