"""A site in a world: without spread it is the site as it is; what a file says of drivers is read, or refused where it stands."""

# ruff: noqa: E501 (a case of drivers is one line of a command)

from pathlib import Path as File

import pytest

from overbuild.equations.model import programs_of
from overbuild.errors import CaseError, InputErrors
from overbuild.site.case.read import read_site_case
from overbuild.site.case.uncertain.uncertain import uncertain
from overbuild.site.model import model_of
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.timeline.run import evaluate, run_model
from overbuild.world.overlay import overlay_of
from overbuild.world.presets import PREFIX, site_presets

HERE = File(__file__).parent
CAMPUS, WHOLE = HERE / "campus.yaml", HERE / "whole-site.yaml"


@pytest.fixture(params=sorted(site_presets()), scope="module")
def preset(request):
    case = read_site_case(File(f"{PREFIX}{request.param}"))
    return case, size(case.plan)


def test_without_spread_a_world_is_the_case_in_every_line_and_period(preset):
    case, sizing = preset
    world = uncertain(case.drivers, case.forms).world
    assert world.drivers
    plain, drawn = run_site(case.plan, sizing), run_site(case.plan, sizing, world.with_spread(0.0))
    assert drawn.lines == plain.lines
    assert drawn.values().values == plain.values().values


def test_a_case_without_drivers_has_no_world(preset):
    case, sizing = preset
    assert next(stage.name for stage in model_of(case.plan, sizing).stages) == "site"


def test_the_graph_of_a_world_gives_what_its_floats_give():
    case = read_site_case(File(f"{PREFIX}neocloud-100mw-gb300"))
    places = case.plan.horizon.periods + 1
    found = uncertain(case.drivers, case.forms).world
    draws = {f"draws.{name}.z": [0.3 - 0.01 * place for place in range(places)] for name in found.names}
    model = model_of(case.plan, size(case.plan), found._replace(draws=draws))
    ran, evaluated = run_model(model), evaluate(model)
    assert [stage.name for stage in model.stages] == ["world", "site", "results"]
    for stage, rows in ran.rows.items():
        for line, row in rows.items():
            assert evaluated[stage].row(line) == row, line


def drivers_of(text, case=CAMPUS):
    return read_site_case(case, [overlay_of(f"drivers={text}")])


RENT = "{name: rent, input: market.price, dynamics: {speed_per_year: 1.0, volatility: 0.2}}"
PUE = "{name: pue, input: horizon.pue, distribution: {family: uniform, low: 1.0, high: 1.1}}"


def test_a_driver_of_a_file_takes_the_place_of_a_default_on_the_same_input():
    case = drivers_of(f"{{drawn: [{RENT.replace('rent', 'my_rent')}]}}")
    found = uncertain(case.drivers, case.forms)
    assert [one.name for one in found.world.drivers if "market.price" in one.paths] == ["my_rent"]
    assert all(one.declared.name != "rent" or not one.inputs for one in found.told)


def test_defaults_may_be_left_out_one_or_all():
    case = drivers_of("{without: [rent]}")
    assert "rent" not in {one.declared.name for one in uncertain(case.drivers, case.forms).told}
    case = drivers_of(f"{{defaults: false, drawn: [{PUE}]}}")
    assert [one.declared.name for one in uncertain(case.drivers, case.forms).told] == ["pue"]


def test_numbers_of_drivers_are_inputs_with_their_sources_and_no_result_rests_on_them():
    case = drivers_of(
        "{drawn: [{name: pue, input: horizon.pue, distribution: {family: uniform, low: {value: 1.0, reason: A guess, author: me}, high: 1.1}}]}"
    )
    one = case.inputs["drivers.drawn.pue.distribution.low"]
    assert (one.value, one.origin, one.author) == (1.0, "assumption", "me")
    assert not any(path.startswith("drivers") for path in case.used)


