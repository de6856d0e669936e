"""Sites whose numbers others have computed, and answers that are withheld."""

import pytest

from overbuild.errors import WithheldError
from overbuild.site.examples import RUN
from overbuild.site.identities import check_identities
from tests.golden.whole_site import sam_single_owner

PLANT = {
    "kw": 100000.0,
    "cf": 0.8,
    "years": 12,
    "price": 0.08,
    "fixed_om": 12e6,
    "installed": 200e6,
    "constr_fin": 5e6,
    "debt_fee": 0.02,
    "dscr": 1.4,
    "debt_rate": 0.08,
    "tenor": 8,
    "tax_rate": 0.21,
    "disc": 0.08,
}


def test_a_power_plant_financed_as_a_site_gives_what_a_published_program_gives():
    """NREL PySAM 7.1.1 Singleowner: losses refunded at once, fee outside the depreciable basis."""
    found = sam_single_owner(PLANT)
    assert found["size_of_debt"] == pytest.approx(180871356.01165113, rel=1e-12)
    assert found["size_of_equity"] == pytest.approx(27746071.1085819, rel=1e-12)
    assert found["npv_after_tax"] == pytest.approx(100176664.36712062, rel=1e-12)
    assert found["aftertax"][1:4] == pytest.approx([14984913.06671, 19865236.1691897, 14046305.1198677], rel=1e-12)
    assert found["irr_after_tax_pct"] == pytest.approx(53.50183720011572, abs=1e-5)


@pytest.mark.parametrize("name", ["balance_gap", "cash_gap", "funding_gap"])
def test_an_answer_that_does_not_add_up_is_withheld(name):
    lines = {**RUN.lines, name: [0.0, 0.0, 0.0, 5.0e6, 0.0, 0.0, 0.0]}
    with pytest.raises(WithheldError):
        check_identities(lines)
    check_identities(RUN.lines)
