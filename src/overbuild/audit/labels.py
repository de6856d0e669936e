"""Labels of inputs and of what a period hands to the next, from their names."""

from __future__ import annotations

_WORDS = {"ai": "AI", "pue": "PUE", "it": "IT", "mw": "MW", "kw": "kW", "gpu": "GPU", "mwh": "MWh", "dsra": "DSRA",
          "dscr": "DSCR", "nol": "tax losses", "cfads": "CFADS", "irr": "IRR", "npv": "NPV"}  # fmt: skip


def words(name: str) -> str:
    """A name as words.

    >>> words("it_mw"), words("price_per_gpu_hour")
    ('IT MW', 'Price per GPU hour')
    """
    said = " ".join(_WORDS.get(part, part) for part in name.split("_"))
    return said[:1].upper() + said[1:]


def label_of_path(path: str) -> str:
    """What an input is called: its own name, the thing that it is of, and the period or year of an entry of a series.

    >>> label_of_path("site.pue"), label_of_path("components.it.spend.3")
    ('PUE: site', 'Spend: it, period 3')
    >>> label_of_path("contracts.cloud.price.growth"), label_of_path("market.price.by_year.2"), label_of_path("tests.1.level")
    ('Growth: cloud price', 'Price: market, year 2', 'Level: test 1')
    """
    parts, entry = path.split("."), ""
    if parts[-1].isdigit():
        entry = f", {'year' if parts[-2] == 'by_year' else 'period'} {parts[-1]}"
        parts = parts[:-1]
    *things, own = [part for part in parts if part not in _UNSAID] or parts
    if len(things) > 1:
        things = [things[0].removesuffix("s"), *things[1:]] if things[1].isdigit() else things[1:]
    thing = " ".join(things).replace("_", " ")
    return f"{words(own)}: {thing}{entry}" if thing else f"{words(own)}{entry}"


_UNSAID = frozenset(("value", "by_year", "by_period", "operands"))
"""Steps of a path that say how a number is written, not what it is."""

_CONTAINERS = {"parts", "components", "loans", "operands", "terms", "inputs"} | {
    "site",
    "horizon",
    "phases",
    "fleets",
    "contracts",
    "costs",
}
_COUNTS = {"periods_per_year", "whole_years"}
_MEASURES = ("_per_year", "_years", "_usd_bn", "_usd_m", "_usd", "_pct")


def plain_words(name: str) -> str:
    """A name as words, without the unit that a value beside it says.

    >>> plain_words("price_decline_per_year"), plain_words("amount_usd_bn"), plain_words("gpus")
    ('price decline', 'amount', 'GPUs')
    """
    ending = "" if name in _COUNTS else next((one for one in _MEASURES if name.endswith(one)), "")
    return " ".join(_said(part) for part in name.removesuffix(ending).split("_"))


def _said(word: str) -> str:
    return "GPUs" if word == "gpus" else _WORDS.get(word, word)


def label_of_input(path: str) -> str:
    """What an input is called where its value stands beside it: the thing it is of, and its own name.

    >>> label_of_input("site.pue"), label_of_input("parts.it.life_years"), label_of_input("hurdle_per_year")
    ('PUE', 'IT life', 'Hurdle')
    >>> label_of_input("components.it.spend.3"), label_of_input("energy.AI_SITES.operands.use_2030.value")
    ('IT spend, period 3', 'Energy AI SITES use 2030')
    >>> label_of_input("site.periods_per_year"), label_of_input("tax.nol_share")
    ('Periods per year', 'Tax losses share')
    """
    parts = [part for part in path.removesuffix(".value").split(".") if part not in _CONTAINERS]
    period = f", period {parts.pop()}" if len(parts) > 1 and len(parts[-1]) < 4 and parts[-1].isdigit() else ""
    *things, own = (plain_words(part) for part in parts)
    thing = " ".join(things)
    return _upper(own if own.startswith(f"{thing} ") else f"{thing} {own}".lstrip()) + period


def _upper(text: str) -> str:
    """A text with its first letter large; a unit keeps its own."""
    return text if text.startswith("kW") else text[:1].upper() + text[1:]


def label_of_role(role: str, label: str) -> str:
    """A figure under the name that a formula has for it; the figure alone where its label says as much.

    >>> label_of_role("run_rate", "MSFT ai_revenue, 2026-03-31 (run rate)")
    'MSFT ai_revenue, 2026-03-31 (run rate)'
    >>> label_of_role("gpus", "IREN-Microsoft gpus (guidance)"), label_of_role("growth", "MSFT sales, 2026 (reported)")
    ('gpus: IREN-Microsoft gpus (guidance)', 'growth: MSFT sales, 2026 (reported)')
    """
    said = role.replace("_", " ")
    return label if label.endswith((f"({said})", f", {said}")) else f"{role}: {label}"


def label_of_thing(label: str) -> str:
    """The label of a row of a typed table, its abbreviations in capitals.

    >>> label_of_thing("pue Applied Digital Polaris Forge design")
    'PUE Applied Digital Polaris Forge design'
    """
    return " ".join(_WORDS.get(part, part) for part in label.split(" "))


def label_of_result(name: str) -> str:
    """A result that a solver finds, by its id.

    >>> label_of_result("equity_irr_per_year"), label_of_result("lease_class")
    ('Equity IRR', 'Lease class')
    """
    return _upper(plain_words(name))
