"""A site's answer in sentences: the verdict, what breaks it, what decides it."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Cell
from overbuild.audit.deciding import Deciding
from overbuild.audit.labels import label_of_input
from overbuild.equations import number
from overbuild.questions.deciding import DECISIVE, short
from overbuild.questions.prose import MILLION, m, pct, quantity
from overbuild.questions.site.delay import delay
from overbuild.site.case_run import CaseRun
from overbuild.site.statements import support_of
from overbuild.stress.break_even import NO_DEBT, BreakEven
from overbuild.stress.break_words import at
from overbuild.stress.drivers import DRIVERS, Driver
from overbuild.stress.site_breaks import COMPARED, SiteBreaks
from overbuild.stress.variants import Variant

_TOLERANCE = 1e-9

ENDS = {
    "unfunded": "construction is not funded",
    "payment": "defaults on payment",
    "covenant": "defaults on a covenant",
    "maturity": "defaults at maturity, its balloon not refinanced,",
    "closed": "is closed by its owners",
}
"""How a site ends before its time."""


def headline(basis: CaseRun, breaks: SiteBreaks) -> str:
    """The verdict: lenders with cover, debt of every kind and outcome; owners with what they pay in; what breaks first."""
    said = [f"{basis.sized.name}: {_lenders(basis)}.", f"It {_owners(basis)}."]
    first = _first(breaks)
    if first:
        said.append(f"Breaks first: {first}.")
    return " ".join(said)


def _lenders(basis: CaseRun) -> str:
    run, values = basis.run, basis.results.values
    if not run.plan.loans:
        return "no debt" if run.outcome is None else f"no debt; it {_outcome(basis)}"
    if run.outcome is not None and run.outcome != "closed":
        return f"{_outcome(basis)}, on {_debt(values)}"
    worst = number(run.results.cover.min_dscr)
    if run.min_dscr is not None and worst < 1.0 - _TOLERANCE:
        lenders = "pays its lenders only out of reserves and support of its owners"
    else:
        lenders = "pays its lenders"
    cover = (
        "no debt service falls due"
        if run.min_dscr is None
        else f"minimum DSCR {worst:.2f}x in {values['min_dscr_period']}"
    )
    life = "" if values["llcr"] is None else f", LLCR {float(values['llcr']):.2f}x"
    later = f"; it {_outcome(basis)}" if run.outcome == "closed" else ""
    return f"{lenders}; {cover}{life}, on {_debt(values)}{later}"


def _debt(values: dict[str, Cell]) -> str:
    """Debt of every kind against uses."""
    parts = [m(_amount(values, "debt"))]
    parts += [f"{word} {m(_amount(values, name))}" for name, word in _JUNIOR.items() if _amount(values, name) > 0.0]
    if _amount(values, "lease_liability") > 0.0:
        parts.append(f"a lease worth {m(_amount(values, 'lease_liability'))}")
    return f"debt of {' and '.join(parts)} against uses of {m(_amount(values, 'uses'))} USD"


_JUNIOR = {"tranche.mezzanine.debt": "a mezzanine of", "tranche.holdco.debt": "holding-company debt of"}


def _amount(values: dict[str, Cell], name: str) -> float:
    found = values.get(name)
    return float(found) if isinstance(found, int | float) else 0.0


def _outcome(basis: CaseRun) -> str:
    """How the site ends before its time: what happens, when, the amount that is missing, what lenders lose."""
    values, outcome = basis.results.values, basis.run.outcome or ""
    missing = _amount(values, "outcome_amount")
    short = f", {m(missing)} USD short" if missing >= MILLION / 2.0 else ""
    lost = "" if values["lgd"] is None else f"; lenders lose {pct(_amount(values, 'lgd'))} of what they are owed"
    return f"{ENDS[outcome]} in {values['outcome_period']}{short}{lost}"


def _owners(basis: CaseRun) -> str:
    values, rate = basis.results.values, basis.run.equity_irr
    pays = "pays its owners" if _amount(values, "equity_npv") >= 0 else "does not pay its owners"
    irr = "no IRR" if rate.per_year is None else f"IRR {pct(rate.per_year, 1)}"
    paid, got = (m(_amount(values, name)) for name in ("equity_paid_in_total", "equity_received_total"))
    worth = f"NPV {m(_amount(values, 'equity_npv'))} USD, {irr}{f' ({rate.mark})' if rate.mark else ''}"
    hurdle = pct(basis.run.plan.owners.hurdle_per_year, 1)
    return f"{pays} at {hurdle}: they pay in {paid}{_support(basis)} and receive {got}; {worth}"


def _support(basis: CaseRun) -> str:
    """What of it is support, by what it is for; empty where nothing is."""
    given = support_of(basis.run)
    if given.total < MILLION / 2.0:
        return ""
    parts = {"cures": given.cures, "losses without debt": given.losses, "standby": given.standby}
    listed = ", ".join(f"{name} {m(amount)}" for name, amount in parts.items() if amount >= MILLION / 2.0)
    return f", of it support {m(given.total)} ({listed}),"


def _first(breaks: SiteBreaks) -> str:
    """What brings minimum DSCR to 1 with the least adverse change, in words; empty where nothing does."""
    if breaks.first is None:
        return ""
    driver = next(one for one in DRIVERS if one.id == breaks.first)
    value = breaks.found[breaks.first, ""].value
    return "" if value is None else at(driver, value)


def moves(basis: CaseRun, breaks: SiteBreaks) -> tuple[str, ...]:
    """What breaks the site first, as the first screen says it: cover, then owners' value, then delay and failures."""
    said: list[str] = []
    for suffix, met, missed in (
        ("", "Minimum DSCR falls to 1.00x with", "Minimum DSCR would rise to 1.00x with"),
        (".equity_npv", "The owners' NPV falls to 0 with", "The owners' NPV would rise to 0 with"),
    ):
        hurt, help_ = (_changes(breaks, suffix, adverse=adverse) for adverse in (True, False))
        if hurt:
            said.append(f"{met} {hurt}.")
        elif help_:
            said.append(f"{missed} {help_}.")
    failure = breaks.found.get(("failure", ""))
    if failure is not None and failure.status not in ("", NO_DEBT):
        said.append(f"Failure of the offtaker: {failure.status}.")
    return (*said, *delay(basis, breaks))


