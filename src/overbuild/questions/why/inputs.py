"""Where the inputs of a site come from: the case file, and the facts and assumptions it names."""

from __future__ import annotations

from pathlib import Path

from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import keyed_rows, printed_figure
from overbuild.questions.answer import FactUsed
from overbuild.questions.why.tree import Why, of_fact
from overbuild.questions.wording import unit_of_path
from overbuild.site.case_plan import SiteCase
from overbuild.world.sourced import Sourced

SERIES = {
    "utilisation_contract": ("offtake.utilisation",),
    "utilisation_merchant": ("market.utilisation",),
    "contract_runs": ("offtake.tenor", "site.delay_periods", "offtake.long_stop_periods", "offtaker_default.period"),
    "offtaker_fails": ("offtaker_default.period",),
    "refreshed": ("refresh.period",),
    "refresh_now": ("refresh.period",),
    "it_age_years": ("site.periods_per_year", "refresh.period"),
    "kept.it_age_years": ("site.periods_per_year",),
    "reserve_share": ("refresh.period", "refresh.reserve_periods"),
    "dsra_target": ("reserves.dsra_periods",),
    "hall_let": ("relet.period",),
    "chips_leave": ("relet.period",),
    "guarantor_pays": ("site.residual_value_guarantor", "offtaker_default.period"),
}
"""Series that are built before the run, and the inputs of the case they are built from."""

TERMS = {
    "recovery_share": "offtaker_default.recovery_share",
    "bonus_share": "tax.bonus_share",
    "refreshed_it.cost": "refresh.cost",
    "decay_per_year": "enforcement.decay_per_year",
}
"""Terms whose case path is not their own path."""


class Origins:
    """The provenance of every input of a case; facts are looked up when they are first asked for."""

    def __init__(self, case: SiteCase, workspace: Path | str | None) -> None:
        self.case = case
        self.workspace = workspace
        self.paths = case.inputs
        self._facts: dict[str, Why] | None = None

    def of_path(self, path: str) -> Why:
        """An input by its path in the case."""
        one = self.paths[path]
        shown = one.value if isinstance(one.value, int | float | str) else None
        origin = self._origin(one)
        below = (self._fact(one.fact),) if one.fact else ()
        kind = "assumption" if one.origin == "assumption" else "input"
        return Why(f"site:{path}", path, shown, _unit(path, shown), kind, origin=origin, below=below)

    def _origin(self, one: Sourced) -> str:
        place = f"{one.place.file}:{one.place.line}:{one.place.column}"
        ends = f" ({one.low:g} to {one.high:g})" if one.low is not None and one.high is not None else ""
        said = f"{one.author}: {one.reason}" if one.reason else one.source
        return "; ".join(part for part in (f"{said}{ends}".strip(), place) if part)

    def _fact(self, key: str) -> Why:
        if self._facts is None:
            self._facts = _all_facts(self.workspace)
        plain = key.removeprefix("fact:")
        return self._facts.get(plain) or Why(f"fact:{plain}", plain, None, "", "fact")

    def of_term(self, path: str, value: float) -> Why:
        """A constant of the run: an input of the case, or what sizing or the calendar made of some."""
        path = case_path(path)
        elsewhere = (other for ending, other in TERMS.items() if path.endswith(ending) and other in self.paths)
        path = path if path in self.paths else next(elsewhere, path)
        if path in self.paths:
            return self.of_path(path)._replace(value=value)
        made = (
            "found by sizing the loan"
            if path.startswith(("loans.", "mezzanine."))
            else "the case's default, or made from its dates and names"
        )
        return Why(f"site:{path}", path, value, "", "schedule" if path.startswith("loans.") else "input", origin=made)

    def of_series(self, path: str, value: float, label: str) -> Why:
        """One period's entry of a series, with the inputs it was built from."""
        made_of = (path,) if path.endswith("base_rate_per_year") else SERIES.get(path, ())
        below = tuple(self.of_path(one) for one in made_of if one in self.paths)
        if path.startswith(("loans.", "dsra_target")) and not below:
            origin = "the loan's schedule, fixed by sizing"
        else:
            origin = "built from the case before the run" if below else "the calendar"
        return Why(f"site:{path}@{label}", path, value, "", "schedule", origin=origin, below=below)


def _unit(path: str, shown: object) -> str:
    """Unit of a number; words need none, and neither does a plain ratio."""
    unit = unit_of_path(path, shown)
    return "" if unit in ("word", "true or false", "ratio") else unit


def case_path(path: str) -> str:
    """The path in the case of a term whose record the run groups otherwise.

    >>> case_path("loans.gpu.floating.swap_share"), case_path("loans.gpu.floating.margins.graded.contract_share")
    ('loans.gpu.swap_share', 'margins.graded.contract_share')
    """
    before, found, after = path.partition(".floating.")
    if not found:
        return path
    return after if after.startswith("margins.") else f"{before}.{after}"


def _all_facts(workspace: Path | str | None) -> dict[str, Why]:
    ledger = load_ledger(workspace)
    found = {fact.key: of_fact(fact, ledger.sources[fact.source]) for fact in ledger.facts}
    for key, row in keyed_rows().items():
        cells, printed = row.cells, printed_figure(row)
        source = ledger.sources[cells["source"]]
        label = f"{key}: {cells.get('scope', '')}".strip(" :")
        origin = f"{source.citation()}; known {cells['known_at']} (to the {cells['known_at_precision']})"
        used = FactUsed(key, cells["source"], cells["known_at"], cells["known_at_precision"])
        found[key] = Why(f"fact:{key}", label, printed, cells.get("unit", ""), "fact", origin=origin, fact=used)
    return found
