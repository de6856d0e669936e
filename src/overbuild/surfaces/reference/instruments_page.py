"""The reference page of instruments: every function and record of the room, with its units."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from overbuild import instruments
from overbuild.surfaces.reference.python_page import signature

_ABOUT = """Generated from the code. `overbuild.instruments` has loans, leases and recoveries by themselves: functions of
numbers that know no site. What a case file says of a loan goes through the same functions.

```python
from overbuild import instruments as fin

# 160 drawn in two parts, each repaid in two; what the lender earns with its fee on what is not drawn
terms = fin.DrawTerms(commitment=200.0, margin_per_year=0.0625, commitment_fee_per_year=0.005, periods_per_year=1)
draws = (fin.Draw(period=0, amount=100.0), fin.Draw(period=1, amount=60.0))
loan = fin.DelayedDrawLoan("gpu", draws, parts=2, availability_end=1, terms=terms)
schedule = fin.delayed_draw_schedule(loan, base_rates_per_year=(0.0625, 0.0625, 0.0625))
print([row.closing for row in schedule])  # [100.0, 110.0, 30.0, 0.0]
print(f"{fin.all_in_cost(schedule, periods_per_year=1).per_year:.4%}")  # 12.7260%

# a mezzanine of 200 for two years: 10 of the 16 due in cash are there in the first, so the rest is added at a premium
mezzanine = fin.MezzanineTerms(0.08, pik_rate_per_year=0.04, pik_premium_per_year=0.015, periods_per_year=1)
rows = fin.mezzanine_schedule("mezz", 200.0, tenor=2, terms=mezzanine, residual_cash=(10.0, 300.0))
print(f"{fin.mezzanine_return(200.0, rows, periods_per_year=1).per_year:.4%}")  # 12.2873%

# GPUs worth 900 sold at a cost of 8%: 828 for two lenders in order of their liens, and 60 that nobody holds
pool = fin.CollateralPool(900.0, cost_share=0.08, liens=(fin.Lien("term", rank=1), fin.Lien("mezz", rank=2)))
term = fin.CreditorClaim("term", 780.0, rank=1, rate_per_year=0.09)
mezz = fin.CreditorClaim("mezz", 220.0, rank=2, rate_per_year=0.14)
found = fin.enforce_liens((pool,), unencumbered=60.0, claims=(term, mezz), lag_years=1.5)
print([(one.name, round(one.paid, 6)) for one in found.recoveries])  # [('term', 780.0), ('mezz', 108.0)]
print([round(one.loss_given_default, 4) for one in found.recoveries])  # [0.1213, 0.5967]
```

A formula of one period takes floats or NumPy arrays, one entry a scenario; a schedule over periods takes floats. Rates and
shares are decimals. An input that cannot be is raised as `overbuild.errors.InputError` with its place: `loans.NAME` or
`leases.NAME` and the argument. `help(fin.draw_period)` tells the equation, its edges, its source and a worked number."""


def instruments_page() -> str:
    """Every name of the room by what it is about: signature, what it is, units."""
    parts = ["# Instruments", _ABOUT]
    for group, modules in instruments.GROUPS.items():
        parts.append(f"## {group}")
        for module in modules:
            about = _first(importlib.import_module(f"overbuild.instruments.{module}"))
            parts.append(f"### {about.removesuffix('.')}")
            parts += [_entry(name, offered) for name, offered in offered_by(module).items()]
    return "\n\n".join(parts) + "\n"


def offered_by(module: str) -> Mapping[str, Callable[..., Any]]:
    """The public names of a module of the room, in the order of its file.

    >>> list(offered_by("ratios"))
    ['cover_ratio', 'contracted_share_of_revenue', 'blended_dscr', 'loss_share']
    """
    found = importlib.import_module(f"overbuild.instruments.{module}")
    own = {name: one for name, one in vars(found).items() if getattr(one, "__module__", "") == found.__name__}
    return {name: one for name, one in own.items() if name in instruments.__all__}


def _entry(name: str, offered: Callable[..., Any]) -> str:
    called, units = signature(f"instruments.{name}", offered), _units(offered)
    told = f"#### `instruments.{name}`\n\n```python\n{called}\n```\n\n{_first(offered)}"
    return f"{told}\n\nUnits: {units}." if units else told


def _first(documented: object) -> str:
    """The first paragraph of what is documented."""
    return (inspect.getdoc(documented) or "").partition("\n\n")[0]


def _units(offered: Callable[..., Any]) -> str:
    """The units of arguments, or of the fields of a record, and of what is returned.

    >>> _units(instruments.cover_ratio)
    '`cash`, `debt_service`: USD per period; returns ratio'
    """
    named: dict[str, list[str]] = {}
    hints = get_type_hints(offered, include_extras=True)
    returned = _unit(hints.pop("return", None))
    for name, hint in hints.items():
        unit = _unit(hint)
        if unit:
            named.setdefault(unit, []).append(f"`{name}`")
    told = [f"{', '.join(names)}: {unit}" for unit, names in named.items()]
    return "; ".join([*told, f"returns {returned}"] if returned else told)


def _unit(hint: Any) -> str:
    """The unit that a type names, itself or what it is a series of; empty where it names none."""
    return next(_units_in(hint), "")


def _units_in(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Annotated:
        yield get_args(hint)[1]
    else:
        for part in get_args(hint):
            yield from _units_in(part)
