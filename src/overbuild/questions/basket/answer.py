"""Do the shares of a basket still move together: correlation and dispersion, before and after a day?"""

from __future__ import annotations

from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.ecosystem.basket.basket_run import BasketRun, run_basket
from overbuild.ecosystem.basket.compared import Estimated
from overbuild.ecosystem.basket.panel.read import names_in, read_panel
from overbuild.ecosystem.basket.settings import BasketTest, PanelAsked
from overbuild.errors import InputError
from overbuild.questions.basket import story
from overbuild.questions.basket.pictures import pictures
from overbuild.questions.basket.tables import tables

LIMITS = (
    "These are prices of shares: names can part for reasons that have nothing to do with the build-out.",
    "The day is chosen by who asks. One that is chosen after a look at the returns makes chance look like a finding; name "
    "the day for a reason outside the panel.",
    "Only names that traded through both windows are measured. Those that failed, were bought or came to market in between "
    "are absent, and names that vanish are those that moved apart most.",
    "Few periods show large changes only: that a change is not shown does not say that there is none. The intervals say how "
    "large it may be.",
    "Calm and turmoil last longer than a block. Where one window is calm and the other is not, the p value of dispersion is "
    "too small; the table of other blocks shows by how much.",
    "No returns ship with the program: those we have seen may not be passed on, nor figures made of them.",
)

NO_PANEL = (
    "name a file of returns: a column of days and a column a name, or a row a day and name. None ships, because what we have "
    "seen may not be passed on. `overbuild new basket made.csv` writes one that is made up, to see what such a file looks like"
)


def basket(
    panel: Path | str | None,
    *,
    day: str | None = None,
    beside: Path | str | None = None,
    beside_day: str | None = None,
    asked: PanelAsked | None = None,
    test: BasketTest | None = None,
) -> Answer:
    """Correlation, PC1 share and dispersion before and after a day, with a block-bootstrap test of their change.

    `beside` is a second panel with a day of its own, such as that of an earlier boom.
    Raises InputError `missing` without a panel; CaseError(s) for every fault of a file, located; InputError(s)
    `bad_period`, `window_too_short`, `out_of_range`, `unknown_name` for what is asked of it.
    Source: the model's specification A.7.
    """
    if panel is None:
        raise InputError("missing", "FILE", None, NO_PANEL)
    if beside is None and beside_day is not None:
        raise InputError("missing", "beside", None, "a day beside asks for a panel beside: name its file")
    asked = asked or PanelAsked()
    first = read_panel(Path(panel), asked, elsewhere=names_in(Path(beside)) if beside and asked.without else ())
    second = None if beside is None else read_panel(Path(beside), asked._replace(names=()), elsewhere=asked.without)
    run = run_basket(first, day, test or BasketTest(), pairwise=asked.pairwise)
    other = None
    if second is not None:
        other = run_basket(second, beside_day, test or BasketTest(), pairwise=asked.pairwise)
    values, status = _values(run), dict[str, str]()
    if other is not None:
        values |= {f"beside.{name}": value for name, value in _values(other).items()}
    return Answer(
        question="basket",
        headline=Headline("verdict", values["verdict"], "", story.headline(run, other)),
        values=values,
        status=status,
        tables=tables(run, other),
        facts=(),
        assumptions=(),
        limits=LIMITS,
        notes=story.notes(run),
        charts=pictures(run, other),
        screen=story.screen(run, other),
    )


P_VALUES = {"average_correlation": "correlation", "pc1_share": "pc1", "dispersion": "dispersion"}
"""What a p value is called by its measure."""


def _values(run: BasketRun) -> dict[str, Cell]:
    """Measures before and after with their intervals, p values, and what they were measured on."""
    values: dict[str, Cell] = {"verdict": story.verdict(run)}
    for one in run.compared.changes:
        for side, found in (("before", one.before), ("after", one.after), ("change", one.change)):
            values |= _ends(f"{one.measure}.{side}", found)
        values[f"p_value.{P_VALUES[one.measure]}"] = one.p_value
        values[f"shown.{P_VALUES[one.measure]}"] = one.shown
    values["volatility.before"] = run.compared.volatility_before
    values["volatility.after"] = run.compared.volatility_after
    values["dispersion.by_volatility"] = run.compared.dispersion_by_volatility
    return values | {
        "day": run.windows.day,
        "window": run.windows.length,
        "block": run.windows.block,
        "draws": run.test.draws,
        "seed": run.test.seed,
        "names": len(run.panel.names),
    }


def _ends(name: str, found: Estimated) -> dict[str, Cell]:
    return {name: found.value, f"{name}.low": found.low, f"{name}.high": found.high}
