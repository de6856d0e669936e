"""Distributions of drivers: what is given comes back, what cannot be fitted is refused."""

import numpy as np
import pytest

from overbuild.errors import InputError
from overbuild.world.drivers.declared import Distribution
from overbuild.world.drivers.distributions import scores_of
from overbuild.world.drivers.fitting import PARAMETERS, quantile_of

MANY = scores_of((np.arange(20_000) + 0.5) / 20_000)

GIVEN = {
    "normal": (Distribution("normal", mean=2.0, sd=0.5), 2.0, 0.5),
    "lognormal": (Distribution("lognormal", median=2.0, log_sd=0.5), 2.0 * np.exp(0.125), 1.208),
    "pert": (Distribution("pert", low=0.0, mode=1.0, high=4.0), 4.0 / 3.0, 0.7126966450997984),
    "triangular": (Distribution("triangular", low=0.0, mode=1.0, high=5.0), 2.0, np.sqrt(21.0 / 18.0)),
    "uniform": (Distribution("uniform", low=1.0, high=3.0), 2.0, np.sqrt(4.0 / 12.0)),
    "discrete": (Distribution("discrete", values=(0.0, 10.0), shares=(0.75, 0.25)), 2.5, np.sqrt(18.75)),
}


@pytest.mark.parametrize("family", GIVEN)
def test_mean_and_spread_are_those_of_the_family(family):
    given, mean, sd = GIVEN[family]
    values = quantile_of(given)(MANY)
    assert values.mean() == pytest.approx(mean, rel=1e-3)
    assert values.std() == pytest.approx(sd, rel=1e-2)
    assert np.all(np.diff(values) >= 0.0)


AT = (0.05, 0.5, 0.95)


@pytest.mark.parametrize(
    ("family", "quantiles"),
    [
        ("normal", (1.0, 2.0, 3.0)),
        ("lognormal", (1.0, 2.0, 5.0)),
        ("lognormal", (-3.0, 2.0, 50.0)),
        ("pert", (0.5, 1.2, 2.5)),
        ("triangular", (0.5, 1.25, 2.5)),
        ("uniform", (0.05, 0.5, 0.95)),
        ("empirical", (1.0, 1.1, 9.0)),
    ],
)
def test_three_quantiles_are_met_exactly(family, quantiles):
    found = quantile_of(Distribution(family, at=AT, quantiles=quantiles))(scores_of(np.array(AT)))
    assert found.tolist() == pytest.approx(quantiles, abs=1e-8)


@pytest.mark.parametrize(
    ("family", "quantiles"),
    [
        ("normal", (1.0, 2.0, 3.5)),
        ("lognormal", (1.0, 2.0, 2.5)),
        ("uniform", (0.0, 0.6, 1.0)),
        ("pert", (0.0, 1.0, 1e6)),
        ("triangular", (0.5, 1.2, 2.5)),
    ],
)
def test_three_quantiles_that_no_member_has_are_refused(family, quantiles):
    with pytest.raises(InputError, match="unfittable"):
        quantile_of(Distribution(family, at=AT, quantiles=quantiles))


def test_what_is_cut_is_scaled_up_and_stays_inside():
    whole, cut = Distribution("normal", mean=0.0, sd=1.0), Distribution("normal", mean=0.0, sd=1.0, at_least=0.0)
    values = quantile_of(cut)(MANY)
    assert values.min() >= 0.0
    assert values.mean() == pytest.approx(np.sqrt(2.0 / np.pi), rel=1e-3)
    assert np.isfinite(quantile_of(cut)(np.array([-8.0, 8.0]))).all()
    both = quantile_of(whole._replace(at_least=-1.0, at_most=2.0))(np.array([-30.0, 0.0, 30.0]))
    assert both[0] == pytest.approx(-1.0) and both[2] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Distribution("normal", mean=1.0), "missing"),
        (Distribution("normal", mean=1.0, sd=-1.0), "negative"),
        (Distribution("normal", mean=1.0, sd=1.0, low=0.0), "bad_value"),
        (Distribution("lognormal", median=-1.0, log_sd=1.0), "bad_value"),
        (Distribution("pert", low=1.0, mode=0.0, high=2.0), "bad_interval"),
        (Distribution("uniform", low=1.0, high=1.0), "bad_interval"),
        (Distribution("discrete", values=(1.0, 2.0), shares=(0.5, 0.6)), "pmf_not_one"),
        (Distribution("discrete", values=(1.0,), shares=(0.5, 0.5)), "length_mismatch"),
        (Distribution("empirical", at=(0.5, 0.1), quantiles=(1.0, 2.0)), "share_out_of_range"),
        (Distribution("empirical", at=(0.1, 0.5), quantiles=(2.0, 1.0)), "bad_value"),
        (Distribution("normal", mean=0.0, sd=1.0, at_least=2.0, at_most=1.0), "bad_interval"),
        (Distribution("normal", mean=0.0, sd=1.0, at_least=30.0), "unfittable"),
    ],
)
def test_what_is_said_wrongly_is_refused(given, code):
    with pytest.raises(InputError) as refused:
        quantile_of(given)
    assert refused.value.code == code


def test_every_family_says_what_it_is_given_by():
    assert set(PARAMETERS) == {*GIVEN, "empirical"}
