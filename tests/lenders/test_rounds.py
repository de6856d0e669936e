"""Rounds of losses: the written-out round and the arrays agree, nothing is lost or counted twice, worse is never better."""

from __future__ import annotations

import numpy as np
import pytest

from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import row_of
from overbuild.lenders.rounds.batch import layout, run_rounds, saved_by
from overbuild.lenders.rounds.bearers import CHANNELS, CLASSES, absorbed, borne
from overbuild.lenders.rounds.examples import STUDY, TERMS
from overbuild.lenders.rounds.model import rounds_model, terms_of
from overbuild.lenders.rounds.study import ContractEdge, Cover, Numbers, Party, Study
from overbuild.timeline.run import run_model

TYPES = ("lab", "neocloud", "spv", "hyperscaler", "chip_vendor", "landlord")


def drawn(seed):
    """A random study with all kinds of contracts, and numbers for one world."""
    rng = np.random.default_rng(seed)
    companies, holders = int(rng.integers(2, 7)), int(rng.integers(1, 4))
    parties = tuple(Party(f"p{at}", f"P{at}", str(rng.choice(TYPES)), False) for at in range(companies)) + tuple(
        Party(f"h{at}", f"H{at}", str(rng.choice(["bank", "insurer"])), True) for at in range(holders)
    )
    edges = []
    for at in range(int(rng.integers(3, 16))):
        kind = str(rng.choice(["flow", "debt", "debt", "stake"]))
        payer = int(rng.integers(companies))
        payee = int(rng.integers(companies + (holders if kind == "debt" else 0)))
        if payer != payee:
            edges.append(ContractEdge(f"e{at}", kind, payer, payee, bool(rng.integers(2))))
    flows = [at for at, edge in enumerate(edges) if edge.kind == "flow"]
    covers = []
    if flows:
        at = int(rng.choice(flows))
        guarantor = int(rng.integers(companies))
        if guarantor != edges[at].payee:
            covers.append(Cover("g", guarantor, edges[at].payee, (at,)))
    count = len(parties)
    forced = np.zeros(count)
    forced[int(rng.integers(companies))] = 1.0
    buffer = rng.exponential(1e9, count) * (rng.random(count) < 0.8)
    study = Study(parties, tuple(edges), tuple(covers))
    amount, cut = rng.exponential(1e9, (1, len(edges))), rng.random((1, len(edges))) * (rng.random() < 0.5)
    numbers = Numbers(
        buffer=buffer[None],
        worth=(buffer * rng.uniform(1, 4, count))[None],
        unnamed=(rng.exponential(1e9, count) * (rng.random(count) < 0.4))[None],
        revenue=rng.exponential(1e9, count)[None],
        fallen=(rng.random(count) * (rng.random(count) < 0.4))[None],
        saved=saved_by(study, amount, cut),
        forced=forced[None],
        amount=amount,
        cut=cut,
        limit=rng.exponential(5e8, (1, len(covers))),
        kept=rng.random((1, 1)),
        share=rng.random((1, 1)),
    )
    return study, numbers, rng


def test_arrays_and_the_written_out_round_agree():
    for seed in range(60):
        study, numbers, _ = drawn(seed)
        found = run_rounds(study, numbers)
        rows = run_model(rounds_model(study, terms_of(study, numbers), found.rounds)).rows["rounds"]
        for place, party in enumerate(study.parties):
            assert rows[f"{party.id}.all_losses"][-1] == pytest.approx(found.loss[0, place], rel=1e-9, abs=1e-3)
            if not party.holds:
                assert rows[f"{party.id}.stops_paying"][-1] == found.stops[0, place]
                assert rows[f"{party.id}.senior_paid"][-1] == pytest.approx(found.paid_senior[0, place], abs=1e-9)
        for place, edge in enumerate(study.edges):
            assert rows[f"{edge.id}.lost"][-1] == pytest.approx(found.edge_loss[0, place], rel=1e-9, abs=1e-3)


