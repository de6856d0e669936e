"""Names of periods and the days on which their flows fall."""

from datetime import date

import pytest

from overbuild.errors import InputError
from overbuild.timeline.calendar import Calendar, parsed, starting


@pytest.mark.parametrize(
    ("first", "labels"),
    [
        ("2029", ("2029", "2030", "2031")),
        ("2029H2", ("2029H2", "2030H1", "2030H2")),
        ("2029Q3", ("2029Q3", "2029Q4", "2030Q1")),
        ("2029-11", ("2029-11", "2029-12", "2030-01")),
    ],
)
def test_labels_go_on_over_the_year_end_and_are_found_again(first, labels):
    calendar = starting(first, 3)
    assert calendar.labels() == labels
    assert [calendar.place(label) for label in labels] == [0, 1, 2]


def test_flows_fall_on_the_last_day_of_their_period():
    assert starting("2028-02", 1).last_day(0) == date(2028, 2, 29)
    assert starting("2029", 2).last_day(-1) == date(2028, 12, 31)
    assert starting("2029Q3", 2).last_day(1) == date(2029, 12, 31)


@pytest.mark.parametrize("label", ["2029Q5", "2029H0", "29", "2029-13", "2029Q", "spring"])
def test_a_label_that_is_no_period_is_refused(label):
    with pytest.raises(InputError) as caught:
        starting(label, 4)
    assert caught.value.code == "bad_period"


def test_a_label_of_another_period_length_is_refused():
    with pytest.raises(InputError, match="written like 2029Q1"):
        parsed("2029-07", 4)
    with pytest.raises(InputError, match="runs from 2029 to 2030"):
        Calendar(1, 2029, 2).place("2031")
