import pytest

from demo import words
from demo.checks import Checks, Value


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


def test_a_month_is_written_as_a_sum() -> None:
    moved = {"expiries": -1100, "returns": 50, "redemptions": -700}
    product = {**dict.fromkeys(words.COLUMNS, 0), **moved, "opening": 2500, "closing": 750}

    text = words.sum_of({"products": [product]})

    assert text == "2,500 - 700 + 50 - 1,100 = 750"
