from datetime import date

import pytest

from demo import words
from demo.checks import Checks, Value
from demo.expected import by_hand
from demo.story import SCENES


def test_a_figure_that_is_never_said_does_not_agree() -> None:
    checks = Checks({"scene": {"one": 1, "two": 2}})

    checks.say("scene", "one", 1)

    assert [check.agrees for check in checks] == [True, False]


def test_a_figure_that_nobody_worked_out_is_a_defect() -> None:
    with pytest.raises(KeyError):
        Checks({"scene": {}}).say("scene", "one", 1)


def test_one_is_not_true() -> None:
    said: Value = True

    assert not Checks({"scene": {"one": 1}}).say("scene", "one", said)


def test_the_figures_are_told_in_the_order_of_the_story() -> None:
    assert list(by_hand(2027)) == [scene.key for scene in SCENES]


def test_a_leap_year_changes_no_figure() -> None:
    dates = {
        year: [v for of in by_hand(year).values() for v in of.values() if not isinstance(v, date)]
        for year in (2027, 2028)
    }

    assert dates[2027] == dates[2028]


def test_a_month_is_written_as_a_sum() -> None:
    sums = {"expire": -1100, "redeem": -650}

    text = words.sum_of({"opening": 2500, "sums": sums, "closing": 750})

    assert text == "2,500 - 650 - 1,100 = 750"
