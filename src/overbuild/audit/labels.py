"""Labels and units of inputs and of what a period hands to the next, from the names and types of the records."""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

_WORDS = {"pue": "PUE", "it": "IT", "mw": "MW", "kw": "kW", "gpu": "GPU", "mwh": "MWh", "dsra": "DSRA", "dscr": "DSCR",
          "nol": "tax losses", "cfads": "CFADS"}  # fmt: skip


def words(name: str) -> str:
    """A name as words.

    >>> words("it_mw"), words("price_per_gpu_hour")
    ('IT MW', 'Price per GPU hour')
    """
    said = " ".join(_WORDS.get(part, part) for part in name.split("_"))
    return said[:1].upper() + said[1:]


def label_of_path(path: str) -> str:
    """What an input is called: its own name, the block it stands in, and the period of an entry of a series.

    >>> label_of_path("site.pue"), label_of_path("components.it.spend.3")
    ('PUE: site', 'Spend: it, period 3')
    """
    parts = path.split(".")
    period = f", period {parts.pop()}" if parts[-1].isdigit() else ""
    block = parts[-2].replace("_", " ") if len(parts) > 1 else ""
    return f"{words(parts[-1])}: {block}{period}" if block else words(parts[-1])


_UNITS = (
    ("periods_per_year", "count"),
    ("per_mwh", "USD per MWh"),
    ("per_gpu_hour", "USD per GPU-hour"),
    ("per_kw_month", "USD per kW-month"),
    ("cost_per_mw_year", "USD per MW and year"),
    ("payment_per_year", "USD per year"),
    ("kw_per_gpu", "kW per GPU"),
    ("_mw", "MW"),
    ("staff_per_year", "USD per year"),
    ("_per_year", "decimal per year"),
    ("cost_per_period", "USD per period"),
    ("_share", "share"),
    ("_shares", "share"),
    ("utilisation", "share"),
    ("spend", "share"),
    ("_years", "years"),
    ("_days", "days"),
    ("tenor", "periods"),
    ("_periods", "periods"),
    (".period", "period"),
    ("cures", "count"),
    ("cures_in_four", "count"),
    ("tax.rate", "share"),
    ("cost", "USD"),
    ("proceeds", "USD"),
    ("amount", "USD"),
    ("guarantee", "USD"),
    ("decommissioning", "USD"),
)


def unit_of_path(path: str, value: Any) -> str:
    """Unit of an input by the end of its name; words and flags have none.

    >>> unit_of_path("site.it_mw", 100.0), unit_of_path("site.pue", 1.2), unit_of_path("components.it.spend.3", 0.1)
    ('MW', 'ratio', 'share')
    """
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "word"
    plain = path.rpartition(".")[0] if path.rpartition(".")[2].isdigit() else path
    return next((unit for ending, unit in _UNITS if plain.endswith(ending)), "ratio")


def unit_of_leaf(record: Any, path: str) -> str:
    """Unit that a record's type says of one of its leaves; empty where it says none.

    >>> from overbuild.site.terms.inputs import Inputs
    >>> unit_of_leaf(Inputs, "components.it.age_years")
    'years'
    """
    hint: Any = record
    for step in path.split("."):
        if get_origin(hint) is tuple:
            hint = get_args(hint)[0]
            continue
        hint = get_type_hints(hint, include_extras=True).get(step)
        if hint is None:
            return ""
        hint = next((one for one in get_args(hint) if one is not type(None)), hint) if _optional(hint) else hint
    notes = getattr(hint, "__metadata__", ("",))
    return _PLAIN.get(notes[0], notes[0])


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


_PLAIN = {"share, 0..1": "share", "1 where it holds, 0 where it does not": "0 or 1", "USD at an instant": "USD"}