FAULTS = {
    "an unknown path": (
        "{drawn: [{name: a, input: market.prise, dynamics: {speed_per_year: 1, volatility: 0.2}}]}",
        "unknown_name",
    ),
    "an unknown number": (
        "{drawn: [{name: a, input: horizon.pu, distribution: {family: uniform, low: 1, high: 2}}]}",
        "unknown_name",
    ),
    "a block": (
        "{drawn: [{name: a, input: horizon, distribution: {family: uniform, low: 1, high: 2}}]}",
        "unknown_name",
    ),
    "a count": (
        "{drawn: [{name: a, input: horizon.periods, distribution: {family: uniform, low: 1, high: 2}}]}",
        "structural",
    ),
    "a date": (
        "{drawn: [{name: a, input: phases.*.cod, distribution: {family: uniform, low: 1, high: 2}}]}",
        "structural",
    ),
    "a word": (
        "{drawn: [{name: a, input: tax.loss_use, distribution: {family: uniform, low: 1, high: 2}}]}",
        "structural",
    ),
    "a delay as a number": (
        "{drawn: [{name: a, input: phases.*.delay, distribution: {family: uniform, low: 1, high: 2}}]}",
        "structural",
    ),
    "no way": ("{drawn: [{name: a, input: horizon.pue}]}", "missing"),
    "two ways": (
        "{drawn: [{name: a, input: market.price, distribution: {family: uniform, low: 1, high: 2}, dynamics: {speed_per_year: 1, volatility: 0.2}}]}",
        "bad_value",
    ),
    "an unknown family": (
        "{drawn: [{name: a, input: horizon.pue, distribution: {family: gamma, low: 1, high: 2}}]}",
        "unknown_name",
    ),
    "one input twice": (f"{{drawn: [{RENT}, {RENT.replace('rent', 'b')}]}}", "duplicate"),
    "a part of an input twice": (
        f"{{drawn: [{RENT}, {{name: b, input: market.price.value, distribution: {{family: uniform, low: 0.5, high: 1}}}}]}}",
        "duplicate",
    ),
    "itself": (f"{{drawn: [{RENT}], correlations: [{{one: rent, other: rent, value: 0.5}}]}}", "bad_value"),
    "an unknown partner": (
        f"{{drawn: [{RENT}], correlations: [{{one: rent, other: sofa, value: 0.5}}]}}",
        "unknown_name",
    ),
    "more than 1": (f"{{drawn: [{RENT}], correlations: [{{one: rent, other: sofr, value: 1.5}}]}}", "bad_value"),
    "once and each period": (
        f"{{drawn: [{RENT}, {PUE}], correlations: [{{one: rent, other: pue, value: 0.5}}]}}",
        "corr_times",
    ),
    "no such matrix": (
        "{correlations: [{one: rent, other: utilisation, value: 0.9}, {one: utilisation, other: power_price, value: 0.9}, {one: rent, other: power_price, value: -0.9}]}",
        "corr_not_psd",
    ),
    "out of range": (
        "{drawn: [{name: a, input: horizon.pue, how: replaces, distribution: {family: normal, mean: 1.1, sd: 0.1}}]}",
        "bad_value",
    ),
    "chances": ("{regimes: [{name: a, start: 0.5, next_quarter: [1.0]}]}", "pmf_not_one"),
    "levels": (
        "{drawn: [{name: a, input: market.price, dynamics: {speed_per_year: 1, volatility: 0.2, levels: [1.0]}}]}",
        "length_mismatch",
    ),
    "a negative spread": (
        "{drawn: [{name: a, input: market.price, dynamics: {speed_per_year: 1, volatility: -0.2}}]}",
        "negative",
    ),
    "no customer": ("{drawn: [{name: a, input: contracts.nobody.fails_in, hazard: {by_year: [0.1]}}]}", "unknown_name"),
    "a negative hazard": ("{drawn: [{name: a, input: contracts.*.fails_in, hazard: {by_year: [-0.1]}}]}", "negative"),
    "late cases": (
        "{drawn: [{name: a, input: phases.*.delay, late: {cases: [{share: 0.5, periods: [0]}]}}]}",
        "pmf_not_one",
    ),
    "regimes that the defaults do not have": (
        "{regimes: [{name: bad, start: 0.5, next_quarter: [0.5, 0.5]}, {name: good, start: 0.5, next_quarter: [0.5, 0.5]}]}",
        "length_mismatch",
    ),
    "a share that is multiplied": (
        "{drawn: [{name: a, input: market.utilisation, dynamics: {speed_per_year: 1, volatility: 0.2}}]}",
        "bad_value",
    ),
    "a price that is added to": (
        "{drawn: [{name: a, input: market.price, how: adds, dynamics: {speed_per_year: 1, volatility: 0.2}}]}",
        "bad_value",
    ),
    "no such default": ("{without: [rend]}", "unknown_name"),
    "unfittable": (
        "{drawn: [{name: a, input: horizon.pue, distribution: {family: normal, at: [0.1, 0.5, 0.9], quantiles: [1, 1.5, 4]}}]}",
        "unfittable",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_of_drivers_says_where_it_stands(what):
    text, code = FAULTS[what]
    with pytest.raises((CaseError, InputErrors)) as refused:
        drivers_of(text)
    first = refused.value.errors[0] if isinstance(refused.value, InputErrors) else refused.value
    assert first.code == code, str(first)
    assert first.path.startswith("drivers") and first.line == 1 and first.column


def test_all_faults_of_drivers_are_told_at_once():
    bad = "{name: x, input: nowhere, dynamics: {speed_per_year: 1, volatility: 0.2}}, {name: y, input: nothing, distribution: {family: uniform, low: 0, high: 1}}"
    with pytest.raises(InputErrors) as refused:
        drivers_of(f"{{drawn: [{bad}]}}")
    assert [one.path for one in refused.value.errors] == ["drivers.drawn.x.input", "drivers.drawn.y.input"]


def test_a_file_of_the_short_form_names_its_inputs_in_its_own_words():
    text = "{drawn: [{name: rent, input: market.price_per_gpu_hour, dynamics: {speed_per_year: 1.0, volatility: 0.2}}, {name: load, input: site.pue, distribution: {family: uniform, low: 1.0, high: 1.1}}, {name: late, input: site.delay_periods, late: {on_time: 0.5, mean_months: 6}}]}"
    case = drivers_of(text, WHOLE)
    found = uncertain(case.drivers, case.forms)
    assert [one.inputs for one in found.told[:3]] == [
        ("market.price_per_gpu_hour",),
        ("site.pue",),
        ("site.delay_periods",),
    ]
    assert found.once[0].inputs[0].of == "file"


def test_every_line_of_a_world_has_a_row_of_its_room():
    from overbuild.equations.reading.line_table import line_rows, row_of

    case = read_site_case(File(f"{PREFIX}neocloud-100mw-gb300"))
    world = uncertain(case.drivers, case.forms).world
    lines = programs_of(model_of(case.plan, size(case.plan), world))["world"].lines
    met = {row_of(line) for line in lines}
    assert None not in met and {row.room for row in met} == {"world"}
    assert {row.name for row in line_rows() if row.room == "world"} == {row.name for row in met}
