"""A zone under a tariff of large loads: `network.tariff` gives what the load pays towards wires.

    network:
      tariff: aep-ohio

The tariff's model says what its delivery charges bring a MW of contract and year, and which share of what is built the load
pays at the start; both stand in the zone's case as inputs. Charges are by the MW, so they scale to the load that is added;
what the utility of the tariff's case builds is not taken over, the zone's own wires stand. Without `tariff` the tree is left
as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import InputError, OverbuildError, did_you_mean
from overbuild.policy.tariff.tariff_run import TariffRun, run_tariff
from overbuild.world.presets import PREFIX, TARIFFS, preset_named, presets
from overbuild.world.tree import Entry

LINKED = {"network.load_pays_per_mw": "delivery_per_mw_year", "network.contribution": "contribution_of_wires"}
"""By input of a zone the result of a tariff that it is."""

_MADE = {
    "load_pays_per_mw": "Delivery charges of {mw:,.0f} MW under {name}, level over {years} years in present value, a MW of contract.",
    "contribution": "Contribution in aid under {name} as a share of the wires that are built in its case.",
}


class ZoneUnderTariff(NamedTuple):
    """The tree of a zone with what its tariff makes the load pay, and the tariff as run.

    `gave` are the inputs that it gave, `contribution` is that which the zone has without it.
    """

    tree: Entry
    deal: TariffRun | None
    gave: tuple[str, ...] = ()
    contribution: float = 0.0


def tariff_named(name: str, folder: Path | None = None) -> Path:
    """The case of a tariff by its name: a preset, or the path of a file, looked for beside the zone's file first.

    Raises InputError `unknown_name` for a bare name that is neither.

    >>> tariff_named("aep-ohio"), tariff_named("my-rule.yaml")
    (PosixPath('preset:aep-ohio'), PosixPath('my-rule.yaml'))
    """
    known = presets(TARIFFS)
    path = Path(name)
    if name.lower() in known:
        return Path(f"{PREFIX}{name.lower()}")
    beside = None if folder is None else folder / path
    if beside is not None and path.suffix and beside.exists():
        return beside
    if path.suffix or preset_named(path) is not None or path.exists():
        return path
    hint = f"no tariff of this name, and no such file.{did_you_mean(name.lower(), known)} Tariffs that ship: {', '.join(known)}"
    raise InputError("unknown_name", "tariff", name, hint)


def under_tariff(tree: Entry, kept: Collection[str] = (), workspace: Path | str | None = None) -> ZoneUnderTariff:
    """The tree of a zone whose load is under a tariff, with what the load pays in it; inputs of `kept` stay the asker's.

    Raises CaseError at the name of the tariff for what is wrong with its case, and for a payment that is said twice.
    """
    network = (tree.block or {}).get("network")
    block = {} if network is None else network.block or {}
    tariff = block.get("tariff")
    if tariff is not None:
        tariff = (tariff.block or {}).get("value", tariff)
    if network is None or tariff is None or not isinstance(tariff.value, str) or not tariff.value:
        return ZoneUnderTariff(tree, None)
    for name in ("load_pays", "load_pays_per_mw"):
        if name in block and block[name].value is not None:
            hint = f"the tariff {tariff.value} says what the load pays; take one of the two out"
            raise block[name].fault("contradiction", f"network.{name}", hint, block[name].text or None)
    deal = _run(tariff, workspace)
    given = {name: _given(name, tariff, deal) for name in _MADE if f"network.{name}" not in kept}
    changed = network._replace(value={**block, **given})
    own = block.get("contribution")
    before = None if own is None else (own.block or {}).get("value", own).value
    return ZoneUnderTariff(
        tree._replace(value={**(tree.block or {}), "network": changed}),
        deal,
        tuple(f"network.{name}" for name in given),
        float(before) if isinstance(before, int | float) else 0.0,
    )


def _run(tariff: Entry, workspace: Path | str | None) -> TariffRun:
    try:
        return run_tariff(tariff_named(str(tariff.value), Path(tariff.file).parent), workspace=workspace)
    except OverbuildError as error:
        raise tariff.fault(
            error.code, "network.tariff", f"the tariff could not be run: {error.sentence}", tariff.value
        ) from None


def _given(name: str, tariff: Entry, deal: TariffRun) -> Entry:
    amount = deal.run.totals[LINKED[f"network.{name}"]]
    plan = deal.plan
    reason = _MADE[name].format(mw=plan.load.contract_mw, name=plan.name, years=len(deal.labels))
    said = {"value": amount, "reason": reason, "author": f"tariff {plan.name}"}
    entries: dict[str, Entry] = {
        key: Entry(value, tariff.file, tariff.line, tariff.column, str(value)) for key, value in said.items()
    }
    return Entry(entries, tariff.file, tariff.line, tariff.column)