def test_every_line_of_a_round_is_in_the_table_of_lines():
    programs = programs_of(rounds_model(STUDY, TERMS, 1))
    rooms = {row_of(name).room for program in programs.values() for name in program.lines}
    assert rooms == {"lenders"}


def test_what_is_lost_is_borne_destroyed_or_beyond_all_capital():
    """Of a party that stops: its losses and what its estate loses are its capital, its creditors' losses, and no one's."""
    for seed in range(300):
        study, numbers, _ = drawn(seed)
        found, links = run_rounds(study, numbers), layout(study)
        debt = (numbers.amount @ (links.senior_of + links.junior_of) + numbers.unnamed)[0]
        paid = np.where(links.senior > 0, found.paid_senior[0][links.payer], found.paid_junior[0][links.payer])
        unpaid = np.bincount(links.payer, (links.debt * numbers.amount)[0] * (1 - paid), len(study.parties))
        unpaid = unpaid + numbers.unnamed[0] * (1 - found.paid_junior[0])
        buffer = numbers.buffer[0]
        own = absorbed(found.loss[0], buffer, numbers.forced[0])
        for place in np.flatnonzero(found.stops[0]):
            loss = max(found.loss[0, place], numbers.forced[0, place] * buffer[place])
            worth = np.clip(debt[place] + buffer[place] - max(loss, buffer[place]), 0, debt[place])
            destroyed = (1 - numbers.share[0, 0]) * worth
            beyond = max(0.0, loss - buffer[place] - debt[place])
            scale = 1 + loss + debt[place]
            assert loss + destroyed == pytest.approx(own[place] + unpaid[place] + beyond, abs=1e-9 * scale)


def test_classes_and_channels_add_up_and_nothing_is_negative():
    for seed in range(200):
        study, numbers, _ = drawn(seed)
        found = borne(study, numbers, run_rounds(study, numbers))
        total = found.of("total")[0]
        assert total == pytest.approx(sum(found.through(channel)[0] for channel in CHANNELS), rel=1e-9)
        assert all(found.of(name)[0] >= -1e-3 for name in CLASSES)


def test_worse_numbers_never_lose_less():
    for seed in range(300):
        study, numbers, rng = drawn(seed)
        flow = layout(study).flow
        grown = np.where(flow > 0, numbers.amount * rng.uniform(1, 2, numbers.amount.shape), numbers.amount)
        cut = np.minimum(1.0, numbers.cut * rng.uniform(1, 2, numbers.cut.shape))
        worse = numbers._replace(
            amount=grown,
            cut=cut,
            buffer=numbers.buffer * rng.uniform(0.3, 1, numbers.buffer.shape),
            worth=numbers.worth * rng.uniform(0.3, 1, numbers.worth.shape),
            kept=numbers.kept * rng.uniform(0.5, 1),
            share=numbers.share * rng.uniform(0.5, 1),
        )
        before, after = run_rounds(study, numbers), run_rounds(study, worse)
        assert np.all(after.loss >= before.loss - 1e-3), seed
        assert np.all(after.stops >= before.stops)


def test_many_worlds_at_once_are_each_alone():
    study, numbers, rng = drawn(4)
    worlds = numbers._replace(buffer=numbers.buffer * rng.uniform(0, 2, (50, 1)))
    found = run_rounds(study, worlds)
    for place in range(50):
        alone = run_rounds(study, numbers._replace(buffer=worlds.buffer[[place]]))
        assert found.loss[place] == pytest.approx(alone.loss[0], abs=1e-3)


def test_the_small_study_falls_in_three_rounds():
    rows = run_model(rounds_model(STUDY, TERMS, 5)).rows["rounds"]
    assert [rows[f"{name}.stops_paying"].index(1.0) + 1 for name in ("lab", "cloud", "vehicle")] == [1, 2, 3]
    # the vehicle loses 2.4 of rent, of which the backstop pays 1.0: 1.4 of 4.0, and its lender loses what is left
    assert rows["vehicle.all_losses"][-1] == pytest.approx(1.4e9)
    assert rows["loan.lost"][-1] == pytest.approx(3.5e9 - 0.6 * (3.5e9 + 0.5e9 - 1.4e9))
