"""A program file that is misspelt or contradicts itself is refused when it is read."""

import re
from datetime import date
from importlib.resources import files

import pytest

from training_credits.domain.program import Anchor
from training_credits.programs import read


def text_of(name: str) -> str:
    return (files("training_credits.programs") / f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("months = 12", "month = 12"), "unknown in program.expiry: month"),
        (("[owners]", "[owner]"), "unknown in program: owner"),
        (("percent = 20", 'percent = "20"'), "Expected `int`"),
        (('scope = "account"', 'scope = "person"'), "Invalid enum value"),
        (('id = "atlassian"', ""), "missing required field `id`"),
        (('name = "Training credits"', 'nam = "Training credits"'), "unknown in program.products"),
        (("already_decided =", "already ="), "Invalid enum value 'already'"),
        (('already_decided = "AT-17"', "already_decided = 17"), "Expected `str`, got `int`"),
        (("one_account_each = true", "one_account_each = 1"), "Expected `bool`, got `int`"),
        (("one_account_each", "accounts_per_person"), "unknown in program.owners"),
    ],
)
def test_a_misspelt_rule_is_refused_by_name(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read(text_of("atlassian").replace(*change))


PRODUCT = """[[products]]
id = "TC"
name = "Training credits"
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("percent = 20", "percent = 0"), "volume_discount.percent is 1 to 99"),
        (("percent = 20", "percent = -1"), "volume_discount.percent is 1 to 99"),
        (("percent = 20", "percent = 100"), "volume_discount.percent is 1 to 99"),
        (("value_minor = 100 ", "value_minor = 0 "), "unit.value_minor is more than 0"),
        (("value_minor = 100 ", "value_minor = -1 "), "unit.value_minor is more than 0"),
        (('anchors = ["purchase"]', "anchors = []"), "expiry.anchors names an event"),
        (("months = 12", ""), "expiry has a term in months or days"),
        (("months = 12", "months = 0"), "expiry has a term in months or days"),
        (("months = 12", "months = -1\ndays = 40"), "expiry has a term in months or days"),
        (("months = 12", "months = 2\ndays = -1"), "expiry has a term in months or days"),
        (('modes = ["automatic", "manual"]', 'modes = ["automatic"]'), "default is one of"),
        (('modes = ["automatic", "manual"]', "modes = []"), "default is one of"),
        (('id = "atlassian"', 'id = ""'), "id is made of letters and digits"),
        (('id = "atlassian"', 'id = "at#lassian"'), "id is made of letters and digits"),
        (('id = "atlassian"', 'id = "\u00e4tlassian"'), "id is made of letters and digits"),
        ((PRODUCT, ""), "missing required field `products`"),
        (('time_zone = "UTC"', 'time_zone = "Mars/Olympus"'), "Mars/Olympus is a time zone"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_and_says_why(
    change: tuple[str, str], said: str
) -> None:
    text = text_of("atlassian")
    assert change[0] in text
    with pytest.raises(ValueError, match=re.escape(said)):
        read(text.replace(*change))


def test_a_program_without_a_product_is_refused() -> None:
    text = "products = []\n" + text_of("atlassian").replace(PRODUCT, "")
    with pytest.raises(ValueError, match="a program has a product"):
        read(text)


@pytest.mark.parametrize("zone", ["", "../UTC", "/etc/localtime", "Europe", "UTC/"])
def test_a_zone_that_is_none_is_refused_whatever_the_system_says(zone: str) -> None:
    with pytest.raises(ValueError, match="is a time zone"):
        read(text_of("atlassian").replace('time_zone = "UTC"', f'time_zone = "{zone}"'))


@pytest.mark.parametrize(("percent", "term"), [(1, "months = 1"), (99, "days = 1")])
def test_the_least_and_the_most_that_make_sense_are_read(percent: int, term: str) -> None:
    text = text_of("atlassian").replace("percent = 20", f"percent = {percent}")
    program = read(text.replace("months = 12", term))
    assert program.purchase.volume_discount is not None
    assert program.purchase.volume_discount.percent == percent
    bought = {Anchor.PURCHASE: date(2026, 2, 10)}
    assert program.expiry.on(bought) in (date(2026, 3, 10), date(2026, 2, 11))


def test_a_program_that_says_nothing_of_rules_or_owners_is_read() -> None:
    values, _, _ = text_of("cisco").partition("[rules]")
    program = read(values)
    assert (program.rules, program.owners.one_account_each) == ({}, False)
