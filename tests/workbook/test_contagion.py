"""A contagion study as a workbook: a second program clears it again, also after an input is changed."""

from __future__ import annotations

import numpy as np
import pytest

from overbuild.audit.contagion.rounds_book import rounds_book
from overbuild.ecosystem.contagion.asked_case import AskedContagion, asked_case, network_asked
from overbuild.ecosystem.contagion.told.reduced import reduced
from overbuild.lenders.rounds.batch import run_rounds
from overbuild.surfaces.workbook.write import write_book
from tests.workbook.recalculation import edited, needs_a_second_program, planted, recalculated, rows


def test_the_workbook_clears_again_and_follows_a_change(tmp_path):
    needs_a_second_program()
    case = asked_case(network_asked(None), AskedContagion(("OPENAI",), 0.0, 1.0, None), search=False)
    book = rounds_book(case)
    write_book(book, tmp_path / "as-is.xlsx")
    assert planted(tmp_path / "as-is.xlsx", tmp_path / "planted.xlsx") > 1500
    # Oracle with 20bn of capital fails, and takes its landlords' vehicles along
    edited(tmp_path / "as-is.xlsx", tmp_path / "changed.xlsx", {"parties.ORCL.buffer": 20e9})
    folder = tmp_path / "out"
    folder.mkdir()
    recalculated([tmp_path / "planted.xlsx", tmp_path / "changed.xlsx"], folder)
    oracle = case.given.study.place("ORCL")
    poorer = case.numbers.buffer.copy()
    poorer[0, oracle] = 20e9
    other = run_rounds(case.given.study, case.numbers._replace(buffer=poorer))
    assert other.stops[0, oracle] == 1 and case.outcome.stops[0, oracle] == 0
    for name, found in (("planted", case.outcome), ("changed", other)):
        results = rows(folder / f"{name}.xlsx", "Results")
        for place, party in zip(reduced(case).parties, reduced(case).study.parties, strict=True):
            assert results[f"loss.{party.id}"][0] == pytest.approx(found.loss[0, place], rel=1e-9, abs=1.0), party.id
            if not party.holds:
                assert results[f"stops.{party.id}"][0] == found.stops[0, place]
    assert np.all(other.loss >= case.outcome.loss - 1e-6)
