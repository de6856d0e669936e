"""The two forms of a case file, and what a file says in the words of the other."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.site.case.file_form.everyday_words import CONTRACTS, OF_THE_GENERAL_FORM, OF_THE_SHORT_FORM
from overbuild.site.case.file_form.tree_form import TreeForm
from overbuild.site.case.plan import SitePlan
from overbuild.world.tree import Entry


def is_short(block: dict[str, Entry]) -> bool:
    """Whether a file has the short form: a `site`, and no horizon.

    >>> is_short({"site": Entry({}, "my.yaml", 1, 1)}), is_short({})
    (True, False)
    """
    return "site" in block and "horizon" not in block


def other_form(block: dict[str, Entry], form: TreeForm) -> list[CaseError]:
    """Blocks of the other form, taken out of the block with what is said in their place."""
    faults: list[CaseError] = []
    words = OF_THE_GENERAL_FORM if is_short(block) else OF_THE_SHORT_FORM
    general = {name: block[name] for name in OF_THE_GENERAL_FORM if name in block}
    if is_short(block) and general:
        form.formed(Entry(dict(general), "", 0, 0), SitePlan)
    if is_short(block) and "offtake" in block and block["offtake"].items is not None:
        offtake = block.pop("offtake")
        hint = f"several contracts stand beside phases, in place of `site` and `offtake`: {CONTRACTS}"
        faults.append(offtake.fault("bad_value", "offtake", hint))
        faults += _over_contracted(offtake.items or [])
    for name in [name for name in block if name in words]:
        faults.append(block.pop(name).fault("unknown_name", name, words[name]))
    return faults


def _over_contracted(items: list[Entry]) -> Iterator[CaseError]:
    """Contracts of a list that all run from opening on and take more than all."""
    taken = 0.0
    for place, item in enumerate(items, start=1):
        entry = (item.block or {}).get("contract_share") or (item.block or {}).get("share")
        share = (entry.block or {}).get("value", entry).value if entry else None
        if entry is None or not isinstance(share, int | float):
            continue
        taken += share
        if taken > 1.0 + 1e-9:
            name = (item.block or {}).get("name")
            hint = (
                "contracts that run together take more than all of the hall; lower a share, or let one follow the other"
            )
            yield entry.fault("over_contracted", f"offtake.{name.value if name else place}.share", hint, taken)
            return