def _changes(breaks: SiteBreaks, suffix: str, *, adverse: bool) -> str:
    """The amounts at which a target is just met, in words, the smallest change first."""
    there: list[tuple[float, str]] = []
    for driver in DRIVERS:
        one = breaks.found[driver.id, suffix]
        if driver.id in COMPARED and one.value is not None and not one.jumps and _hurts(driver, one) == adverse:
            there.append((abs(driver.change(float(one.value))), at(driver, float(one.value))))
    return "; ".join(words for _, words in sorted(there))


def _hurts(driver: Driver, one: BreakEven) -> bool:
    return driver.change(float(one.value or 0.0)) * driver.adverse >= 0.0


def decides(found: Sequence[Deciding], measure: str) -> tuple[str, ...]:
    """The assumptions that decide the case, each with the answer at both its ends."""
    return tuple(_decides(one, measure) for one in found[:DECISIVE] if one.swing(measure) > 0.0)


def _decides(one: Deciding, measure: str) -> str:
    label = label_of_input(one.input.path).removesuffix(" per GPU hour")
    used = quantity(one.input.value, "" if label == one.unit else one.unit)
    low, high = (short(float(end or 0.0), one.unit) for end in (one.input.low, one.input.high))
    at_low, at_high = _at(one.at_low, measure), _at(one.at_high, measure)
    for word in _SAID_ONCE:
        at_high = at_high.removeprefix(word) if at_low.startswith(word) else at_high
    return f"{label}, {used}: {at_low} at {low}, {at_high} at {high}."


_SAID_ONCE = ("min DSCR ", "NPV ", "default ")
"""What the second end of a range need not say again."""


def _at(variant: Variant, measure: str) -> str:
    """What a site comes to, in a few words."""
    value = getattr(variant, measure)
    if variant.outcome not in (None, "closed"):
        return {"unfunded": "not funded", "maturity": "default at maturity"}.get(
            variant.outcome, f"default ({variant.outcome})"
        )
    if value is None:
        return "no debt service"
    return f"min DSCR {value:.2f}x" if measure == "min_dscr" else f"NPV {m(value)} USD"
