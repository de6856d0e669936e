"""A preset with one thing wrong: the message names the thing, its place and the remedy; several are told at once."""

from __future__ import annotations

import pytest

from overbuild.ecosystem.claims.preset import read_claims_preset
from overbuild.ecosystem.gap.preset import read_gap_preset
from overbuild.ecosystem.need.preset import read_need_preset
from overbuild.errors import InputErrors, OverbuildError
from overbuild.world.presets import SINGLE, preset_text
from overbuild.world.tree import read_tree

READERS = {"gap": read_gap_preset, "need": read_need_preset, "claims": read_claims_preset}

BROKEN = {
    "a name is missing": (
        "gap",
        {"    label: Data-centre energy\n": ""},
        ["16:5: rows.energy.label: label is required [missing]"],
    ),
    "a name is unknown": (
        "gap",
        {"year: 2026": "yaer: 2026"},
        [
            "7:1: year: year is required [missing]",
            "7:7: yaer: not a name of this block. Did you mean year? Also possible: year [unknown_name]",
        ],
    ),
    "a year is a word": (
        "gap",
        {"year: 2026": "year: soon"},
        ["7:7: year: a whole number is needed (got 'soon') [bad_value]"],
    ),
    "a share is a word": (
        "gap",
        {"value: 0.65, low": "value: most, low"},
        ["467:20: asset_classes.it.share: a finite number is needed (got 'most') [bad_value]"],
    ),
    "a block is a word": (
        "gap",
        {"spend: {entity: DATA_CENTRES, metric: energy_cost}": "spend: DATA_CENTRES"},
        ["18:12: rows.energy.spend: a block of Subject is needed (got 'DATA_CENTRES') [bad_value]"],
    ),
    "shares do not sum to 1": (
        "gap",
        {"value: 0.65, low": "value: 0.6, low"},
        ["451:3: asset_classes: the shares of the capex must sum to 1 (got 0.95) [share_out_of_range]"],
    ),
    "a row is not of the table": (
        "gap",
        {"guidance:\n  row: hyperscaler_capex": "guidance:\n  row: hyperscalar_capex"},
        [
            "28:8: guidance.row: the table has no such row. Did you mean hyperscaler_capex? It has hyperscaler_capex, "
            "energy, enterprise_software (got 'hyperscalar_capex') [unknown_name]"
        ],
    ),
    "a column is not of the table": (
        "gap",
        {"    column: revenue\n    included_in": "    column: revenues\n    included_in"},
        [
            "413:13: overlaps.1.column: the table has no such column. Did you mean revenue? It has spend, revenue "
            "(got 'revenues') [unknown_name]"
        ],
    ),
    "a way uses what it does not take": (
        "gap",
        {"low: 4 * run_rate / 4": "low: 4 * run_rat / 4"},
        [
            "50:16: owner_revenue.parts.MSFT.ways.1.low: the way takes no such fact. Did you mean run_rate? (got 'run_rat') "
            "[unknown_name]"
        ],
    ),
    "a way rests on nothing known": (
        "gap",
        {"rests_on: stated": "rests_on: hope"},
        [
            "53:21: owner_revenue.parts.MSFT.ways.1.rests_on: one of stated, estimate, assumption. (got 'hope') [unknown_name]"
        ],
    ),
    "a unit is another": (
        "gap",
        {"unit: decimal_per_year": "unit: pct_per_year"},
        ["438:9: hurdle_per_year.unit: this number is in decimal_per_year (got 'pct_per_year') [bad_unit]"],
    ),
    "a number has no origin": (
        "gap",
        {"  author: overbuild\n  reason: United States federal": "  raeson: United States federal"},
        [
            "442:3: tax_rate.reason: a number says where it comes from: a fact or source, or a reason and an author "
            "[missing]",
            "446:11: tax_rate.raeson: not a name beside a value. Did you mean reason? Allowed: value, fact, derive, "
            "from, source, reason, author, low, high, unit [unknown_name]",
        ],
    ),
    "a year of tax is broken": (
        "gap",
        {"{value: 39, author": "{value: 39.5, author"},
        [
            "457:30: asset_classes.shell.tax_straight_line_years: a whole number of years is needed, 1 or more "
            "(got 39.5) [bad_value]"
        ],
    ),
    "two classes have one name": (
        "gap",
        {"name: power": "name: shell"},
        ["451:3: asset_classes: the name shell occurs twice [duplicate]"],
    ),
    "a reason holds a comma": (
        "need",
        {"reason: The rule of thumb of the multiplier chain.}": "reason: The rule, of thumb.}"},
        [
            "16:122: end_user_gross_margin.of thumb.: not a name beside a value. Put quotes round a text that "
            "holds a comma. Allowed: value, fact, derive, from, source, reason, author, low, high, unit [unknown_name]"
        ],
    ),
    "a margin is all": (
        "need",
        {"{value: 0.40, low: 0.33": "{value: 1.40, low: 0.33"},
        ["7:19: layers.model.gross_margin: a gross margin lies in 0..1, 1 excluded (got 1.4) [share_out_of_range]"],
    ),
    "a horizon is none": (
        "need",
        {"horizon_years: 10": "horizon_years: 0"},
        ["18:16: horizon_years: the horizon is at least one year (got 0) [bad_period]"],
    ),
    "an arithmetic is none": (
        "claims",
        {"capex: gw * cost_per_gw}": "capex: gw * * cost_per_gw}"},
        [
            "13:42: claims.krishna_2025_interest.capex: a number, a name or a bracket is expected, not '*' (column 6) "
            "(got 'gw * * cost_per_gw') [syntax]"
        ],
    ),
    "an analysis occurs twice": (
        "claims",
        {"name: citi_2025_us_gw": "name: citi_2025_gw"},
        ["6:3: claims: the name citi_2025_gw occurs twice [duplicate]"],
    ),
    "several things are wrong": (
        "claims",
        {"life_years: average_life_years": "life: average_life_years", "capex: annual_capex}": "margins: []}"},
        [
            "9:63: claims.kupperman_2025_breakeven.life: not a name of this block. Did you mean life_years? Also "
            "possible: margins, life_years [unknown_name]",
            "20:5: claims.goldman_2025_1tn_profit.capex: capex is required [missing]",
        ],
    ),
}


def messages(preset, changes):
    text = preset_text(preset, SINGLE)
    for was, becomes in changes.items():
        assert was in text
        text = text.replace(was, becomes, 1)
    with pytest.raises(OverbuildError) as found:
        READERS[preset](read_tree(text, "my.yaml"))
    return [str(one) for one in (found.value.errors if isinstance(found.value, InputErrors) else [found.value])]


@pytest.mark.parametrize("name", BROKEN)
def test_the_message_is_exact_and_located(name):
    preset, changes, expected = BROKEN[name]
    assert messages(preset, changes) == [f"my.yaml:{message}" for message in expected]


@pytest.mark.parametrize("preset", READERS)
def test_a_preset_that_is_empty_misses_every_name(preset):
    with pytest.raises(OverbuildError) as found:
        READERS[preset](read_tree("{}", "my.yaml"))
    errors = found.value.errors if isinstance(found.value, InputErrors) else [found.value]
    assert {(one.code, one.place) for one in errors} == {("missing", "my.yaml:1:1")}


@pytest.mark.parametrize("preset", READERS)
def test_what_ships_is_sound(preset):
    assert READERS[preset](read_tree(preset_text(preset, SINGLE), f"preset:{preset}"))
