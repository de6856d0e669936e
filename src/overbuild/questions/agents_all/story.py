"""A portfolio of workflows and the work that agents must take, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.questions.agents_all.asked import ProgrammesAsked
from overbuild.questions.agents_all.tables import cut
from overbuild.questions.agents_all.words import claim_words, input_words
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import bn, listed, pct, quantity, times


def headline(asked: ProgrammesAsked) -> str:
    """The share needed with its range, against what can be addressed, then what the budget buys."""
    run, ends = asked.run, asked.range
    lines, plan = run.lines, run.plan
    between = f" ({pct(ends.low)} to {pct(ends.high)})" if ends else ""
    return (
        f"For {asked.need.year}'s spend to be earned agents must take {pct(lines['share_of_tasks_needed'])} of all paid work "
        f"in the United States{between}: {bn(lines['asked_of_agents'])} USD a year of {bn(run.must_be_earned)} at the end "
        f"user's door. That is {pct(lines['share_of_addressable_needed'])} of the {pct(plan.work.addressable)} that they "
        f"can address, {bn(lines['addressable_wage_bill'])} of wages. {_budget(asked)}"
    )


def _budget(asked: ProgrammesAsked) -> str:
    run, chosen = asked.run, asked.run.chosen
    told = [one for one in run.workflows if not one.run.is_withheld]
    paying = sum(one.run.pays for one in told)
    if not chosen.names:
        return f"Of {len(told)} workflows {paying} pay a task, and none is worth its fixed cost within the budget."
    return (
        f"Of {len(told)} workflows {paying} pay a task; {quantity(run.plan.budget, 'USD')} buy "
        f"{times(len(chosen.names), 'programme')} worth {quantity(chosen.worth, 'USD')}."
    )


def screen(asked: ProgrammesAsked) -> Screen:
    """What is printed first: the workflows, the published claims beside, what decides the share."""
    return Screen(cut(asked), _moves(asked), _decides(asked), "Beside what others say")


def _moves(asked: ProgrammesAsked) -> tuple[str, ...]:
    run = asked.run
    needed = run.lines["share_of_tasks_needed"]
    said = [f"{pct(one.share, 1)} by {claim_words(one.name).partition(',')[0]}" for one in run.plan.claims]
    more = sum(needed > one.share for one in run.plan.claims)
    told = [
        f"Needed {pct(needed)}, more than {more} of {times(len(said), 'published share')}: {listed(said)}."
        if said
        else f"Needed {pct(needed)}; no published share is given."
    ]
    told.append(_by_door(asked))
    if asked.worth:
        told.append(_together(asked))
    return tuple(told)


def _by_door(asked: ProgrammesAsked) -> str:
    parts = [f"{pct(one.share)} if {one.label[:1].lower()}{one.label[1:]}, pay" for one in asked.doors[1:]]
    return f"By door: {listed(parts)} ({listed([bn(one.required) for one in asked.doors[1:]])} USD a year)."


def _together(asked: ProgrammesAsked) -> str:
    own = asked.worth[0]
    apart = f"; were they independent, {pct(asked.worth[1].loss)}" if len(asked.worth) > 1 else ""
    return (
        f"The programmes chosen lose money in {pct(own.loss)} of worlds (P5 {quantity(own.low, 'USD')}, P95 "
        f"{quantity(own.high, 'USD')}), as their success moves together by {pct(own.correlation)}{apart}."
    )


def _decides(asked: ProgrammesAsked) -> tuple[str, ...]:
    return moving_words(asked.run.deciding, input_words, "needed", pct)


def notes(asked: ProgrammesAsked) -> tuple[str, ...]:
    """What the numbers mean."""
    run, ends = asked.run, asked.range
    told = [
        f"All addressable work taken, agents could be paid {bn(run.lines['most_paid_for_agents'])} USD a year there; "
        f"{bn(run.lines['asked_of_agents'])} are asked of them.",
        f"What agents are worth a USD of work is {run.worth_of_work:.2f} over these workflows, by what they cost today, before "
        "anything is paid for AI.",
    ]
    if ends is not None:
        told.append(
            f"In {pct(ends.beyond_addressable)} of {ends.worlds:,} worlds all that agents can address is not enough."
        )
    return tuple(told)
