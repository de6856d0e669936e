"""A tree as a YAML text that is read as the same tree: how a worksheet becomes a case file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from overbuild.world.tree import Entry, scalar

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./@-]*\Z")
_WIDEST = 150


def yaml_text(tree: Entry) -> str:
    """The text of a tree; units that a worksheet shows are left out, as records say them.

    >>> from overbuild.world.tree import read_tree
    >>> print(yaml_text(read_tree("{close: 2027Q1, spend: [0.4, 0.60], cost: {value: 9.0e+6, reason: 'a: b'}}", "my.yaml")))
    close: 2027Q1
    spend: [0.4, 0.60]
    cost: {value: 9.0e+6, reason: "a: b"}
    <BLANKLINE>
    """
    return "\n".join(_block(tree.block or {}, "")) + "\n"


def _block(block: dict[str, Entry], indent: str) -> Iterator[str]:
    for name, one in block.items():
        if name == "unit" and one.sheet and ("value" in block or "derive" in block):
            continue
        short = _flow(one)
        if one.block and not _is_value(one.block) and indent == "":
            yield f"{indent}{_word(name)}:"
            yield from _block(one.block, f"{indent}  ")
        elif one.items and any(item.block for item in one.items):
            yield f"{indent}{_word(name)}:"
            for item in one.items:
                first, *others = list(_block(item.block or {}, f"{indent}    ")) or [f"{indent}    {{}}"]
                yield f"{indent}  - {first.strip()}"
                yield from others
        elif len(short) > _WIDEST and one.block and not _is_value(one.block):
            yield f"{indent}{_word(name)}:"
            yield from _block(one.block, f"{indent}  ")
        else:
            yield f"{indent}{_word(name)}: {short}"


def _is_value(block: dict[str, Entry]) -> bool:
    return ("value" in block and block["value"].block is None) or "derive" in block


def _flow(entry: Entry) -> str:
    block, items = entry.block, entry.items
    if items is not None:
        return f"[{', '.join(_flow(one) for one in items)}]"
    if block is None:
        return _scalar(entry)
    kept = {name: one for name, one in block.items() if not (name == "unit" and one.sheet and _is_value(block))}
    if set(kept) == {"value"} and "unit" in block:
        return _flow(kept["value"])
    return "{" + ", ".join(f"{_word(name)}: {_flow(one)}" for name, one in kept.items()) + "}"


def _scalar(entry: Entry) -> str:
    value = entry.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _word(value)
    return entry.text if scalar(entry.text) == value else repr(value)


def _word(text: str) -> str:
    plain = _PLAIN.match(text) is not None or re.fullmatch(r"\d{4}[QH-]\d{1,2}", text) is not None
    return text if plain and scalar(text) == text else json.dumps(text, ensure_ascii=False)
