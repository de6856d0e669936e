"""The economy of payers, asked in Python: who is hurt when one of them fails, and whether their shares still move together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from overbuild.ecosystem.basket.settings import BasketTest, PanelAsked

if TYPE_CHECKING:
    from overbuild.answer import Answer
    from overbuild.stress.worlds.settings import StressSettings


def contagion(
    *,
    fail: Sequence[str] | str = (),
    ai_revenue: float = 0.0,
    structure: str = "all",
    years: float = 1.0,
    as_of: str | None = None,
    ask: bool = False,
    network: Path | str | None = None,
    worlds: StressSettings | None = None,
) -> Answer:
    """Who fails in which round, and who loses how much, when payers of the AI economy fail or AI revenue falls?

    `fail` are ids of entities that are taken to fail; `ai_revenue` is the share of their revenue that labs lose, `years` how
    many years of payments count. `structure` is `all` for bounds over every network that agrees with the tables, `known` or
    `maxent` for one point; `ask` ranks what is not known by how much it would narrow the bounds. `network` is a YAML file of
    one's own. Values are in USD, each class with `.low` and `.high`. `worlds` (`ask.StressSettings`) draws many worlds in the
    place of one and its bounds: values are then means, quantiles and the tail.
    Raises InputError `unknown_name`, `share_out_of_range`, `bad_value` and `bad_period`, all at once; CaseError for every
    fault of a file, located.

    >>> from overbuild import ask
    >>> found = ask.contagion(fail="CRWV").values
    >>> found["loss.lenders.low"] <= found["loss.lenders"] <= found["loss.lenders.high"]
    True
    """
    from overbuild.questions.contagion import contagion as asked

    named = (fail,) if isinstance(fail, str) else tuple(fail)
    return asked(
        fail=named,
        ai_revenue=ai_revenue,
        structure=structure,
        years=years,
        as_of=as_of,
        ask=ask,
        network=None if network is None else Path(network),
        worlds=worlds,
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
    """Do the shares of a basket still move together: correlation and dispersion before and after a day, and a test of both?

    `panel` is a file of returns or prices (CSV, Parquet; a column a name, or a row a day and name), `day` the last day before,
    the middle of the panel where none is given. `beside` is a second panel with a day of its own. `asked` says what the
    numbers are (`form`: log, simple, prices) and which names count; `test` the periods each side, blocks, draws, seed.
    Raises InputError `missing` without a panel, for none ships; CaseError(s) for every fault of a file, located;
    InputError(s) `bad_period`, `window_too_short`, `out_of_range`, `unknown_name`.

    >>> import tempfile
    >>> from overbuild import ask
    >>> from overbuild.ecosystem.basket.made_panel import made_panel
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = Path(folder) / "made.csv"
    ...     written = made.write_text(made_panel())
    ...     found = ask.basket(made, day="2021-12", test=ask.BasketTest(draws=200))
    >>> found.values["average_correlation.after"] < found.values["average_correlation.before"]
    True
    """
    from overbuild.questions.basket import basket as asked_of

    return asked_of(panel, day=day, beside=beside, beside_day=beside_day, asked=asked, test=test)
