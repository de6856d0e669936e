"""Entries that replace those of a file: `path=value` of a command line, and files of shocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.errors import CaseError, did_you_mean
from overbuild.world.tree import Entry, read_tree


class Overlay(NamedTuple):
    """What replaces an entry: its path, and the entry that stands there instead."""

    path: str
    entry: Entry


_ORIGIN = ("fact", "derive", "source", "reason", "author", "low", "high")


def _spoke_of_it(name: str, beside: Entry) -> bool:
    """Whether what stands beside a value spoke of the value that is replaced; a `from` without operands dates a path."""
    return name in _ORIGIN or (name == "from" and beside.block is not None)


def assigned(tree: Entry, path: str, value: Entry) -> Entry:
    """The tree with one entry replaced or added; missing blocks are made.

    List items are found by their `name`, those without one by their place, counted from 1. Whether the name may stand
    there is for the reader to say. Raises CaseError `unknown_name` for a list item of another name, with close ones, and
    for a name below a single value.
    """
    return _assigned(tree, path.split("."), value, path)


def _assigned(tree: Entry, steps: list[str], value: Entry, path: str) -> Entry:
    step, rest = steps[0], steps[1:]
    block, items = tree.block, tree.items
    if block is not None and not ("value" in block and step not in block):
        below = block.get(step) or value._replace(value={})
        changed = _assigned(below, rest, value, path) if rest else value
        kept = block if step != "value" else {name: one for name, one in block.items() if not _spoke_of_it(name, one)}
        return tree._replace(value={**kept, step: changed})
    if items is not None:
        names = [_name(item) or str(place) for place, item in enumerate(items, start=1)]
        if step not in names:
            hint = f"no item of this name.{did_you_mean(step, names)} There are {', '.join(names)}"
            raise value.fault("unknown_name", path, hint)
        place = names.index(step)
        changed = _assigned(items[place], rest, value, path) if rest else value
        return tree._replace(value=[*items[:place], changed, *items[place + 1 :]])
    raise value.fault("unknown_name", path, f"{step} lies below a single value")


def _name(item: Entry) -> str:
    block = item.block
    return str(block["name"].value) if block and "name" in block else ""


def entry_at(tree: Entry, path: str) -> Entry | None:
    """The entry of a tree by its path; in a list that has no item of such a name, that of its first item. None else.

    >>> case = read_tree("classes: [{name: homes, share: 0.4}]", "my.yaml")
    >>> entry_at(case, "classes.shops.share").value, entry_at(case, "load.mw")
    (0.4, None)
    """
    for step in path.split("."):
        block, items = tree.block, tree.items
        if items:
            tree = next((item for item in items if _name(item) == step), items[0])
        elif block and step in block:
            tree = block[step]
        else:
            return None
    return tree


def leaves(tree: Entry, path: str = "") -> Iterator[Overlay]:
    """The entries of an overlay: every single value and list, with its path.

    >>> shock = read_tree("{site: {pue: 1.3}, refresh: null}", "shock.yaml")
    >>> [(path, leaf.value) for path, leaf in leaves(shock)]
    [('site.pue', 1.3), ('refresh', None)]
    """
    if not tree.block:
        yield Overlay(path, tree)
        return
    for name, entry in tree.block.items():
        yield from leaves(entry, f"{path}.{name}" if path else name)


def overlay_of(text: str) -> Overlay:
    """One `path=value` of the command line.

    Raises CaseError `syntax` when it has no `=`.

    >>> overlay_of("site.pue=1.3").entry.value
    1.3
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise CaseError("syntax", text, None, "write path=value, such as site.pue=1.3")
    parsed = (read_tree(f"x: {value}", "command line").block or {})["x"]
    return Overlay(path.strip(), Entry(parsed.value, f"command line: {text}", 1, len(path) + 2))
