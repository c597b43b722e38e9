import pytest

from training_credits.mails import Written, written

FACTS: dict[str, object] = {
    "learner": "Lee",
    "learner_email": "lee@acme.example",
    "credits": 300,
    "title": "Jira Basics",
    "account": "A1",
    "portal": "https://credits.example",
    "program_name": "Training credits",
    "company": "Acme",
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
    mail = written("RedemptionApproved", FACTS)
    assert mail.subject == "Your training credits request was approved"
    assert mail.text == (
        "Hello Lee,\n\nYour request to redeem 300 training credits for Jira Basics "
        "has been approved.\n\n-- \nYou get this mail because you asked for this training. "
        "It cannot be turned off.\n"
        "Choose which mails you get: https://credits.example/preferences\n"
    )
    assert "700" not in mail.text + mail.html


@pytest.mark.rule("AT-20")
def test_the_mail_of_a_denial_says_that_nothing_was_taken() -> None:
    said = "300 training credits for Jira Basics has been denied. Nothing was spent."
    mail = written("RedemptionDenied", FACTS)
    assert said in mail.text
    assert said in mail.html


@pytest.mark.rule("AT-16")
def test_the_mail_of_a_request_links_to_it() -> None:
    mail = written("RedemptionRequested", FACTS)
    assert mail.subject == "Lee asks for 300 training credits"
    link = "https://credits.example/accounts/A1/redemptions/A1-R1"
    assert f"Approve or deny the request: {link}\n" in mail.text
    assert f'href="{link}"' in mail.html


@pytest.mark.parametrize("event_type", ["OrderActivated", "OrderActivatedForManager"])
def test_every_mail_is_filled_in(event_type: str) -> None:
    mail = written(event_type, FACTS)
    assert "$" not in mail.subject + mail.text + mail.html
    assert mail.subject == mail.subject.strip()
    assert "300" in mail.subject


def test_a_fact_can_neither_add_a_header_nor_a_line() -> None:
    evil = FACTS | {"learner": "Lee\r\nBcc: x@evil.example\n\nPay here", "title": "a\u2028b\x85c"}
    mail, usual = written("RedemptionRequested", evil), written("RedemptionRequested", FACTS)
    assert mail.subject.splitlines() == [mail.subject]
    assert lines_of(mail) == lines_of(usual)


def lines_of(mail: Written) -> tuple[int, int]:
    return len(mail.text.splitlines()), len(mail.html.splitlines())


def test_numbers_are_grouped_and_words_are_not() -> None:
    mail = written("RedemptionRequested", FACTS | {"credits": 1234567, "title": "3000"})
    assert mail.subject == "Lee asks for 1,234,567 training credits"
    assert "1,234,567 training credits for 3000." in mail.text
    assert written("OrderActivated", FACTS | {"credits": 999}).subject.startswith("999 ")


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\ufeff", "\u00ad", "\0", "\ud800", "\x1b"])
def test_what_cannot_be_seen_is_left_out(unseen: str) -> None:
    mail = written("RedemptionRequested", FACTS | {"learner": f"{unseen}L{unseen}ee "})
    assert mail.subject == "L ee asks for 300 training credits"
    assert unseen not in mail.text + mail.html


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
    mail = written("OrderQuoted", FACTS | said)
    assert f" for {shown}. The price stands until 2026-03-12." in mail.text


def test_a_fact_is_not_a_template() -> None:
    mail = written("RedemptionRequested", FACTS | {"title": "$portal ${balance} $$"})
    assert "for $portal ${balance} $$." in mail.text
    assert "for $portal ${balance} $$." in mail.html


def test_a_mail_that_nobody_wrote_is_a_defect() -> None:
    with pytest.raises(KeyError):
        written("AccountOpened", FACTS)
    with pytest.raises(KeyError):
        written("RedemptionApproved", {"learner": "Lee"})
