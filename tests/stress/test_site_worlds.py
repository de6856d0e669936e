"""A site over many worlds: the same digits however it is run, the case itself where nothing is drawn, common draws."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from overbuild import ask
from overbuild.equations.kernel.kernel import Kernel
from overbuild.errors import InputError, OverbuildError
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.drawing import NUMPY, source_of
from overbuild.stress.site_worlds.measures import DEFAULTS, asked_of, loss_of
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.site_worlds.same_worlds import in_common
from overbuild.stress.worlds.bindings.bound import bound
from overbuild.stress.worlds.run import HowMany, run_worlds
from overbuild.stress.worlds.sampling import Sampling, planned
from overbuild.stress.worlds.settings import StressSettings
from overbuild.surfaces import terminal
from overbuild.surfaces.cli import cli

NEOCLOUD, DEMO = "preset:neocloud-100mw-gb300", "preset:contracted-100mw"
MANY = 2048


@cache
def case(name=NEOCLOUD):
    from importlib.resources import as_file, files

    if name == DEMO:
        with as_file(files("overbuild.world").joinpath("presets", "demo-lender.yaml")) as path:
            return run_case(path)
    return run_case(Path(name))


@cache
def distribution(name=NEOCLOUD, **settings):
    return stressed(case(name), StressSettings(**{"scenarios": MANY, "threads": 1, **settings}))


@pytest.fixture(scope="module")
def source():
    basis = case()
    leaves = bound(basis.shocked.forms, basis.sizing, uncertain(basis.shocked.drivers, basis.shocked.forms))
    asked = asked_of(leaves.variants[0].model, basis.run.plan.horizon.periods + 1)
    return source_of(leaves, Sampling(1)).block, asked


def test_the_digest_does_not_depend_on_threads_or_blocks(source):
    block, asked = source
    digests = {run_worlds(block, asked, HowMany(5000, threads, size)).digest
               for threads, size in ((1, 4096), (2, 1024), (2, 4096))}  # fmt: skip
    assert len(digests) == 1


@pytest.mark.parametrize("name", [NEOCLOUD, DEMO])
def test_with_no_spread_every_world_is_the_case(name):
    found, run = distribution(name, spread=0.0, scenarios=40), case(name).run
    assert found.summary.failed.sum() == 0
    for measure, exact in (("min_dscr", run.min_dscr), ("equity_npv", run.totals["equity_npv"])):
        one = found.measure(measure)
        for value in (one.mean, one.quantile(0.01), one.quantile(0.99)):
            assert value == pytest.approx(exact, rel=1e-9)
    lives = range(run.last + 1)
    for line in ("dscr", "cfads"):
        rows = found.worlds.fan.rows[line]
        exact = np.array(run.lines[line])
        there = [place for place in lives if line == "cfads" or run.lines["debt_is_due"][place] > 0.0]
        assert np.array_equal(np.flatnonzero(~np.isnan(rows[:, 0])), there)
        assert np.abs(rows[there] - exact[there, None]).max() <= 1e-9 * np.abs(exact[there]).max()


def test_on_numpy_it_is_the_same_to_1e_9(monkeypatch):
    def refused(self, target=None):
        raise RuntimeError("not here")

    monkeypatch.setattr(Kernel, "compile", refused)
    monkeypatch.setattr("overbuild.equations.kernel.kernel._KEPT", {})
    slow = stressed(case(DEMO), StressSettings(scenarios=64, threads=1))
    monkeypatch.undo()
    fast = distribution(DEMO, scenarios=64)
    assert slow.source.means == NUMPY and "RuntimeError" in slow.source.slow
    assert np.array_equal(slow.summary.ended, fast.summary.ended)
    for name, one in fast.summary.measures.items():
        assert slow.measure(name).mean == pytest.approx(one.mean, rel=1e-9, abs=1e-3)
        assert slow.measure(name).quantile(0.9) == pytest.approx(one.quantile(0.9), rel=1e-9, abs=1e-3)


def test_what_ends_adds_up_and_lenders_lose_only_in_a_default():
    found = distribution()
    kinds = sum(found.chance_of([kind]).value for kind in DEFAULTS)
    assert kinds == pytest.approx(found.default.value)
    assert found.default.low < found.default.value < found.default.high
    for one in found.losses():
        assert 0.0 <= one.expected.value <= one.worst
        if one.name != "mezzanine":
            assert one.chance.value <= found.default.value
            assert found.measure(loss_of(one.name)).greatest[-1] <= 1.2 * one.lent


def test_sobol_points_agree_with_independent_scenarios():
    random, sobol = distribution(), distribution(sampler="sobol", scenarios=2048)
    both = random.default.error + sobol.default.error
    assert abs(random.default.value - sobol.default.value) < 1.5 * both
    assert len(sobol.worlds.by_scramble) == 16


def test_extremes_that_come_together_make_another_distribution():
    gaussian, heavy = distribution(), distribution(freedom=2.0)
    assert gaussian.worlds.digest != heavy.worlds.digest
    assert heavy.default.value == pytest.approx(gaussian.default.value, abs=0.08)


def test_an_answer_says_which_extremes_come_together():
    few = StressSettings(200, threads=1)
    heavy, plain = (ask.stress(NEOCLOUD, settings=few._replace(freedom=one)) for one in (4.0, None))
    said = "Extremes of what is drawn once come together: a t copula of 4 degrees of freedom. Paths keep a Gaussian"
    assert heavy.limits[0].startswith(said) and any(one.startswith(said) for one in heavy.notes)
    assert not any("copula" in one for one in (*plain.limits, *plain.notes))


def test_a_t_copula_of_fewer_than_two_numbers_is_refused():
    with pytest.raises(InputError, match="two drivers that are drawn once"):
        planned(1, StressSettings(freedom=4.0))


def test_two_sites_share_their_worlds():
    itself = in_common(distribution(), distribution())
    assert itself.first_alone == itself.second_alone == itself.difference.value == 0.0
    poorer = stressed(run_case(Path(NEOCLOUD), ["funding.standby=0"]), StressSettings(MANY, threads=1))
    found = in_common(distribution(), poorer)
    # with less promised, the same worlds fail, and more of them
    assert found.first_alone == 0.0 < found.second_alone
    assert found.difference.value == pytest.approx(found.second_alone)
    assert found.difference.low > 0.0


def test_a_folder_goes_on_and_refuses_another_run(tmp_path):
    settings = StressSettings(MANY, threads=1, out=tmp_path)
    first = stressed(case(), settings)
    assert first.worlds.digest == stressed(case(), settings).worlds.digest == distribution().worlds.digest
    with pytest.raises(InputError, match="seed 1 there, 2 here"):
        stressed(case(), settings._replace(seed=2))
    with pytest.raises(InputError, match="holds blocks of another run: case neocloud"):
        stressed(case(DEMO), settings)


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"scenarios": 0}, "scenarios"),
        ({"scenarios": -1}, "scenarios"),
        ({"scenarios": 10**12}, "scenarios"),
        ({"sampler": "halton"}, "sampler"),
        ({"sampler": "sobol", "scenarios": 1000}, "scenarios"),
        ({"seed": -1}, "seed"),
        ({"freedom": 0.5}, "freedom"),
        ({"threads": 0}, "threads"),
        ({"until_error": 2.0}, "until_error"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, path):
    with pytest.raises(OverbuildError) as error:
        stressed(case(), StressSettings(**settings))
    assert error.value.path == path and error.value.hint


def run(*words):
    found = CliRunner().invoke(cli, [str(word) for word in words])
    assert found.exception is None, found.exception
    return found.stdout


PROMISED = (
    "scenarios failed p_default p_default.low p_default.high p_default.payment expected_loss.hall loss_cvar_99.gpu "
    "min_dscr.p5 min_dscr.p50 min_dscr.p95 equity_npv.mean equity_npv.p5 equity_npv.p95 p_equity_hurdle "
    "default_period.p50 digest"
)


def test_the_values_that_programs_rely_on():
    values = json.loads(run("stress", NEOCLOUD, "--scenarios", MANY, "--threads", 1, "--json"))["values"]
    assert set(PROMISED.split()) <= set(values)
    assert values["scenarios"] == MANY and values["failed"] == 0
    assert values["digest"] == distribution().worlds.digest
    assert values["p_default"] == distribution().default.value
    assert isinstance(values["default_period.p50"], str)


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize(
    "words",
    [
        ("stress", NEOCLOUD, "--scenarios", MANY, "--threads", 1),
        ("compare", NEOCLOUD, NEOCLOUD, "--set", "funding.standby=0", "--scenarios", MANY),
    ],
    ids=["stress", "compare"],
)
def test_one_screen_first(words, width, monkeypatch):
    wide = terminal.as_plain
    monkeypatch.setattr(terminal, "as_plain", lambda page: wide(page, width))
    lines = run(*words).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= width


def test_what_a_case_does_not_say_of_its_completion_is_said():
    answer = ask.compare(NEOCLOUD, NEOCLOUD, worlds=StressSettings(200, threads=1))
    assert answer.values["p_a_alone"] == answer.values["difference.p_default"] == 0.0
    found = distribution(DEMO)
    assert found.owners_complete and not distribution().owners_complete
    assert found.chance_of(["unfunded"]).value == 0.0


def test_every_picture_is_there():
    from overbuild.questions.stress.answer import answered

    answer = answered(distribution())
    assert [one.name for one in answer.charts] == ["fan", "timing", "losses", "value"]
    assert answer.assumptions[0].id.startswith("rent")
    assert {one.name for one in answer.tables} >= {"lenders", "ends", "cover", "money", "moves", "dscr_fan", "drivers"}
