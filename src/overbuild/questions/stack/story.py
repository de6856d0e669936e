"""A stack under shocks, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.demand.stack.stack_run import EACH, NEITHER, SingleShock, StackRun
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import capitalised, listed, pct, quantity, spelled


def headline(run: StackRun) -> str:
    """Who wins by the shock and by how much, then whether owning the layers pays."""
    return f"{run.plan.name}: {_who_wins(run)} {_owning(run)}"


def _who_wins(run: StackRun) -> str:
    of = run.plan.integration
    if not run.is_shocked:
        return f"no shock is set. {_of_single_shocks(run)}"
    told = (
        f"{margin_words(run, of.owner)} for {spelled(of.owner)}, the owner of {_owned(run)}, and "
        f"{margin_words(run, of.buyer)} for {spelled(of.buyer)}, which buys of others"
    )
    shock = listed(shock_words(run))
    if run.winner == NEITHER:
        return f"{shock} leaves both alike: the margin goes {told}."
    return f"{spelled(run.winner)} comes out of {shock} better: the margin goes {told}."


def _of_single_shocks(run: StackRun) -> str:
    of, counted = run.plan.integration, run.single_shocks
    owner = sum(one.winner == of.owner for one in counted)
    buyer = sum(one.winner == of.buyer for one in counted)
    costs = [one for one in counted if one.kind == "cost"]
    of_costs = sum(one.winner == of.owner for one in costs)
    return (
        f"Of {len(counted)} shocks of {EACH:+.0%} to one layer each, {spelled(of.buyer)} comes out better of {buyer} and "
        f"{spelled(of.owner)}, the owner of {_owned(run)}, of {owner} ({of_costs} of the {len(costs)} to costs)."
    )


def _owned(run: StackRun) -> str:
    firm = next(one for one in run.plan.firms if one.name == run.plan.integration.owner)
    return f"{spelled(firm.lowest)} to {spelled(firm.highest)}"


def _owning(run: StackRun) -> str:
    values, of = run.values().values, run.plan.integration
    npv, gain, charge = (_number(values[name]) for name in ("integration_npv", "integration_gain", "capital_charge"))
    pays = f"pays: it is worth {money(npv)}" if npv > 0.0 else f"does not pay: it is worth {money(npv)}"
    most = values["integration_assets_breakeven"]
    if not isinstance(most, float):
        upto = ""
    elif most > 0.0:
        upto = f" It breaks even at assets of {money(most)}."
    else:
        upto = " No assets, however small, would pay."
    return (
        f"Owning them {pays}, as {money(gain)} a year more are kept and {money(charge)} must be earned on assets of "
        f"{money(of.assets)}.{upto}"
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def money(amount: float) -> str:
    """Money as one says it.

    >>> money(-2534670867.0), money(12.0)
    ('-2.53bn USD', '12 USD')
    """
    return quantity(amount, "USD")


def margin_words(run: StackRun, firm: str) -> str:
    """The margin of a firm before and after.

    >>> from pathlib import Path
    >>> from overbuild.demand.stack.stack_run import run_stack
    >>> margin_words(run_stack(Path("preset:adjacent-chain"), (), ("model_price=+30%",)), "api_app")
    'from 55.0% to 47.3%'
    """
    return (
        f"from {pct(run.lines[f'{firm}.owner_margin_before'], 1)} to {pct(run.lines[f'{firm}.owner_margin_after'], 1)}"
    )


def shock_words(run: StackRun) -> list[str]:
    """Every shock of the case in words, the lowest layer first."""
    return [
        f"{layer.name} {kind} {amount:+.0%}"
        for layer in run.plan.layers
        for kind, amount in (("cost", layer.cost_shock), ("price", layer.price_shock))
        if amount
    ]


def screen(run: StackRun) -> Screen:
    """What is printed first: margins of layers and firms, who wins by which shock, what decides whether owning pays."""
    return Screen("margins", _by_shock(run), _decides(run), "Who comes out better of which shock")


def _by_shock(run: StackRun) -> tuple[str, ...]:
    told: list[str] = []
    of = run.plan.integration
    for kind, what in (("cost", "Costs that rise by a fifth"), ("price", "Prices that a layer raises by a fifth")):
        parts: list[str] = []
        for name in (of.owner, of.buyer, NEITHER):
            won = [spelled(one.layer) for one in run.single_shocks if one.kind == kind and one.winner == name]
            if won:
                parts.append(f"{spelled(name)} when it is {_or(won)}")
        told.append(f"{what}: {'; '.join(parts)}.")
    worst = max(run.single_shocks, key=_apart)
    told.append(
        f"Furthest apart: {worst.layer} {worst.kind} {EACH:+.0%}, owner {points_words(worst.owner_change)} points of margin, "
        f"buyer {points_words(worst.buyer_change)}."
    )
    return tuple(told)


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _apart(one: SingleShock) -> float:
    return abs(one.owner_change - one.buyer_change)


def points_words(change: float) -> str:
    """A change of a share in points.

    >>> points_words(-0.0273), points_words(-0.0002)
    ('-2.7', '0.0')
    """
    told = f"{change * 100:+.1f}"
    return "0.0" if told.strip("+-0.") == "" else told


def _decides(run: StackRun) -> tuple[str, ...]:
    return moving_words(run.deciding, input_words, "owning is worth", money)


_WORDS = {
    "integration.units_per_year": "sales of the top layer",
    "integration.price_elasticity": "fall of sales with the price",
    "integration.assets": "assets that owning takes",
    "integration.life": "life of those assets",
    "integration.residual_share": "what those assets sell for at the end",
    "integration.one_off": "cost of merging and leaving suppliers",
    "integration.hurdle_per_year": "return asked",
    "integration.tax_rate": "rate of tax",
}


def input_words(path: str) -> str:
    """An input of a stack in words.

    >>> input_words("layers.cloud.margin"), input_words("layers.app.buys.model.units"), input_words("integration.assets")
    ('margin of cloud', 'model bought by app', 'assets that owning takes')
    """
    if path in _WORDS:
        return _WORDS[path]
    steps = path.split(".")
    if len(steps) == 5:
        what = "bought by" if steps[4] == "units" else "switching cost of"
        return f"{steps[3]} {what} {steps[1]}" if steps[4] == "units" else f"cost of leaving {steps[3]} for {steps[1]}"
    return f"{spelled(steps[-1])} of {steps[1]}" if len(steps) == 3 else path


def notes(run: StackRun) -> tuple[str, ...]:
    """What the numbers mean."""
    return (
        "A rise of cost is absorbed layer by layer, as each passes on a part: the owner of them all bears what was absorbed, "
        "the buyer at the end what was passed on. A supplier that raises its price takes it from the buyer, and from an owner "
        "nothing.",
        capitalised(
            "a firm pays market prices for what lies outside its layers and own costs inside; what it owns below does not "
            "change what it sells for."
        ),
        "Owning is worth the margins of the layers owned, less what their assets must earn a year to return the hurdle after "
        f"tax, over {run.plan.integration.life:g} years, less what merging costs once.",
    )
