"""Why in a contagion study: payments, recoveries and losses down to contracts, the same numbers as the answer's."""

from __future__ import annotations

import functools

import pytest

from overbuild import ask
from overbuild.errors import OverbuildError

SHOCK = ("fail=CoreWeave",)


@functools.cache
def value(number, shocks=SHOCK):
    return ask.why(f"contagion:{number}", shocks=shocks).headline.value


def test_a_debt_is_paid_and_lost_in_full_and_the_loss_is_that_of_the_answer():
    answer = ask.contagion(fail="CRWV", structure="maxent")
    rows = {row["id"]: row for row in answer.table("contracts").rows}
    for name in ("crwv_ddtl4", "crwv_n31"):
        assert value(f"{name}.lost") == pytest.approx(rows[name]["loss"])
        assert value(f"{name}.paid") + value(f"{name}.lost") == pytest.approx(rows[name]["amount"])
    entity = next(row for row in answer.table("entities").rows if row["id"] == "CRWV")
    assert value("loss.CRWV") == pytest.approx(entity["loss"])
    assert value("CRWV.senior_paid") == pytest.approx(value("crwv_ddtl4.paid") / rows["crwv_ddtl4"]["amount"])


def test_a_number_leads_to_the_documents_behind_it():
    answer = ask.why("contagion:ORCL.all_losses", shocks=("fail=OPENAI",), depth=3)
    assert {"ecosystem_contracts.oai_orcl", "ecosystem_entities.OPENAI"} <= {one.id for one in answer.facts}
    assert value("ORCL.all_losses@1", ("fail=OPENAI",)) == 0.0 < value("ORCL.all_losses", ("fail=OPENAI",))


@pytest.mark.parametrize(
    ("number", "shocks", "said"),
    [
        ("contagion:CRWV.loses", SHOCK, "no such number of this study"),
        ("contagion:CRWV.all_losses@99", SHOCK, "a round from 1 to"),
        ("contagion:CRWV.all_losses", ("rain=1", "ai_revenue=40"), "fail=ID, ai_revenue=-40% or years=N"),
        ("contagion:CRWV.all_losses", ("fail=NOBODY",), "no entity of this id"),
    ],
)
def test_what_cannot_be_asked_is_told(number, shocks, said):
    with pytest.raises(OverbuildError) as told:
        ask.why(number, shocks=shocks)
    assert said in str(told.value)
