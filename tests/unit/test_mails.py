import pytest

from training_credits.mails import written

FACTS: dict[str, object] = {
    "learner": "Lee",
    "learner_email": "lee@acme.example",
    "credits": 300,
    "title": "Jira Basics",
    "account": "A1",
    "portal": "https://credits.example",
    "buyer": "Ann",
    "order": "O1",
    "lot": "O1",
    "balance": 700,
    "redemption": "A1-R1",
    "attendees": "Lee",
    "left": 700,
}


@pytest.mark.rule("AT-19")
def test_the_mail_of_an_approval_names_the_credits_and_the_course_and_no_balance() -> None:
    subject, text = written("RedemptionApproved", FACTS)
    assert subject == "Your training credits request was approved"
    assert text == (
        "Hello Lee,\n\nYour request to redeem 300 training credits for Jira Basics "
        "has been approved.\n"
    )


@pytest.mark.rule("AT-20")
def test_the_mail_of_a_denial_says_that_nothing_was_taken() -> None:
    _, text = written("RedemptionDenied", FACTS)
    assert "300 training credits for Jira Basics has been denied. No credits were taken." in text


@pytest.mark.rule("AT-16")
def test_the_mail_of_a_request_links_to_it() -> None:
    subject, text = written("RedemptionRequested", FACTS)
    assert subject == "Lee asks for 300 training credits"
    assert "https://credits.example/accounts/A1/redemptions/A1-R1" in text


@pytest.mark.parametrize("event_type", ["OrderActivated", "CreditsExpired"])
def test_every_mail_is_filled_in(event_type: str) -> None:
    subject, text = written(event_type, FACTS)
    assert "$" not in subject + text
    assert subject == subject.strip()
    assert "300" in subject


def test_a_fact_can_neither_add_a_header_nor_a_line() -> None:
    evil = FACTS | {"learner": "Lee\r\nBcc: x@evil.example\n\nPay here", "title": "a\u2028b\x85c"}
    subject, text = written("RedemptionRequested", evil)
    assert subject.splitlines() == [subject]
    assert len(text.splitlines()) == len(written("RedemptionRequested", FACTS)[1].splitlines())


def test_numbers_are_grouped_and_words_are_not() -> None:
    subject, text = written("RedemptionRequested", FACTS | {"credits": 1234567, "title": "3000"})
    assert subject == "Lee asks for 1,234,567 training credits"
    assert "1,234,567 training credits for 3000." in text
    assert written("OrderActivated", FACTS | {"credits": 999})[0].startswith("999 ")


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\ufeff", "\u00ad", "\0", "\ud800", "\x1b"])
def test_what_cannot_be_seen_is_left_out(unseen: str) -> None:
    subject, text = written("RedemptionRequested", FACTS | {"learner": f"{unseen}L{unseen}ee "})
    assert subject == "L ee asks for 300 training credits"
    assert unseen not in text


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (1_600_000, "USD", "USD 16,000.00"),
        (5, "EUR", "EUR 0.05"),
        (99_999, "USD", "USD 999.99"),
        (10**15 + 1, "USD", "USD 10,000,000,000,000.01"),
    ],
)
def test_money_is_shown_with_its_currency_to_the_cent(
    minor: int, currency: str, shown: str
) -> None:
    said = {"total_minor": minor, "currency": currency, "valid_until": "2026-03-12", "product": "T"}
    _, text = written("OrderQuoted", FACTS | said)
    assert f" for {shown}. The price stands until 2026-03-12." in text


def test_a_fact_is_not_a_template() -> None:
    _, text = written("RedemptionRequested", FACTS | {"title": "$portal ${balance} $$"})
    assert "for $portal ${balance} $$." in text


def test_a_mail_that_nobody_wrote_is_a_defect() -> None:
    with pytest.raises(KeyError):
        written("AccountOpened", FACTS)
    with pytest.raises(KeyError):
        written("RedemptionApproved", {"learner": "Lee"})
