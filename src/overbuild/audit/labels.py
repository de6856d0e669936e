"""Labels of inputs and of what a period hands to the next, from their names."""

from __future__ import annotations

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
