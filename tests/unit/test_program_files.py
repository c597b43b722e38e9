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
        (("[members]", "[member]"), "unknown in program: member"),
        (("percent = 20", 'percent = "20"'), "Expected `int`"),
        (('scope = "account"', 'scope = "person"'), "Invalid enum value"),
        (('id = "atlassian"', ""), "missing required field `id`"),
        (('name = "Training credits"', 'nam = "Training credits"'), "unknown in program.products"),
        (("already_decided =", "already ="), "Invalid enum value 'already'"),
        (('already_decided = "AT-17"', "already_decided = 17"), "Expected `str`, got `int`"),
        (("one_account_each = true", "one_account_each = 1"), "Expected `bool`, got `int`"),
        (("one_account_each", "accounts_per_person"), "unknown in program.members"),
        (
            ("by_customer = true", "for_customers = true"),
            "unknown in program.purchase.channels.card",
        ),
        (('"accepted", "paid"', '"accepted", "payed"'), "Invalid enum value 'payed'"),
        (("owner = [", "owners = ["), "Invalid enum value 'owners'"),
        (('buyer = ["read"', 'buyer = ["look"'), "Invalid enum value 'look'"),
        (("quote_days = 30", "quote_days = 30.0"), "Expected `int`, got `float`"),
    ],
)
def test_a_misspelt_rule_is_refused_by_name(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read(text_of("atlassian").replace(*change))


PRODUCT = """[[products]]
id = "TC"
name = "Training credits"
unit = { value_minor = 100, currency = "USD" } # AT-08: one credit is one US dollar
"""
TERM = "\nmonths = 12"  # of [expiry]; what credits buy may last as long
AGREED = "agreement_percent_max = 20"
STEPS = 'steps = ["accepted", "paid", "activated"]'
OWNER = next(line for line in text_of("atlassian").splitlines() if line.startswith("owner = "))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("percent = 20", "percent = 0"), "volume_discount.percent is 1 to 99"),
        (("percent = 20", "percent = -1"), "volume_discount.percent is 1 to 99"),
        (("percent = 20", "percent = 100"), "volume_discount.percent is 1 to 99"),
        (("value_minor = 100,", "value_minor = 0,"), "unit.value_minor is more than 0"),
        (("value_minor = 100,", "value_minor = -1,"), "unit.value_minor is more than 0"),
        (("quote_days = 30", "quote_days = 0"), "purchase.quote_days is more than 0"),
        (
            ("agreement_percent_max = 20", "agreement_percent_max = 100"),
            "agreement_percent_max is 0",
        ),
        (
            ("agreement_percent_max = 20", "agreement_percent_max = -1"),
            "agreement_percent_max is 0",
        ),
        ((STEPS, "steps = []"), "the last step is activated"),
        ((STEPS, 'steps = ["accepted", "paid"]'), "the last step is activated"),
        ((STEPS, 'steps = ["paid", "accepted", "activated"]'), "steps are in order"),
        ((STEPS, 'steps = ["activated", "activated"]'), "no step before it ends an order"),
        (("days_max = 365 ", "days_max = 0 "), "expiry.extension.days_max is 1 or more"),
        (("days_after = 60 ", "days_after = -1 "), "expiry.extension.days_after is 0 or more"),
        (("answer_days = 5 ", "answer_days = 0 "), "cases.answer_days is 1 or more"),
        (("dispute_days = 60 ", "dispute_days = -1 "), "cases.dispute_days is 0 or more"),
        (("most = 1 ", "most = 0 "), "codes.most is more than 0"),
        (("most = 1 ", "mailed = true\nmost = 1 "), "only the code of a lot is mailed"),
        (('when = "none"', 'when = "per_order"'), "terms have a version and a url, or none"),
        (('when = "none"', 'when = "none"\nversion = "1"\nurl = "u"'), "terms have a version"),
        (('when = "none"', 'when = "first_login"\nversion = "1"'), "terms have a version"),
        ((OWNER, ""), "a program says what an owner may do"),
        (('anchors = ["purchase"]', "anchors = []"), "expiry.anchors names an event"),
        ((TERM, ""), "expiry has a term in months or days"),
        ((TERM, "\nmonths = 0"), "expiry has a term in months or days"),
        ((TERM, "\nmonths = -1\ndays = 40"), "expiry has a term in months or days"),
        ((TERM, "\nmonths = 2\ndays = -1"), "expiry has a term in months or days"),
        (('modes = ["automatic", "manual"]', 'modes = ["automatic"]'), "default is one of"),
        (('modes = ["automatic", "manual"]', "modes = []"), "default is one of"),
        (('id = "atlassian"', 'id = ""'), "id is made of letters and digits"),
        (('id = "atlassian"', 'id = "at#lassian"'), "id is made of letters and digits"),
        (('id = "atlassian"', 'id = "\u00e4tlassian"'), "id is made of letters and digits"),
        (('"voucher"\nterm_months = 12 ', '"voucher" '), "vouchers have term_months"),
        (('"session"', '"session"\nterm_months = 3'), "only what lasts has term_months"),
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
    program = read(text.replace(TERM, f"\n{term}"))
    assert program.purchase.volume_discount is not None
    assert program.purchase.volume_discount.percent == percent
    bought = {Anchor.PURCHASE: date(2026, 2, 10)}
    assert program.expiry.on(bought) in (date(2026, 3, 10), date(2026, 2, 11))


def test_a_program_that_says_nothing_of_rules_is_read() -> None:
    values, _, _ = text_of("cisco").partition("[rules]")
    program = read(values)
    assert (program.rules, program.members.one_account_each) == ({}, False)


USABLE = 'usable = { after = "booked", days_min = 4, days_max = 7 }'


@pytest.mark.parametrize(
    "usable",
    [
        USABLE.replace("days_min = 4", "days_min = 8"),
        USABLE.replace("days_min = 4", "days_min = -1"),
    ],
)
def test_credits_are_usable_first_and_last_in_this_order(usable: str) -> None:
    with pytest.raises(ValueError, match="days_min is at most"):
        read(text_of("cisco").replace(USABLE, usable, 1))
