"""A basket before and after a day, in sentences."""

from __future__ import annotations

from pathlib import PurePath

from overbuild.answer import Screen
from overbuild.ecosystem.basket.basket_run import BasketRun
from overbuild.ecosystem.basket.compared import MeasureChange
from overbuild.ecosystem.basket.settings import CONFIDENCE
from overbuild.questions.basket.tables import first_table
from overbuild.questions.basket.words import as_share, change_words, digits, level_words, p_words, panel_name, signed
from overbuild.questions.prose import listed, pct, times

_NAMED = 4
"""As many names left out as are named in a line."""


_NOTHING = "no change is shown"


def verdict(run: BasketRun) -> str:
    """What is shown, in a few words: all three measures together, or each by itself."""
    compared = run.compared
    if compared.no_longer_together:
        return "no longer moves together"
    together, share, apart = compared.changes
    said: list[str] = []
    if together.shown or share.shown:
        said.append(f"moves together {'more' if (together if together.shown else share).rose else 'less'}")
    if apart.shown:
        said.append(f"spreads {'further' if apart.rose else 'less'}")
    return listed(said) if said else _NOTHING


def headline(run: BasketRun, other: BasketRun | None) -> str:
    """The verdict, then its two sides with their intervals, then the panel beside."""
    period = run.spacing.name
    told = (
        f"{panel_name(run.panel.file)}: {_opening(run)}. {_sides(run)} "
        f"{times(len(run.panel.names), 'name')}, {times(run.windows.length, period)} each side of {run.windows.day}."
    )
    return told if other is None else f"{told} {_beside(other)}"


def _opening(run: BasketRun) -> str:
    """The verdict as a sentence; what is not shown is said to be not shown."""
    said = verdict(run)
    if said == _NOTHING:
        return "that its names no longer move together is not shown, nor is any other change"
    if run.compared.no_longer_together or "together more" in said:
        return f"the basket {said}"
    return f"the basket {said}; that it no longer moves together is not shown"


def _sides(run: BasketRun) -> str:
    """Both sides: what correlation says, and what dispersion says."""
    together, apart = run.compared.of("average_correlation"), run.compared.of("dispersion")
    too = " too" if together.rose == apart.rose else ""
    interval = f"{pct(CONFIDENCE)} interval "
    return (
        f"On one side average correlation {_moved(together)} ({_change(together, interval)}); "
        f"on the other dispersion {_moved(apart, too)} ({_change(apart)})."
    )


def _moved(change: MeasureChange, too: str = "") -> str:
    first, then = (level_words(change.measure, one.value) for one in (change.before, change.after))
    if first == then:
        return f"stayed at {first}"
    return f"{'rose' if change.rose else 'fell'}{too} from {first} to {then}"


def _change(change: MeasureChange, interval: str = "") -> str:
    measure, found = change.measure, change.change
    size = max(abs(found.low), abs(found.high))
    return (
        f"{change_words(measure, found.value, size)}, {interval}{signed(measure, found.low, size)} to "
        f"{signed(measure, found.high, size)}, {p_words(change.p_value)}"
    )


def _beside(other: BasketRun) -> str:
    together, apart = other.compared.of("average_correlation"), other.compared.of("dispersion")
    too = " too" if together.rose == apart.rose else ""
    return (
        f"Beside it {panel_name(other.panel.file)}, {times(other.windows.length, other.spacing.name)} each side of "
        f"{other.windows.day}: {verdict(other)}; average correlation {_moved(together)} ({p_words(together.p_value)}), "
        f"dispersion {_moved(apart, too)} ({p_words(apart.p_value)})."
    )


def screen(run: BasketRun, other: BasketRun | None) -> Screen:
    """What is printed first: the measures of both windows, what moves them, what decides whether a change is shown."""
    moves = _moves(run)
    return Screen(
        first_table(run, other), moves if other is None else moves[:1], (_blocks(run), *_names(run), *_form(run))
    )


def _moves(run: BasketRun) -> tuple[str, ...]:
    compared, apart = run.compared, run.compared.of("dispersion")
    rose = "rose" if compared.volatility_after > compared.volatility_before else "fell"
    told = [
        f"The volatility of a name {rose} from {as_share(compared.volatility_before)} to "
        f"{as_share(compared.volatility_after)} a {run.spacing.name}; that alone takes dispersion to "
        f"{as_share(compared.dispersion_by_volatility)}; it came to {as_share(apart.after.value)}."
    ]
    if run.leave_one_out:
        most = run.leave_one_out[0]
        told.append(
            f"{most.name} moves dispersion most: without it the change is {change_words('dispersion', most.dispersion)}, "
            f"that of average correlation {change_words('average_correlation', most.average_correlation)}."
        )
    return tuple(told)


def _blocks(run: BasketRun) -> str:
    """The p values with other blocks."""
    together, _, apart = (one.p_value for one in run.compared.changes)
    others = [f"of {one.block}: {digits(one.p_values[0])} and {digits(one.p_values[2])}" for one in run.blocks]
    return (
        f"Blocks of {times(run.windows.block, run.spacing.name)}: p of correlation {digits(together)}, of dispersion "
        f"{digits(apart)}; {'; '.join(others)}."
    )


def _names(run: BasketRun) -> tuple[str, ...]:
    if not run.left_out:
        return ()
    named = [one.name for one in run.left_out]
    more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    return (f"Left out, for want of returns in some {run.spacing.name}s: {listed([*named[:_NAMED], *more])}.",)


def _form(run: BasketRun) -> tuple[str, ...]:
    if run.panel.said_by != "nobody":
        return ()
    return ("The file does not say what its numbers are: they are taken as simple returns (--form log, prices).",)


def notes(run: BasketRun) -> tuple[str, ...]:
    """What the numbers mean."""
    period = run.spacing.name
    return (
        "A basket no longer moves together where average correlation and the PC1 share fall and dispersion rises, each by "
        "more than chance shows in 5% of cases. Correlation says whether names move in one direction, dispersion how far "
        "they end up from each other; both can rise at once when everything moves more.",
        "A single change is called shown where it passes 5% after Hochberg's correction for three measures, so that chance "
        "shows any of them in at most 5% of cases.",
        f"p values: both windows drawn from the {period}s of both together, in blocks of {run.windows.block}, "
        f"{run.test.draws:,} times, seed {run.test.seed}. Intervals: each window drawn again from its own {period}s.",
        f"Read from {PurePath(run.panel.file).name} as {_FORM_WORDS[run.panel.form]}; measured in log returns.",
    )


_FORM_WORDS = {"log": "log returns", "simple": "simple returns", "prices": "prices"}
